import type { Stop, TrainingData } from '../estimator.js';
import { rowReader, type Encoder } from './encoder.js';
import { solveSymmetric } from './solve.js';

/** A likelihood of linear predictors: `scores` holds one an output. */
export interface Family {
  outputs: number;
  /** Minus the log likelihood of one row, up to a constant. */
  loss(scores: Float64Array, y: number): number;
  /** First derivatives by output, and second ones as outputs × outputs. */
  derive(scores: Float64Array, y: number, first: Float64Array, second: Float64Array): void;
}

export interface NewtonJob {
  encoder: Encoder;
  data: TrainingData;
  family: Family;
  l2: number;
  stop?: Stop | undefined;
}

/**
 * Penalised maximum likelihood by Newton's method with halved steps: iteratively reweighted least
 * squares (McCullagh and Nelder 1989). Minimises Σ w loss + l2 |β|² / 2 from `start`, intercepts
 * free; ends when the gradient is 0 to nine digits or `stop` says so. Changes and returns `start`:
 * outputs × (terms + 1).
 */
export function newton(job: NewtonJob, start: Float64Array): Float64Array {
  let beta = start;
  let current = derivatives(job, beta);
  for (let step = 0; step < 50; step++) {
    if (job.stop?.stopped || isFlat(current, job)) break;
    const move = solveSymmetric(current.hessian, current.gradient, beta.length);
    let size = 1;
    let next = beta;
    let nextLoss = Infinity;
    for (; size > 1e-6; size /= 2) {
      const share = size;
      next = beta.map((value, i) => value - share * move[i]!);
      nextLoss = lossAt(job, next);
      if (nextLoss <= current.loss) break;
    }
    if (!(nextLoss <= current.loss)) break;
    const gained = current.loss - nextLoss;
    beta = next;
    current = derivatives(job, beta);
    if (gained <= 1e-14 * Math.abs(nextLoss)) break;
  }
  return beta;
}

interface Derivatives {
  loss: number;
  gradient: Float64Array;
  /** Lower triangle. */
  hessian: Float64Array;
}

const isFlat = ({ gradient }: Derivatives, { data }: NewtonJob) =>
  gradient.every((value) => Math.abs(value) <= 1e-9 * data.x.rows);

function derivatives(job: NewtonJob, beta: Float64Array): Derivatives {
  const { family, l2, encoder } = job;
  const size = encoder.terms + 1;
  const n = beta.length;
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  const first = new Float64Array(family.outputs);
  const second = new Float64Array(family.outputs ** 2);
  let loss = 0;
  eachRow(job, beta, (scores, y, weight, terms, values, count) => {
    loss += weight * family.loss(scores, y);
    family.derive(scores, y, first, second);
    for (let k = 0; k < family.outputs; k++) {
      for (let i = 0; i < count; i++)
        gradient[k * size + terms[i]!]! += weight * first[k]! * values[i]!;
      for (let l = 0; l <= k; l++) {
        const curvature = weight * second[k * family.outputs + l]!;
        for (let i = 0; i < count; i++) {
          const at = (k * size + terms[i]!) * n + l * size;
          const scaled = curvature * values[i]!;
          const last = l === k ? i + 1 : count;
          for (let j = 0; j < last; j++) hessian[at + terms[j]!]! += scaled * values[j]!;
        }
      }
    }
  });
  for (let i = 0; i < n; i++) {
    if (i % size === size - 1) continue;
    loss += (l2 / 2) * beta[i]! * beta[i]!;
    gradient[i]! += l2 * beta[i]!;
    hessian[i * n + i]! += l2;
  }
  return { loss, gradient, hessian };
}

function lossAt(job: NewtonJob, beta: Float64Array): number {
  const size = job.encoder.terms + 1;
  let loss = 0;
  eachRow(job, beta, (scores, y, weight) => (loss += weight * job.family.loss(scores, y)));
  beta.forEach((value, i) => {
    if (i % size !== size - 1) loss += (job.l2 / 2) * value * value;
  });
  return loss;
}

/** Terms of a row end with the intercept. */
function eachRow(
  { encoder, data, family }: NewtonJob,
  beta: Float64Array,
  visit: (
    scores: Float64Array,
    y: number,
    weight: number,
    terms: Int32Array,
    values: Float64Array,
    count: number,
  ) => void,
): void {
  const size = encoder.terms + 1;
  const reader = rowReader(encoder, data.x, null);
  const terms = new Int32Array(size);
  const values = new Float64Array(size);
  const scores = new Float64Array(family.outputs);
  for (let row = 0; row < data.x.rows; row++) {
    const count = reader.read(row);
    for (let i = 0; i < count; i++) {
      terms[i] = reader.terms[i]!;
      values[i] = reader.values[i]!;
    }
    terms[count] = encoder.terms;
    values[count] = 1;
    for (let k = 0; k < family.outputs; k++) {
      let score = data.offset ? data.offset[row]! : 0;
      for (let i = 0; i <= count; i++) score += beta[k * size + terms[i]!]! * values[i]!;
      scores[k] = score;
    }
    const weight = data.weights ? data.weights[row]! : 1;
    visit(scores, data.y[row]!, weight, terms, values, count + 1);
  }
}
