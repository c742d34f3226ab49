import type { Batch, BatchColumn } from '../../../engine/port.js';
import { TinoError } from '../../../contract/index.js';

/** A member's key, in the declared order of its names. */
export type Key = Record<string, string>;

/** The text of a key in the state and in series sets: JSON with the names in declared order. */
export const keyText = (names: readonly string[], key: Readonly<Key>): string =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, key[name]])));

export const keyOfText = (text: string): Key => JSON.parse(text) as Key;

/** Whether `key` has every value that `asked` names. */
export const matches = (key: Readonly<Key>, asked: Readonly<Key>): boolean =>
  Object.entries(asked).every(([name, value]) => key[name] === value);

/** A column of a result by name; its absence is the author's error, told with the file. */
export function columnOf(batch: Batch, name: string, file: string): BatchColumn {
  const found = batch.columns.find((column) => column.name === name);
  if (found === undefined)
    throw new TinoError('SQL_COLUMNS', {
      file,
      column: name,
      found: batch.columns.map((column) => column.name).join(', '),
    });
  return found;
}

/** A value as an entity key writes it: a string, whatever the column's type; empty when unknown. */
export function keyValue(column: BatchColumn, row: number): string {
  const value = column.values[row];
  return value === null || value === undefined || Number.isNaN(value) ? '' : String(value);
}

/** A value for people and JSON: null when unknown. */
export function scalarValue(column: BatchColumn, row: number): string | number | boolean | null {
  const value = column.values[row];
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** The number of a row; `NaN` when unknown. A column of text is the author's error. */
export function numbersOf(batch: Batch, name: string, file: string): Float64Array {
  const column = columnOf(batch, name, file);
  if (column.values instanceof Float64Array) return column.values;
  if (column.type === 'boolean')
    return Float64Array.from<boolean | string | null>(column.values, (value) =>
      value === null ? NaN : Number(value),
    );
  throw new TinoError('SQL_COLUMN_TYPE', { file, column: name, found: column.type });
}
