import type { TrainingData } from '../estimator.js';
import { lengthOf, takeRows, type Frame } from '../frame.js';

/**
 * The rows to cluster: checked, and without those of weight zero, which are as good as absent. A
 * clusterer knows no target.
 */
export function admitPoints(
  { x: all, weights: given }: TrainingData,
  k: number,
): { x: Frame; weights: Float64Array } {
  for (const column of all.columns)
    if (lengthOf(column) !== all.rows)
      throw new RangeError(
        `column ${column.name} has ${lengthOf(column)} rows, the frame has ${all.rows}`,
      );
  if (given !== undefined && given.length !== all.rows)
    throw new RangeError(`weights has ${given.length} rows, the frame has ${all.rows}`);
  const kept = new Int32Array(all.rows);
  let count = 0;
  for (let row = 0; row < all.rows; row++) {
    const weight = given?.[row] ?? 1;
    if (!(weight >= 0 && weight < Infinity))
      throw new RangeError(`weight of row ${row} is ${weight}, expected a finite number from 0`);
    if (weight > 0) kept[count++] = row;
  }
  if (count < k) throw new Error(`${count} rows cannot make ${k} clusters`);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) weights[i] = given?.[kept[i]!] ?? 1;
  return { x: count === all.rows ? all : takeRows(all, kept.subarray(0, count)), weights };
}
