import { firstDay, stepIndex as indexOfDay } from '@tino/learn';
import { dateOf } from '../../../calendar/dates.js';
import type { ForecastDeclaration, Step, Weekday } from '../../../workspace/types.js';

/* The common calendar of all series is the one of `learn`: each step has a whole number. */

/** What divides time into steps; weeks begin on Mondays unless declared otherwise. */
export type Calendar = Pick<ForecastDeclaration, 'step' | 'weekStarts'>;

const WEEKDAYS: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** First weekday of a week as `learn` counts: 0 Monday … 6 Sunday. */
export const weekStartOf = ({ weekStarts = 'monday' }: Calendar): number =>
  WEEKDAYS.indexOf(weekStarts);

const MS_A_DAY = 86_400_000;

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

/** The step that a local moment falls in. */
export const stepIndex = (at: string, calendar: Calendar): number =>
  indexOfDay(dayOf(at), calendar.step, weekStartOf(calendar));

/** The local moment at which a step begins: a date, or date and hour for steps of an hour. */
export function stepStart(index: number, calendar: Calendar): string {
  const { step } = calendar;
  if (step !== 'hour') return dateOf(firstDay(index, step, weekStartOf(calendar)));
  return `${dateOf(Math.floor(index / 24))} ${String(((index % 24) + 24) % 24).padStart(2, '0')}:00:00`;
}

/** The first cut-off that sees a whole step: the local date at or after its end. */
export const cutoffAfter = (index: number, calendar: Calendar): string =>
  calendar.step === 'hour' ? dateOf(Math.ceil((index + 1) / 24)) : stepStart(index + 1, calendar);
