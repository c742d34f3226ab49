import { permutation, type Rng } from '../random.js';
import { squaredDistance, takePoints, type Points } from './points.js';

/**
 * Mean silhouette (Rousseeuw, 1987), −1..1: how much nearer a point is to its own cluster than to
 * the next. Points alone in their cluster count 0; `NaN` with fewer than two clusters.
 * @param sample points that are looked at, drawn by `rng`
 */
export function silhouette(
  points: Points,
  labels: ArrayLike<number>,
  { sample = 1000, rng }: { sample?: number; rng: Rng },
): number {
  const rows =
    points.rows <= sample
      ? Int32Array.from({ length: points.rows }, (_, i) => i)
      : permutation(points.rows, rng).subarray(0, sample);
  const drawn = takePoints(points, rows);
  const own = Int32Array.from(rows, (row) => labels[row]!);
  const k = own.reduce((most, label) => Math.max(most, label), -1) + 1;
  const sizes = new Float64Array(k);
  own.forEach((label) => sizes[label]!++);
  if (sizes.filter((size) => size > 0).length < 2) return NaN;
  const { dimensions, values } = drawn;
  const sums = new Float64Array(k);
  let total = 0;
  for (let i = 0; i < drawn.rows; i++) {
    sums.fill(0);
    for (let j = 0; j < drawn.rows; j++)
      sums[own[j]!]! += Math.sqrt(
        squaredDistance(values, i * dimensions, values, j * dimensions, dimensions),
      );
    const label = own[i]!;
    if (sizes[label] === 1) continue;
    const within = sums[label]! / (sizes[label]! - 1);
    let next = Infinity;
    for (let c = 0; c < k; c++)
      if (c !== label && sizes[c]! > 0) next = Math.min(next, sums[c]! / sizes[c]!);
    if (Math.max(within, next) > 0) total += (next - within) / Math.max(within, next);
  }
  return total / drawn.rows;
}

/**
 * Mean over clusters of the worst ratio of widths to distance (Davies and Bouldin, 1979); lower is
 * better.
 */
export function daviesBouldin(points: Points, labels: ArrayLike<number>): number {
  const { rows, dimensions, values } = points;
  let k = 0;
  for (let row = 0; row < rows; row++) k = Math.max(k, labels[row]! + 1);
  const centres = new Float64Array(k * dimensions);
  const sizes = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    sizes[labels[row]!]!++;
    for (let d = 0; d < dimensions; d++)
      centres[labels[row]! * dimensions + d]! += values[row * dimensions + d]!;
  }
  for (let i = 0; i < centres.length; i++) centres[i]! /= sizes[Math.floor(i / dimensions)]!;
  const widths = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    const label = labels[row]!;
    widths[label]! +=
      Math.sqrt(
        squaredDistance(values, row * dimensions, centres, label * dimensions, dimensions),
      ) / sizes[label]!;
  }
  const used = Array.from(sizes.keys()).filter((c) => sizes[c]! > 0);
  if (used.length < 2) return NaN;
  const worst = used.map((a) =>
    used.reduce((most, b) => {
      if (a === b) return most;
      const apart = squaredDistance(centres, a * dimensions, centres, b * dimensions, dimensions);
      return Math.max(most, (widths[a]! + widths[b]!) / Math.sqrt(apart));
    }, 0),
  );
  return worst.reduce((sum, value) => sum + value, 0) / used.length;
}

/**
 * Schwarz's criterion of k round clusters that share one width (Pelleg and Moore, "X-means", 2000).
 * @param inertia sum of squared distances to the centres
 */
export function roundBic(
  { rows, dimensions }: Points,
  labels: ArrayLike<number>,
  { k, inertia }: { k: number; inertia: number },
): number {
  const sizes = new Float64Array(k);
  for (let row = 0; row < rows; row++) sizes[labels[row]!]!++;
  const variance = inertia / (dimensions * Math.max(1, rows - k));
  let logLikelihood =
    (-rows * dimensions * Math.log(2 * Math.PI * variance)) / 2 - (dimensions * (rows - k)) / 2;
  for (const size of sizes) if (size > 0) logLikelihood += size * Math.log(size / rows);
  return k * (dimensions + 1) * Math.log(rows) - 2 * logLikelihood;
}
