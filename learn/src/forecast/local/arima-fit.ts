import { eliminate, fromPartial, multiply, rootsBeyond, type Arma } from './arma.js';
import { armaScratch, filterArma } from './arma-filter.js';
import { quasiNewton } from './quasi-newton.js';

/** ARIMA(p, d, q)(P, D, Q). */
export interface ArimaOrder {
  p: number;
  d: number;
  q: number;
  P: number;
  D: number;
  Q: number;
}

/** A series after differencing, and columns whose multiples are taken out of it. */
export interface ArmaProblem {
  values: Float64Array;
  /** Differenced as the series is; a column of ones is the mean, or the drift. */
  regressors: readonly Float64Array[];
  period: number;
}

export interface ArmaFit {
  /**
   * Unbounded: the inverse hyperbolic tangent of the partial autocorrelations, p q P Q in order.
   */
  x: Float64Array;
  arma: Arma;
  coefficients: Float64Array;
  variance: number;
  /** −2 log-likelihood with constants, exact. */
  deviance: number;
  /** Corrected Akaike criterion; infinite where a root lies within 1.01. */
  criterion: number;
}

const ROOT_MIN = 1.01;
// A slope by one difference: its error is far below what a criterion can tell.
const STEP = 1e-5;
const VARIANCE_MIN = 1e-18;

/** Exact maximum likelihood; multiples of the regressors by generalised least squares within. */
export function fitArma(
  { values, regressors, period }: ArmaProblem,
  order: ArimaOrder,
  start: Float64Array,
  tolerance = 1e-3,
): ArmaFit {
  const n = values.length;
  const reader = armaReader(order, period);
  const scratch = armaScratch(reader.arma.phi.length, reader.arma.theta.length);
  const columns = [values, ...regressors];
  const innovations = columns.map(() => new Float64Array(n));
  const coefficients = new Float64Array(regressors.length);
  let variance = 0;
  const deviance = (x: Float64Array): number => {
    reader.read(x);
    const logs = filterArma(columns, reader.arma, scratch, innovations);
    if (!Number.isFinite(logs)) return Infinity;
    variance = Math.max(leastSquares(innovations, coefficients) / n, VARIANCE_MIN);
    return n * Math.log(variance) + logs;
  };
  const moved = new Float64Array(start.length);
  const { x } =
    start.length === 0
      ? { x: start }
      : quasiNewton(
          (at, slope, enough = Infinity) => {
            const value = deviance(at);
            if (!(value <= enough)) return value;
            moved.set(at);
            for (let j = 0; j < at.length; j++) {
              moved[j] = at[j]! + STEP;
              slope[j] = (deviance(moved) - value) / STEP;
              moved[j] = at[j]!;
            }
            return value;
          },
          start,
          { iterationsMax: 60, tolerance },
        );
  const value = deviance(x) + n * (1 + Math.log(2 * Math.PI));
  const k = x.length + regressors.length + 1;
  const admitted = n - k - 1 > 0 && reader.isFarFromUnitRoot();
  const { phi, theta } = reader.arma;
  return {
    x,
    arma: { phi: phi.slice(), theta: theta.slice() },
    coefficients: coefficients.slice(),
    variance,
    deviance: value,
    criterion: admitted ? value + 2 * k + (2 * k * (k + 1)) / (n - k - 1) : Infinity,
  };
}

/** Turns the unbounded vector into coefficients, in place. */
export function armaReader({ p, q, P, Q }: ArimaOrder, period: number) {
  const parts = [p, q, P, Q].map((size) => new Float64Array(size));
  const work = new Float64Array(Math.max(p, q, P, Q));
  const arma: Arma = {
    phi: new Float64Array(p + P * period),
    theta: new Float64Array(q + Q * period),
  };
  return {
    arma,
    read(x: Float64Array): void {
      let from = 0;
      for (const part of parts) {
        for (let j = 0; j < part.length; j++) part[j] = Math.tanh(x[from + j]!);
        from += part.length;
        fromPartial(part, work);
      }
      multiply(parts[0]!, parts[2]!, period, arma.phi);
      multiply(parts[1]!, parts[3]!, period, arma.theta);
      // Moving averages are written with a plus.
      for (let j = 0; j < arma.theta.length; j++) arma.theta[j] = -arma.theta[j]!;
    },
    isFarFromUnitRoot: () => parts.every((part) => rootsBeyond(part, ROOT_MIN)),
  };
}

/** Regresses the first column on the others; answers what squares are left. */
function leastSquares(columns: readonly Float64Array[], out: Float64Array): number {
  const [y, ...xs] = columns;
  const k = xs.length;
  let squares = dot(y!, y!);
  if (k === 0) return squares;
  const matrix = new Float64Array(k * k);
  const right = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    right[i] = dot(xs[i]!, y!);
    for (let j = 0; j <= i; j++) matrix[i * k + j] = matrix[j * k + i] = dot(xs[i]!, xs[j]!);
    // Columns that repeat each other share what they explain.
    matrix[i * k + i]! *= 1 + 1e-10;
  }
  out.set(right);
  if (!eliminate(matrix, out, k)) out.fill(0);
  for (let i = 0; i < k; i++) squares -= out[i]! * right[i]!;
  return squares;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}
