import type { Difference } from '../../validate/bootstrap.js';
import type { Backtest } from './backtest.js';
import { meanKnown } from '../series/statistics.js';

/** `wape` weighs by size; the others count each window alike, `mase` and `rmsse` in its own scale. */
export type ComparedBy = 'wape' | 'mase' | 'rmsse' | 'smape';

/**
 * How much less one method errs than another on the same windows, with its 95 % interval in time
 * (Diebold and Mariano, 1995). Errors of one step are one piece of evidence, however many series and
 * windows they come from (Driscoll and Kraay, 1998), and are joined with those of neighbouring steps
 * as far as a window reaches (Newey and West, 1987); few steps widen the interval as far as their
 * number makes its width uncertain (fixed-b limits of Kiefer and Vogelsang, 2005).
 * @returns first less second, positive where the second errs less; null where nothing is judged by
 *   both; without an interval where one step is
 */
export function compareBacktests(
  first: Backtest,
  second: Backtest,
  metric: ComparedBy,
): Difference | null {
  const steps = new Map<number, { gain: number; weight: number }>();
  const total = { gain: 0, weight: 0 };
  const { origins, horizon, span = horizon } = first;
  for (let cell = 0; cell < first.scales.length; cell++)
    for (const { h, gain, weight } of gainsOf(first, second, cell, metric)) {
      const at = origins[cell % origins.length]! + h;
      const step = steps.get(at) ?? { gain: 0, weight: 0 };
      steps.set(at, step);
      for (const sum of [step, total]) {
        sum.gain += gain;
        sum.weight += weight;
      }
    }
  if (!(total.weight > 0)) return null;
  const difference = total.gain / total.weight;
  if (steps.size === 1) return { difference, lower: NaN, upper: NaN };
  const moves = new Map(
    [...steps].map(([at, { gain, weight }]) => [at, (gain - difference * weight) / total.weight]),
  );
  const reach = limitOf(Math.min(1, span / steps.size)) * Math.sqrt(longRunVariance(moves, span));
  return { difference, lower: difference - reach, upper: difference + reach };
}

interface StepGain {
  /** Steps ahead, from 0. */
  h: number;
  gain: number;
  weight: number;
}

/** Of one window, by step: what the second saves, and the weight that it has. */
function gainsOf(first: Backtest, second: Backtest, cell: number, metric: ComparedBy): StepGain[] {
  const { horizon, actual, predicted } = first;
  const known = Array.from({ length: horizon }, (_, h) => h).filter((h) => {
    const i = cell * horizon + h;
    return !Number.isNaN(actual[i]! + predicted[i]! + second.predicted[i]!);
  });
  const losses = ({ predicted: said }: Backtest) =>
    known.map((h) => lossOf(actual[cell * horizon + h]!, said[cell * horizon + h]!, metric));
  const [before, after] = [losses(first), losses(second)];
  if (metric === 'wape')
    return known.map((h, i) => {
      const weight = Math.abs(actual[cell * horizon + h]!);
      return { h, gain: before[i]! - after[i]!, weight };
    });
  // The difference of two roots is that of the squares ÷ their sum, which adds up over steps.
  const roots = Math.sqrt(meanKnown(before)) + Math.sqrt(meanKnown(after));
  const unit =
    (metric === 'smape' ? 1 : first.scales[cell]!) * (metric === 'rmsse' && roots > 0 ? roots : 1);
  if (!(unit > 0)) return [];
  const weight = 1 / known.length;
  return known.map((h, i) => ({ h, gain: ((before[i]! - after[i]!) / unit) * weight, weight }));
}

function lossOf(actual: number, predicted: number, metric: ComparedBy): number {
  const error = Math.abs(actual - predicted);
  if (metric === 'rmsse') return error ** 2;
  if (metric !== 'smape') return error;
  return error > 0 ? (2 * error) / (Math.abs(actual) + Math.abs(predicted)) : 0;
}

/** Variance of a sum whose terms go with those less than `span` steps away (Bartlett weights). */
function longRunVariance(moves: ReadonlyMap<number, number>, span: number): number {
  let variance = 0;
  for (const [at, move] of moves)
    for (let lag = 1 - span; lag < span; lag++)
      variance += (1 - Math.abs(lag) / span) * move * (moves.get(at + lag) ?? 0);
  return Math.max(0, variance);
}

/** Two-sided 95 %, of a variance whose terms reach over a share of all steps. */
const limitOf = (share: number): number =>
  1.96 + 2.9694 * share + 0.416 * share ** 2 - 0.5324 * share ** 3;
