import { cholesky } from '../price/solve.js';
import type { Rng } from '../random.js';
import type { Points } from './points.js';

/**
 * Normal points of the same number, mean and covariance: what the data would be without clusters.
 */
export function shapelessTwin({ rows, dimensions, values }: Points, rng: Rng): Points {
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
  const normals = new Float64Array(dimensions);
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < dimensions; d++) normals[d] = rng.normal();
    for (let i = 0; i < dimensions; i++) {
      let sum = mean[i]!;
      for (let k = 0; k <= i; k++) sum += factor[i * dimensions + k]! * normals[k]!;
      twin[row * dimensions + i] = sum;
    }
  }
  return { rows, dimensions, values: twin };
}
