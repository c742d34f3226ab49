import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Estimator } from '../estimator.js';
import { conform, type Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { inRange, oneOf } from '../parameters.js';
import { admitPoints } from './admit-points.js';
import { openAxis, saveAxis, type SavedAxis } from './axis-file.js';
import { condense, flatten, type ClusterSelection } from './condensed.js';
import { kdTree, nearest, neighbours, type KdTree } from './kd-tree.js';
import type { ClusterModel } from './model.js';
import { axesOf, pointsOf, schemaOfAxes, takePoints, type Axis, type Points } from './points.js';
import { spanningTree } from './spanning-tree.js';

export interface HdbscanParams {
  /** Least rows of a cluster. */
  clusterSizeMin?: number;
  /** Rows, itself among them, that must be near for a place to be dense; `clusterSizeMin` if absent. */
  samplesMin?: number;
  /** `leaf` prefers small clusters of like density. */
  selection?: ClusterSelection;
  /** Share of each number's values cut off at both ends. */
  winsor?: number;
  logSkewed?: boolean;
}

export interface HdbscanModel extends ClusterModel {
  /** Rows of training: cluster, −1 noise. */
  readonly labels: Int32Array;
  /** Rows of training: 0..1 how much the row belongs. */
  readonly probabilities: Float64Array;
}

export interface HdbscanEstimator extends Estimator {
  fit(...args: Parameters<Estimator['fit']>): Promise<HdbscanModel>;
}

/**
 * Clusters of any shape, and noise (Campello, Moulavi and Sander, 2013). How many there are comes
 * from the data, none among the answers. `y` is ignored; a weight above 0 counts as 1.
 */
export function hdbscan(params: HdbscanParams = {}): HdbscanEstimator {
  const { clusterSizeMin = 25, selection = 'excessOfMass', winsor = 0.01 } = params;
  const { samplesMin = clusterSizeMin, logSkewed = true } = params;
  inRange('clusterSizeMin', clusterSizeMin, { from: 2, whole: true });
  inRange('samplesMin', samplesMin, { from: 1, whole: true });
  oneOf('selection', selection, ['excessOfMass', 'leaf']);
  return {
    async fit(data) {
      const { x } = admitPoints(data, Math.max(2, samplesMin));
      const axes = axesOf(x, { winsor, logSkewed });
      const points = pointsOf(x, axes);
      const tree = kdTree(points);
      const core = coreSquares(tree, samplesMin);
      const flat = flatten(condense(spanningTree(tree, core), clusterSizeMin), selection);
      const byRow = (places: Float64Array) => {
        const rows = new Float64Array(places.length);
        places.forEach((value, place) => (rows[tree.rows[place]!] = value));
        return rows;
      };
      const labels = Int32Array.from(byRow(Float64Array.from(flat.labels)));
      const probabilities = byRow(flat.probabilities);
      const { births } = flat;
      const state = { points, core: byRow(core), labels, probabilities, births, samplesMin };
      return hdbscanModel(axes, state);
    },
  };
}

export function loadHdbscan(artifact: Artifact): HdbscanModel {
  const { axes, rows, dimensions, samplesMin } = artifact.meta as unknown as {
    axes: SavedAxis[];
    rows: number;
    dimensions: number;
    samplesMin: number;
  };
  const section = (name: string) => sectionOf(artifact, name, Float64Array);
  return hdbscanModel(axes.map(openAxis), {
    points: { rows, dimensions, values: section('points') },
    core: section('core'),
    labels: sectionOf(artifact, 'labels', Int32Array),
    probabilities: section('probabilities'),
    births: section('births'),
    samplesMin,
  });
}

/** By place: squared distance to the `samplesMin`-th nearest, the point itself being the first. */
function coreSquares(tree: KdTree, samplesMin: number): Float64Array {
  const found = neighbours(samplesMin);
  return Float64Array.from(tree.rows, (_, place) => {
    nearest(tree, tree.values, place * tree.dimensions, found);
    return found.squares[found.count - 1]!;
  });
}

interface State {
  points: Points;
  /** By row, squared. */
  core: Float64Array;
  labels: Int32Array;
  probabilities: Float64Array;
  births: Float64Array;
  samplesMin: number;
}

function hdbscanModel(axes: readonly Axis[], state: State): HdbscanModel {
  const { points: known, core, labels, probabilities, births, samplesMin } = state;
  const k = births.length;
  const columns = schemaOfAxes(axes);
  const points = (x: Frame) => pointsOf(conform(x, columns), axes);
  let tree: KdTree | undefined;
  let members: KdTree[] | undefined;
  return {
    kind: 'hdbscan',
    columns,
    outputs: 1,
    k,
    labels,
    probabilities,
    points,
    predict(x, out) {
      tree ??= kdTree(known);
      const { values, dimensions } = points(x);
      const found = neighbours(Math.min(samplesMin, known.rows));
      for (let row = 0; row < x.rows; row++) {
        nearest(tree, values, row * dimensions, found);
        const { label, square } = reachable(found, tree, core, labels);
        // Sparser than the place where its neighbour's cluster begins: beyond it.
        out[row] = label >= 0 && 1 / Math.sqrt(square) < births[label]! ? -1 : label;
      }
    },
    distances(x, out) {
      members ??= Array.from({ length: k }, (_, cluster) => membersOf(known, labels, cluster));
      const { values, dimensions } = points(x);
      const found = neighbours(1);
      for (let row = 0; row < x.rows; row++)
        members.forEach((own, cluster) => {
          nearest(own, values, row * dimensions, found);
          out[row * k + cluster] = Math.sqrt(found.squares[0]!);
        });
    },
    bytes: () =>
      encodeArtifact({
        kind: 'hdbscan',
        meta: {
          rows: known.rows,
          dimensions: known.dimensions,
          samplesMin,
          axes: axes.map(saveAxis),
        },
        sections: { points: known.values, core, labels, probabilities, births },
      }),
  };
}

/** The neighbour that is reached at the greatest density, the nearest of equals. */
function reachable(
  { places, squares, count }: ReturnType<typeof neighbours>,
  tree: KdTree,
  core: Float64Array,
  labels: Int32Array,
): { label: number; square: number } {
  const dense = squares[count - 1]!;
  let [label, least] = [-1, Infinity];
  for (let i = 0; i < count; i++) {
    const row = tree.rows[places[i]!]!;
    const reach = Math.max(dense, core[row]!, squares[i]!);
    if (reach >= least) continue;
    least = reach;
    label = labels[row]!;
  }
  return { label, square: least };
}

function membersOf(points: Points, labels: Int32Array, cluster: number): KdTree {
  const rows: number[] = [];
  labels.forEach((label, row) => {
    if (label === cluster) rows.push(row);
  });
  return kdTree(takePoints(points, rows));
}
