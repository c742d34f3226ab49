import { cholesky, inverseFactored } from '../price/solve.js';

/** A function to minimise: answers its value and writes its gradient. */
export type Smooth = (x: Float64Array, gradient: Float64Array) => number;

interface QuasiNewtonOptions {
  iterationsMax?: number;
  /** Ends when no part of the gradient exceeds this share of the value. */
  tolerance?: number;
  /** Guess of the inverse of the second derivatives, n × n: near the end, most of the way. */
  inverse?: ArrayLike<number> | undefined;
}

/**
 * Minimises a smooth function of few variables (BFGS; Nocedal and Wright, 2006, algorithm 6.1) with
 * halved steps. `f` may answer infinity outside its domain. Deterministic.
 */
export function quasiNewton(
  f: Smooth,
  start: ArrayLike<number>,
  { iterationsMax = 200, tolerance = 1e-9, inverse: guess }: QuasiNewtonOptions = {},
): { x: Float64Array; value: number } {
  const n = start.length;
  let x = Float64Array.from(start);
  let gradient = new Float64Array(n);
  let value = f(x, gradient);
  const inverse = guess === undefined ? identity(n) : Float64Array.from(guess);
  for (let iteration = 0; iteration < iterationsMax; iteration++) {
    if (gradient.every((part) => Math.abs(part) <= tolerance * (1 + Math.abs(value)))) break;
    let direction = times(inverse, gradient).map((part) => -part);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      inverse.set(identity(n));
      direction = gradient.map((part) => -part);
      slope = -dot(gradient, gradient);
    }
    // Without curvature known, a step of the length of a unit is as far as one should go.
    let length = Math.min(1, 2 / Math.max(...direction.map(Math.abs)));
    const found = new Float64Array(n);
    let next = x;
    let reached = Infinity;
    for (let halving = 0; halving < 60; halving++, length /= 2) {
      next = x.map((at, i) => at + length * direction[i]!);
      reached = f(next, found);
      if (reached <= value + 1e-4 * length * slope) break;
    }
    if (!(reached < value)) break;
    const step = next.map((at, i) => at - x[i]!);
    const turn = found.map((part, i) => part - gradient[i]!);
    if (iteration === 0 && guess === undefined) scale(inverse, dot(step, turn) / dot(turn, turn));
    learn(inverse, step, turn);
    x = next;
    gradient = found;
    value = reached;
  }
  return { x, value };
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, at, i) => sum + at * b[i]!, 0);

const identity = (n: number) =>
  Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));

function times(matrix: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, i) => x.reduce((sum, at, j) => sum + matrix[i * x.length + j]! * at, 0));
}

function scale(matrix: Float64Array, by: number): void {
  if (by > 0) for (let i = 0; i < matrix.length; i++) matrix[i]! *= by;
}

/** The rank-two update, left out where the curvature is not positive. */
function learn(inverse: Float64Array, step: Float64Array, turn: Float64Array): void {
  const n = step.length;
  const curvature = dot(step, turn);
  if (!(curvature > 1e-12 * Math.sqrt(dot(step, step) * dot(turn, turn)))) return;
  const moved = times(inverse, turn);
  const share = (1 + dot(turn, moved) / curvature) / curvature;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      inverse[i * n + j]! +=
        share * step[i]! * step[j]! - (moved[i]! * step[j]! + step[i]! * moved[j]!) / curvature;
}

/**
 * Covariance of maximum-likelihood estimates: the inverse of the second derivatives of minus the
 * log-likelihood, n × n; `null` where the data does not hold every parameter.
 */
export function covarianceOf(loss: Smooth, x: Float64Array): number[] | null {
  const n = x.length;
  const hessian = hessianOf(loss, x);
  try {
    return Array.from(inverseFactored(cholesky(hessian, n), n));
  } catch {
    return null;
  }
}

/** Second derivatives by central differences of the gradient, n × n, symmetric. */
function hessianOf(f: Smooth, x: Float64Array): Float64Array {
  const n = x.length;
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const half = 1e-4 * Math.max(1, Math.abs(x[i]!));
    const [low, high] = [new Float64Array(n), new Float64Array(n)];
    f(
      x.map((at, j) => (j === i ? at - half : at)),
      low,
    );
    f(
      x.map((at, j) => (j === i ? at + half : at)),
      high,
    );
    for (let j = 0; j < n; j++) {
      const second = (high[j]! - low[j]!) / (4 * half);
      hessian[i * n + j]! += second;
      hessian[j * n + i]! += second;
    }
  }
  return hessian;
}
