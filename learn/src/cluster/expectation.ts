import { CLUSTER_BLOCK, MIXTURE_DENSITIES, MIXTURE_MOMENTS } from '../kernel/cluster.js';
import { placeOf, type Blocks } from './blocks.js';
import {
  gaussiansOf,
  packedLength,
  type CovarianceKind,
  type Gaussians,
  type Moments,
} from './gaussians.js';

export interface ExpectationOptions {
  k: number;
  covariance: CovarianceKind;
  iterationsMax: number;
  /** Ends when the mean log-likelihood gains less than this. */
  tolerance: number;
  /** Added to every variance. */
  ridge: number;
  stopped?: () => boolean;
}

export interface Expectation {
  gaussians: Gaussians;
  /** Mean over the points. */
  logLikelihood: number;
  iterations: number;
  converged: boolean;
}

/**
 * Mixture of normals by expectation and maximisation (Dempster, Laird and Rubin, 1977).
 * @param labels component that each point starts in
 */
export function expectation(
  blocks: Blocks,
  weights: Float64Array,
  labels: Int32Array,
  options: ExpectationOptions,
): Expectation {
  const { k, covariance, iterationsMax, tolerance, stopped } = options;
  const { engine, count, dimensions, rows } = blocks;
  const full = covariance === 'full' || covariance === 'tied';
  const { memory, threads } = engine;
  const mark = memory.mark();
  const width = 1 + dimensions + packedLength(dimensions, full);
  const at = {
    factors: memory.take(8 * k * packedLength(dimensions, full)),
    shifts: memory.take(8 * k * dimensions),
    means: memory.take(8 * k * dimensions),
    constants: memory.take(8 * k),
    shares: memory.take(8 * count * k * CLUSTER_BLOCK),
    sums: memory.take(8 * count * k * width),
    scratch: memory.take(8 * threads * CLUSTER_BLOCK),
  };
  const { f64 } = memory.views;
  const shares = f64.subarray(at.shares / 8, at.shares / 8 + count * k * CLUSTER_BLOCK);
  shares.fill(0);
  for (let row = 0; row < rows; row++)
    shares[placeOf(row, k) + labels[row]! * CLUSTER_BLOCK] = weights[row]!;
  const shape = { k, dimensions, full };
  const sum = (means: Float64Array) => {
    f64.set(means, at.means / 8);
    const { values } = blocks;
    const last = [at.shares, at.sums, at.scratch];
    engine.run(MIXTURE_MOMENTS, count, [values, dimensions, k, at.means, Number(full), ...last]);
    return totals(f64.subarray(at.sums / 8, at.sums / 8 + count * k * width), k * width);
  };
  const estimate = (g: Gaussians) => {
    f64.set(g.factors, at.factors / 8);
    f64.set(g.shifts, at.shifts / 8);
    f64.set(g.constants, at.constants / 8);
    const last = [at.factors, at.shifts, at.constants, Number(full), at.shares];
    engine.run(MIXTURE_DENSITIES, count, [blocks.values, dimensions, k, ...last]);
    return share(shares, weights, k);
  };
  let means: Float64Array = new Float64Array(k * dimensions);
  let gaussians = momentsToGaussians(sum(means), means, shape, options);
  let logLikelihood = -Infinity;
  let iterations = 0;
  let converged = false;
  while (iterations < iterationsMax && !converged) {
    if (iterations > 0 && stopped?.() === true) break;
    iterations++;
    const reached = estimate(gaussians);
    converged = Math.abs(reached - logLikelihood) < tolerance;
    logLikelihood = reached;
    means = gaussians.means;
    gaussians = momentsToGaussians(sum(means), means, shape, options);
  }
  logLikelihood = estimate(gaussians);
  memory.release(mark);
  return { gaussians, logLikelihood, iterations, converged };
}

/** Sums of the blocks, in their order. */
function totals(sums: Float64Array, width: number): Float64Array {
  const total = new Float64Array(width);
  for (let from = 0; from < sums.length; from += width)
    for (let i = 0; i < width; i++) total[i]! += sums[from + i]!;
  return total;
}

// exp(−40) is less than the rounding of 1.
const NEGLIGIBLE = -40;

/** Log densities to shares of each point, in place; answers the mean log-likelihood. */
function share(shares: Float64Array, weights: Float64Array, k: number): number {
  let sum = 0;
  let all = 0;
  for (let row = 0; row < weights.length; row++) {
    const from = placeOf(row, k);
    let most = -Infinity;
    for (let c = 0; c < k; c++) most = Math.max(most, shares[from + c * CLUSTER_BLOCK]!);
    let total = 0;
    for (let c = 0; c < k; c++) {
      const at = from + c * CLUSTER_BLOCK;
      const behind = shares[at]! - most;
      const chance = behind < NEGLIGIBLE ? 0 : behind === 0 ? 1 : Math.exp(behind);
      shares[at] = chance;
      total += chance;
    }
    const weight = weights[row]!;
    for (let c = 0; c < k; c++) shares[from + c * CLUSTER_BLOCK]! *= weight / total;
    sum += weight * (most + Math.log(total));
    all += weight;
  }
  // The filling of the last block belongs to nobody.
  for (let row = weights.length; row % CLUSTER_BLOCK !== 0; row++)
    for (let c = 0; c < k; c++) shares[placeOf(row, k) + c * CLUSTER_BLOCK] = 0;
  return sum / all;
}

/** Parameters from sums about the means that they were taken about. */
function momentsToGaussians(
  sums: Float64Array,
  about: Float64Array,
  { k, dimensions, full }: { k: number; dimensions: number; full: boolean },
  { covariance, ridge }: ExpectationOptions,
): Gaussians {
  const packed = packedLength(dimensions, full);
  const width = 1 + dimensions + packed;
  const means = about.slice();
  const weights = new Float64Array(k);
  const covariances = new Float64Array(k * packed);
  let all = 0;
  for (let c = 0; c < k; c++) all += sums[c * width]!;
  for (let c = 0; c < k; c++) {
    // A component that lost its points keeps its place and a trace of weight.
    const n = Math.max(sums[c * width]!, 1e-10 * all);
    weights[c] = n / all;
    const shift = Float64Array.from({ length: dimensions }, (_, d) => sums[c * width + 1 + d]! / n);
    shift.forEach((by, d) => (means[c * dimensions + d]! += by));
    let next = 0;
    for (let i = 0; i < dimensions; i++)
      for (let j = full ? 0 : i; j <= i; j++, next++)
        covariances[c * packed + next] =
          sums[c * width + 1 + dimensions + next]! / n - shift[i]! * shift[j]!;
  }
  const moments: Moments = { weights, means, covariances };
  if (covariance === 'tied') tie(moments, packed);
  if (covariance === 'spherical') round(covariances, dimensions);
  for (let c = 0; c < k; c++)
    for (let i = 0; i < dimensions; i++)
      covariances[c * packed + (full ? (i * (i + 3)) / 2 : i)]! += ridge;
  return gaussiansOf(moments, dimensions, full);
}

function tie({ weights, covariances }: Moments, packed: number): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < packed; i++) {
    let sum = 0;
    weights.forEach((weight, c) => (sum += (weight / total) * covariances[c * packed + i]!));
    weights.forEach((_, c) => (covariances[c * packed + i] = sum));
  }
}

function round(covariances: Float64Array, dimensions: number): void {
  for (let from = 0; from < covariances.length; from += dimensions) {
    const own = covariances.subarray(from, from + dimensions);
    own.fill(own.reduce((sum, one) => sum + one, 0) / dimensions);
  }
}
