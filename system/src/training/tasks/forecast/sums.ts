import { hierarchyOf, reconciler, type Backtest, type Hierarchy } from '@tino/learn';
import type { ForecastDeclaration, Reconciliation } from '../../../workspace/types.js';
import type { SeriesData } from './data.js';
import { groupNames } from './grouping.js';

/** Errors of base forecasts, of groups and of members: actual less predicted. */
export interface Residuals {
  keys: readonly string[];
  /** Errors a key. */
  width: number;
  /** keys × width; `NaN` unknown. */
  values: Float64Array;
}

/** Forecasts that each series made for itself, to be made to add up. */
export interface Base {
  data: SeriesData;
  declaration: ForecastDeclaration;
  /** Members that take part: with a forecast at every step, and history that the groups sum. */
  members: readonly number[];
  columns: number;
  /** Of all members of `data` × columns. */
  values: Float64Array;
  /** Of a group by its name; undefined where it has none, and starts from the sum of its members. */
  group(name: string): Float64Array | undefined;
  residuals: Residuals;
}

/** Fewer errors a node than these say little of how it errs. */
const ERRORS_MIN = 4;

const weightsBy = {
  ols: 'ols',
  structural: 'structural',
  wls: 'variance',
  mint: 'shrink',
} as const satisfies Record<Exclude<Reconciliation, 'bottomUp'>, string>;

/**
 * Moves the forecasts of members, in place, as little as makes groups and members agree. Without
 * errors enough to weigh them, nodes are trusted by how many members they sum.
 */
export function addUp(base: Base): void {
  const { data, declaration, members, columns, values } = base;
  const { reconcile = 'bottomUp', floor = -Infinity } = declaration;
  if (reconcile === 'bottomUp' || members.length === 0) return;
  const hierarchy = hierarchyOf({
    ...groupNames(data, declaration, members),
    member: members.map((member) => data.set.keys[member]!),
  });
  const forecasts = forecastsOf(hierarchy, base);
  const by = weightsBy[reconcile];
  const weights =
    by === 'ols' || by === 'structural'
      ? { by }
      : base.residuals.width < ERRORS_MIN
        ? { by: 'structural' as const }
        : { by, residuals: residualsOf(hierarchy, forecasts, base) };
  const out = new Float64Array(forecasts.length);
  const { reconcile: plain, reconcileNonNegative } = reconciler(hierarchy, weights);
  if (floor >= 0) reconcileNonNegative(forecasts, columns, out);
  else plain(forecasts, columns, out);
  members.forEach((member, i) => {
    const from = (hierarchy.aggregates + i) * columns;
    values.set(out.subarray(from, from + columns), member * columns);
  });
}

/** nodes × columns */
function forecastsOf({ nodes, aggregates }: Hierarchy, base: Base): Float64Array {
  const { members, columns, values } = base;
  const own = (i: number) => values.subarray(members[i]! * columns, (members[i]! + 1) * columns);
  const out = new Float64Array(nodes.length * columns);
  nodes.forEach(({ key, members: parts }, n) => {
    const slot = out.subarray(n * columns, (n + 1) * columns);
    const group = n < aggregates ? base.group(key) : undefined;
    if (group !== undefined && group.every(Number.isFinite)) slot.set(group);
    else for (const i of parts) own(i).forEach((value, h) => (slot[h]! += value));
  });
  return out;
}

/**
 * nodes × width. A node that was never judged gets two errors of the size that is usual for nodes
 * of its kind, relative to their forecasts, each node at steps of its own so that they share
 * nothing.
 */
