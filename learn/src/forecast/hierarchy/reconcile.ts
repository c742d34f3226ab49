import { constraintsOf, projection, type Projection } from './constraints.js';
import {
  diagonalCovariance,
  residualVariances,
  shrunkCovariance,
  type LowRankCovariance,
} from './covariance.js';
import { bottomUp, type Hierarchy } from './hierarchy.js';
import { nonNegativeColumn } from './non-negative.js';

/**
 * How much each base forecast is trusted. `ols`: all alike; `structural`: by the number of series
 * summed; `variance`: by its own squared residuals; `shrink`: by the whole covariance of
 * residuals, correlations shrunk (Wickramasuriya, Athanasopoulos and Hyndman, 2019).
 */
export type ReconcileWeights =
  | { by: 'ols' }
  | { by: 'structural' }
  | {
      by: 'variance' | 'shrink';
      /** nodes × steps, row-major, actual − forecast; `NaN` unknown. */
      residuals: Float64Array;
    };

/** Minimum trace reconciliation, set up once for many forecasts of one hierarchy. */
export interface Reconciler {
  hierarchy: Hierarchy;
  /** Share of correlation given up, 0..1: 1 for all but `shrink`. */
  shrinkage: number;
  /**
   * @param base nodes × columns, forecasts of each node by itself; columns are steps of a horizon
   *   or samples
   * @param out nodes × columns: what adds up
   */
  reconcile(base: Float64Array, columns: number, out: Float64Array): void;
  /**
   * The nearest forecasts, in the same weights, that add up and are nowhere negative: an exact
   * quadratic programme a column. Errors when a column is not settled after 200 exchanges.
   */
  reconcileNonNegative(base: Float64Array, columns: number, out: Float64Array): void;
  /** Variance of each node's reconciled error, in squared units, given that of the base. */
  variances(): Float64Array;
}

/** @throws RangeError when residuals do not belong to the nodes, or a base forecast is not finite */
export function reconciler(hierarchy: Hierarchy, weights: ReconcileWeights): Reconciler {
  const constraints = constraintsOf(hierarchy);
  const covariance = covarianceOf(hierarchy, weights);
  const nodes = hierarchy.nodes.length;
  const plain = projection(constraints, covariance, new Uint8Array(nodes));
  return {
    hierarchy,
    shrinkage: covariance.shrinkage,
    reconcile(base, columns, out) {
      checkBase(hierarchy, base, columns, out);
      projectAndSum(hierarchy, plain, base.slice(), columns, out);
    },
    reconcileNonNegative(base, columns, out) {
      checkBase(hierarchy, base, columns, out);
      projectAndSum(hierarchy, plain, base.slice(), columns, out);
      const column = new Float64Array(nodes);
      const settled = new Float64Array(nodes);
      for (let h = 0; h < columns; h++) {
        if (!negativeIn(out, columns, h)) continue;
        for (let n = 0; n < nodes; n++) column[n] = base[n * columns + h]!;
        nonNegativeColumn(constraints, covariance, column, settled);
        const bottom = settled.subarray(hierarchy.aggregates);
        const summed = new Float64Array(nodes);
        bottomUp(hierarchy, bottom, 1, summed);
        for (let n = 0; n < nodes; n++) out[n * columns + h] = summed[n]!;
      }
    },
    variances: () => plain.variances(),
  };
}

function covarianceOf(hierarchy: Hierarchy, weights: ReconcileWeights): LowRankCovariance {
  const { nodes } = hierarchy;
  if (weights.by === 'ols') return diagonalCovariance(new Float64Array(nodes.length).fill(1));
  if (weights.by === 'structural')
    return diagonalCovariance(Float64Array.from(nodes, ({ members }) => members.length));
  if (weights.residuals.length === 0 || weights.residuals.length % nodes.length !== 0)
    throw new RangeError(
      `${weights.residuals.length} residuals, expected as many for each of ${nodes.length} nodes`,
    );
  return weights.by === 'variance'
    ? diagonalCovariance(residualVariances(weights.residuals, nodes.length))
    : shrunkCovariance(weights.residuals, nodes.length);
}

function checkBase(
  { nodes }: Hierarchy,
  base: Float64Array,
  columns: number,
  out: Float64Array,
): void {
  if (base.length !== nodes.length * columns || out.length !== base.length)
    throw new RangeError(
      `expected ${nodes.length} nodes × ${columns} base forecasts and as many places, found ${base.length} and ${out.length}`,
    );
  const bad = base.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const { level, key } = nodes[Math.floor(bad / columns)]!;
  throw new RangeError(
    `base forecast of ${level} ${key} at column ${bad % columns} is ${base[bad]}, expected a finite number; forecast it or leave the node out`,
  );
}

/** Aggregates are summed once more from the bottom, so that they add up to the last bit. */
function projectAndSum(
  hierarchy: Hierarchy,
  plain: Projection,
  y: Float64Array,
  columns: number,
  out: Float64Array,
): void {
  plain.apply(y, columns);
  bottomUp(hierarchy, y.subarray(hierarchy.aggregates * columns), columns, out);
}

function negativeIn(out: Float64Array, columns: number, h: number): boolean {
  for (let i = h; i < out.length; i += columns) if (out[i]! < 0) return true;
  return false;
}
