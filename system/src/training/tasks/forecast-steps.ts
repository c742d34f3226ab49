import { firstDay, periodOf as learnedPeriod, stepIndex as indexOfDay } from '@tino/learn';
import { dateOf } from '../../calendar/dates.js';
import type { Step } from '../../workspace/types.js';

/*
 * The common calendar of all series is the one of `learn`: each step has a whole number. Hours,
 * which it does not know, are counted since 1970 as it counts days.
 */

const MS_A_DAY = 86_400_000;

/** Steps in a season: hours of a day, days of a week, weeks, months, quarters of a year. */
export const periodOf: Readonly<Record<Step, number>> = { hour: 24, ...learnedPeriod };

/** Steps in a year, for the comparison with the year before: the same weekday, week, month. */
export const stepsInYear: Readonly<Record<Step, number>> = {
  hour: 8736,
  day: 364,
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
};

/** Days since 1970-01-01 of 'YYYY-MM-DD', with the time of day as a fraction. */
export function dayOf(at: string): number {
  const day = Date.parse(`${at.slice(0, 10)}T${at.slice(11, 19) || '00:00:00'}Z`) / MS_A_DAY;
  if (Number.isNaN(day)) throw new RangeError(`${at} is not a date such as 2026-10-31`);
  return day;
}

/** The time of a moment in the unit that `regularise` counts its steps in. */
export const timeOf = (at: string, step: Step): number =>
  step === 'hour' ? Math.floor(dayOf(at) * 24 + 1e-6) : dayOf(at);

/** What `regularise` calls a step: an hour is counted as it counts days. */
export const learnedStep = (step: Step) => (step === 'hour' ? 'day' : step);

/** The step that a local moment falls in. */
export const stepIndex = (at: string, step: Step): number =>
  indexOfDay(timeOf(at, step), learnedStep(step));

/** The local moment at which a step begins: a date, or date and hour for steps of an hour. */
export function stepStart(index: number, step: Step): string {
  const first = firstDay(index, learnedStep(step));
  if (step !== 'hour') return dateOf(first);
  return `${dateOf(Math.floor(first / 24))} ${String(((first % 24) + 24) % 24).padStart(2, '0')}:00:00`;
}

/** The first cut-off that sees a whole step: the local date at or after its end. */
export const cutoffAfter = (index: number, step: Step): string =>
  step === 'hour' ? dateOf(Math.ceil(firstDay(index + 1, 'day') / 24)) : stepStart(index + 1, step);
