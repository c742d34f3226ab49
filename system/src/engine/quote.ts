import type { SqlValue } from './port.js';

/** A name as SQL text, quoted so that any character is only a character. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A value as SQL text. A number that is not finite becomes NULL, as NaN is NULL in a batch. */
export function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return `'${value.replaceAll("'", "''")}'`;
}

const quotedOrParameter = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\d+)/g;

/** A statement with its parameters written in their places, leaving quoted text as it is. */
export const inlined = (sql: string, params: readonly SqlValue[]): string =>
  sql.replace(quotedOrParameter, (found: string, number: string | undefined) => {
    const value = number === undefined ? undefined : params[Number(number) - 1];
    if (value === undefined) return found;
    const fractional = typeof value === 'number' && !Number.isSafeInteger(value);
    return fractional ? `CAST(${literal(value)} AS DOUBLE)` : literal(value);
  });
