import { medianKnown } from './statistics.js';

export interface Point {
  /** Days since 1970-01-01; a fraction is the time of day. */
  time: number;
  value: number;
  /** For `mean`: the quantity bought at this price. 1 by default. */
  weight?: number;
}

export type Step = 'day' | 'week' | 'month' | 'quarter' | 'year';

export interface RegulariseOptions {
  step: Step;
  how: 'sum' | 'mean' | 'last';
  /** What a step without points is: unknown, or nothing sold. */
  empty?: 'missing' | 'zero';
  /** Day number of the last step; later steps than the last point are then filled by `empty`. */
  until?: number;
}

export interface Regular {
  /** Calendar index of the first value, as of `stepIndex`. */
  start: number;
  values: Float64Array;
  hygiene: Hygiene;
}

export interface Hygiene {
  /** Steps without a point, from the first to the last. */
  gaps: number;
  /** Points that share day and value with an earlier one; they are kept. */
  duplicates: number;
  /**
   * Positions in `values` further than 6 robust deviations from the median of their neighbourhood.
   */
  spikes: number[];
}

/** Seasonal period that goes with a step. */
export const periodOf: Readonly<Record<Step, number>> = {
  day: 7,
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
};

/**
 * Calendar index of a day: days, weeks (Monday first), months, quarters or years since 1970-01-01.
 */
export function stepIndex(day: number, step: Step): number {
  const whole = Math.floor(day);
  if (step === 'day') return whole;
  if (step === 'week') return Math.floor((whole + 3) / 7);
  const month = monthIndex(whole);
  return step === 'month' ? month : Math.floor(month / (step === 'quarter' ? 3 : 12));
}

/** First day number of a calendar index: the inverse of `stepIndex`. */
export function firstDay(index: number, step: Step): number {
  if (step === 'day') return index;
  if (step === 'week') return index * 7 - 3;
  const month = index * (step === 'month' ? 1 : step === 'quarter' ? 3 : 12);
  return dayOfMonth(month);
}

/**
 * Irregular points as one value a step, and what was odd about them. Points need not be in order.
 */
export function regularise(points: readonly Point[], options: RegulariseOptions): Regular {
  const { step, how, empty = 'missing', until } = options;
  const known = points
    .filter(({ value }) => !Number.isNaN(value))
    .toSorted((a, b) => a.time - b.time);
  for (const { time } of known)
    if (!Number.isFinite(time)) throw new RangeError(`a point has time ${time}, expected a day`);
  if (known.length === 0)
    return {
      start: 0,
      values: new Float64Array(0),
      hygiene: { gaps: 0, duplicates: 0, spikes: [] },
    };
  const start = stepIndex(known[0]!.time, step);
  const last = stepIndex(Math.max(known[known.length - 1]!.time, until ?? -Infinity), step);
  const sums = new Float64Array(last - start + 1);
  const weights = new Float64Array(sums.length);
  for (const { time, value, weight = 1 } of known) {
    const at = stepIndex(time, step) - start;
    if (how === 'last') sums[at] = value;
    else sums[at]! += how === 'mean' ? value * weight : value;
    weights[at]! += how === 'mean' ? weight : 1;
  }
  const values = sums.map((sum, i) => {
    if (weights[i] === 0) return empty === 'zero' ? 0 : NaN;
    return how === 'mean' ? sum / weights[i]! : sum;
  });
  const hygiene = {
    gaps: weights.filter((weight) => weight === 0).length,
    duplicates: countDuplicates(known),
    spikes: spikesOf(values),
  };
  return { start, values, hygiene };
}

function countDuplicates(points: readonly Point[]): number {
  const seen = new Set(points.map(({ time, value }) => `${Math.floor(time)}/${value}`));
  return points.length - seen.size;
}

function spikesOf(values: Float64Array): number[] {
  const spikes: number[] = [];
  for (let t = 0; t < values.length; t++) {
    const around = values.subarray(Math.max(0, t - 6), t + 7);
    const middle = medianKnown(around);
    const deviation = 1.4826 * medianKnown(around.map((value) => Math.abs(value - middle)));
    if (deviation > 0 && Math.abs(values[t]! - middle) > 6 * deviation) spikes.push(t);
  }
  return spikes;
}

/** Months since January 1970 (Hinnant's civil calendar, which counts years from March). */
function monthIndex(day: number): number {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return (yearOfEra + era * 400 - 1970) * 12 + fromMarch + 2;
}

function dayOfMonth(month: number): number {
  const shifted = month - 2 + 1970 * 12;
  const year = Math.floor(shifted / 12);
  const fromMarch = shifted - year * 12;
  const days = Math.floor((153 * fromMarch + 2) / 5);
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leaps + days - 719468;
}
