import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Estimator } from '../estimator.js';
import { conform, type Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { inRange, oneOf } from '../parameters.js';
import { withBlocks } from './blocks.js';
import { expectation, type Expectation } from './expectation.js';
import {
  covarianceKinds,
  parameterCount,
  squaredDistances,
  type CovarianceKind,
  type Gaussians,
} from './gaussians.js';
import { cluster } from './lloyd.js';
import type { ClusterModel } from './model.js';
import { openAxis, saveAxis, type SavedAxis } from './axis-file.js';
import { axesOf, pointsOf, schemaOfAxes, type Axis, type Points } from './points.js';
import { admitPoints } from './admit-points.js';

export interface MixtureParams {
  k: number;
  covariance?: CovarianceKind;
  /** Runs from other beginnings; the likeliest is kept. */
  starts?: number;
  iterationsMax?: number;
  /** Ends when the mean log-likelihood gains less than this. */
  tolerance?: number;
  /** Added to every variance, so that no component shrinks to a point. */
  ridge?: number;
  /** Share of each number's values cut off at both ends. */
  winsor?: number;
  logSkewed?: boolean;
}

export interface MixtureModel extends ClusterModel {
  readonly covariance: CovarianceKind;
  /** k, the heaviest first, summing to 1. */
  readonly weights: Float64Array;
  /** k × dimensions, in the space of `points`. */
  readonly means: Float64Array;
  /** `out` holds rows × k chances of the components, a row summing to 1. */
  probabilities(x: Frame, out: Float64Array): void;
  /** Mean log-likelihood of the rows, in the space of `points`. */
  logLikelihood(x: Frame): number;
  /** Schwarz's criterion on these rows; lower is better. */
  bic(x: Frame): number;
}

export interface MixtureEstimator extends Estimator {
  fit(...args: Parameters<Estimator['fit']>): Promise<MixtureModel>;
}

/** Mixture of normal clusters of any width and slant, from k-means beginnings. Reads numbers only. */
export function mixture(params: MixtureParams): MixtureEstimator {
  const { k, covariance = 'full', starts = 1, iterationsMax = 200, tolerance = 1e-5 } = params;
  const { ridge = 1e-6, winsor = 0.01, logSkewed = true } = params;
  inRange('k', k, { from: 1, whole: true });
  inRange('starts', starts, { from: 1, whole: true });
  inRange('iterationsMax', iterationsMax, { from: 1, whole: true });
  inRange('ridge', ridge, { from: 1e-12 });
  oneOf('covariance', covariance, covarianceKinds);
  return {
    async fit(data, { rng, stop, pool }) {
      const { x, weights } = admitPoints(data, k);
      const category = x.columns.find(({ kind }) => kind === 'category');
      // A density over corners grows without bound on each of them: any level would be a cluster.
      if (category !== undefined)
        throw new TypeError(
          `column ${category.name} is a category, and a mixture of normals reads numbers only; leave it out, or use kPrototypes`,
        );
      const axes = axesOf(x, { winsor, logSkewed });
      const points = pointsOf(x, axes);
      const stopped = () => stop?.stopped === true;
      const beginnings = Array.from(
        { length: starts },
        () =>
          cluster(points, { k, starts: 1, iterationsMax: 30, weights, stopped, pool }, rng).labels,
      );
      const best = withBlocks(points, { pool }, (blocks) => {
        let top: Expectation | undefined;
        for (const labels of beginnings) {
          if (top !== undefined && stopped()) break;
          const options = { k, covariance, iterationsMax, tolerance, ridge, stopped };
          const run = expectation(blocks, weights, labels, options);
          if (top === undefined || run.logLikelihood > top.logLikelihood) top = run;
        }
        return top!;
      });
      return mixtureModel(axes, byWeight(best.gaussians), covariance);
    },
  };
}

export function loadMixture(artifact: Artifact): MixtureModel {
  const { axes, k, dimensions, full, covariance } = artifact.meta as unknown as {
    axes: SavedAxis[];
    k: number;
    dimensions: number;
    full: boolean;
    covariance: CovarianceKind;
  };
  const section = (name: string) => sectionOf(artifact, name, Float64Array);
  const gaussians = {
    k,
    dimensions,
    full,
    weights: section('weights'),
    means: section('means'),
    factors: section('factors'),
    shifts: section('shifts'),
    constants: section('constants'),
  };
  return mixtureModel(axes.map(openAxis), gaussians, covariance);
}

function mixtureModel(
  axes: readonly Axis[],
  gaussians: Gaussians,
  covariance: CovarianceKind,
): MixtureModel {
  const { k, dimensions, full, weights, means, constants, factors, shifts } = gaussians;
  const columns = schemaOfAxes(axes);
  const points = (x: Frame) => pointsOf(conform(x, columns), axes);
  const highest = constants.reduce((most, one) => Math.max(most, one), -Infinity);
  /** Minus twice the log of weight × density, from 0 up. */
  const each = (x: Frame, visit: (squares: Float64Array, row: number) => void) => {
    const places: Points = points(x);
    const squares = new Float64Array(k);
    for (let row = 0; row < x.rows; row++) {
      squaredDistances(gaussians, places, row, squares);
      for (let c = 0; c < k; c++) squares[c]! += 2 * (highest - constants[c]!);
      visit(squares, row);
    }
  };
  const logLikelihood = (x: Frame) => {
    let sum = 0;
    each(x, (squares) => {
      const least = squares[nearestOf(squares)]!;
      const total = squares.reduce((all, one) => all + Math.exp((least - one) / 2), 0);
      sum += highest - least / 2 + Math.log(total);
    });
    return sum / x.rows;
  };
  return {
    kind: 'mixture',
    columns,
    outputs: 1,
    k,
    covariance,
    weights,
    means,
    points,
    predict: (x, out) => each(x, (squares, row) => (out[row] = nearestOf(squares))),
    distances: (x, out) =>
      each(x, (squares, row) => squares.forEach((one, c) => (out[row * k + c] = Math.sqrt(one)))),
    probabilities: (x, out) =>
      each(x, (squares, row) => {
        const least = squares[nearestOf(squares)]!;
        const chances = squares.map((one) => Math.exp((least - one) / 2));
        const total = chances.reduce((sum, one) => sum + one, 0);
        chances.forEach((one, c) => (out[row * k + c] = one / total));
      }),
    logLikelihood,
    bic: (x) =>
      parameterCount(k, dimensions, covariance) * Math.log(x.rows) - 2 * x.rows * logLikelihood(x),
    bytes: () =>
      encodeArtifact({
        kind: 'mixture',
        meta: { k, dimensions, full, covariance, axes: axes.map(saveAxis) },
        sections: { weights, means, factors, shifts, constants },
      }),
  };
}

function nearestOf(squares: Float64Array): number {
  let nearest = 0;
  for (let c = 1; c < squares.length; c++) if (squares[c]! < squares[nearest]!) nearest = c;
  return nearest;
}

/** Components by weight, the heaviest first. */
function byWeight(g: Gaussians): Gaussians {
  const order = Array.from(g.weights.keys()).sort((a, b) => g.weights[b]! - g.weights[a]! || a - b);
  const turned = (values: Float64Array) => {
    const width = values.length / g.k;
    const sorted = new Float64Array(values.length);
    order.forEach((c, at) => sorted.set(values.subarray(c * width, (c + 1) * width), at * width));
    return sorted;
  };
  return {
    ...g,
    weights: turned(g.weights),
    means: turned(g.means),
    factors: turned(g.factors),
    shifts: turned(g.shifts),
    constants: turned(g.constants),
  };
}
