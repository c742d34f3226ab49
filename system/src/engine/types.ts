import type { SqlType } from './port.js';
import { identifier } from './quote.js';

const kinds: Record<string, SqlType> = {
  DOUBLE: 'number',
  FLOAT: 'number',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  HUGEINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  UBIGINT: 'integer',
  UHUGEINT: 'integer',
  VARCHAR: 'text',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
};

/** Our kind of an engine's type, by its name. */
export const kindOf = (sqlType: string): SqlType =>
  sqlType.startsWith('DECIMAL(') && sqlType.endsWith(')')
    ? 'decimal'
    : sqlType.startsWith('ENUM(') && sqlType.endsWith(')')
      ? 'text'
      : (kinds[sqlType] ?? 'other');

export const isNumeric = (type: SqlType): boolean =>
  type === 'number' || type === 'integer' || type === 'decimal';

/** The type a column is created with when only its kind is known. */
export const defaultSqlType: Record<Exclude<SqlType, 'other'>, string> = {
  number: 'DOUBLE',
  integer: 'BIGINT',
  decimal: 'DECIMAL(18,4)',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
};

/**
 * The query around a query that leaves only DOUBLE without NULL, BOOLEAN and VARCHAR to decode:
 * reading 500,000 rows of 16 nullable decimals through the driver's own values takes four times
 * as long. DuckDB keeps the order of the inner query (`preserve_insertion_order`).
 */
export function simplified(sql: string, types: readonly SqlType[]): string {
  const names = types.map((_, index) => `c${index}`);
  const selected = types.map((type, index) => {
    const name = identifier(names[index]!);
    if (isNumeric(type)) return `coalesce(CAST(${name} AS DOUBLE), 'NaN'::DOUBLE)`;
    return type === 'boolean' ? name : `CAST(${name} AS VARCHAR)`;
  });
  return `SELECT ${selected.join(', ')} FROM (${withoutSemicolon(sql)}\n) AS result(${names.map(identifier).join(', ')})`;
}

export const withoutSemicolon = (sql: string): string => sql.replace(/[;\s]+$/, '');
