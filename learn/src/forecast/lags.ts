import { categoryColumn, numberColumn, type Column, type Frame } from '../frame.js';
import type { SeriesSet } from '../series.js';

/** What one row of the global model is made of; saved with the model. */
export interface LagPlan {
  lags: number[];
  windows: number[];
  anchor: 'mean' | 'last';
  seasonalLag: boolean;
  period: number;
  /** Steps that are forecast directly. */
  block: number;
  covariates: { name: string; kind: 'known' | 'past' }[];
  /** Longest look back, in steps: what a model keeps of its training series. */
  memory: number;
}

/** One row to learn or to forecast: series, the values known at the origin, and how far ahead. */
export interface LagRow {
  series: number;
  /** The last values up to the origin, oldest first; only the last `memory` are read. */
  known: Float64Array;
  /** Calendar index of the origin: of the last of `known`. */
  origin: number;
  /** Steps ahead, from 1. */
  ahead: number;
}

/** What a row is measured from and by, so that small and large series teach each other. */
interface Anchor {
  level: number;
  scale: number;
}

export function planOf(
  set: SeriesSet,
  options: {
    lags: number[] | null;
    windows: number[] | null;
    anchor: 'mean' | 'last';
    seasonalLag: boolean;
    block: number;
  },
): LagPlan {
  const { period } = set;
  const lags = options.lags ?? [...new Set([1, 2, 3, period])];
  const windows = options.windows ?? [...new Set([4, ...(period > 1 ? [period] : [12])])];
  const seasonal = options.seasonalLag && period > 1;
  for (const value of [...lags, ...windows, options.block])
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`lags, windows and block are whole steps from 1, found ${value}`);
  const cycles = seasonal ? (2 + Math.ceil(options.block / period)) * period : 0;
  return {
    lags,
    windows,
    anchor: options.anchor,
    seasonalLag: seasonal,
    period,
    block: options.block,
    covariates:
      set.covariates?.names.map((name, i) => ({ name, kind: set.covariates!.kinds[i]! })) ?? [],
    memory: Math.max(12, ...lags, ...windows, cycles, period) + 1,
  };
}

/** Level and scale of the recent past; `NaN` level when nothing is known in it. */
export function anchorOf(known: Float64Array, plan: LagPlan): Anchor {
  const span = plan.period > 1 ? plan.period : Math.max(...plan.windows);
  let sum = 0;
  let count = 0;
  let last = NaN;
  let size = 0;
  let sized = 0;
  for (let back = 1; back <= Math.min(plan.memory, known.length); back++) {
    const value = known[known.length - back]!;
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(last)) last = value;
    size += Math.abs(value);
    sized++;
    if (back > span && count > 0) continue;
    sum += value;
    count++;
  }
  return {
    level: plan.anchor === 'last' ? last : sum / count,
    scale: size > 0 ? size / sized : 1,
  };
}

/** Columns of the rows, in a fixed order: lags, windows, season, calendar, covariates, statics. */
export function lagFrame(
  set: SeriesSet,
  rows: readonly LagRow[],
  anchors: readonly Anchor[],
  plan: LagPlan,
): Frame {
  const columns: Column[] = [];
  const add = (name: string, of: (row: LagRow, anchor: Anchor) => number) =>
    columns.push(
      numberColumn(
        name,
        Float64Array.from(rows, (row, i) => of(row, anchors[i]!)),
      ),
    );
  const relative = (value: number, { level, scale }: Anchor) => (value - level) / scale;
  const at = ({ known }: LagRow, back: number) => known[known.length - back] ?? NaN;
  for (const lag of plan.lags) add(`lag_${lag}`, (row, a) => relative(at(row, lag), a));
  for (const window of plan.windows) {
    add(`rolling_mean_${window}`, (row, a) => relative(moments(row.known, window).mean, a));
    add(`rolling_deviation_${window}`, (row, a) => moments(row.known, window).deviation / a.scale);
  }
  add('deviation_from_last', (row, a) => relative(lastOf(row.known), a));
  if (plan.seasonalLag)
    for (const cycle of [1, 2]) {
      const back = (row: LagRow) =>
        (Math.floor((row.ahead - 1) / plan.period) + cycle) * plan.period - row.ahead + 1;
      add(`seasonal_lag_${cycle}`, (row, a) => relative(at(row, back(row)), a));
      // The season's move from the same origin a cycle ago: free of the trend in between.
      add(`seasonal_change_${cycle}`, (row, a) => {
        const from = (Math.floor((row.ahead - 1) / plan.period) + cycle) * plan.period + 1;
        return (at(row, back(row)) - at(row, from)) / a.scale;
      });
    }
  add('steps_ahead', (row) => row.ahead);
  add('log_scale', (_, a) => Math.log(a.scale));
  if (plan.period > 1) {
    const phase = (row: LagRow) =>
      (((row.origin + row.ahead) % plan.period) + plan.period) % plan.period;
    add('phase', phase);
    add('phase_sin', (row) => Math.sin((2 * Math.PI * phase(row)) / plan.period));
    add('phase_cos', (row) => Math.cos((2 * Math.PI * phase(row)) / plan.period));
  }
  plan.covariates.forEach(({ name, kind }, c) =>
    add(name, (row) =>
      set.covariates!.at(row.series, row.origin + (kind === 'known' ? row.ahead : 0), c),
    ),
  );
  for (const column of staticColumns(set, rows)) columns.push(column);
  return { rows: rows.length, columns };
}

function staticColumns(set: SeriesSet, rows: readonly LagRow[]): Column[] {
  return (set.statics?.columns ?? []).map((column) => {
    if (column.kind === 'number')
      return numberColumn(
        column.name,
        Float64Array.from(rows, (row) => column.values[row.series]!),
      );
    const codes = Int32Array.from(rows, (row) => column.codes[row.series]!);
    return { ...categoryColumn(column.name, [], column.levels), codes };
  });
}

function lastOf(known: Float64Array): number {
  for (let i = known.length - 1; i >= 0; i--) if (!Number.isNaN(known[i]!)) return known[i]!;
  return NaN;
}

function moments(known: Float64Array, window: number): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let i = Math.max(0, known.length - window); i < known.length; i++) {
    const value = known[i]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    squares += value * value;
    count++;
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