function residualsOf(
  { nodes, aggregates }: Hierarchy,
  forecasts: Float64Array,
  { columns, residuals }: Base,
): Float64Array {
  const { keys, width, values } = residuals;
  const rowOf = new Map(keys.map((key, row) => [key, row]));
  const out = new Float64Array(nodes.length * width).fill(NaN);
  const sizes = nodes.map((_, n) => meanSize(forecasts.subarray(n * columns, (n + 1) * columns)));
  const relative: { group: number[]; member: number[] } = { group: [], member: [] };
  const kindOf = (n: number) => (n < aggregates ? ('group' as const) : ('member' as const));
  const unjudged: number[] = [];
  nodes.forEach(({ key }, n) => {
    const row = rowOf.get(key);
    const slot = out.subarray(n * width, (n + 1) * width);
    if (row !== undefined) slot.set(values.subarray(row * width, (row + 1) * width));
    const known = slot.filter((value) => !Number.isNaN(value));
    if (known.length < 2) unjudged.push(n);
    else if (sizes[n]! > 0) relative[kindOf(n)].push(rootMeanSquare(known) / sizes[n]!);
  });
  for (const n of unjudged) {
    const share = median(relative[kindOf(n)]) ?? median(relative.member) ?? 1;
    const size = (share * sizes[n]!) / Math.SQRT2;
    const slot = out.subarray(n * width, (n + 1) * width).fill(NaN);
    slot[n % width] = size;
    slot[(n + 1) % width] = -size;
  }
  return out;
}

/**
 * Held-out windows as they would have been answered: at each origin the weights come from errors of
 * the other fits at steps outside of its window, so that no week vouches for its own errors.
 * @param test of members, before anything was made to add up
 */
export function addUpTest(
  test: Backtest,
  groups: Backtest,
  {
    now,
    declaration,
    fitted,
  }: Pick<Base, 'declaration'> & { now: SeriesData; fitted: readonly number[] },
): Backtest {
  const { horizon, origins, keys } = test;
  const out = { ...test, predicted: test.predicted.slice() };
  const fitAt = (o: number) => fitted.findLastIndex((origin) => origin <= o);
  const groupRow = new Map(groups.keys.map((key, row) => [key, row]));
  for (let o = 0; o < origins.length; o++) {
    const inWindow = (step: number) => step > origins[o]! && step <= origins[o]! + horizon;
    const kept = cellsOf(test).filter(
      ({ origin, h }) => fitAt(origin) !== fitAt(o) && !inWindow(origins[origin]! + 1 + h),
    );
    const residuals = errorsOf([groups, test], kept);
    const window = ({ predicted }: Backtest, row: number) => {
      const from = (row * origins.length + o) * horizon;
      return predicted.subarray(from, from + horizon);
    };
    const members = keys.flatMap((_, k) => (window(test, k).every(Number.isFinite) ? [k] : []));
    const values = new Float64Array(keys.length * horizon);
    for (const k of members) values.set(window(test, k), k * horizon);
    addUp({
      data: now,
      declaration,
      members,
      columns: horizon,
      values,
      group(name) {
        const row = groupRow.get(name);
        return row === undefined ? undefined : window(groups, row);
      },
      residuals,
    });
    for (const k of members) window(out, k).set(values.subarray(k * horizon, (k + 1) * horizon));
  }
  return out;
}

/** One forecast of a backtest: the place of its origin, and steps ahead from 0. */
interface Cell {
  origin: number;
  h: number;
}

const cellsOf = ({ origins, horizon }: Backtest): Cell[] =>
  [...origins.keys()].flatMap((origin) =>
    Array.from({ length: horizon }, (_, h): Cell => ({ origin, h })),
  );

/** Errors of several backtests of the same windows, one key after the other. */
export function errorsOf(
  tests: readonly Backtest[],
  cells: readonly Cell[] = cellsOf(tests[0]!),
): Residuals {
  const { horizon, origins } = tests[0]!;
  const width = cells.length;
  const keys = tests.flatMap((test) => [...test.keys]);
  const values = new Float64Array(keys.length * width);
  let at = 0;
  for (const { keys: own, actual, predicted } of tests)
    for (let k = 0; k < own.length; k++)
      for (const { origin, h } of cells) {
        const from = (k * origins.length + origin) * horizon + h;
        values[at++] = actual[from]! - predicted[from]!;
      }
  return { keys, width, values };
}

const meanSize = (values: Float64Array) =>
  values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;

const rootMeanSquare = (values: Float64Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
