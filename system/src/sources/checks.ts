import type { Params } from '../contract/error.js';
import type { MessageCode } from '../contract/messages.js';
import { literal } from '../engine/quote.js';
import type { Source } from '../workspace/types.js';
import { sqlTypes } from './cast.js';

/** One clause of a contract: the condition that breaks it, and what is then said. */
export interface Check {
  code: Extract<MessageCode, `REJECT_${string}`>;
  column: string;
  /** SQL over the cleaned text `t` and the parsed value `p` of the column. */
  broken: string;
  /** Of the message, but for `value`. */
  params: Params;
  /** The value names a person's: it is not kept. */
  masked?: boolean;
}

const FIRST = '1900-01-01';
const LAST = '2199-12-31';

/** In the order in which they are tried; `names` gives the SQL of a column's text and value. */
export function contractChecks(
  source: Source,
  zone: string,
  names: (column: string) => { text: string; value: string },
): Check[] {
  const always = new Set([...source.key, source.eventTime, source.knownAt]);
  return Object.entries(source.columns).flatMap(([column, declared]): Check[] => {
    const { text, value } = names(column);
    const { type, values, min, max } = declared;
    const checks: Check[] = [];
    const add = (code: Check['code'], broken: string, params: Params = {}) =>
      checks.push({ code, column, broken, params: { column, ...params } });
    if (declared.required || always.has(column)) add('REJECT_REQUIRED', `${text} IS NULL`);
    if (type !== 'text' && type !== 'category') {
      add('REJECT_TYPE', `${text} IS NOT NULL AND ${value} IS NULL`, { type });
    }
    if (type === 'timestamp') add('REJECT_TIME', skippedHour(value, zone), { zone });
    if (type === 'timestamp' || type === 'date') {
      const inside = `${value} BETWEEN ${literal(FIRST)}::TIMESTAMP
        AND ${literal(`${LAST} 23:59:59.999999`)}::TIMESTAMP`;
      add('REJECT_RANGE', `NOT (${inside})`, { low: FIRST, high: LAST });
    } else if (min !== undefined || max !== undefined) {
      const low = min === undefined ? '' : `${value} < ${min}::${sqlTypes.number}`;
      const high = max === undefined ? '' : `${value} > ${max}::${sqlTypes.number}`;
      add('REJECT_RANGE', [low, high].filter(Boolean).join(' OR '), {
        low: min ?? '-∞',
        high: max ?? '∞',
      });
    }
    if (values) {
      add('REJECT_VALUE', `${text} NOT IN (${values.map(literal).join(', ')})`, {
        allowed: values.join(', '),
      });
    }
    return checks;
  });
}

/**
 * A wall-clock time that daylight saving skipped comes back from the time line as another one.
 * Exact midnight is how files write a date, and a date exists even where its midnight was skipped.
 */
const skippedHour = (value: string, zone: string): string =>
  `timezone(${literal(zone)}, timezone(${literal(zone)}, ${value})) <> ${value}
    AND date_trunc('day', ${value}) <> ${value}`;
