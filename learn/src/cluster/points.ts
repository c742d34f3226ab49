import type { CategoryColumn, ColumnSchema, Frame, NumberColumn, Numbers } from '../frame.js';
import { select } from '../metric/quantile.js';

/** Rows as points of one space, row-major. */
export interface Points {
  rows: number;
  dimensions: number;
  values: Float64Array;
}

/** How one column becomes coordinates. Plain data, saved with the model. */
export type Axis =
  | {
      kind: 'number';
      name: string;
      /** Values are held between these quantiles. */
      low: number;
      high: number;
      /** Taken as log(1 + value / unit). */
      log: boolean;
      unit: number;
      /** In place of a missing value. */
      median: number;
      mean: number;
      deviation: number;
    }
  | { kind: 'category'; name: string; levels: readonly string[]; shares: number[]; scale: number };

interface AxisOptions {
  /** Share cut off at each end of a number. */
  winsor: number;
  /** Log of columns without negative values whose skewness exceeds 1. */
  logSkewed: boolean;
}

/**
 * Axes of unit variance: a number is winsorised, logged when skewed, standardised; a category
 * becomes one coordinate a level, together of variance 1. A column that does not vary gets no
 * weight.
 */
export function axesOf(x: Frame, { winsor, logSkewed }: AxisOptions): Axis[] {
  return x.columns.map((column) =>
    column.kind === 'category' ? categoryAxis(column) : numberAxis(column, winsor, logSkewed),
  );
}

/** @param x conformed to the axes */
export function pointsOf(x: Frame, axes: readonly Axis[]): Points {
  const dimensions = axes.reduce((sum, axis) => sum + widthOf(axis), 0);
  const values = new Float64Array(x.rows * dimensions);
  let from = 0;
  for (const [c, axis] of axes.entries()) {
    const column = x.columns[c]!;
    for (let row = 0; row < x.rows; row++) {
      const at = row * dimensions + from;
      if (axis.kind === 'number' && column.kind === 'number') {
        const value = column.values[row]!;
        const held = hold(Number.isNaN(value) ? axis.median : value, axis.low, axis.high);
        values[at] =
          ((axis.log ? Math.log1p(held / axis.unit) : held) - axis.mean) / axis.deviation;
      } else if (axis.kind === 'category' && column.kind === 'category') {
        const code = column.codes[row]!;
        // A missing or unknown level sits at the mean of all.
        if (code < 0) continue;
        for (let level = 0; level < axis.shares.length; level++)
          values[at + level] = ((level === code ? 1 : 0) - axis.shares[level]!) / axis.scale;
      }
    }
    from += widthOf(axis);
  }
  return { rows: x.rows, dimensions, values };
}

export const schemaOfAxes = (axes: readonly Axis[]): ColumnSchema[] =>
  axes.map((axis) =>
    axis.kind === 'number'
      ? { kind: 'number', name: axis.name }
      : { kind: 'category', name: axis.name, levels: axis.levels },
  );

export function squaredDistance(
  a: Float64Array,
  from: number,
  b: Float64Array,
  other: number,
  dimensions: number,
): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = a[from + d]! - b[other + d]!;
    sum += difference * difference;
  }
  return sum;
}

/** Points by index. */
export function takePoints({ dimensions, values }: Points, rows: ArrayLike<number>): Points {
  const taken = new Float64Array(rows.length * dimensions);
  for (let i = 0; i < rows.length; i++)
    taken.set(values.subarray(rows[i]! * dimensions, (rows[i]! + 1) * dimensions), i * dimensions);
  return { rows: rows.length, dimensions, values: taken };
}

/** Share of the positive values that lie below a small one. */
const SMALL = 0.05;

function numberAxis({ name, values }: NumberColumn, winsor: number, logSkewed: boolean): Axis {
  const known = kept(values, (value) => !Number.isNaN(value));
  // An empty column: all its rows sit at 0.
  const at = known.length > 0 ? quantilesOf(known, [winsor, 0.5, 1 - winsor]) : [0, 0, 0];
  const [low, median, high] = at as [number, number, number];
  for (let i = 0; i < known.length; i++) known[i] = hold(known[i]!, low, high);
  const log = logSkewed && low >= 0 && skewness(known) > 1;
  const unit = log ? unitOf(known) : 1;
  const seen = log ? logOf(known, unit) : known;
  const { mean, deviation } = moments(seen);
  // Less than the rounding of a mean is no variation.
  const varies = high > low && deviation > 1e-12 * Math.abs(mean);
  return {
    kind: 'number',
    name,
    low,
    high,
    log,
    unit,
    median,
    mean: known.length > 0 ? mean : 0,
    deviation: varies ? deviation : Infinity,
  };
}

const logOf = (values: Float64Array, unit: number) =>
  values.map((value) => Math.log1p(value / unit));

/**
 * The unit whose logarithm is less skewed: 1, or where many values are smaller, one as small as they
 * are. To values far below its unit log(1 + value) does nothing, and a long tail would pass for a group.
 */
function unitOf(values: Float64Array): number {
  const positive = kept(values, (value) => value > 0);
  const [small] = quantilesOf(positive, [SMALL]) as [number];
  if (small >= 1) return 1;
  const skewOf = (unit: number) => Math.abs(skewness(logOf(values, unit)));
  return skewOf(small) < skewOf(1) ? small : 1;
}

/** A copy of the values to keep. */
function kept(values: Numbers, keep: (value: number) => boolean): Float64Array {
  const found = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++)
    if (keep(values[row]!)) found[count++] = values[row]!;
  return found.subarray(0, count);
}

/** As `quantileSorted`, in time in proportion to the values. */
function quantilesOf(values: Float64Array, probabilities: readonly number[]): number[] {
  const ordered = values.slice();
  return probabilities.map((probability) => {
    const at = (ordered.length - 1) * probability;
    const low = select(ordered, Math.floor(at));
    const next = at % 1 > 0 ? select(ordered, Math.ceil(at)) : low;
    return low + (at % 1) * (next - low);
  });
}

function categoryAxis({ name, codes, levels }: CategoryColumn): Axis {
  const counts = new Float64Array(levels.length);
  let known = 0;
  for (const code of codes) {
    if (code < 0) continue;
    counts[code]!++;
    known++;
  }
  const shares = Array.from(counts, (count) => (known > 0 ? count / known : 0));
  const variance = shares.reduce((sum, share) => sum + share * (1 - share), 0);
  return {
    kind: 'category',
    name,
    levels,
    shares,
    scale: variance > 0 ? Math.sqrt(variance) : Infinity,
  };
}

const widthOf = (axis: Axis) => (axis.kind === 'number' ? 1 : axis.shares.length);

const hold = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

function moments(values: Float64Array): { mean: number; deviation: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

function skewness(values: Float64Array): number {
  const { mean, deviation } = moments(values);
  if (!(deviation > 0)) return 0;
  let cubes = 0;
  for (let i = 0; i < values.length; i++) {
    const z = (values[i]! - mean) / deviation;
    cubes += z * z * z;
  }
  return cubes / values.length;
}
