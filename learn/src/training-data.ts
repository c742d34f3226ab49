import type { TrainingData } from './estimator.js';
import { lengthOf, takeRows } from './frame.js';

/** What an estimator asks of its target. */
export interface TargetRule {
  says: string;
  holds: (value: number) => boolean;
}

export const anyNumber: TargetRule = { says: 'a finite number', holds: Number.isFinite };
export const positive: TargetRule = {
  says: 'a number above 0',
  holds: (value) => Number.isFinite(value) && value > 0,
};
export const notNegative: TargetRule = {
  says: 'a number from 0',
  holds: (value) => Number.isFinite(value) && value >= 0,
};
export const classIndex = (classes: number): TargetRule => ({
  says: `a class index from 0 to ${classes - 1}`,
  holds: (value) => Number.isInteger(value) && value >= 0 && value < classes,
});

/**
 * The data that counts: checked, and without the rows of weight zero, which are as good as absent.
 * Every estimator calls it first.
 */
export function admit(data: TrainingData, rule: TargetRule): TrainingData {
  const { x, y, weights, offset, groups } = data;
  for (const column of x.columns) sameRows(`column ${column.name}`, lengthOf(column), x.rows);
  sameRows('y', y.length, x.rows);
  if (weights) sameRows('weights', weights.length, x.rows);
  if (offset) sameRows('offset', offset.length, x.rows);
  if (groups) sameRows('groups', groups.length, x.rows);
  let absent = 0;
  for (let row = 0; row < x.rows; row++) {
    const weight = weights ? weights[row]! : 1;
    if (!(weight >= 0 && weight < Infinity))
      throw new RangeError(`weight of row ${row} is ${weight}, expected a finite number from 0`);
    if (weight === 0) absent++;
    else if (!rule.holds(y[row]!))
      throw new RangeError(`y of row ${row} is ${y[row]}, expected ${rule.says}`);
    if (offset && !Number.isFinite(offset[row]!))
      throw new RangeError(`offset of row ${row} is ${offset[row]}, expected a finite number`);
  }
  if (absent === x.rows)
    throw new RangeError(`no row to train on: ${x.rows} rows, ${absent} of them of weight 0`);
  if (absent === 0) return data;
  const kept: number[] = [];
  for (let row = 0; row < x.rows; row++) if (weights![row]! > 0) kept.push(row);
  return takeTraining(data, kept);
}

/** The training data of some rows, in their order. */
export function takeTraining(data: TrainingData, rows: ArrayLike<number>): TrainingData {
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    x: takeRows(data.x, rows),
    y: take(data.y),
    ...(data.weights && { weights: take(data.weights) }),
    ...(data.offset && { offset: take(data.offset) }),
    ...(data.groups && { groups: Int32Array.from(rows, (row) => data.groups![row]!) }),
  };
}

function sameRows(what: string, found: number, rows: number): void {
  if (found !== rows) throw new RangeError(`${what} has ${found} rows, the frame has ${rows}`);
}
