import type { SeriesSet } from '@tino/learn';
import { TinoError } from '../../../contract/index.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { SeriesData } from './data.js';
import { keyText, type Key } from './keys.js';
import { valuesOf } from './series.js';

type How = ForecastDeclaration['how'];

/**
 * A set of members that is answered as one: the group of a level, or all that somebody asked for.
 */
export interface Node {
  key: Key;
  text: string;
  members: readonly number[];
}

/** Columns that name a group of a level; the members themselves without one. */
export function columnsOf(
  model: string,
  { key, levels }: ForecastDeclaration,
  level: string | null,
): readonly string[] {
  if (level === null) return key;
  if (Object.hasOwn(levels, level)) return levels[level]!;
  throw new TinoError('UNKNOWN_LEVEL', {
    model,
    level,
    known: Object.keys(levels).join(', ') || '∅',
  });
}

/** The value of one member in a column of its key or of its attributes; empty when unknown. */
export const labelOf = (data: SeriesData, member: number, column: string): string => {
  const value = data.keys[member]![column] ?? data.attributes[member]![column];
  return value === null || value === undefined ? '' : String(value);
};

/** The groups that `columns` make of some members, in order of their key. */
export function nodesOf(
  data: SeriesData,
  columns: readonly string[],
  members: readonly number[] = data.keys.map((_, i) => i),
): Node[] {
  const nodes = new Map<string, { key: Key; text: string; members: number[] }>();
  for (const member of members) {
    const key = Object.fromEntries(
      columns.map((column) => [column, labelOf(data, member, column)]),
    );
    const text = keyText(columns, key);
    const node = nodes.get(text);
    if (node === undefined) nodes.set(text, { key, text, members: [member] });
    else node.members.push(member);
  }
  return [...nodes.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** Amounts of members add up; prices of members are averaged. */
export function joined(values: readonly number[], how: How): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? NaN : how === 'sum' ? sum : sum / count;
}

/** The history of a node from the first step of any of its members to `end`. */
export function nodeHistory(
  set: SeriesSet,
  { members }: Node,
  how: How,
  end: number,
): { start: number; values: Float64Array } {
  const start = Math.min(...members.map((member) => set.starts[member]!));
  const sums = new Float64Array(end - start + 1);
  const counts = new Int32Array(sums.length);
  for (const member of members) {
    const own = valuesOf(set, member);
    const from = set.starts[member]! - start;
    for (let t = 0; t < own.length && from + t < sums.length; t++) {
      if (Number.isNaN(own[t]!)) continue;
      sums[from + t]! += own[t]!;
      counts[from + t]!++;
    }
  }
  const valueOf = (sum: number, t: number) =>
    counts[t] === 0 ? NaN : how === 'sum' ? sum : sum / counts[t]!;
  return { start, values: sums.map(valueOf) };
}

/** Forecasts of one node: of `values`, members × horizon. */
export const nodeForecast = (
  values: Float64Array,
  { members }: Node,
  horizon: number,
  how: How,
): Float64Array =>
  Float64Array.from({ length: horizon }, (_, h) =>
    joined(
      members.map((member) => values[member * horizon + h]!),
      how,
    ),
  );
