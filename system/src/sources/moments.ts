import { identifier } from '../engine/quote.js';
import type { Source } from '../workspace/types.js';

/** Columns that the system adds to a stored history. */
export const EVENT = 'tino_event';
export const KNOWN_FROM = 'tino_known_from';
export const KNOWN_UNTIL = 'tino_known_until';

/**
 * The moment that a clock column tells, as TIMESTAMP. A date without a time is over, and so known,
 * at the midnight that ends it: sales of a day must not be seen at the start of that day.
 */
export function momentOf(source: Source, column: string, prefix = ''): string {
  const name = `${prefix}${identifier(column)}`;
  return source.columns[column]!.type === 'date'
    ? `(CAST(${name} AS TIMESTAMP) + INTERVAL 1 DAY)`
    : name;
}

/** A source with an event time, or another's, is a history; without it is a table that is known always. */
export const isTimed = (source: Source): boolean =>
  source.eventTime !== undefined || source.timeOf !== undefined;

/** The column that says when `column` became known; a clock of other columns is its own. */
export function clockOf(source: Source, column: string): string | undefined {
  const declared = source.columns[column]!.knownAt;
  if (declared !== undefined) return declared;
  const isClock = Object.values(source.columns).some((other) => other.knownAt === column);
  const rowClock = column === source.eventTime || column === source.knownAt;
  return isClock && !rowClock ? column : undefined;
}
