import { cholesky } from '../price/solve.js';
import type { Points } from './points.js';

/** What the covariances of the components share. */
export const covarianceKinds = ['full', 'diagonal', 'tied', 'spherical'] as const;
export type CovarianceKind = (typeof covarianceKinds)[number];

/** Weighted normal components, in the form in which densities are computed. */
export interface Gaussians {
  k: number;
  dimensions: number;
  /** Whether a factor is a triangle, packed by rows, or a diagonal. */
  full: boolean;
  /** k, summing to 1. */
  weights: Float64Array;
  /** k × dimensions. */
  means: Float64Array;
  /** Inverse Cholesky factors P of the covariances. */
  factors: Float64Array;
  /** k × dimensions: P · mean. */
  shifts: Float64Array;
  /** k: log of weight × density at the mean. */
  constants: Float64Array;
}

/** Covariances as k triangles packed by rows, or k diagonals. */
export interface Moments {
  weights: Float64Array;
  means: Float64Array;
  covariances: Float64Array;
}

export const packedLength = (dimensions: number, full: boolean): number =>
  full ? (dimensions * (dimensions + 1)) / 2 : dimensions;

export function gaussiansOf(
  { weights, means, covariances }: Moments,
  dimensions: number,
  full: boolean,
): Gaussians {
  const k = weights.length;
  const packed = packedLength(dimensions, full);
  const factors = new Float64Array(k * packed);
  const shifts = new Float64Array(k * dimensions);
  const constants = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    const own = covariances.subarray(c * packed, (c + 1) * packed);
    const factor = full ? invertedFactor(own, dimensions) : own.map((one) => 1 / Math.sqrt(one));
    factors.set(factor, c * packed);
    let logDeterminant = 0;
    let next = 0;
    for (let i = 0; i < dimensions; i++)
      for (let j = full ? 0 : i; j <= i; j++) {
        shifts[c * dimensions + i]! += factor[next]! * means[c * dimensions + j]!;
        if (i === j) logDeterminant += Math.log(factor[next]!);
        next++;
      }
    constants[c] =
      Math.log(weights[c]!) + logDeterminant - (dimensions / 2) * Math.log(2 * Math.PI);
  }
  return { k, dimensions, full, weights, means, factors, shifts, constants };
}

/** Inverse of the lower Cholesky factor of a packed covariance, packed. */
function invertedFactor(packed: Float64Array, n: number): Float64Array {
  const square = new Float64Array(n * n);
  for (let i = 0, next = 0; i < n; i++)
    for (let j = 0; j <= i; j++, next++) square[i * n + j] = square[j * n + i] = packed[next]!;
  const lower = cholesky(square, n);
  const inverse = new Float64Array(packed.length);
  const at = (i: number, j: number) => (i * (i + 1)) / 2 + j;
  for (let j = 0; j < n; j++) {
    inverse[at(j, j)] = 1 / lower[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let m = j; m < i; m++) sum -= lower[i * n + m]! * inverse[at(m, j)]!;
      inverse[at(i, j)] = sum / lower[i * n + i]!;
    }
  }
  return inverse;
}

/** Squared Mahalanobis distances of one point to the components. */
export function squaredDistances(
  { k, dimensions, full, factors, shifts }: Gaussians,
  { values }: Points,
  row: number,
  out: Float64Array,
): void {
  let next = 0;
  for (let c = 0; c < k; c++) {
    let square = 0;
    for (let i = 0; i < dimensions; i++) {
      let sum = shifts[c * dimensions + i]!;
      for (let j = full ? 0 : i; j <= i; j++)
        sum -= factors[next++]! * values[row * dimensions + j]!;
      square += sum * sum;
    }
    out[c] = square;
  }
}

/** Free parameters, for BIC. */
export function parameterCount(k: number, dimensions: number, kind: CovarianceKind): number {
  const covariances = {
    full: (k * dimensions * (dimensions + 1)) / 2,
    tied: (dimensions * (dimensions + 1)) / 2,
    diagonal: k * dimensions,
    spherical: k,
  };
  return k - 1 + k * dimensions + covariances[kind];
}
