export const sqlDialects = ['duckdb', 'postgresql'] as const;
export type SqlDialect = (typeof sqlDialects)[number];

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A table, with its schema before a point. */
export const tableName = (name: string): string => name.split('.').map(identifier).join('.');

export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * A double that is read back as the same bits: a bare 0.1 would be a DECIMAL in both dialects, and
 * compare and add as one.
 */
export function double(value: number, dialect: SqlDialect): string {
  if (!Number.isFinite(value)) return `CAST(${text(String(value))} AS DOUBLE PRECISION)`;
  if (dialect === 'postgresql') return `'${value}'::float8`;
  const digits = String(value);
  const literal = digits.includes('e') ? digits : `${digits}e0`;
  return value < 0 ? `(${literal})` : literal;
}
