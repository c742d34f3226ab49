import { weightedQuantile } from '../metric/quantile.js';
import type { Rng } from '../random.js';

export interface BootstrapOptions {
  rng: Rng;
  samples?: number;
  /** Of the interval. */
  level?: number;
  /** Rows of one entity are drawn together: they are not independent. */
  groups?: ArrayLike<number>;
}

export interface Difference {
  difference: number;
  lower: number;
  upper: number;
}

/**
 * Mean difference of two models' losses on the same rows, with its bootstrap percentile interval
 * (Efron 1979). `differences` holds one number a row.
 */
export function pairedBootstrap(
  differences: ArrayLike<number>,
  { rng, samples = 2000, level = 0.95, groups }: BootstrapOptions,
): Difference {
  const units = membersOf(differences.length, groups);
  const sums = units.map((rows) => rows.reduce((sum, row) => sum + differences[row]!, 0));
  const whole = sums.reduce((a, b) => a + b, 0) / differences.length;
  const drawn = Float64Array.from({ length: samples }, () => {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < units.length; i++) {
      const unit = rng.below(units.length);
      sum += sums[unit]!;
      count += units[unit]!.length;
    }
    return sum / count;
  });
  return { difference: whole, ...percentiles(drawn, level) };
}

/**
 * The same for a difference that is no mean of rows (of areas under curves, say): `differenceOn` is
 * called with the rows of each resample, some of them repeated.
 */
export function bootstrapDifference(
  rows: number,
  differenceOn: (sample: Int32Array) => number,
  { rng, samples = 500, level = 0.95, groups }: BootstrapOptions,
): Difference {
  const units = membersOf(rows, groups);
  const drawn = Float64Array.from({ length: samples }, () => {
    const sample: number[] = [];
    for (let i = 0; i < units.length; i++)
      for (const row of units[rng.below(units.length)]!) sample.push(row);
    return differenceOn(Int32Array.from(sample));
  });
  const difference = differenceOn(Int32Array.from({ length: rows }, (_, row) => row));
  // A resample with one class has no area under its curve; it says nothing.
  return {
    difference,
    ...percentiles(
      drawn.filter((value) => !Number.isNaN(value)),
      level,
    ),
  };
}

function membersOf(rows: number, groups?: ArrayLike<number>): number[][] {
  if (rows === 0) throw new RangeError('no rows to compare two models on');
  if (!groups) return Array.from({ length: rows }, (_, row) => [row]);
  const members = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const held = members.get(groups[row]!);
    if (held) held.push(row);
    else members.set(groups[row]!, [row]);
  }
  return [...members.values()];
}

const percentiles = (drawn: Float64Array, level: number) => ({
  lower: weightedQuantile(drawn, (1 - level) / 2),
  upper: weightedQuantile(drawn, (1 + level) / 2),
});
