import type { Frame } from '../frame.js';
import { inRange } from '../parameters.js';
import type { ClusterModel } from './model.js';

export interface StableOptions {
  /** A row moves when the new cluster is nearer by this share of the distance to its own, 0..1. */
  margin?: number;
  /** Lasting name of each cluster, as `matchLabels` gives them; without it, its index. */
  names?: ArrayLike<number>;
}

/**
 * The cluster of each row, by lasting names, with hysteresis: a row keeps its earlier one unless
 * another is nearer by a margin, so that a row at a border does not change sides with every run.
 * @param previous rows: the earlier name, −1 for a row without one
 * @returns rows: the name; −1 is noise
 */
export function assignStable(
  model: ClusterModel,
  x: Frame,
  previous: ArrayLike<number>,
  { margin = 0.1, names }: StableOptions = {},
): Int32Array {
  inRange('margin', margin, { from: 0, to: 1 });
  const { k } = model;
  if (previous.length !== x.rows)
    throw new RangeError(`previous has ${previous.length} rows, the frame has ${x.rows}`);
  if (names !== undefined && names.length !== k)
    throw new RangeError(`names has ${names.length} entries, the model has ${k} clusters`);
  const nameOf = (cluster: number) => names?.[cluster] ?? cluster;
  const clusterOf = new Map(Array.from({ length: k }, (_, cluster) => [nameOf(cluster), cluster]));
  const nearest = new Float64Array(x.rows);
  const distances = new Float64Array(x.rows * k);
  model.predict(x, nearest);
  model.distances(x, distances);
  return Int32Array.from(nearest, (label, row) => {
    const own = clusterOf.get(previous[row]!);
    // Noise is beyond every cluster: there is no distance to weigh it by.
    if (label < 0) return -1;
    if (own === undefined) return nameOf(label);
    const gained = distances[row * k + label]! < (1 - margin) * distances[row * k + own]!;
    return nameOf(gained ? label : own);
  });
}
