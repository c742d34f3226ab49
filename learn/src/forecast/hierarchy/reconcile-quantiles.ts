import { normalQuantile } from '../../price/demand.js';
import type { Rng } from '../../random.js';
import type { Reconciler } from './reconcile.js';
import { quantileSorted } from '../series/statistics.js';

/**
 * Quantiles of reconciled forecasts whose errors are normal with the covariance that the weights
 * describe (Wickramasuriya, 2024): mean and variance are reconciled, so quantiles do not add up and
 * should not.
 * @param reconciled nodes × columns
 * @returns nodes × columns × probabilities
 */
export function gaussianQuantiles(
  { variances }: Pick<Reconciler, 'variances'>,
  reconciled: Float64Array,
  columns: number,
  probabilities: readonly number[],
): Float64Array {
  const deviations = variances().map(Math.sqrt);
  const normal = probabilities.map(normalQuantile);
  const width = probabilities.length;
  const out = new Float64Array(reconciled.length * width);
  reconciled.forEach((mean, i) => {
    const deviation = deviations[Math.floor(i / columns)]!;
    normal.forEach((z, q) => (out[i * width + q] = mean + deviation * z));
  });
  return out;
}

export interface BootstrapQuantilesOptions {
  /** nodes × steps, row-major: errors made together at past steps; steps with a `NaN` are passed over. */
  residuals: Float64Array;
  probabilities: readonly number[];
  samples?: number;
  /** Keeps every sample from going below zero. */
  nonNegative?: boolean;
}

/**
 * Quantiles of reconciled sample paths: past errors of all nodes at one step are added together to
 * the base forecasts and each sample is made to add up (Panagiotelis et al., 2023), so what nodes
 * have in common stays in common.
 * @param base nodes × columns
 * @returns nodes × columns × probabilities, ascending in probability
 */
export function bootstrapQuantiles(
  { hierarchy, reconcile, reconcileNonNegative }: Reconciler,
  base: Float64Array,
  columns: number,
  options: BootstrapQuantilesOptions,
  rng: Rng,
): Float64Array {
  const { residuals, probabilities, samples = 200, nonNegative = false } = options;
  const nodes = hierarchy.nodes.length;
  const length = residuals.length / nodes;
  const whole = wholeSteps(residuals, nodes);
  const width = probabilities.length;
  const out = new Float64Array(base.length * width);
  const drawn = new Float64Array(nodes * samples);
  const added = new Float64Array(drawn.length);
  for (let h = 0; h < columns; h++) {
    for (let s = 0; s < samples; s++) {
      const t = whole[rng.below(whole.length)]!;
      for (let n = 0; n < nodes; n++)
        drawn[n * samples + s] = base[n * columns + h]! + residuals[n * length + t]!;
    }
    if (nonNegative) reconcileNonNegative(drawn, samples, added);
    else reconcile(drawn, samples, added);
    for (let n = 0; n < nodes; n++) {
      const sorted = added.slice(n * samples, (n + 1) * samples).sort();
      probabilities.forEach((probability, q) => {
        out[(n * columns + h) * width + q] = quantileSorted(sorted, probability);
      });
    }
  }
  return out;
}

/** Steps at which every node's residual is known. */
function wholeSteps(residuals: Float64Array, nodes: number): number[] {
  const length = residuals.length / nodes;
  if (!Number.isInteger(length))
    throw new RangeError(
      `${residuals.length} residuals, expected as many for each of ${nodes} nodes`,
    );
  const whole = Array.from({ length }, (_, t) => t).filter((t) => {
    for (let n = 0; n < nodes; n++) if (Number.isNaN(residuals[n * length + t]!)) return false;
    return true;
  });
  if (whole.length < 2)
    throw new Error(
      `${whole.length} of ${length} steps have a residual of every node, samples need 2 or more`,
    );
  return whole;
}
