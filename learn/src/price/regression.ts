import { cholesky, inverseFactored, solveFactored } from './solve.js';

export interface Regression {
  /** Intercept first, then one a column. */
  coefficients: Float64Array;
  /** Sandwich covariance, row-major: right also when counts vary more than they are taken to. */
  covariance: Float64Array;
  /** Variance of the counts is mean + dispersion × mean². */
  dispersion: number;
}

interface RegressionOptions {
  /** By column, on the scale of one observation: 0 leaves a coefficient free. */
  ridge: readonly number[];
  /** Rows of one cluster may move together; absent takes each row for its own. */
  clusters?: ArrayLike<number>;
  dispersion?: number;
}

const ITERATIONS_MAX = 50;

/**
 * Poisson regression by iteratively reweighted least squares, with robust standard errors (Santos
 * Silva and Tenreyro, 2006): zeros need no special case, and the mean is right whatever the
 * distribution. A dispersion above 0 weighs rows as the negative binomial does.
 * @param columns of the design, without the intercept
 * @param units ≥ 0
 */
export function poissonRegression(
  columns: readonly Float64Array[],
  units: Float64Array,
  weights: Float64Array,
  options: RegressionOptions,
): Regression {
  const { dispersion = 0 } = options;
  const state = begin(columns, units, weights);
  for (let iteration = 0; iteration < ITERATIONS_MAX; iteration++)
    if (newtonStep(state, options.ridge, dispersion) < 1e-9) break;
  return {
    coefficients: state.coefficients,
    covariance: sandwich(state, options.clusters, dispersion),
    dispersion,
  };
}

/**
 * Negative binomial regression with the dispersion estimated by moments from a Poisson fit (Cameron
 * and Trivedi, 2013, 3.3): where sales vary far more than chance, large weeks do not drown the rest.
 */
export function negativeBinomialRegression(
  columns: readonly Float64Array[],
  units: Float64Array,
  weights: Float64Array,
  options: Omit<RegressionOptions, 'dispersion'>,
): Regression {
  const first = poissonRegression(columns, units, weights, options);
  let excess = 0;
  let squares = 0;
  for (let i = 0; i < units.length; i++) {
    let score = first.coefficients[0]!;
    for (let j = 0; j < columns.length; j++) score += first.coefficients[j + 1]! * columns[j]![i]!;
    const mean = Math.exp(Math.min(score, SCORE_MAX));
    excess += weights[i]! * ((units[i]! - mean) ** 2 - mean);
    squares += weights[i]! * mean * mean;
  }
  const dispersion = Math.max(0, excess / squares);
  return dispersion === 0
    ? first
    : poissonRegression(columns, units, weights, { ...options, dispersion });
}

const SCORE_MAX = 50;

interface State {
  columns: readonly Float64Array[];
  units: Float64Array;
  weights: Float64Array;
  /** Weighted mean of the units. */
  mean: number;
  coefficients: Float64Array;
  fitted: Float64Array;
  /** Factor of the information. */
  lower: Float64Array;
}

function begin(
  columns: readonly Float64Array[],
  units: Float64Array,
  weights: Float64Array,
): State {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let mean = 0;
  for (let i = 0; i < units.length; i++) mean += (weights[i]! * units[i]!) / total;
  const coefficients = new Float64Array(columns.length + 1);
  coefficients[0] = Math.log(mean);
  const fitted = new Float64Array(units.length);
  return { columns, units, weights, mean, coefficients, fitted, lower: new Float64Array(0) };
}

