/**
 * Answers the value at `x` and writes its derivatives into `gradient`; infinite outside its domain.
 * Where the value is above `enough` the derivatives are not read.
 */
export type Differentiable = (x: Float64Array, gradient: Float64Array, enough?: number) => number;

interface QuasiNewtonOptions {
  iterationsMax?: number;
  /** Ends when two iterations in a row gain less than this. */
  tolerance?: number;
  /** Length of the first step, in units of `x`. */
  stepFirst?: number;
}

export interface Minimum {
  x: Float64Array;
  value: number;
  iterations: number;
}

const ARMIJO = 1e-4;
const CURVATURE = 0.9;
const TRIES = 25;

/**
 * Minimises a smooth function by BFGS with a dense inverse Hessian (Nocedal and Wright, 2006,
 * algorithm 6.1) and a backtracking search that lengthens while the slope stays steep.
 * Deterministic; meant for some dozens of unknowns.
 */
export function quasiNewton(
  f: Differentiable,
  start: ArrayLike<number>,
  { iterationsMax = 100, tolerance = 1e-6, stepFirst = 0.2 }: QuasiNewtonOptions = {},
): Minimum {
  const n = start.length;
  let x = Float64Array.from(start);
  let next = new Float64Array(n);
  let gradient = new Float64Array(n);
  let gradientNext = new Float64Array(n);
  const direction = new Float64Array(n);
  const inverse = new Float64Array(n * n);
  const change = new Float64Array(n);
  let value = f(x, gradient, Infinity);
  let fresh = true;
  let idle = 0;
  let iterations = 0;
  while (iterations < iterationsMax && Number.isFinite(value)) {
    iterations++;
    if (fresh) resetInverse(inverse, n, stepFirst / Math.max(norm(gradient), 1e-12));
    let slope = descend(inverse, gradient, direction);
    if (!(slope < 0)) {
      if (fresh) break;
      fresh = true;
      continue;
    }
    let step = 1;
    let valueNext = Infinity;
    let tries = 0;
    let longest = 0;
    for (; tries < TRIES; tries++) {
      for (let j = 0; j < n; j++) next[j] = x[j]! + step * direction[j]!;
      const enough = value + ARMIJO * step * slope;
      // The last try may be taken for any gain.
      valueNext = f(next, gradientNext, tries < TRIES - 1 ? enough : Infinity);
      if (!(valueNext <= enough)) {
        longest = step;
        step *= tries < 3 ? 0.4 : 0.1;
        continue;
      }
      const steep = dot(gradientNext, direction) < CURVATURE * slope;
      if (!steep || longest > 0 || tries > 4) break;
      step *= 3;
    }
    if (!(valueNext < value)) {
      if (fresh) break;
      fresh = true;
      continue;
    }
    const gain = value - valueNext;
    for (let j = 0; j < n; j++) {
      direction[j] = next[j]! - x[j]!;
      change[j] = gradientNext[j]! - gradient[j]!;
    }
    updateInverse(inverse, direction, change, fresh);
    fresh = false;
    [x, next] = [next, x];
    [gradient, gradientNext] = [gradientNext, gradient];
    value = valueNext;
    slope = 0;
    idle = gain < tolerance ? idle + 1 : 0;
    if (idle > 1) break;
  }
  return { x, value, iterations };
}

function resetInverse(inverse: Float64Array, n: number, scale: number): void {
  inverse.fill(0);
  for (let j = 0; j < n; j++) inverse[j * n + j] = scale;
}

/** Writes −H g and answers its slope. */
function descend(inverse: Float64Array, gradient: Float64Array, out: Float64Array): number {
  const n = gradient.length;
  let slope = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += inverse[i * n + j]! * gradient[j]!;
    out[i] = -sum;
    slope -= sum * gradient[i]!;
  }
  return slope;
}

/** `step` is s, `change` is y of the textbook; the product H y is kept in place of nothing else. */
function updateInverse(
  inverse: Float64Array,
  step: Float64Array,
  change: Float64Array,
  first: boolean,
): void {
  const n = step.length;
  const product = dot(step, change);
  const squares = dot(change, change);
  // Without positive curvature the update would spoil the inverse; the old one stays.
  if (!(product > 1e-12 * squares)) return;
  if (first) resetInverse(inverse, n, product / squares);
  const moved = new Float64Array(n);
  let inner = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += inverse[i * n + j]! * change[j]!;
    moved[i] = sum;
    inner += sum * change[i]!;
  }
  const factor = (1 + inner / product) / product;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      inverse[i * n + j]! +=
        factor * step[i]! * step[j]! - (moved[i]! * step[j]! + step[i]! * moved[j]!) / product;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

const norm = (a: Float64Array) => Math.sqrt(dot(a, a));
