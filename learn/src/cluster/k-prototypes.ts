import { encodeArtifact, type Artifact } from '../artifact.js';
import { conform, type Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { inRange } from '../parameters.js';
import { admitPoints } from './admit-points.js';
import { openAxis, saveAxis, type SavedAxis } from './axis-file.js';
import type { ClusterEstimator, ClusterModel } from './model.js';
import { axesOf, pointsOf, schemaOfAxes, type Axis } from './points.js';
import {
  fitPrototypes,
  mixedSquare,
  nearestPrototype,
  type MixedPoints,
  type Prototypes,
} from './prototypes.js';

export interface KPrototypesParams {
  k: number;
  /** What another level of a category costs, in squared deviations of a number. */
  gamma?: number;
  /** Runs from other beginnings; the best is kept. */
  starts?: number;
  iterationsMax?: number;
  /** Share of each number's values cut off at both ends. */
  winsor?: number;
  logSkewed?: boolean;
}

/**
 * Clusters of rows with numbers and categories: means of the ones, commonest levels of the others
 * (Huang, 1998). `y` is ignored.
 */
export function kPrototypes(params: KPrototypesParams): ClusterEstimator {
  const { k, gamma = 0.5, starts = 8, iterationsMax = 100 } = params;
  const { winsor = 0.01, logSkewed = true } = params;
  inRange('k', k, { from: 1, whole: true });
  inRange('gamma', gamma, { from: 0 });
  inRange('starts', starts, { from: 1, whole: true });
  return {
    async fit(data, { rng, stop }) {
      const { x, weights } = admitPoints(data, k);
      const axes = axesOf(x, { winsor, logSkewed });
      const options = { k, gamma, starts, iterationsMax, stopped: () => stop?.stopped === true };
      return prototypeModel(axes, fitPrototypes(mixedOf(x, axes), weights, options, rng));
    },
  };
}

export function loadKPrototypes(artifact: Artifact): ClusterModel {
  const { axes, k, gamma } = artifact.meta as unknown as {
    axes: SavedAxis[];
    k: number;
    gamma: number;
  };
  const means = sectionOf(artifact, 'means', Float64Array);
  const modes = sectionOf(artifact, 'modes', Int32Array);
  return prototypeModel(axes.map(openAxis), { k, gamma, means, modes });
}

function prototypeModel(axes: readonly Axis[], prototypes: Prototypes): ClusterModel {
  const { k, means, modes, gamma } = prototypes;
  const columns = schemaOfAxes(axes);
  const mixed = (x: Frame) => mixedOf(conform(x, columns), axes);
  return {
    kind: 'kPrototypes',
    columns,
    outputs: 1,
    k,
    points: (x) => pointsOf(conform(x, columns), axes),
    predict(x, out) {
      const points = mixed(x);
      for (let row = 0; row < x.rows; row++) out[row] = nearestPrototype(points, row, prototypes);
    },
    distances(x, out) {
      const points = mixed(x);
      for (let row = 0; row < x.rows; row++)
        for (let c = 0; c < k; c++)
          out[row * k + c] = Math.sqrt(mixedSquare(points, row, prototypes, c));
    },
    bytes: () =>
      encodeArtifact({
        kind: 'kPrototypes',
        meta: { k, gamma, axes: axes.map(saveAxis) },
        sections: { means, modes },
      }),
  };
}

/** @param x conformed to the axes */
function mixedOf(x: Frame, axes: readonly Axis[]): MixedPoints {
  const numeric = axes.filter(({ kind }) => kind === 'number');
  const numbers = pointsOf(
    { rows: x.rows, columns: x.columns.filter(({ kind }) => kind === 'number') },
    numeric,
  );
  const levels = x.columns.flatMap((column) => (column.kind === 'category' ? [column.codes] : []));
  const codes = new Int32Array(x.rows * levels.length);
  levels.forEach((own, j) => own.forEach((code, row) => (codes[row * levels.length + j] = code)));
  return { numbers, codes, categories: levels.length };
}
