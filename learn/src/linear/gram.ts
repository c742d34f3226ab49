import type { TrainingData } from '../estimator.js';
import { addProducts, addTarget, blockArray, designOf } from './design.js';
import type { Encoder } from './encoder.js';

/** Sums over rows that least squares needs; the last of `size` terms is the intercept. */
export interface Gram {
  size: number;
  /** size × size, row-major: Σ w z zᵀ. Only the lower triangle is filled. */
  products: Float64Array;
  /** Σ w z y */
  target: Float64Array;
  /** Σ w y² */
  square: number;
}

/** Of some rows, or of all. The sum over parts is that of all, all less one leaves that part out. */
export function gramOf(
  encoder: Encoder,
  { x, y, weights, offset }: TrainingData,
  rows?: Int32Array,
): Gram {
  const design = designOf(encoder, x, rows);
  const { size } = design;
  const gram: Gram = {
    size,
    products: new Float64Array(size * size),
    target: new Float64Array(size),
    square: 0,
  };
  const weight = blockArray();
  const weighted = blockArray();
  design.each((block) => {
    for (let r = 0; r < block.count; r++) {
      const row = rows ? rows[block.start + r]! : block.start + r;
      const actual = y[row]! - (offset ? offset[row]! : 0);
      weight[r] = weights ? weights[row]! : 1;
      weighted[r] = weight[r]! * actual;
      gram.square += weighted[r]! * actual;
    }
    addProducts(design, block, weight, gram.products);
    addTarget(design, block, weighted, gram.target);
  });
  return gram;
}

/** `sign` 1 adds, -1 takes away. */
export function combineGrams(a: Gram, b: Gram, sign: 1 | -1): Gram {
  return {
    size: a.size,
    products: a.products.map((value, i) => value + sign * b.products[i]!),
    target: a.target.map((value, i) => value + sign * b.target[i]!),
    square: a.square + sign * b.square,
  };
}

/** Σ w (y - zᵀβ)² from the sums alone. */
export function squaredError({ size, products, target, square }: Gram, beta: Float64Array): number {
  let error = square;
  for (let i = 0; i < size; i++) {
    error += beta[i]! * beta[i]! * products[i * size + i]! - 2 * beta[i]! * target[i]!;
    for (let j = 0; j < i; j++) error += 2 * beta[i]! * beta[j]! * products[i * size + j]!;
  }
  return error;
}

/** Weighted mean and standard deviation of each term. */
export function termMoments({ size, products }: Gram): {
  means: Float64Array;
  spread: Float64Array;
} {
  const last = size - 1;
  const total = products[last * size + last]!;
  const means = Float64Array.from({ length: last }, (_, i) => products[last * size + i]! / total);
  const spread = means.map((mean, i) =>
    Math.sqrt(Math.max(0, products[i * size + i]! / total - mean * mean)),
  );
  return { means, spread };
}
