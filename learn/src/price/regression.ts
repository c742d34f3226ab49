import { cholesky, inverseFactored, solveFactored } from './solve.js';

export interface Regression {
  /** Intercept first, then one a column. */
  coefficients: Float64Array;
  /** Sandwich covariance, row-major: right also when counts vary more than Poisson's. */
  covariance: Float64Array;
}

const ITERATIONS_MAX = 50;

/**
 * Poisson regression by iteratively reweighted least squares, with robust standard errors (Santos
 * Silva and Tenreyro, 2006): zeros need no special case, and the mean is right whatever the
 * distribution.
 * @param columns of the design, without the intercept
 * @param units ≥ 0
 * @param ridge by column, on the scale of one observation: 0 leaves a coefficient free
 */
export function poissonRegression(
  columns: readonly Float64Array[],
  units: Float64Array,
  weights: Float64Array,
  ridge: readonly number[],
): Regression {
  const n = units.length;
  const p = columns.length + 1;
  const at = (i: number, j: number) => (j === 0 ? 1 : columns[j - 1]![i]!);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (weights[i]! * units[i]!) / total;
  const coefficients = new Float64Array(p);
  coefficients[0] = Math.log(mean);
  const fitted = new Float64Array(n);
  let lower: Float64Array = new Float64Array(0);
  for (let iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
    for (let i = 0; i < n; i++) {
      let score = 0;
      for (let j = 0; j < p; j++) score += at(i, j) * coefficients[j]!;
      fitted[i] = Math.exp(Math.min(score, 50));
    }
    const gradient = new Float64Array(p);
    const hessian = new Float64Array(p * p);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < p; j++) {
        gradient[j]! += weights[i]! * (units[i]! - fitted[i]!) * at(i, j);
        for (let k = 0; k <= j; k++)
          hessian[j * p + k]! += weights[i]! * fitted[i]! * at(i, j) * at(i, k);
      }
    for (let j = 1; j < p; j++) {
      gradient[j]! -= ridge[j - 1]! * mean * coefficients[j]!;
      hessian[j * p + j]! += ridge[j - 1]! * mean;
    }
    mirror(hessian, p);
    lower = cholesky(hessian, p);
    const step = solveFactored(lower, gradient);
    // A long Newton step overshoots the exponential; shortening it keeps the fit on the way down.
    const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const share = Math.min(1, 2 / longest);
    for (let j = 0; j < p; j++) coefficients[j]! += share * step[j]!;
    if (longest < 1e-9) break;
  }
  const meat = new Float64Array(p * p);
  for (let i = 0; i < n; i++) {
    const residual = (weights[i]! * (units[i]! - fitted[i]!)) ** 2;
    for (let j = 0; j < p; j++)
      for (let k = 0; k < p; k++) meat[j * p + k]! += residual * at(i, j) * at(i, k);
  }
  const bread = inverseFactored(lower, p);
  const correction = n / Math.max(1, n - p);
  const covariance = product(product(bread, meat, p), bread, p).map((value) => value * correction);
  return { coefficients, covariance };
}

/**
 * Share of the weighted variance of `y` (centred) that centred `columns` explain by least squares.
 */
export function explainedShare(
  columns: readonly Float64Array[],
  y: Float64Array,
  weights: Float64Array,
): number {
  const p = columns.length;
  const gram = new Float64Array(p * p);
  const moments = new Float64Array(p);
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    total += weights[i]! * y[i]! * y[i]!;
    for (let j = 0; j < p; j++) {
      moments[j]! += weights[i]! * columns[j]![i]! * y[i]!;
      for (let k = 0; k <= j; k++)
        gram[j * p + k]! += weights[i]! * columns[j]![i]! * columns[k]![i]!;
    }
  }
  if (p === 0 || total === 0) return 0;
  for (let j = 0; j < p; j++) gram[j * p + j]! *= 1 + 1e-8;
  mirror(gram, p);
  const beta = solveFactored(cholesky(gram, p), moments);
  return beta.reduce((sum, value, j) => sum + value * moments[j]!, 0) / total;
}

function mirror(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!;
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++)
      for (let j = 0; j < n; j++) out[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
  return out;
}
