import type { Condition, ConditionColumn } from '../contract/conditions.js';
import { TinoError } from '../contract/error.js';
import type { Scalar } from './explain.js';
import { cellReader, holdsNumbers } from './score-rows.js';
import type { ScoreTable } from './score-table.js';

/** What the model said, by this name beside the columns; segments have names instead. */
const VALUE = 'value';
/** A column with more values than this is described without them. */
const LEVELS_MAX = 200;

const said = ({ manifest }: ScoreTable) => (manifest.segments.length === 0 ? [VALUE] : []);

const namesOf = (table: ScoreTable): string[] => {
  const { keys, features, carried } = table.manifest;
  return [...new Set([...keys, ...features, ...carried, ...said(table)])];
};

const isNumber = (table: ScoreTable, name: string): boolean =>
  said(table).includes(name) || holdsNumbers(table, name);

const reader = (table: ScoreTable, column: string): ((row: number) => Scalar) =>
  said(table).includes(column) ? (row) => table.value[row]! : cellReader(table, column);

/**
 * Refuses what no row could answer. A column that the role may not see is none for its conditions:
 * they would tell what it holds.
 */
export function checkConditions(
  table: ScoreTable,
  conditions: readonly Condition[],
  withheld: ReadonlySet<string>,
): void {
  const known = namesOf(table).filter((name) => !withheld.has(name));
  for (const { column, is, values } of conditions) {
    if (!known.includes(column))
      throw new TinoError('CONDITION_COLUMN', { column, known: known.join(', ') });
    if (is === 'oneOf') continue;
    if (!isNumber(table, column)) throw new TinoError('CONDITION_TEXT', { column, is });
    const [only] = values;
    if (values.length !== 1 || String(only).trim() === '' || !Number.isFinite(Number(only)))
      throw new TinoError('CONDITION_LIMIT', { column, is, values: values.join(', ') });
  }
}

/** Columns of conditions that this scoring has no more. */
export const columnsMissing = (table: ScoreTable, conditions: readonly Condition[]): string[] => {
  const known = namesOf(table);
  return [...new Set(conditions.map(({ column }) => column))].filter(
    (name) => !known.includes(name),
  );
};

/** Whether a row is what all conditions ask; what is not known of it is on no side. */
export function testOf(
  table: ScoreTable,
  conditions: readonly Condition[],
): (row: number) => boolean {
  const tests = conditions.map(({ column, is, values }) => {
    const wanted = new Set(values.map(String));
    const limit = Number(values[0]);
    const read = reader(table, column);
    return (row: number) => {
      const value = read(row);
      if (value === null) return false;
      if (is === 'oneOf') return wanted.has(String(value));
      return is === 'atLeast' ? Number(value) >= limit : Number(value) <= limit;
    };
  });
  return (row) => tests.every((test) => test(row));
}

const described = new WeakMap<ScoreTable, Map<string, ConditionColumn>>();

/** What conditions can ask of the rows that are seen, keys and withheld columns left out. */
export function conditionColumns(
  table: ScoreTable,
  withheld: ReadonlySet<string>,
  rowsSeen?: readonly number[],
): ConditionColumn[] {
  const names = namesOf(table).filter(
    (name) => !table.manifest.keys.includes(name) && !withheld.has(name),
  );
  if (rowsSeen !== undefined) return names.map((name) => describe(table, name, rowsSeen));
  let known = described.get(table);
  if (known === undefined) described.set(table, (known = new Map()));
  const rows = Array.from(table.value.keys());
  return names.map((name) => {
    let column = known.get(name);
    if (column === undefined) known.set(name, (column = describe(table, name, rows)));
    return column;
  });
}

function describe(table: ScoreTable, name: string, rows: readonly number[]): ConditionColumn {
  const read = reader(table, name);
  if (isNumber(table, name)) {
    let [low, high] = [Infinity, -Infinity];
    for (const row of rows) {
      const value = read(row);
      if (value === null) continue;
      low = Math.min(low, Number(value));
      high = Math.max(high, Number(value));
    }
    const known = low <= high;
    return {
      name,
      type: 'number',
      low: known ? low : null,
      high: known ? high : null,
      levels: null,
    };
  }
  const levels = new Set<string>();
  for (const row of rows) {
    const value = read(row);
    if (value !== null) levels.add(String(value));
    if (levels.size > LEVELS_MAX) break;
  }
  const listed = levels.size > LEVELS_MAX ? null : [...levels].sort();
  return { name, type: 'category', low: null, high: null, levels: listed };
}
