import { createHash } from 'node:crypto';
import { dayNumber, wallClock } from '../calendar/dates.js';
import type { Span } from '../workspace/types.js';

/** The local date of a moment in a zone: 'YYYY-MM-DD'. */
export const localDate = (moment: Date, zone: string): string =>
  wallClock(moment, zone).slice(0, 10);

/**
 * Number of the pricing cycle that a local date falls in; cycles of whole weeks begin on a Monday.
 */
export const cycleOf = (date: string, { days }: Span): number =>
  Math.floor((dayNumber(date) + DAYS_SINCE_MONDAY) / days);

// 1970-01-01 was a Thursday.
const DAYS_SINCE_MONDAY = 3;

/** Whether an item keeps its price to measure the others by: stable for as long as its key is. */
export function isHeldOut(model: string, key: string, share: number): boolean {
  const digest = createHash('sha256').update(`hold-out ${model} ${key}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < share;
}
