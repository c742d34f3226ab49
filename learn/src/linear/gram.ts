import type { TrainingData } from '../estimator.js';
import { rowReader, type Encoder } from './encoder.js';

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

export const emptyGram = (size: number): Gram => ({
  size,
  products: new Float64Array(size * size),
  target: new Float64Array(size),
  square: 0,
});

/** One Gram a part of the rows: their sum is that of all, all less one leaves that part out. */
export function gramsOf(
  encoder: Encoder,
  { x, y, weights, offset }: TrainingData,
  parts: number,
  partOf: (row: number) => number,
): Gram[] {
  const size = encoder.terms + 1;
  const grams = Array.from({ length: parts }, () => emptyGram(size));
  const { terms, values, read } = rowReader(encoder, x, null);
  for (let row = 0; row < x.rows; row++) {
    const gram = grams[partOf(row)]!;
    const count = read(row);
    const weight = weights ? weights[row]! : 1;
    const actual = y[row]! - (offset ? offset[row]! : 0);
    addRow(gram, terms, values, count, weight, actual);
  }
  return grams;
}

function addRow(
  gram: Gram,
  terms: Int32Array,
  values: Float64Array,
  count: number,
  weight: number,
  actual: number,
): void {
  const { size, products, target } = gram;
  const intercept = size - 1;
  for (let i = 0; i < count; i++) {
    const scaled = weight * values[i]!;
    const at = terms[i]! * size;
    // Terms ascend within a row, so that only the lower triangle is touched.
    for (let j = 0; j <= i; j++) products[at + terms[j]!]! += scaled * values[j]!;
    products[intercept * size + terms[i]!]! += scaled;
    target[terms[i]!]! += scaled * actual;
  }
  products[intercept * size + intercept]! += weight;
  target[intercept]! += weight * actual;
  gram.square += weight * actual * actual;
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
