import { categoryColumn, frame, numberColumn, type Column, type Frame } from '@tino/learn';
import { dayNumber } from '../calendar/dates.js';
import type { BatchColumn, CodedColumn } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { House } from '../ports/house.js';
import { AT, CLOSES, CUTOFF, LABEL, type Abt } from './abt-types.js';
import { inSession } from './parallel.js';

/** An ABT in memory, one entry a row. */
export interface AbtData {
  /** Features: numbers (booleans as 0 and 1, dates as days) and categories. */
  x: Frame;
  /** NaN where there is no label. */
  y: Float64Array;
  /** Entity key by column. */
  keys: Record<string, string[]>;
  /** Wall-clock moment `YYYY-MM-DD HH:MM:SS`. */
  at: string[];
  /** Local date of the moment, in days from 1970-01-01. */
  cutoff: Int32Array;
  /** Local date by whose start the label's window is over, in days. */
  closes: Int32Array;
  /** Columns that are not learned from. */
  carried: Record<string, Float64Array | (string | null)[]>;
}

export async function readAbt(house: House, abt: Abt): Promise<AbtData> {
  const files = abt.files.map((file) => literal(file)).join(', ');
  const columns = abt.columns.map(({ name, role }) =>
    role === 'key'
      ? `CAST(${identifier(name)} AS VARCHAR) AS ${identifier(name)}`
      : identifier(name),
  );
  const batch = await inSession(house, (session) =>
    session.columns(
      `SELECT ${columns.join(', ')}, epoch(CAST(${CUTOFF} AS TIMESTAMP)) / 86400 AS ${CUTOFF},
       epoch(CAST(${CLOSES} AS TIMESTAMP)) / 86400 AS ${CLOSES}, ${LABEL}, ${AT}
       FROM read_parquet([${files}], hive_partitioning = false)`,
    ),
  );
  const byName = new Map(batch.columns.map((column) => [column.name, column]));
  const of = (role: string) =>
    abt.columns.filter((column) => column.role === role).map(({ name }) => byName.get(name)!);
  const features = of('feature').map(featureColumn);
  return {
    x: features.length > 0 ? frame(features) : { rows: batch.rows, columns: [] },
    y: byName.get(LABEL)!.values as Float64Array,
    keys: Object.fromEntries(of('key').map(({ name, values }) => [name, values as string[]])),
    at: byName.get(AT)!.values as string[],
    cutoff: Int32Array.from(byName.get(CUTOFF)!.values as Float64Array),
    closes: Int32Array.from(byName.get(CLOSES)!.values as Float64Array),
    carried: Object.fromEntries(
      of('carried').map((column) => [column.name, carriedValues(column)]),
    ),
  };
}

/** A column as `learn` reads it. */
export function featureColumn({ name, type, values }: BatchColumn): Column {
  if (values instanceof Float64Array) return numberColumn(name, values);
  if (type === 'boolean') return numberColumn(name, booleans(values as (boolean | null)[]));
  if (type === 'date' || type === 'timestamp') {
    const texts = values as (string | null)[];
    return numberColumn(
      name,
      Float64Array.from(texts, (text) => (text === null ? NaN : dayNumber(text))),
    );
  }
  return categoryColumn(name, values as (string | null)[]);
}

/** The same of a coded result. */
export function codedFeature(column: CodedColumn): Column {
  const { name, type } = column;
  if ('values' in column) return numberColumn(name, column.values);
  const { codes, levels } = column;
  if (type !== 'date' && type !== 'timestamp') return { kind: 'category', name, codes, levels };
  const days = levels.map(dayNumber);
  return numberColumn(
    name,
    Float64Array.from(codes, (code) => (code < 0 ? NaN : days[code]!)),
  );
}

const booleans = (values: (boolean | null)[]): Float64Array =>
  Float64Array.from(values, (value) => (value === null ? NaN : Number(value)));

const carriedValues = ({ values, type }: BatchColumn): Float64Array | (string | null)[] =>
  values instanceof Float64Array
    ? values
    : type === 'boolean'
      ? booleans(values as (boolean | null)[])
      : (values as (string | null)[]);
