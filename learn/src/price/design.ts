import type { Frame } from '../frame.js';

/** Columns of a regression, each centred by its weighted mean; column-major. */
interface Design {
  names: string[];
  columns: Float64Array[];
}

/**
 * Controls as numbers: categories become one column a level (the most frequent left out), missing
 * numbers the mean. What does not vary among `rows` is left out.
 */
export function controlDesign(controls: Frame, rows: Int32Array, weights: Float64Array): Design {
  const design: Design = { names: [], columns: [] };
  for (const column of controls.columns) {
    if (column.kind === 'number') {
      add(
        design,
        column.name,
        Float64Array.from(rows, (row) => column.values[row]!),
        weights,
      );
      continue;
    }
    const counts = new Map<number, number>();
    for (const row of rows)
      counts.set(column.codes[row]!, (counts.get(column.codes[row]!) ?? 0) + 1);
    const codes = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
    for (const code of codes.slice(1))
      add(
        design,
        `${column.name} = ${column.levels[code] ?? 'missing'}`,
        Float64Array.from(rows, (row) => (column.codes[row] === code ? 1 : 0)),
        weights,
      );
  }
  return design;
}

function add(design: Design, name: string, values: Float64Array, weights: Float64Array): void {
  const centred = centre(values, weights);
  let squares = 0;
  for (let i = 0; i < centred.length; i++) squares += weights[i]! * centred[i]! ** 2;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const deviation = Math.sqrt(squares / total);
  if (!(deviation > 1e-9)) return;
  design.names.push(name);
  design.columns.push(centred.map((value) => value / deviation));
}

/** Less the weighted mean; a missing value becomes 0, the mean. */
export function centre(values: Float64Array, weights: Float64Array): Float64Array {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    sum += weights[i]! * values[i]!;
    total += weights[i]!;
  }
  const mean = total > 0 ? sum / total : 0;
  return values.map((value) => (Number.isNaN(value) ? 0 : value - mean));
}
