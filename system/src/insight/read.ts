import { cutNumbers, doubles, frame, type CategoryColumn, type Frame } from '@tino/learn';
import { TinoError } from '../contract/error.js';
import type { CodedBatch, CodedColumn } from '../engine/port.js';
import { literal } from '../engine/quote.js';
import { codedFeature } from '../features/abt-data.js';
import { readCodedAsOf } from '../features/read-as-of.js';
import type { House } from '../ports/house.js';
import { columnsNeeded } from '../workspace/insights.js';
import type { LoadedInsight, SqlInsight } from '../workspace/types.js';

/** What a declaration's SQL says of the last periods, one entry a row. */
export interface Rows {
  rows: number;
  /** 0 in the last period, 1 in the one before it, … */
  age: Int32Array;
  /** Local date of each row, in days before the cut-off, from 0. */
  daysAgo: Float64Array;
  /** Code of whom or what the row is about, and what the codes mean. */
  unit: CategoryColumn;
  /** Columns to look for reasons in; numbers are cut at their quantiles. */
  x: Frame;
  numbers(name: string): Float64Array;
  categories(name: string): CategoryColumn;
  has(name: string): boolean;
}

const AGO = 'tino_days_ago';

/** Columns that are no reasons. */
const RESERVED = ['value', 'item', 'units', 'happened', 'basket', AGO];

/** Looks that ask for reasons read what else the SQL gives; the moment itself is told by its days. */
const columnsRead = (insight: LoadedInsight<SqlInsight>): string => {
  const { look } = insight.declaration;
  if (look === 'total' || look === 'rate') return '* EXCLUDE ("at")';
  const names = columnsNeeded(insight).map(literal).join(', ');
  return `COLUMNS(lambda name: name IN (${names}) AND name <> 'at')`;
};

/**
 * Rows of the `periods` periods that end at `until` (a local date, not itself in them), as they
 * were known at its start.
 */
export async function readRows(
  house: House,
  insight: LoadedInsight<SqlInsight>,
  { until, periods }: { until: string; periods: number },
): Promise<Rows> {
  const { part, file, declaration } = insight;
  const days = declaration.period.days;
  // On the first line: errors name the lines of the author.
  const sql = `SELECT ${columnsRead(insight)}, days_between("at", :cutoff) - 1 AS ${AGO} FROM (${insight.sql.replace(/;\s*$/, '')}
) WHERE days_between("at", :cutoff) BETWEEN 1 AND ${days * periods}`;
  const batch = await readCodedAsOf(house, part, file, sql, until);
  for (const column of columnsNeeded(insight))
    if (column !== 'at' && !batch.columns.some(({ name }) => name === column)) {
      const found = batch.columns.map(({ name }) => name).join(', ');
      throw new TinoError('SQL_COLUMNS', { file, column, found }, { where: file });
    }
  return rowsOf(batch, insight);
}

function rowsOf(batch: CodedBatch, { declaration }: LoadedInsight<SqlInsight>): Rows {
  const column = (name: string): CodedColumn =>
    batch.columns.find((one) => one.name === name) ?? {
      name,
      type: 'text',
      codes: new Int32Array(0),
      levels: [],
    };
  const known = new Map<string, CategoryColumn>();
  const categories = (name: string) => {
    const found = known.get(name) ?? trimmed(column(name));
    known.set(name, found);
    return found;
  };
  const counted = new Map<string, Float64Array>();
  const numbers = (name: string) => {
    const found = counted.get(name) ?? numbersOf(column(name));
    counted.set(name, found);
    return found;
  };
  const daysAgo = numbers(AGO);
  const reasons = batch.columns
    .filter(({ name }) => !RESERVED.includes(name) && name !== declaration.unit)
    .map(codedFeature);
  const raw = reasons.length > 0 ? frame(reasons) : { rows: batch.rows, columns: [] };
  return {
    rows: batch.rows,
    age: Int32Array.from(daysAgo, (ago) => Math.floor(ago / declaration.period.days)),
    daysAgo,
    unit: categories(declaration.unit),
    x: { rows: batch.rows, columns: cutNumbers(raw) },
    numbers,
    categories,
    has: (name) => batch.columns.some((one) => one.name === name),
  };
}

function numbersOf(column: CodedColumn): Float64Array {
  const feature = codedFeature(column);
  if (feature.kind === 'number') return doubles(feature.values);
  const told = feature.levels.map((level) => Number(level.trim()));
  return Float64Array.from(feature.codes, (code) => (code < 0 ? NaN : told[code]!));
}

/** A column as categories; texts that differ in blanks around them are one level. */
function trimmed(column: CodedColumn): CategoryColumn {
  const index = new Map<string, number>();
  const codeOf = (text: string) => {
    const code = index.get(text) ?? index.size;
    index.set(text, code);
    return code;
  };
  const { name } = column;
  if ('codes' in column) {
    const codes = column.levels.map((level) => codeOf(level.trim()));
    const recoded = column.codes.map((code) => (code < 0 ? -1 : codes[code]!));
    return { kind: 'category', name, codes: recoded, levels: [...index.keys()] };
  }
  const boolean = column.type === 'boolean';
  const codes = Int32Array.from(column.values, (value) =>
    Number.isNaN(value) ? -1 : codeOf(boolean ? String(value === 1) : String(value)),
  );
  return { kind: 'category', name, codes, levels: [...index.keys()] };
}
