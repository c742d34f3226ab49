import { medianKnown } from './statistics.js';

export type Step = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Seasonal period that goes with a step. */
export const periodOf: Readonly<Record<Step, number>> = {
  hour: 24,
  day: 7,
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
};

// A time of day in tenths of a second survives the rounding of a fraction of a day.
const HOUR_ROUNDING = 1e-6;

/**
 * Calendar index of a moment in days since 1970-01-01: hours, days, weeks, months, quarters or years
 * since then.
 * @param weekStart weekday on which weeks begin: 0 Monday … 6 Sunday
 */
export function stepIndex(day: number, step: Step, weekStart = 0): number {
  if (step === 'hour') return Math.floor(day * 24 + HOUR_ROUNDING);
  const whole = Math.floor(day);
  if (step === 'day') return whole;
  if (step === 'week') return Math.floor((whole + 3 - weekStart) / 7);
  const month = monthIndex(whole);
  return step === 'month' ? month : Math.floor(month / (step === 'quarter' ? 3 : 12));
}

/** First day number of a calendar index, with a fraction for hours: the inverse of `stepIndex`. */
export function firstDay(index: number, step: Step, weekStart = 0): number {
  if (step === 'hour') return index / 24;
  if (step === 'day') return index;
  if (step === 'week') return index * 7 - 3 + weekStart;
  const month = index * (step === 'month' ? 1 : step === 'quarter' ? 3 : 12);
  return dayOfMonth(month);
}

export interface FoundStep {
  step: Step;
  /** For weeks that all fall on one weekday: that day, 0 Monday … 6 Sunday; else 0. */
  weekStart: number;
  /**
   * Whether every point stands on the step's own rhythm, gaps aside. Irregular points, such as
   * purchases, are then summed, averaged or last-valued into it.
   */
  regular: boolean;
}

/**
 * The frequency of some moments: the coarsest rhythm that no two of them share a step of and that
 * fits nearly all gaps; without one, the step that a typical gap fills.
 * @param times days since 1970-01-01, in any order; repeated moments count once
 * @throws RangeError with fewer than 3 different moments
 */
export function findStep(times: ArrayLike<number>): FoundStep {
  const sorted = [...new Set(Array.from(times))].sort((a, b) => a - b);
  if (sorted.length < 3)
    throw new RangeError(
      `${sorted.length} different moments, a frequency shows itself from 3 on; declare the step`,
    );
  const gaps = Float64Array.from(sorted.slice(1), (time, i) => time - sorted[i]!);
  const typical = medianKnown(gaps);
  for (const step of ['year', 'quarter', 'month', 'week', 'day', 'hour'] as const)
    if (rhythmic(sorted, step)) {
      const weekStart = step === 'week' ? weekday(sorted[0]!) : 0;
      return { step, weekStart, regular: true };
    }
  const fitting = TYPICAL_DAYS.find(([, days]) => typical <= days);
  return { step: fitting?.[0] ?? 'year', weekStart: 0, regular: false };
}

/** Longest typical gap, in days, that still asks for a step. */
const TYPICAL_DAYS: readonly (readonly [Step, number])[] = [
  ['hour', 1 / 8],
  ['day', 1.5],
  ['week', 10],
  ['month', 45],
  ['quarter', 140],
];

/** Share of neighbours that must be one step apart: the rest are gaps. */
const NEIGHBOURS_MIN = 0.5;

function rhythmic(sorted: readonly number[], step: Step): boolean {
  const weekStart = step === 'week' ? weekday(sorted[0]!) : 0;
  const indices = sorted.map((time) => stepIndex(time, step, weekStart));
  const apart = indices.slice(1).map((index, i) => index - indices[i]!);
  if (apart.some((steps) => steps < 1)) return false;
  if (apart.filter((steps) => steps === 1).length < NEIGHBOURS_MIN * apart.length) return false;
  return sorted.every((time, i) => onBeat(time, indices[i]!, step, sorted[0]!, weekStart));
}

/** Months are kept on one day, on their first days, or on their last. */
function onBeat(
  time: number,
  index: number,
  step: Step,
  first: number,
  weekStart: number,
): boolean {
  if (step === 'hour') return true;
  if (step === 'day') return Math.abs(time - first - Math.round(time - first)) < 1e-6;
  if (step === 'week') return weekday(time) === weekStart;
  const into = (moment: number) => Math.floor(moment) - firstDay(stepIndex(moment, step), step);
  const left = (moment: number, at: number) => firstDay(at + 1, step) - Math.floor(moment);
  const own = into(time);
  // A monthly figure may be dated on a working day near the beat.
  return (
    Math.abs(own - into(first)) <= 3 ||
    Math.abs(left(time, index) - left(first, stepIndex(first, step))) <= 3
  );
}

const weekday = (time: number) => (((Math.floor(time) + 3) % 7) + 7) % 7;

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