/** One step towards the estimate; answers the longest change. */
function newtonStep(state: State, ridge: readonly number[], dispersion: number): number {
  const { columns, units, weights, mean, coefficients, fitted } = state;
  const p = coefficients.length;
  const row = new Float64Array(p).fill(1);
  const gradient = new Float64Array(p);
  const information = new Float64Array(p * p);
  for (let i = 0; i < units.length; i++) {
    let score = coefficients[0]!;
    for (let j = 1; j < p; j++) {
      row[j] = columns[j - 1]![i]!;
      score += row[j]! * coefficients[j]!;
    }
    const expected = Math.exp(Math.min(score, SCORE_MAX));
    fitted[i] = expected;
    const weight = weights[i]! / (1 + dispersion * expected);
    for (let j = 0; j < p; j++) {
      gradient[j]! += weight * (units[i]! - expected) * row[j]!;
      for (let k = 0; k <= j; k++) information[j * p + k]! += weight * expected * row[j]! * row[k]!;
    }
  }
  // The pull is on the scale of one row's information, which the dispersion lessens.
  const pull = mean / (1 + dispersion * mean);
  for (let j = 1; j < p; j++) {
    gradient[j]! -= ridge[j - 1]! * pull * coefficients[j]!;
    information[j * p + j]! += ridge[j - 1]! * pull;
  }
  mirror(information, p);
  state.lower = cholesky(information, p);
  const step = solveFactored(state.lower, gradient);
  // A long Newton step overshoots the exponential; shortening it keeps the fit on the way down.
  const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const share = Math.min(1, 2 / longest);
  for (let j = 0; j < p; j++) coefficients[j]! += share * step[j]!;
  return longest;
}

/**
 * Bread, meat, bread. Residuals of rows that pull the fit towards themselves are enlarged by their
 * leverage (MacKinnon and White, 1985, HC3), for few rows; scores of one cluster are summed instead
 * (Liang and Zeger, 1986).
 */
function sandwich(
  { columns, units, weights, coefficients, fitted, lower }: State,
  clusters: ArrayLike<number> | undefined,
  dispersion: number,
): Float64Array {
  const p = coefficients.length;
  const n = units.length;
  const bread = inverseFactored(lower, p);
  const scores = new Map<number, Float64Array>();
  const row = new Float64Array(p).fill(1);
  for (let i = 0; i < n; i++) {
    for (let j = 1; j < p; j++) row[j] = columns[j - 1]![i]!;
    const weight = weights[i]! / (1 + dispersion * fitted[i]!);
    const leverage = clusters === undefined ? weight * fitted[i]! * quadratic(bread, row) : 0;
    const residual = (weight * (units[i]! - fitted[i]!)) / Math.max(0.05, 1 - leverage);
    const cluster = clusters?.[i] ?? i;
    const sum = scores.get(cluster) ?? new Float64Array(p);
    scores.set(cluster, sum);
    for (let j = 0; j < p; j++) sum[j]! += residual * row[j]!;
  }
  const meat = new Float64Array(p * p);
  for (const sum of scores.values())
    for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) meat[j * p + k]! += sum[j]! * sum[k]!;
  const groups = scores.size;
  const correction =
    clusters === undefined
      ? 1
      : (groups / Math.max(1, groups - 1)) * ((n - 1) / Math.max(1, n - p));
  return product(product(bread, meat, p), bread, p).map((value) => value * correction);
}

/** xᵀ A x */
function quadratic(a: Float64Array, x: Float64Array): number {
  const p = x.length;
  let sum = 0;
  for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) sum += x[j]! * a[j * p + k]! * x[k]!;
  return sum;
}

/**
 * Share of the weighted variance of `y` (centred) that centred `columns` explain by least squares.
 */
export function explainedShare(
  columns: readonly Float64Array[],
  y: Float64Array,
  weights: Float64Array,
): number {
  const total = y.reduce((sum, value, i) => sum + weights[i]! * value * value, 0);
  if (columns.length === 0 || total === 0) return 0;
  const beta = leastSquares(columns, y, weights);
  const explained = columns.reduce(
    (sum, column, j) =>
      sum + beta[j]! * column.reduce((dot, value, i) => dot + weights[i]! * value * y[i]!, 0),
    0,
  );
  return explained / total;
}

/** Coefficients of centred `columns` on centred `y`; columns that repeat each other share theirs. */
export function leastSquares(
  columns: readonly Float64Array[],
  y: Float64Array,
  weights: Float64Array,
): Float64Array {
  const p = columns.length;
  const gram = new Float64Array(p * p);
  const moments = new Float64Array(p);
  for (let i = 0; i < y.length; i++)
    for (let j = 0; j < p; j++) {
      moments[j]! += weights[i]! * columns[j]![i]! * y[i]!;
      for (let k = 0; k <= j; k++)
        gram[j * p + k]! += weights[i]! * columns[j]![i]! * columns[k]![i]!;
    }
  for (let j = 0; j < p; j++) gram[j * p + j] = gram[j * p + j]! * (1 + 1e-8) + 1e-12;
  mirror(gram, p);
  return solveFactored(cholesky(gram, p), moments);
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
