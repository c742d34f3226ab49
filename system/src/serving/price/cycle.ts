import { dayNumber, wallClock } from '../../calendar/dates.js';
import type { Span } from '../../workspace/types.js';

/** The local date of a moment in a zone: 'YYYY-MM-DD'. */
export const localDate = (moment: Date, zone: string): string =>
  wallClock(moment, zone).slice(0, 10);

/**
 * Number of the pricing cycle that a local date falls in; cycles of whole weeks begin on a Monday.
 */
export const cycleOf = (date: string, { days }: Span): number =>
  Math.floor((dayNumber(date) + DAYS_SINCE_MONDAY) / days);

/** Day number of the first day after a cycle. */
export const cycleEnd = (cycle: number, { days }: Span): number =>
  (cycle + 1) * days - DAYS_SINCE_MONDAY;

// 1970-01-01 was a Thursday.
const DAYS_SINCE_MONDAY = 3;
