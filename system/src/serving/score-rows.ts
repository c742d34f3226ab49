import type { Scalar } from './explain.js';
import { valueAt } from './explain.js';
import type { ScoreTable } from './score-table.js';

const indexes = new WeakMap<ScoreTable, Map<string, number>>();
const text = (key: Readonly<Record<string, string>>, names: readonly string[]) =>
  names.map((name) => key[name]).join('\u0000');

export const keyAt = ({ keys }: ScoreTable, row: number): Record<string, string> =>
  Object.fromEntries(Object.entries(keys).map(([name, values]) => [name, values[row]!]));

/** The row of an entity; of an entity with several, the newest. */
export function rowOfKey(
  table: ScoreTable,
  names: readonly string[],
  key: Readonly<Record<string, string>>,
): number | undefined {
  let index = indexes.get(table);
  if (index === undefined) {
    index = new Map();
    for (let row = 0; row < table.value.length; row++) {
      const own = text(keyAt(table, row), names);
      const standing = index.get(own);
      if (standing === undefined || table.at[standing]! <= table.at[row]!) index.set(own, row);
    }
    indexes.set(table, index);
  }
  return index.get(text(key, names));
}

/** What was known of a row: a feature, a carried column, or a part of its key. */
export function cellAt({ x, carried, keys }: ScoreTable, name: string, row: number): Scalar {
  const values = carried[name];
  if (values === undefined) return keys[name]?.[row] ?? valueAt(x, name, row);
  const value = values[row] ?? null;
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}

export const cellsAt = (
  table: ScoreTable,
  names: readonly string[],
  row: number,
): Record<string, Scalar> =>
  Object.fromEntries(names.map((name) => [name, cellAt(table, name, row)]));

export function moneyAt(table: ScoreTable, column: string | undefined, row: number): number | null {
  if (column === undefined) return null;
  const value = cellAt(table, column, row);
  return typeof value === 'number' ? value : null;
}
