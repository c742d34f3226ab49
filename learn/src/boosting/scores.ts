import { weightedQuantile } from '../metric/quantile.js';
import { classIndex, type TargetRule } from '../training-data.js';
import { classShares, weightedMean } from '../baseline/constant.js';
import type { TrainingData } from '../estimator.js';
import { lossOf, type Loss, type ObjectiveName } from './objective.js';

/** What the boosting loop asks of a loss over whole columns of raw scores, one column an output. */
export interface Objective {
  outputs: number;
  target: TargetRule;
  link: Loss['link'] | 'softmax';
  /** Every hessian is 1: none is computed or added. */
  unitHessian: boolean;
  renewAt?: number;
  start(data: TrainingData): Float64Array;
  /** First and second derivatives by output, into `gradients` and `hessians`. */
  derive(
    scores: readonly Float64Array[],
    data: TrainingData,
    gradients: readonly Float64Array[],
    hessians: readonly Float64Array[],
  ): void;
  /** Weighted mean loss over some rows. */
  loss(scores: readonly Float64Array[], data: TrainingData, rows: Int32Array): number;
}

export function objectiveOf(
  name: ObjectiveName,
  options: { alpha: number; classes: number },
  data: TrainingData,
): Objective {
  if (name === 'softmax') return softmax(options.classes);
  const residuals = () => {
    const middle = weightedQuantile(data.y, 0.5, data.weights);
    return data.y.map((y) => Math.abs(y - middle));
  };
  const loss = lossOf(name, options.alpha, residuals);
  return {
    outputs: 1,
    target: loss.target,
    link: loss.link,
    unitHessian: loss.unitHessian && !data.weights,
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
function startOf(loss: Loss, { y, weights, offset }: TrainingData): number {
  if (loss.renewAt !== undefined)
    return weightedQuantile(offset ? y.map((v, i) => v - offset[i]!) : y, loss.renewAt, weights);
  let start = loss.start(weightedMean(y, weights));
  if (!offset && loss.link !== 'identity') return start;
  for (let step = 0; step < 20; step++) {
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
    outputs: classes,
    target: classIndex(classes),
    link: 'softmax',
    unitHessian: false,
    start: (data) => classShares(data, classes).map((share) => Math.log(Math.max(share, 1e-9))),
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
