import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Estimator } from '../estimator.js';
import { conform, type Frame } from '../frame.js';
import { inRange } from '../parameters.js';
import { admitPoints } from './admit-points.js';
import { openAxis, saveAxis, type SavedAxis } from './axis-file.js';
import { assign, cluster } from './lloyd.js';
import type { ClusterModel } from './model.js';
import { axesOf, pointsOf, schemaOfAxes, squaredDistance, type Axis } from './points.js';

export interface KMeansParams {
  k: number;
  /** Runs from other centres; the best is kept. */
  starts?: number;
  iterationsMax?: number;
  /** Share of each number's values cut off at both ends. */
  winsor?: number;
  logSkewed?: boolean;
}

export interface KMeansModel extends ClusterModel {
  /** k × dimensions, in the space of `points`. */
  readonly centres: Float64Array;
}

export interface KMeansEstimator extends Estimator {
  fit(...args: Parameters<Estimator['fit']>): Promise<KMeansModel>;
}

/** k-means with its preprocessing inside. `y` is ignored. */
export function kMeans(params: KMeansParams): KMeansEstimator {
  const { k, starts = 8, iterationsMax = 100, winsor = 0.01, logSkewed = true } = params;
  inRange('k', k, { from: 1, whole: true });
  inRange('starts', starts, { from: 1, whole: true });
  inRange('winsor', winsor, { from: 0, to: 0.49 });
  return {
    async fit(data, { rng, stop, pool }) {
      const { x, weights } = admitPoints(data, k);
      const axes = axesOf(x, { winsor, logSkewed });
      const { centres } = cluster(
        pointsOf(x, axes),
        { k, starts, iterationsMax, weights, stopped: () => stop?.stopped === true, pool },
        rng,
      );
      return clusterModel(axes, centres, k);
    },
  };
}

export function loadKMeans({ meta, sections }: Artifact): KMeansModel {
  const { axes, k } = meta as unknown as { axes: SavedAxis[]; k: number };
  return clusterModel(axes.map(openAxis), sections['centres'] as Float64Array, k);
}

function clusterModel(axes: readonly Axis[], centres: Float64Array, k: number): KMeansModel {
  const columns = schemaOfAxes(axes);
  const points = (x: Frame) => pointsOf(conform(x, columns), axes);
  return {
    kind: 'kMeans',
    columns,
    outputs: 1,
    k,
    centres,
    points,
    predict(x, out) {
      const labels = new Int32Array(x.rows);
      assign(points(x), centres, labels);
      out.set(labels);
    },
    distances(x, out) {
      const { rows, dimensions, values } = points(x);
      for (let row = 0; row < rows; row++)
        for (let c = 0; c < k; c++)
          out[row * k + c] = Math.sqrt(
            squaredDistance(values, row * dimensions, centres, c * dimensions, dimensions),
          );
    },
    bytes: () =>
      encodeArtifact({
        kind: 'kMeans',
        meta: { k, axes: axes.map(saveAxis) },
        sections: { centres },
      }),
  };
}
