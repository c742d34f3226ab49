import type { Estimator, Model } from '../estimator.js';
import type { Frame } from '../frame.js';
import type { Points } from './points.js';

/**
 * A model whose prediction is the index of a cluster, the largest in training first; −1 is noise,
 * where the kind knows noise.
 */
export interface ClusterModel extends Model {
  readonly k: number;
  /** The space in which the clusters lie. */
  points(x: Frame): Points;
  /**
   * `out` holds rows × k distances to the clusters, ≥ 0. What a distance is belongs to the kind: to
   * a centre, what makes a component less likely (in both the prediction is the nearest), or to
   * the nearest member.
   */
  distances(x: Frame, out: Float64Array): void;
}

export interface ClusterEstimator extends Estimator {
  fit(...args: Parameters<Estimator['fit']>): Promise<ClusterModel>;
}
