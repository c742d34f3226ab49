import { solveSymmetric } from './solve.js';
import type { Gram } from './gram.js';

/** Minimises Σ w (y - zᵀβ)² + alpha |β|², the intercept (last) free (Hoerl and Kennard 1970). */
export function solveRidge({ size, products, target }: Gram, alpha: number): Float64Array {
  const system = products.slice();
  for (let i = 0; i < size - 1; i++) system[i * size + i]! += alpha;
  return solveSymmetric(system, target, size);
}

/**
 * Minimises Σ w (y - zᵀβ)² / 2W + alpha (share |β|₁ + (1 - share) |β|² / 2), the intercept free, by
 * coordinate descent on the sums (Friedman, Hastie and Tibshirani 2010). `from` warms the start.
 */
export function solveElasticNet(
  { size, products, target }: Gram,
  alpha: number,
  share: number,
  from?: Float64Array,
): Float64Array {
  const at = (i: number, j: number) => (i >= j ? products[i * size + j]! : products[j * size + i]!);
  const total = at(size - 1, size - 1);
  const beta = from?.slice() ?? new Float64Array(size);
  // residual[i] = Σ w z_i (y - zᵀβ), kept current as β moves.
  const residual = target.slice();
  const shift = (j: number, by: number) => {
    for (let i = 0; i < size; i++) residual[i]! -= by * at(i, j);
  };
  beta.forEach((value, j) => value !== 0 && shift(j, value));
  for (let pass = 0; pass < 1000; pass++) {
    let moved = 0;
    for (let j = size - 1; j >= 0; j--) {
      const own = at(j, j);
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
    if (moved <= 1e-14 * (residual.length > 0 ? total : 1) * scaleOf(beta)) break;
  }
  return beta;
}

const scaleOf = (beta: Float64Array) => beta.reduce((most, b) => Math.max(most, b * b), 1e-300);
