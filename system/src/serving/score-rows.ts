import type { Scalar } from './explain.js';
import { columnValueAt } from './explain.js';
import { KeyIndex } from './key-index.js';
import type { ScoreTable } from './score-table.js';

const indexes = new WeakMap<ScoreTable, KeyIndex>();

export function keyAt({ keys }: ScoreTable, row: number): Record<string, string> {
  const key: Record<string, string> = {};
  for (const name in keys) key[name] = keys[name]!.at(row)!;
  return key;
}

/** The row of an entity; of an entity with several, the newest. */
export function rowOfKey(
  table: ScoreTable,
  names: readonly string[],
  key: Readonly<Record<string, string>>,
): number | undefined {
  let index = indexes.get(table);
  if (index === undefined) {
    const columns = names.map((name) => table.keys[name]!);
    const [only] = columns;
    index = new KeyIndex(
      table.value.length,
      columns.length === 1
        ? (row) => String(only!.at(row))
        : (row) => columns.map((column) => column.at(row)).join('\u0000'),
      (row, other) => table.at.at(other)! <= table.at.at(row)!,
    );
    indexes.set(table, index);
  }
  return index.find(names.map((name) => key[name]).join('\u0000'));
}

type Reader<T = Scalar> = (row: number) => T;
const readers = new WeakMap<ScoreTable, Map<string, Reader>>();

/** What was known of rows: a feature, a carried column, or a part of their key. */
export function cellReader(table: ScoreTable, name: string): Reader {
  let known = readers.get(table);
  if (known === undefined) readers.set(table, (known = new Map()));
  let reader = known.get(name);
  if (reader === undefined) known.set(name, (reader = readerOf(table, name)));
  return reader;
}

export const cellAt = (table: ScoreTable, name: string, row: number): Scalar =>
  cellReader(table, name)(row);

function readerOf({ x, carried, keys }: ScoreTable, name: string): Reader {
  const values = carried[name];
  if (values !== undefined)
    return (row) => {
      const value = values[row] ?? null;
      return typeof value === 'number' && Number.isNaN(value) ? null : value;
    };
  const texts = keys[name];
  if (texts !== undefined) return (row) => texts.at(row) ?? null;
  const column = x.columns.find((one) => one.name === name);
  return column === undefined ? () => null : (row) => columnValueAt(column, row);
}

/** Whether a column has numbers, known or not; parts of a key are texts. */
export const holdsNumbers = ({ x, carried }: ScoreTable, name: string): boolean =>
  carried[name] instanceof Float64Array ||
  x.columns.some((column) => column.name === name && column.kind === 'number');

export function cellsReader(
  table: ScoreTable,
  names: readonly string[],
): Reader<Record<string, Scalar>> {
  const cells = names.map((name) => [name, cellReader(table, name)] as const);
  return (row) => {
    const found: Record<string, Scalar> = {};
    for (const [name, cell] of cells) found[name] = cell(row);
    return found;
  };
}

export const cellsAt = (table: ScoreTable, names: readonly string[], row: number) =>
  cellsReader(table, names)(row);

export function moneyReader(table: ScoreTable, column: string | undefined): Reader<number | null> {
  if (column === undefined) return () => null;
  const cell = cellReader(table, column);
  return (row) => {
    const value = cell(row);
    return typeof value === 'number' ? value : null;
  };
}

export const moneyAt = (table: ScoreTable, column: string | undefined, row: number) =>
  moneyReader(table, column)(row);
