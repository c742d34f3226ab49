import { seriesValues, type SeriesSet } from '../series.js';

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

/** The pattern of one series of a set. */
export const patternOf = (set: SeriesSet, index: number): PhasePattern[] =>
  seasonalPattern(seriesValues(set, index), set.starts[index]!, set.period);

function windowMean(values: Float64Array, from: number, to: number): number {
  if (from < 0 || to > values.length) return NaN;
  let sum = 0;
  for (let t = from; t < to; t++) sum += values[t]!;
  return sum / (to - from);
}
