import type { Rng } from '../random.js';
import { squaredDistance, type Points } from './points.js';

interface Clustering {
  /** k × dimensions, the largest cluster first. */
  centres: Float64Array;
  labels: Int32Array;
  /** Weighted sum of squared distances to the centres. */
  inertia: number;
}

interface LloydOptions {
  k: number;
  starts: number;
  iterationsMax: number;
  weights?: Float64Array;
  stopped?: () => boolean;
}

/**
 * The best of several runs of Lloyd's algorithm from k-means++ centres (Arthur and Vassilvitskii,
 * 2007).
 */
export function cluster(points: Points, options: LloydOptions, rng: Rng): Clustering {
  const weights = options.weights ?? new Float64Array(points.rows).fill(1);
  let best: Clustering | undefined;
  for (let start = 0; start < options.starts; start++) {
    if (best !== undefined && options.stopped?.() === true) break;
    const centres = plusPlus(points, weights, options.k, rng);
    const run = lloyd(points, weights, centres, options);
    if (best === undefined || run.inertia < best.inertia) best = run;
  }
  return bySize(best!, weights, points.dimensions);
}

/** The nearest centre of each point; the first of equals. */
export function assign(points: Points, centres: Float64Array, labels: Int32Array): void {
  const { rows, dimensions, values } = points;
  const k = centres.length / dimensions;
  for (let row = 0; row < rows; row++) {
    let least = Infinity;
    for (let c = 0; c < k; c++) {
      const distance = squaredDistance(
        values,
        row * dimensions,
        centres,
        c * dimensions,
        dimensions,
      );
      if (distance < least) {
        least = distance;
        labels[row] = c;
      }
    }
  }
}

function lloyd(
  points: Points,
  weights: Float64Array,
  centres: Float64Array,
  { k, iterationsMax }: LloydOptions,
): Clustering {
  const { rows, dimensions, values } = points;
  const labels = new Int32Array(rows).fill(-1);
  const previous = new Int32Array(rows);
  for (let iteration = 0; iteration < iterationsMax; iteration++) {
    previous.set(labels);
    assign(points, centres, labels);
    if (labels.every((label, row) => label === previous[row])) break;
    const sums = new Float64Array(k * dimensions);
    const totals = new Float64Array(k);
    for (let row = 0; row < rows; row++) {
      const label = labels[row]!;
      totals[label]! += weights[row]!;
      for (let d = 0; d < dimensions; d++)
        sums[label * dimensions + d]! += weights[row]! * values[row * dimensions + d]!;
    }
    // A centre that lost all its points stays where it was: another start will do better.
    for (let i = 0; i < sums.length; i++) {
      const total = totals[Math.floor(i / dimensions)]!;
      if (total > 0) centres[i] = sums[i]! / total;
    }
  }
  let inertia = 0;
  for (let row = 0; row < rows; row++)
    inertia +=
      weights[row]! *
      squaredDistance(values, row * dimensions, centres, labels[row]! * dimensions, dimensions);
  return { centres, labels, inertia };
}

function plusPlus(points: Points, weights: Float64Array, k: number, rng: Rng): Float64Array {
  const { rows, dimensions, values } = points;
  const centres = new Float64Array(k * dimensions);
  const chances = Float64Array.from(weights);
  const nearest = new Float64Array(rows).fill(Infinity);
  for (let c = 0; c < k; c++) {
    const row = draw(chances, rng);
    centres.set(values.subarray(row * dimensions, (row + 1) * dimensions), c * dimensions);
    for (let i = 0; i < rows; i++) {
      const distance = squaredDistance(values, i * dimensions, centres, c * dimensions, dimensions);
      if (distance < nearest[i]!) nearest[i] = distance;
      chances[i] = weights[i]! * nearest[i]!;
    }
  }
  return centres;
}

/** An index with probability in proportion; uniform when all chances are 0. */
function draw(chances: Float64Array, rng: Rng): number {
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  if (!(total > 0)) return rng.below(chances.length);
  let left = rng.next() * total;
  for (let i = 0; i < chances.length; i++) {
    left -= chances[i]!;
    if (left < 0) return i;
  }
  return chances.findLastIndex((chance) => chance > 0);
}

function bySize(
  { centres, labels, inertia }: Clustering,
  weights: Float64Array,
  dimensions: number,
): Clustering {
  const k = centres.length / dimensions;
  const totals = new Float64Array(k);
  labels.forEach((label, row) => (totals[label]! += weights[row]!));
  const order = Array.from(totals.keys()).sort((a, b) => totals[b]! - totals[a]! || a - b);
  const sorted = new Float64Array(centres.length);
  const place = new Int32Array(k);
  order.forEach((c, at) => {
    place[c] = at;
    sorted.set(centres.subarray(c * dimensions, (c + 1) * dimensions), at * dimensions);
  });
  return { centres: sorted, labels: labels.map((label) => place[label]!), inertia };
}
