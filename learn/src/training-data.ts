import type { TrainingData } from './estimator.js';
import { foldOf } from './fold-frame.js';
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
 * Every estimator calls it first. `outputs` is the width of the offset: its numbers a row.
 */
export function admit(data: TrainingData, rule: TargetRule, outputs = 1): TrainingData {
  const { x, y, weights, offset, groups, validation } = data;
  for (const column of x.columns) sameRows(`column ${column.name}`, lengthOf(column), x.rows);
  sameRows('y', y.length, x.rows);
  if (weights) sameRows('weights', weights.length, x.rows);
  if (offset) sameRows('offset', offset.length / outputs, x.rows);
  if (groups) sameRows('groups', groups.length, x.rows);
  if (validation) sameRows('validation', validation.length, x.rows);
  let absent = 0;
  for (let row = 0; row < x.rows; row++) {
    const weight = weights ? weights[row]! : 1;
    if (!(weight >= 0 && weight < Infinity))
      throw new RangeError(`weight of row ${row} is ${weight}, expected a finite number from 0`);
    if (weight === 0) absent++;
    else if (!rule.holds(y[row]!))
      throw new RangeError(`y of row ${row} is ${y[row]}, expected ${rule.says}`);
    for (let at = row * outputs; offset && at < (row + 1) * outputs; at++)
      if (!Number.isFinite(offset[at]!))
        throw new RangeError(`offset of row ${row} is ${offset[at]}, expected a finite number`);
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
  return { x: takeRows(data.x, rows), ...takeTargets(data, rows) };
}

/** The same, of a fold: see `foldOf`. */
export function takeFold(data: TrainingData, rows: ArrayLike<number>): TrainingData {
  return { x: foldOf(data.x, rows), ...takeTargets(data, rows) };
}

/** All but the columns: what a loss is measured with. */
export type Targets = Omit<TrainingData, 'x'>;

/** The targets of some rows, in their order. */
export function takeTargets(data: Targets, rows: ArrayLike<number>): Targets {
  const { weights, offset, groups, validation } = data;
  return {
    y: take(data.y, rows),
    ...(weights && { weights: take(weights, rows) }),
    ...(offset && { offset: takeOffset(offset, offset.length / data.y.length, rows) }),
    ...(groups && { groups: Int32Array.from(rows, (row) => groups[row]!) }),
    ...(validation && { validation: Uint8Array.from(rows, (row) => validation[row]!) }),
  };
}

function take(values: Float64Array, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

function takeOffset(offset: Float64Array, outputs: number, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length * outputs);
  for (let i = 0; i < rows.length; i++)
    for (let k = 0; k < outputs; k++) taken[i * outputs + k] = offset[rows[i]! * outputs + k]!;
  return taken;
}

function sameRows(what: string, found: number, rows: number): void {
  if (found !== rows) throw new RangeError(`${what} has ${found} rows, the frame has ${rows}`);
}
