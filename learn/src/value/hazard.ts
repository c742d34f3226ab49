import type { Model, TrainingData } from '../estimator.js';
import { categoryColumn, takeRows, type Frame } from '../frame.js';
import { checkDurations, type Durations } from './survival.js';

/** Name of the column that says which period of the customer's life a row is. */
export const ageColumn = 'age_period';

export const levelOf = (period: number, periodsMax: number) =>
  period < periodsMax ? String(period) : `${periodsMax}+`;

/**
 * One row for each customer and period lived through, with 1 where the customer left in it: any
 * classifier fitted to them is a model of the hazard in discrete time (Allison, 1982). Periods from
 * `periodsMax` on share one level.
 * @param x customers, as known at the start
 * @param durations whole periods: customer i left in period `durations[i]`, or was last seen in it
 */
export function personPeriods(
  x: Frame,
  { durations, ended }: Durations,
  { periodsMax = 24 }: { periodsMax?: number } = {},
): TrainingData {
  checkDurations(durations, ended);
  if (durations.length !== x.rows)
    throw new RangeError(`durations has ${durations.length} rows, the frame has ${x.rows}`);
  const rows: number[] = [];
  const periods: string[] = [];
  const left: number[] = [];
  for (let row = 0; row < x.rows; row++) {
    const last = durations[row]!;
    if (!Number.isInteger(last))
      throw new RangeError(`duration ${row} is ${last}, expected a whole number of periods`);
    for (let period = 0; period <= last; period++) {
      rows.push(row);
      periods.push(levelOf(period, periodsMax));
      left.push(period === last ? ended[row]! : 0);
    }
  }
  const levels = Array.from({ length: periodsMax + 1 }, (_, period) => levelOf(period, periodsMax));
  const held = takeRows(x, rows);
  return {
    x: {
      rows: rows.length,
      columns: [...held.columns, categoryColumn(ageColumn, periods, levels)],
    },
    y: Float64Array.from(left),
    groups: Int32Array.from(rows),
  };
}

/**
 * Chance that each customer is still there after each of the next periods, rows × periods, from a
 * classifier fitted to `personPeriods`.
 * @param ages rows: period that each customer is about to live through
 */
export function survivalOf(
  hazard: Model,
  x: Frame,
  ages: ArrayLike<number>,
  periods: number,
): Float64Array {
  if (ages.length !== x.rows)
    throw new RangeError(`ages has ${ages.length} rows, the frame has ${x.rows}`);
  const schema = hazard.columns.find(({ name }) => name === ageColumn);
  if (schema === undefined || schema.kind !== 'category')
    throw new Error(`the model has no column ${ageColumn}; fit it to the rows of personPeriods`);
  const periodsMax = schema.levels.length - 1;
  const alive = new Float64Array(x.rows * periods);
  const out = new Float64Array(x.rows);
  for (let ahead = 0; ahead < periods; ahead++) {
    const names = Array.from(ages, (age) => levelOf(age + ahead, periodsMax));
    hazard.predict(
      { rows: x.rows, columns: [...x.columns, categoryColumn(ageColumn, names, schema.levels)] },
      out,
    );
    for (let row = 0; row < x.rows; row++)
      alive[row * periods + ahead] =
        (ahead === 0 ? 1 : alive[row * periods + ahead - 1]!) * (1 - out[row]!);
  }
  return alive;
}
