import { eliminate } from './arma.js';

export interface RidgeFit {
  intercept: number;
  /** In units of the columns as they were given. */
  coefficients: Float64Array;
  /** Rows with a value and every column known. */
  rows: number;
  squares: number;
}

/**
 * Ridge regression in closed form (Hoerl and Kennard, 1970): columns are brought to mean 0 and
 * deviation 1, the penalty falls on all but the intercept. Rows with anything missing are left out;
 * a column that does not move has coefficient 0.
 */
export function ridge(
  y: Float64Array,
  columns: readonly Float64Array[],
  penalty: number,
): RidgeFit {
  const rows: number[] = [];
  for (let t = 0; t < y.length; t++)
    if (!Number.isNaN(y[t]!) && columns.every((column) => !Number.isNaN(column[t]!))) rows.push(t);
  const n = rows.length;
  const k = columns.length;
  const centre = (column: Float64Array) => rows.reduce((sum, t) => sum + column[t]!, 0) / n;
  const mean = centre(y);
  const means = columns.map(centre);
  const spreads = columns.map((column, c) =>
    Math.sqrt(rows.reduce((sum, t) => sum + (column[t]! - means[c]!) ** 2, 0) / n),
  );
  const moves = spreads.map((spread, c) => spread > 1e-12 * (1 + Math.abs(means[c]!)));
  const standard = columns.map((column, c) =>
    Float64Array.from(rows, (t) => (moves[c]! ? (column[t]! - means[c]!) / spreads[c]! : 0)),
  );
  const target = Float64Array.from(rows, (t) => y[t]! - mean);
  const matrix = new Float64Array(k * k);
  const solution = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    solution[i] = dot(standard[i]!, target);
    for (let j = 0; j <= i; j++)
      matrix[i * k + j] = matrix[j * k + i] = dot(standard[i]!, standard[j]!);
    // A hair of penalty keeps columns that repeat each other solvable.
    matrix[i * k + i]! += moves[i]! ? penalty + 1e-9 * n : 1;
  }
  eliminate(matrix, solution, k);
  const coefficients = solution.map((value, c) => (moves[c]! ? value / spreads[c]! : 0));
  let intercept = mean;
  for (let c = 0; c < k; c++) intercept -= coefficients[c]! * means[c]!;
  let squares = 0;
  for (let r = 0; r < n; r++) {
    let fitted = 0;
    for (let c = 0; c < k; c++) fitted += solution[c]! * standard[c]![r]!;
    squares += (target[r]! - fitted) ** 2;
  }
  return { intercept, coefficients, rows: n, squares };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}
