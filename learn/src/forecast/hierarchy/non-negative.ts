import { projection, type Constraints } from './constraints.js';
import type { LowRankCovariance } from './covariance.js';

const EXCHANGES_MAX = 200;
/** Full exchanges that may fail to mend anything before single ones begin. */
const PATIENCE = 10;
/** What counts as zero beside the size of the forecasts. */
const TOLERANCE = 1e-10;

/**
 * Minimises (y − ŷ)' W⁻¹ (y − ŷ) over what adds up with no bottom series below zero, by block
 * principal pivoting (Júdice and Pires, 1994; Portugal, Júdice and Vicente, 1994): all series that
 * break a condition change sides at once, and one at a time, the last one first, once that stops
 * helping, which ends for certain. What it returns meets the Karush–Kuhn–Tucker conditions.
 * @param base nodes @param out nodes; bottom series are what counts
 * @throws Error after 200 exchanges
 */
export function nonNegativeColumn(
  constraints: Constraints,
  covariance: LowRankCovariance,
  base: Float64Array,
  out: Float64Array,
): void {
  const { aggregates, nodes } = constraints.hierarchy;
  const held = new Uint8Array(nodes.length);
  const multipliers = new Float64Array(nodes.length);
  const tolerance = TOLERANCE * base.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let fewest = Infinity;
  let patience = PATIENCE;
  for (let exchange = 0; exchange < EXCHANGES_MAX; exchange++) {
    out.set(base);
    projection(constraints, covariance, held).apply(out, 1, multipliers);
    const broken: number[] = [];
    for (let node = aggregates; node < nodes.length; node++) {
      const value = held[node] === 1 ? -multipliers[node]! * covariance.own[node]! : out[node]!;
      if (value < -tolerance) broken.push(node);
    }
    if (broken.length === 0) {
      for (let node = aggregates; node < nodes.length; node++)
        out[node] = held[node] === 1 ? 0 : Math.max(0, out[node]!);
      return;
    }
    patience = broken.length < fewest ? PATIENCE : patience - 1;
    fewest = Math.min(fewest, broken.length);
    for (const node of patience > 0 ? broken : broken.slice(-1)) held[node] = 1 - held[node]!;
  }
  throw new Error(
    `non-negative reconciliation is not settled after ${EXCHANGES_MAX} exchanges: ${fewest} series still break a condition at best; reconcile without the bound, or by variance`,
  );
}
