import type { Pool } from '../estimator.js';
import { CLUSTER_BLOCK, labelBytes, NEAREST_CENTRES } from '../kernel/cluster.js';
import type { Rng } from '../random.js';
import { withBlocks, type Blocks } from './blocks.js';
import { comparedRows } from './compared.js';
import { draw } from './draw.js';
import { squaredDistance, takePoints, type Points } from './points.js';

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
  pool?: Pool | undefined;
  /** `plain` is the oracle: TypeScript alone. */
  kernels?: 'auto' | 'plain';
}

/**
 * The best of several runs of Lloyd's algorithm from k-means++ centres (Arthur and Vassilvitskii,
 * 2007).
 */
export function cluster(points: Points, options: LloydOptions, rng: Rng): Clustering {
  const weights = options.weights ?? new Float64Array(points.rows).fill(1);
  const drawn = comparedRows(points.rows, options.starts, rng);
  if (drawn !== undefined) {
    const { centres } = bestOf(
      takePoints(points, drawn),
      Float64Array.from(drawn, (row) => weights[row]!),
      options,
      rng,
    );
    const run = withBlocks(points, options, (blocks) => lloyd(blocks, weights, centres, options));
    return bySize(measured(points, weights, run), weights, points.dimensions);
  }
  return bySize(bestOf(points, weights, options, rng), weights, points.dimensions);
}

function bestOf(
  points: Points,
  weights: Float64Array,
  options: LloydOptions,
  rng: Rng,
): Clustering {
  return withBlocks(points, options, (blocks) => {
    let best: Clustering | undefined;
    for (let start = 0; start < options.starts; start++) {
      if (best !== undefined && options.stopped?.() === true) break;
      const centres = plusPlus(points, weights, options.k, rng);
      const run = measured(points, weights, lloyd(blocks, weights, centres, options));
      if (best === undefined || run.inertia < best.inertia) best = run;
    }
    return best!;
  });
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

/** Centres of the last means, and labels that belong to them. `centres` is left alone. */
function lloyd(
  { engine, count, rows, dimensions, values }: Blocks,
  weights: Float64Array,
  start: Float64Array,
  { k, iterationsMax }: LloydOptions,
): { centres: Float64Array; labels: Int32Array } {
  const { memory } = engine;
  const mark = memory.mark();
  const width = dimensions + 1;
  const each = k * width + 1;
  const weightsAt = memory.take(8 * count * CLUSTER_BLOCK);
  const centresAt = memory.take(8 * k * dimensions);
  const normsAt = memory.take(8 * k);
  const labelsAt = memory.take(4 * count * CLUSTER_BLOCK);
  const sumsAt = memory.take(8 * count * each);
  const scratch = labelBytes(dimensions, k);
  const scratchAt = memory.take(engine.threads * scratch);
  const { f64, i32 } = memory.views;
  f64.fill(0, weightsAt / 8, weightsAt / 8 + count * CLUSTER_BLOCK);
  f64.set(weights, weightsAt / 8);
  i32.fill(-1, labelsAt / 4, labelsAt / 4 + count * CLUSTER_BLOCK);
  const centres = start.slice();
  const from = [values, weightsAt, dimensions, k, centresAt, normsAt];
  const args = [...from, labelsAt, sumsAt, scratchAt, scratch];
  const sums = new Float64Array(each);
  for (let iteration = 0; iteration <= iterationsMax; iteration++) {
    f64.set(centres, centresAt / 8);
    for (let c = 0; c < k; c++) f64[normsAt / 8 + c] = halfSquare(centres, c, dimensions);
    engine.run(NEAREST_CENTRES, count, args);
    sums.fill(0);
    // Blocks are added in their order, whoever did them: the same bytes for any number of threads.
    for (let block = 0; block < count; block++)
      for (let i = 0; i < each; i++) sums[i]! += f64[sumsAt / 8 + block * each + i]!;
    if (sums[each - 1] === 0 || iteration === iterationsMax) break;
    // A centre that lost all its points stays where it was: another start will do better.
    for (let c = 0; c < k; c++)
      if (sums[c * width + dimensions]! > 0)
        for (let d = 0; d < dimensions; d++)
          centres[c * dimensions + d] = sums[c * width + d]! / sums[c * width + dimensions]!;
  }
  const labels = i32.slice(labelsAt / 4, labelsAt / 4 + rows);
  memory.release(mark);
  return { centres, labels };
}

function halfSquare(centres: Float64Array, c: number, dimensions: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += centres[c * dimensions + d]! ** 2;
  return sum / 2;
}

function measured(
  { rows, dimensions, values }: Points,
  weights: Float64Array,
  { centres, labels }: { centres: Float64Array; labels: Int32Array },
): Clustering {
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
  const chances = weights.slice();
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

function bySize(
  { centres, labels, inertia }: Clustering,
  weights: Float64Array,
  dimensions: number,
): Clustering {
  const k = centres.length / dimensions;
  const totals = new Float64Array(k);
  for (let row = 0; row < labels.length; row++) totals[labels[row]!]! += weights[row]!;
  const order = Array.from(totals.keys()).sort((a, b) => totals[b]! - totals[a]! || a - b);
  const sorted = new Float64Array(centres.length);
  const place = new Int32Array(k);
  order.forEach((c, at) => {
    place[c] = at;
    sorted.set(centres.subarray(c * dimensions, (c + 1) * dimensions), at * dimensions);
  });
  return { centres: sorted, labels: labels.map((label) => place[label]!), inertia };
}
