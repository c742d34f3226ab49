import type { Stop, TrainingData } from '../estimator.js';
import {
  addProducts,
  addScores,
  addTarget,
  blockArray,
  designOf,
  type Block,
  type Design,
} from './design.js';
import type { Encoder } from './encoder.js';

/** A likelihood of linear predictors: `scores` holds one an output. */
export interface Family {
  outputs: number;
  /** Minus the log likelihood of one row, up to a constant. */
  loss(scores: Float64Array, y: number): number;
  /** First derivatives by output, and second ones as outputs × outputs, the lower triangle. */
  derive(scores: Float64Array, y: number, first: Float64Array, second: Float64Array): void;
}

export interface LikelihoodJob {
  encoder: Encoder;
  data: TrainingData;
  family: Family;
  l2: number;
  /** Penalty on absolute values. */
  l1?: number;
  stop?: Stop | undefined;
}

/**
 * What is minimised: Σ w loss + l2 |β|² / 2, intercepts free. Coefficients are outputs × size, the
 * intercept last of each.
 */
export interface Likelihood {
  design: Design;
  outputs: number;
  rows: number;
  l2: number;
  l1: number;
  loss(beta: Float64Array): number;
  /** The loss, and its derivatives into `gradient` (and `hessian`, the lower triangle of n × n). */
  derive(beta: Float64Array, gradient: Float64Array, hessian?: Float64Array): number;
}

export function likelihoodOf({ encoder, data, family, l2, l1 = 0 }: LikelihoodJob): Likelihood {
  const design = designOf(encoder, data.x);
  const { size } = design;
  const { outputs } = family;
  const { first, second, visit } = visitorOf(design, data, family);
  const square = new Float64Array(size * size);
  const addHessian = (block: Block, hessian: Float64Array) => {
    for (let k = 0; k < outputs; k++)
      for (let l = 0; l <= k; l++) {
        square.fill(0);
        addProducts(design, block, second[k * outputs + l]!, square);
        scatter(square, size, hessian, { n: outputs * size, row: k * size, column: l * size });
      }
  };
  return {
    design,
    outputs,
    rows: data.x.rows,
    l2,
    l1,
    loss(beta) {
      let loss = 0;
      design.each((block) => (loss += visit(block, beta, false)));
      return loss + ridge(beta, size, l2);
    },
    derive(beta, gradient, hessian) {
      gradient.fill(0);
      hessian?.fill(0);
      let loss = 0;
      design.each((block) => {
        loss += visit(block, beta, true);
        for (let k = 0; k < outputs; k++)
          addTarget(design, block, first[k]!, gradient.subarray(k * size, (k + 1) * size));
        if (hessian) addHessian(block, hessian);
      });
      const n = beta.length;
      for (let i = 0; i < n; i++) {
        if (i % size === size - 1) continue;
        gradient[i]! += l2 * beta[i]!;
        if (hessian) hessian[i * n + i]! += l2;
      }
      return loss + ridge(beta, size, l2);
    },
  };
}

/** Answers the loss of a block's rows; when `deep`, `first` and `second` hold their derivatives. */
function visitorOf(design: Design, { y, weights, offset }: TrainingData, family: Family) {
  const { outputs } = family;
  const arrays = (count: number) => Array.from({ length: count }, blockArray);
  const scores = arrays(outputs);
  const first = arrays(outputs);
  const second = arrays(outputs * outputs);
  const ownScores = new Float64Array(outputs);
  const ownFirst = new Float64Array(outputs);
  const ownSecond = new Float64Array(outputs * outputs);
  const visit = (block: Block, beta: Float64Array, deep: boolean): number => {
    const { start, count } = block;
    scores.forEach((values, k) => {
      for (let r = 0; r < count; r++) values[r] = offset ? offset[start + r]! : 0;
      addScores(design, block, beta, k * design.size, values);
    });
    let loss = 0;
    for (let r = 0; r < count; r++) {
      for (let k = 0; k < outputs; k++) ownScores[k] = scores[k]![r]!;
      const weight = weights ? weights[start + r]! : 1;
      loss += weight * family.loss(ownScores, y[start + r]!);
      if (!deep) continue;
      family.derive(ownScores, y[start + r]!, ownFirst, ownSecond);
      for (let k = 0; k < outputs; k++) first[k]![r] = weight * ownFirst[k]!;
      for (let kl = 0; kl < ownSecond.length; kl++) second[kl]![r] = weight * ownSecond[kl]!;
    }
    return loss;
  };
  return { first, second, visit };
}

function ridge(beta: Float64Array, size: number, l2: number): number {
  let sum = 0;
  beta.forEach((value, i) => (sum += i % size === size - 1 ? 0 : value * value));
  return (l2 / 2) * sum;
}

/** Adds a symmetric block, of which the lower triangle is known, to the lower triangle of a matrix. */
function scatter(
  square: Float64Array,
  size: number,
  matrix: Float64Array,
  { n, row, column }: { n: number; row: number; column: number },
): void {
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const value = square[i * size + j]!;
      if (value === 0) continue;
      matrix[(row + i) * n + column + j]! += value;
      if (row !== column && i !== j) matrix[(row + j) * n + column + i]! += value;
    }
}
