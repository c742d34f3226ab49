import type { Likelihood } from './likelihood.js';

/**
 * The move d that minimises gᵀd + dᵀHd / 2 + l1 |β + d|₁, intercepts free, by coordinate descent
 * (a proximal Newton step: Lee, Sun and Saunders 2014). `hessian` is the lower triangle.
 */
export function proximalStep(
  { design: { size }, l1 }: Likelihood,
  beta: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): Float64Array {
  const n = beta.length;
  const full = symmetric(hessian, n);
  const move = new Float64Array(n);
  // slope[i] = (g + H d)_i, kept current as d moves.
  const slope = gradient.slice();
  for (let pass = 0; pass < 1000; pass++) {
    let moved = 0;
    let scale = 0;
    for (let j = n - 1; j >= 0; j--) {
      const own = full[j * n + j]!;
      if (own <= 0) continue;
      const lasso = j % size === size - 1 ? 0 : l1;
      const at = beta[j]! + move[j]!;
      const pull = own * at - slope[j]!;
      const next = (Math.sign(pull) * Math.max(0, Math.abs(pull) - lasso)) / own;
      const by = next - at;
      scale = Math.max(scale, own * next * next);
      if (by === 0) continue;
      move[j]! += by;
      for (let i = 0; i < n; i++) slope[i]! += by * full[j * n + i]!;
      moved = Math.max(moved, own * by * by);
    }
    if (moved <= 1e-16 * scale) break;
  }
  return move;
}

/** The whole of a matrix of which the lower triangle is known. */
export function symmetric(lower: Float64Array, n: number): Float64Array {
  const full = lower.slice();
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) full[j * n + i] = lower[i * n + j]!;
  return full;
}
