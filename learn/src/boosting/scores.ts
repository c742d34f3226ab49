import { weightedQuantile } from '../metric/quantile.js';
import { anyNumber, classIndex, type TargetRule, type Targets } from '../training-data.js';
import { classShares, weightedMean } from '../baseline/constant.js';
import { losses } from '../kernel/boosting/operations.js';
import type { KernelLoss } from './grower.js';
import { lossOf, type Loss, type ObjectiveName } from './objective.js';
import { lambdarank } from './ranking.js';

/** What the boosting loop asks of a loss over whole columns of raw scores, one column an output. */
export interface Objective {
  /** Stored with the model. */
  name: string;
  outputs: number;
  target: TargetRule;
  link: Loss['link'] | 'softmax';
  /** Every hessian is 1: none is computed or added. */
  unitHessian: boolean;
  renewAt?: number;
  /** Raw scores that fit best before the first tree, one an output. */
  start(data: Targets): Float64Array;
  /** First and second derivatives by output, into `gradients` and `hessians`. */
  derive(
    scores: readonly Float64Array[],
    data: Targets,
    gradients: readonly Float64Array[],
    hessians: readonly Float64Array[],
  ): void;
  /** The kernel that derives the same, where there is one. */
  kernel?: KernelLoss;
  /** Weighted mean loss over some rows. */
  loss(scores: readonly Float64Array[], data: Targets, rows: Int32Array): number;
}

/**
 * A loss of the caller's own, in whole columns. `derive` writes the weighted first and second
 * derivatives of each row; the second must be above 0 where the row should count.
 */
export interface OwnObjective extends Pick<Objective, 'name' | 'start' | 'derive' | 'loss'> {
  /** From raw score to prediction; identity by default. */
  link?: Objective['link'];
  /** Raw scores a row; 1 by default. */
  outputs?: number;
  /** What y must be; any finite number by default. */
  target?: TargetRule;
}

export interface ObjectiveOptions {
  alpha: number;
  classes: number;
  /** Places at the top of a list that lambdarank looks at. */
  rankedAt: number;
}

export const outputsOf = (objective: ObjectiveName | OwnObjective, classes: number): number =>
  typeof objective === 'string'
    ? objective === 'softmax'
      ? classes
      : 1
    : (objective.outputs ?? 1);

export function objectiveOf(
  named: ObjectiveName | OwnObjective,
  options: ObjectiveOptions,
  data: Targets,
): Objective {
  if (typeof named !== 'string')
    return { link: 'identity', outputs: 1, target: anyNumber, ...named, unitHessian: false };
  if (named === 'softmax') return softmax(options.classes);
  if (named === 'lambdarank') return lambdarank(options.rankedAt, data);
  const residuals = () => {
    const middle = weightedQuantile(data.y, 0.5, data.weights);
    return data.y.map((y) => Math.abs(y - middle));
  };
  return rowWise(named, lossOf(named, options.alpha, residuals), data.weights !== undefined);
}

const isKernelLoss = (name: string): name is keyof typeof losses => Object.hasOwn(losses, name);

function rowWise(name: string, loss: Loss, weighted: boolean): Objective {
  return {
    name,
    outputs: 1,
    target: loss.target,
    link: loss.link,
    unitHessian: loss.unitHessian && !weighted,
    ...(isKernelLoss(name) && { kernel: name }),
    ...(loss.renewAt !== undefined && { renewAt: loss.renewAt }),
    start: (rows) => Float64Array.of(startOf(loss, rows)),
    derive: ([scores], { y, weights }, [gradients], [hessians]) => {
      for (let row = 0; row < y.length; row++) {
        const weight = weights ? weights[row]! : 1;
        gradients![row] = weight * loss.gradient(scores![row]!, y[row]!);
        if (hessians) hessians[row] = weight * loss.hessian(scores![row]!, y[row]!);
      }
    },
    loss: ([scores], { y, weights }, rows) =>
      meanOver(rows, weights, (row) => loss.loss(scores![row]!, y[row]!)),
  };
}

