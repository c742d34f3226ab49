import type { Backtest } from './backtest.js';
import { overlapOf } from './overlap.js';
import { medianKnown } from '../series/statistics.js';

export interface ChooseOptions {
  /** `mase` weighs errors by size, `rmsse` by their square. */
  metric?: 'mase' | 'rmsse';
  /** Posterior deviations by which a member must beat the anchor. */
  shrink?: number;
  /**
   * What every key gets unless another beats it by more than noise; by default the best over all
   * keys.
   */
  anchor?: string;
  /** What no winner may lose to, when it is among the backtests. */
  baseline?: string;
}

export interface Choice {
  key: string;
  winner: string;
  /** Scaled loss of every method on the held-out windows; `NaN` where it could not be judged. */
  losses: Record<string, number>;
  /**
   * Expected loss less the anchor's after shrinkage; negative is better. 0 for the anchor itself.
   */
  difference: number;
  reason: 'anchor' | 'beats the anchor' | 'baseline' | 'only one judged';
}

interface Posterior {
  mean: Float64Array;
  deviation: Float64Array;
}

/**
 * A forecaster for each key. With few windows the best of several is mostly luck, so each method's
 * difference to the anchor is drawn towards its mean over all keys as far as noise explains it
 * (empirical Bayes), and a member that loses to the baseline on its own windows is never chosen.
 */
export function chooseMembers(
  backtests: Record<string, Backtest>,
  options: ChooseOptions = {},
): Choice[] {
  const { metric = 'mase', shrink = 1, baseline = 'seasonalNaive' } = options;
  const names = Object.keys(backtests);
  if (names.length === 0) throw new Error('there is no backtest to choose from');
  const first = backtests[names[0]!]!;
  const losses = new Map(names.map((name) => [name, windowLosses(backtests[name]!, metric)]));
  const byKey = new Map(names.map((name) => [name, rowMeans(losses.get(name)!, first)]));
  const anchor = options.anchor ?? bestOverall(names, byKey);
  if (!losses.has(anchor))
    throw new Error(`anchor ${anchor} has no backtest; there are ${names.join(', ')}`);
  const { apart } = overlapOf(first);
  const against = (name: string) =>
    shrinkDifferences(losses.get(name)!, losses.get(anchor)!, first, apart);
  const others = names.filter((name) => name !== anchor);
  const posteriors = new Map(others.map((name) => [name, against(name)]));
  return first.keys.map((key, k): Choice => {
    const own = Object.fromEntries(names.map((name) => [name, byKey.get(name)![k]!]));
    let choice = { winner: anchor, difference: 0, reason: 'anchor' as Choice['reason'] };
    if (Number.isNaN(own[anchor]!)) {
      const judged = names.filter((name) => !Number.isNaN(own[name]!));
      const winner = judged.sort((a, b) => own[a]! - own[b]!)[0] ?? anchor;
      choice = { winner, difference: 0, reason: winner === anchor ? 'anchor' : 'only one judged' };
    }
    for (const [name, { mean, deviation }] of posteriors)
      if (mean[k]! + shrink * deviation[k]! < 0 && mean[k]! < choice.difference)
        choice = { winner: name, difference: mean[k]!, reason: 'beats the anchor' };
    if (own[choice.winner]! > (own[baseline] ?? Infinity)) {
      const difference = posteriors.get(baseline)?.mean[k] ?? 0;
      choice = { winner: baseline, difference, reason: 'baseline' };
    }
    return { key, losses: own, ...choice };
  });
}

/** series × origin: mean scaled error of one window. */
function windowLosses(test: Backtest, metric: 'mase' | 'rmsse'): Float64Array {
  const { horizon, origins, actual, predicted, scales } = test;
  const out = new Float64Array(test.keys.length * origins.length);
  for (let k = 0; k < test.keys.length; k++) {
    // One scale a key, so that its windows weigh the same whatever their own scale was.
    const known = medianKnown(scales.subarray(k * origins.length, (k + 1) * origins.length));
    const scale = known > 0 ? known : 1;
    for (let o = 0; o < origins.length; o++) {
      const cell = k * origins.length + o;
      let sum = 0;
      let count = 0;
      for (let i = cell * horizon; i < (cell + 1) * horizon; i++) {
        const error = Math.abs(actual[i]! - predicted[i]!) / scale;
        if (Number.isNaN(error)) continue;
        sum += metric === 'mase' ? error : error * error;
        count++;
      }
      out[cell] = sum / count;
    }
  }
  return out;
}

function rowMeans(losses: Float64Array, { keys, origins }: Backtest): Float64Array {
  return Float64Array.from(keys, (_, k) => moments(losses, k, origins.length).mean);
}

function bestOverall(names: readonly string[], byKey: ReadonlyMap<string, Float64Array>): string {
  const overall = (name: string) => {
    const { mean } = moments(byKey.get(name)!, 0, byKey.get(name)!.length);
    return Number.isNaN(mean) ? Infinity : mean;
  };
  return names.reduce((best, name) => (overall(name) < overall(best) ? name : best));
}

/**
 * What a method's loss less the anchor's is expected to be by key: drawn to the mean over all keys
 * as far as noise between windows explains the spread between keys (empirical Bayes).
 * @param losses keys × origins; `NaN` where a window could not be judged
 * @param apart share of a window that it has for itself, 0..1: below 1 where windows overlap
 */
export function shrinkDifferences(
  losses: Float64Array,
  anchor: Float64Array,
  { keys, origins }: { keys: readonly unknown[]; origins: { length: number } },
  apart = 1,
): Posterior {
  const difference = losses.map((loss, i) => loss - anchor[i]!);
  const own = keys.map((_, k) => moments(difference, k, origins.length));
  const judged = own.filter(({ count }) => count > 0);
  const repeated = own.filter(({ count }) => count > 1);
  const noise = average(repeated.map(({ variance }) => variance));
  const overall = average(judged.map(({ mean }) => mean));
  const spread = average(judged.map(({ mean }) => (mean - overall) ** 2));
  // Without repeated windows nothing tells luck from merit, so all is taken for luck.
  const noiseOfMean = Number.isNaN(noise)
    ? spread
    : average(judged.map(({ count }) => noise / (count * apart)));
  const between = Math.max(0, spread - noiseOfMean);
  const mean = new Float64Array(keys.length).fill(NaN);
  const deviation = new Float64Array(keys.length).fill(NaN);
  // The mean over all keys is itself known from few of them (Morris, 1983).
  const ofOverall = Math.max(spread, noiseOfMean) / judged.length;
  own.forEach(({ count, mean: observed, variance }, k) => {
    if (count === 0) return;
    const within =
      (Number.isNaN(noise) ? spread : (variance * (count - 1) + noise) / count) / (count * apart);
    const trust = between + within > 0 ? between / (between + within) : 0;
    mean[k] = trust * observed + (1 - trust) * overall;
    deviation[k] = Math.sqrt(trust * within + (1 - trust) ** 2 * ofOverall);
  });
  return { mean, deviation };
}

function moments(values: Float64Array, row: number, width: number) {
  const known = values.subarray(row * width, (row + 1) * width).filter((v) => !Number.isNaN(v));
  const mean = average([...known]);
  let squares = 0;
  for (const value of known) squares += (value - mean) ** 2;
  const variance = known.length > 1 ? squares / (known.length - 1) : 0;
  return { count: known.length, mean, variance };
}

const average = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
