import type { Frame } from '../frame.js';
import { psiOfCounts } from '../metric/drift.js';
import type { ClusterModel } from './model.js';

/** How one cluster's members moved. */
export interface ClusterShift {
  cluster: number;
  shareBefore: number;
  shareAfter: number;
  /** Distance of the mean member, before to after, in the model's space (deviations of training). */
  distance: number;
  /** What members drawn twice from one cluster would show; a distance near it is no drift. */
  byChance: number;
}

export interface ClusterDrift {
  /** Population stability index of the sizes: below 0.1 stable, above 0.25 moved. */
  sizePsi: number;
  clusters: ClusterShift[];
}

/** Whether a model's clusters still lie and weigh as they did: members then against members now. */
export function clusterDrift(model: ClusterModel, before: Frame, after: Frame): ClusterDrift {
  const was = momentOf(model, before);
  const is = momentOf(model, after);
  const clusters = Array.from({ length: model.k }, (_, cluster) => {
    let [distance, chance] = [0, 0];
    for (let d = 0; d < was.dimensions; d++) {
      const at = cluster * was.dimensions + d;
      distance += (is.means[at]! - was.means[at]!) ** 2;
      chance += was.variances[at]! / was.sizes[cluster]! + is.variances[at]! / is.sizes[cluster]!;
    }
    return {
      cluster,
      shareBefore: was.sizes[cluster]! / before.rows,
      shareAfter: is.sizes[cluster]! / after.rows,
      distance: Math.sqrt(distance),
      byChance: Math.sqrt(chance),
    };
  });
  return { sizePsi: psiOfCounts(was.sizes, is.sizes), clusters };
}

function momentOf(model: ClusterModel, x: Frame) {
  const labels = new Float64Array(x.rows);
  model.predict(x, labels);
  const { dimensions, values } = model.points(x);
  const sizes = new Float64Array(model.k);
  const means = new Float64Array(model.k * dimensions);
  const variances = new Float64Array(model.k * dimensions);
  const each = (visit: (at: number, value: number) => void) =>
    labels.forEach((label, row) => {
      if (label < 0) return;
      for (let d = 0; d < dimensions; d++)
        visit(label * dimensions + d, values[row * dimensions + d]!);
    });
  for (const label of labels) if (label >= 0) sizes[label]!++;
  each((at, value) => (means[at]! += value / sizes[Math.floor(at / dimensions)]!));
  each(
    (at, value) =>
      (variances[at]! += (value - means[at]!) ** 2 / sizes[Math.floor(at / dimensions)]!),
  );
  return { dimensions, labels, sizes, means, variances };
}