/** The constant that fits best: exact without an offset, by Newton's method from there with one. */
function startOf(loss: Loss, { y, weights, offset }: Targets): number {
  if (loss.renewAt !== undefined)
    return weightedQuantile(offset ? y.map((v, i) => v - offset[i]!) : y, loss.renewAt, weights);
  let start = loss.start(weightedMean(y, weights));
  if (!offset && loss.link !== 'identity') return start;
  for (let step = 0; step < 50; step++) {
    let gradient = 0;
    let hessian = 0;
    for (let row = 0; row < y.length; row++) {
      const weight = weights ? weights[row]! : 1;
      const score = start + (offset ? offset[row]! : 0);
      gradient += weight * loss.gradient(score, y[row]!);
      hessian += weight * loss.hessian(score, y[row]!);
    }
    const move = Math.min(Math.max(gradient / hessian, -1e9), 1e9);
    start -= move;
    if (Math.abs(move) <= 1e-12 * (1 + Math.abs(start))) break;
  }
  return start;
}

/** Multinomial log loss, one tree a class a round (Friedman 2001). */
function softmax(classes: number): Objective {
  const scratch = new Float64Array(classes);
  return {
    name: 'softmax',
    kernel: 'softmax',
    outputs: classes,
    target: classIndex(classes),
    link: 'softmax',
    unitHessian: false,
    start: (data) => startOfClasses(data, classes),
    derive(scores, { y, weights }, gradients, hessians) {
      // Friedman's factor: the sum of scores is free, so that each may move a little further.
      const factor = classes / (classes - 1);
      for (let row = 0; row < y.length; row++) {
        const weight = weights ? weights[row]! : 1;
        for (let k = 0; k < classes; k++) scratch[k] = scores[k]![row]!;
        softmaxInPlace(scratch, 0, classes);
        for (let k = 0; k < classes; k++) {
          const p = scratch[k]!;
          gradients[k]![row] = weight * (p - (y[row] === k ? 1 : 0));
          hessians[k]![row] = weight * factor * Math.max(p * (1 - p), 1e-16);
        }
      }
    },
    loss: (scores, { y, weights }, rows) =>
      meanOver(rows, weights, (row) => {
        for (let k = 0; k < classes; k++) scratch[k] = scores[k]![row]!;
        softmaxInPlace(scratch, 0, classes);
        return -Math.log(Math.max(scratch[y[row]!]!, 1e-300));
      }),
  };
}

/**
 * Logarithms of the classes' shares; with an offset moved until the mean probabilities are those
 * shares, where the gradient is zero (iterative scaling, Darroch and Ratcliff 1972).
 */
function startOfClasses(data: Targets, classes: number): Float64Array {
  const { weights, offset } = data;
  const shares = classShares(data, classes);
  const start = shares.map((share) => Math.log(Math.max(share, 1e-9)));
  if (!offset) return start;
  const scratch = new Float64Array(classes);
  const rows = data.y.length;
  for (let step = 0; step < 100; step++) {
    const means = new Float64Array(classes);
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const weight = weights ? weights[row]! : 1;
      for (let k = 0; k < classes; k++) scratch[k] = start[k]! + offset[row * classes + k]!;
      softmaxInPlace(scratch, 0, classes);
      for (let k = 0; k < classes; k++) means[k]! += weight * scratch[k]!;
      total += weight;
    }
    let most = 0;
    for (let k = 0; k < classes; k++) {
      if (shares[k] === 0) continue;
      const move = Math.log((shares[k]! * total) / means[k]!);
      start[k]! += move;
      most = Math.max(most, Math.abs(move));
    }
    if (most < 1e-10) break;
  }
  return start;
}

/** Scores at `at` become probabilities. */
export function softmaxInPlace(scores: Float64Array, at: number, classes: number): void {
  let highest = -Infinity;
  for (let k = at; k < at + classes; k++) highest = Math.max(highest, scores[k]!);
  let sum = 0;
  for (let k = at; k < at + classes; k++) sum += scores[k] = Math.exp(scores[k]! - highest);
  for (let k = at; k < at + classes; k++) scores[k]! /= sum;
}

function meanOver(
  rows: Int32Array,
  weights: Float64Array | undefined,
  of: (row: number) => number,
): number {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const weight = weights ? weights[row]! : 1;
    sum += weight * of(row);
    total += weight;
  }
  return sum / total;
}
