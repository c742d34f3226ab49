import { cholesky } from '../price/solve.js';
import type { Rng } from '../random.js';
import type { Points } from './points.js';

/** What one cloud may look like: thin towards its rim, or as dense there as in the middle. */
export const cloudKinds = ['normal', 'flat'] as const;
type CloudKind = (typeof cloudKinds)[number];

const coordinates: Record<CloudKind, (rng: Rng) => number> = {
  normal: (rng) => rng.normal(),
  // Of variance 1.
  flat: (rng) => Math.sqrt(12) * (rng.next() - 0.5),
};

/**
 * Points of one cloud of the same number, mean and covariance: what the data would be without
 * clusters. A flat cloud is cut more sharply than any other of one piece (Tibshirani, Walther and
 * Hastie, 2001).
 */
export function shapelessTwin(
  { rows, dimensions, values }: Points,
  kind: CloudKind,
  rng: Rng,
): Points {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < values.length; i++) mean[i % dimensions]! += values[i]! / rows;
  const covariance = new Float64Array(dimensions * dimensions);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < dimensions; i++)
      for (let j = 0; j < dimensions; j++)
        covariance[i * dimensions + j]! +=
          ((values[row * dimensions + i]! - mean[i]!) *
            (values[row * dimensions + j]! - mean[j]!)) /
          rows;
  // Levels of one category sum to a constant; a trace of noise keeps the factor alive.
  for (let i = 0; i < dimensions; i++) covariance[i * dimensions + i]! += 1e-6;
  const factor = cholesky(covariance, dimensions);
  const twin = new Float64Array(values.length);
  const drawn = new Float64Array(dimensions);
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < dimensions; d++) drawn[d] = coordinates[kind](rng);
    for (let i = 0; i < dimensions; i++) {
      let sum = mean[i]!;
      for (let k = 0; k <= i; k++) sum += factor[i * dimensions + k]! * drawn[k]!;
      twin[row * dimensions + i] = sum;
    }
  }
  return { rows, dimensions, values: twin };
}
