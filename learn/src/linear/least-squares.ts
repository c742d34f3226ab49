import { solveSymmetric } from './solve.js';
import type { Gram } from './gram.js';
import { symmetric } from './proximal.js';

/** Minimises Σ w (y - zᵀβ)² + alpha |β|², the intercept (last) free (Hoerl and Kennard 1970). */
export function solveRidge({ size, products, target }: Gram, alpha: number): Float64Array {
  const system = products.slice();
  for (let i = 0; i < size - 1; i++) system[i * size + i]! += alpha;
  return solveSymmetric(system, target, size);
}

/**
 * Minimises Σ w (y - zᵀβ)² / 2W + alpha (share |β|₁ + (1 - share) |β|² / 2), the intercept free, by
 * coordinate descent on the sums, which are kept current as coefficients move (Friedman, Hastie and
 * Tibshirani 2010). `from` warms the start.
 */
export function solveElasticNet(
  { size, products, target }: Gram,
  alpha: number,
  share: number,
  from?: Float64Array,
): Float64Array {
  const full = symmetric(products, size);
  const total = full[size * size - 1]!;
  const beta = from?.slice() ?? new Float64Array(size);
  // residual[i] = Σ w z_i (y - zᵀβ)
  const residual = target.slice();
  const shift = (j: number, by: number) => {
    for (let i = 0; i < size; i++) residual[i]! -= by * full[j * size + i]!;
  };
  beta.forEach((value, j) => value !== 0 && shift(j, value));
  for (let pass = 0; pass < 10_000; pass++) {
    let moved = 0;
    for (let j = size - 1; j >= 0; j--) {
      const own = full[j * size + j]!;
      if (own <= 1e-12 * total) continue;
      const pull = residual[j]! + own * beta[j]!;
      const lasso = j === size - 1 ? 0 : alpha * share * total;
      const ridge = j === size - 1 ? 0 : alpha * (1 - share) * total;
      const next = (Math.sign(pull) * Math.max(0, Math.abs(pull) - lasso)) / (own + ridge);
      const by = next - beta[j]!;
      if (by === 0) continue;
      beta[j] = next;
      shift(j, by);
      moved = Math.max(moved, by * by * own);
    }
    if (moved <= 1e-14 * total * scaleOf(beta)) break;
  }
  return beta;
}

const scaleOf = (beta: Float64Array) => beta.reduce((most, b) => Math.max(most, b * b), 1e-300);

const PATH = 60;

/**
 * Penalties from the one at which every coefficient leaves 0, down to a ten-thousandth of it, on a
 * logarithmic scale. A share near 0 has no such penalty, and is taken as a thousandth.
 */
export function penaltyPath({ size, products, target }: Gram, share: number): number[] {
  const last = (size - 1) * size;
  const total = products[last + size - 1]!;
  const mean = target[size - 1]! / total;
  let most = 0;
  for (let i = 0; i < size - 1; i++)
    most = Math.max(most, Math.abs(target[i]! - mean * products[last + i]!));
  const first = most / total / Math.max(share, 1e-3);
  return Array.from({ length: PATH }, (_, i) => first * 10 ** ((-4 * i) / (PATH - 1)));
}
