import type { Backtest, SeriesSet } from '@tino/learn';
import { TinoError } from '../../../contract/index.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { SeriesData } from './data.js';
import { keyText, type Key } from './keys.js';
import { emptyBacktest } from './rolling.js';
import { valueAt } from './series.js';

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
  const values = Float64Array.from({ length: end - start + 1 }, (_, t) =>
    joined(
      members.map((member) => valueAt(set, member, start + t)),
      how,
    ),
  );
  return { start, values };
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

/**
 * A backtest of nodes out of the one of members: actual and predicted are joined over the members
 * that have both, so that a sum is never compared with half of itself.
 * @param place by member of the nodes: its row in `test`; -1 when it was not judged
 */
export function nodeTest(
  test: Backtest,
  nodes: readonly Node[],
  how: How,
  place: (member: number) => number,
): Backtest {
  const { horizon, origins } = test;
  const out = emptyBacktest(
    nodes.map(({ text }) => text),
    [...origins],
    horizon,
  );
  nodes.forEach(({ members }, n) => {
    const rows = members.map(place).filter((row) => row >= 0);
    for (let o = 0; o < origins.length; o++) {
      const cell = (row: number) => row * origins.length + o;
      for (let h = 0; h < horizon; h++) {
        const both = rows
          .map((row) => cell(row) * horizon + h)
          .filter((i) => !Number.isNaN(test.actual[i]! + test.predicted[i]!));
        const at = (n * origins.length + o) * horizon + h;
        out.actual[at] = joined(
          both.map((i) => test.actual[i]!),
          how,
        );
        out.predicted[at] = joined(
          both.map((i) => test.predicted[i]!),
          how,
        );
      }
      const known = rows.map(cell);
      out.current[n * origins.length + o] = joined(
        known.map((i) => test.current[i]!),
        how,
      );
      out.scales[n * origins.length + o] = joined(
        known.map((i) => test.scales[i]!),
        how,
      );
    }
  });
  return out;
}

/** A backtest of the whole of the first `steps` steps: one number a window. */
export function wholeTest(test: Backtest, steps: number, how: How): Backtest {
  const out = emptyBacktest(test.keys, [...test.origins], 1);
  const cells = test.keys.length * test.origins.length;
  for (let cell = 0; cell < cells; cell++) {
    const window = Array.from({ length: steps }, (_, h) => cell * test.horizon + h);
    // A window with a step that has not happened, or is missing, would be a part and not the whole.
    if (window.some((i) => Number.isNaN(test.actual[i]! + test.predicted[i]!))) continue;
    out.actual[cell] = joined(
      window.map((i) => test.actual[i]!),
      how,
    );
    out.predicted[cell] = joined(
      window.map((i) => test.predicted[i]!),
      how,
    );
  }
  return out;
}
