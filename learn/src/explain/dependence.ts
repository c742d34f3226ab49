import type { Model } from '../estimator.js';
import type { Column, Frame } from '../frame.js';

/** Values that a column is set to: numbers, or levels of a category. */
export type Grid = readonly (number | string)[];

/**
 * Mean prediction over the rows of `x` with `column` set to each value of `grid`: numbers, or
 * levels of a category (Friedman 2001). `output` is the class of a multi-class model.
 */
export function partialDependence(
  model: Model,
  x: Frame,
  column: string,
  grid: Grid,
  output = 0,
): Float64Array {
  const ask = asker(model, x, output);
  const target = columnOf(x, column);
  return Float64Array.from(grid, (value) => mean(ask([withValue(target, value)])));
}

/** The same for two columns at once: grids[0] × grids[1], row-major. */
export function jointDependence(
  model: Model,
  x: Frame,
  columns: readonly [string, string],
  grids: readonly [Grid, Grid],
  output = 0,
): Float64Array {
  const ask = asker(model, x, output);
  const [first, second] = columns.map((column) => columnOf(x, column)) as [Column, Column];
  if (first === second)
    throw new RangeError(`column ${first.name} is asked twice; name two columns`);
  const seconds = grids[1].map((value) => withValue(second, value));
  return Float64Array.from(
    grids[0].flatMap((value) => {
      const fixed = withValue(first, value);
      return seconds.map((other) => mean(ask([fixed, other])));
    }),
  );
}

/**
 * The prediction of every row with `column` set to each value of `grid`: rows × grid, row-major.
 * Individual conditional expectation (Goldstein et al. 2015): their mean is the partial dependence.
 */
export function individualDependence(
  model: Model,
  x: Frame,
  column: string,
  grid: Grid,
  output = 0,
): Float64Array {
  const ask = asker(model, x, output);
  const target = columnOf(x, column);
  const out = new Float64Array(x.rows * grid.length);
  grid.forEach((value, g) => {
    ask([withValue(target, value)]).forEach((said, row) => (out[row * grid.length + g] = said));
  });
  return out;
}

/** Predictions of one output with some columns replaced; the same array each time. */
function asker(model: Model, x: Frame, output: number): (fixed: readonly Column[]) => Float64Array {
  if (!(output >= 0 && output < model.outputs))
    throw new RangeError(`output is ${output}, the model has ${model.outputs}, counted from 0`);
  const out = new Float64Array(x.rows * model.outputs);
  const said = new Float64Array(x.rows);
  return (fixed) => {
    const columns = x.columns.map((own) => fixed.find(({ name }) => name === own.name) ?? own);
    model.predict({ rows: x.rows, columns }, out);
    for (let row = 0; row < x.rows; row++) said[row] = out[row * model.outputs + output]!;
    return said;
  };
}

const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;

function columnOf(x: Frame, name: string): Column {
  const found = x.columns.find((column) => column.name === name);
  if (!found) throw new Error(`column ${name} is missing from the frame`);
  return found;
}

function withValue(column: Column, value: number | string): Column {
  if (column.kind === 'number') {
    if (typeof value === 'number')
      return { ...column, values: new Float64Array(column.values.length).fill(value) };
    throw new TypeError(`grid of ${column.name} holds ${value}, the column holds numbers`);
  }
  const code = column.levels.indexOf(String(value));
  return { ...column, codes: column.codes.map(() => code) };
}
