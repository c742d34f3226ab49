import { createHash } from 'node:crypto';
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

/**
 * The items that keep their price to measure the others by: those whose digests are smallest, so that
 * the draw has nothing to do with what they are, and the same items are held cycle after cycle but
 * for a few at the edge as items come and go. As many as the share says, in whole items.
 */
export function heldOut(model: string, keys: readonly string[], share: number): Set<string> {
  const drawn = keys
    .map((key) => ({
      key,
      digest: createHash('sha256').update(`hold-out ${model} ${key}`).digest(),
    }))
    .sort((a, b) => a.digest.compare(b.digest));
  return new Set(drawn.slice(0, Math.round(share * keys.length)).map(({ key }) => key));
}
