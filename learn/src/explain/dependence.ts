import type { Model } from '../estimator.js';
import type { Column, Frame } from '../frame.js';

/**
 * Mean prediction over the rows of `x` with `column` set to each value of `grid`: numbers, or
 * levels of a category (Friedman 2001). `output` is the class of a multi-class model.
 */
export function partialDependence(
  model: Model,
  x: Frame,
  column: string,
  grid: readonly (number | string)[],
  output = 0,
): Float64Array {
  const target = x.columns.find(({ name }) => name === column);
  if (!target) throw new Error(`column ${column} is missing from the frame`);
  const out = new Float64Array(x.rows * model.outputs);
  return Float64Array.from(grid, (value) => {
    const fixed = withValue(target, value);
    const columns = x.columns.map((other) => (other === target ? fixed : other));
    model.predict({ rows: x.rows, columns }, out);
    let sum = 0;
    for (let row = 0; row < x.rows; row++) sum += out[row * model.outputs + output]!;
    return sum / x.rows;
  });
}

function withValue(column: Column, value: number | string): Column {
  if (column.kind === 'number') {
    if (typeof value === 'number') return { ...column, values: column.values.map(() => value) };
    throw new TypeError(`grid of ${column.name} holds ${value}, the column holds numbers`);
  }
  const code = column.levels.indexOf(String(value));
  return { ...column, codes: column.codes.map(() => code) };
}
