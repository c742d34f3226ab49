import { seriesValues, type SeriesSet } from '../series.js';
import { bridged, firstKnown } from './series/missing.js';
import { seasonalStrength, stl } from './local/stl.js';

/** What usually happens at one phase of the period: a month of the year, a day of the week. */
export interface PhasePattern {
  /** 0 … period − 1, by the calendar index. */
  phase: number;
  /** Cycles in which the value rose, fell or stayed against the step before. */
  rose: number;
  fell: number;
  flat: number;
  /**
   * Mean relative deviation from the mean of the period around it: 0.1 is 10 % above; `NaN`
   * unknown.
   */
  meanDeviation: number;
}

/**
 * The seasonal habit of a series, counted and not modelled.
 * @param startIndex calendar index of the first value
 * @param tolerance relative move that still counts as flat
 */
export function seasonalPattern(
  values: Float64Array,
  startIndex: number,
  period: number,
  tolerance = 0.005,
): PhasePattern[] {
  const half = Math.floor(period / 2);
  const deviations = Array.from({ length: period }, () => ({ sum: 0, count: 0 }));
  const phases = Array.from({ length: period }, (_, phase) => ({
    phase,
    rose: 0,
    fell: 0,
    flat: 0,
    meanDeviation: NaN,
  }));
  for (let t = 0; t < values.length; t++) {
    const phase = (((startIndex + t) % period) + period) % period;
    const move = t === 0 ? NaN : (values[t]! - values[t - 1]!) / Math.abs(values[t - 1]!);
    if (!Number.isNaN(move))
      phases[phase]![move > tolerance ? 'rose' : move < -tolerance ? 'fell' : 'flat']++;
    const around = windowMean(values, t - half, t - half + period);
    const deviation = values[t]! / around - 1;
    if (!Number.isFinite(deviation)) continue;
    deviations[phase]!.sum += deviation;
    deviations[phase]!.count++;
  }
  phases.forEach((pattern, i) => {
    pattern.meanDeviation = deviations[i]!.sum / deviations[i]!.count;
  });
  return phases;
}

/** When a series usually rises and falls, and how much of it is season at all. */
export interface SeasonalHabit {
  /**
   * Share of what is not trend that is season: 0 none, 1 all (Wang, Smith and Hyndman, 2006); `null`
   * before two whole periods.
   */
  strength: number | null;
  phases: PhasePattern[];
  /** Phases that rose, or fell, more often than steps do in general, beyond chance. */
  rising: number[];
  falling: number[];
}

/** The answer to "when does it go up?": see `seasonalPattern` for the parameters. */
export function seasonalHabit(
  values: Float64Array,
  startIndex: number,
  period: number,
  tolerance = 0.005,
): SeasonalHabit {
  const phases = seasonalPattern(values, startIndex, period, tolerance);
  const y = bridged(values.subarray(firstKnown(values)));
  const strength = period > 1 && y.length >= 2 * period ? seasonalStrength(stl(y, period)) : null;
  const often = (way: 'rose' | 'fell') => {
    const moves = phases.reduce((sum, { rose, fell, flat }) => sum + rose + fell + flat, 0);
    const base = phases.reduce((sum, one) => sum + one[way], 0) / moves;
    return phases.flatMap((one) => {
      const count = one.rose + one.fell + one.flat;
      return beyondChance(one[way], count, base) ? [one.phase] : [];
    });
  };
  return { strength, phases, rising: often('rose'), falling: often('fell') };
}

/** Chance of a false alarm in one phase. */
const ALARM = 0.05;

/** Whether so many of `count` have less than 5 % probability at the rate of all (binomial tail). */
function beyondChance(hits: number, count: number, rate: number): boolean {
  if (count === 0 || !(rate > 0 && rate < 1)) return false;
  let term = (1 - rate) ** count;
  let below = 0;
  for (let k = 0; k < hits; k++) {
    below += term;
    term *= ((count - k) / (k + 1)) * (rate / (1 - rate));
  }
  return hits > rate * count && 1 - below < ALARM;
}

/** The pattern of one series of a set. */
export const patternOf = (set: SeriesSet, index: number): PhasePattern[] =>
  seasonalPattern(seriesValues(set, index), set.starts[index]!, set.period);

function windowMean(values: Float64Array, from: number, to: number): number {
  if (from < 0 || to > values.length) return NaN;
  let sum = 0;
  for (let t = from; t < to; t++) sum += values[t]!;
  return sum / (to - from);
}
