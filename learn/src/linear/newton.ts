import { limitedMemory } from './limited-memory.js';
import { likelihoodOf, type Likelihood, type LikelihoodJob } from './likelihood.js';
import { proximalStep } from './proximal.js';
import { solveSymmetric } from './solve.js';

/** Above this many coefficients a matrix of second derivatives costs more than it saves. */
const MATRIX_MAX = 800;
const STEPS_MAX = 100;

/**
 * Penalised maximum likelihood: minimises Σ w loss + l2 |β|² / 2 + l1 |β|₁ from `start`, intercepts
 * free. Newton's method with halved steps, which is iteratively reweighted least squares (McCullagh
 * and Nelder 1989); with l1 each step is taken by coordinate descent on the quadratic (Friedman,
 * Hastie and Tibshirani 2010); with very many coefficients curvature is learned on the way instead.
 * Ends when nothing is gained any more, or when `stop` says so. Returns outputs × (terms + 1).
 */
export function newton(job: LikelihoodJob, start: Float64Array): Float64Array {
  const likelihood = likelihoodOf(job);
  if (start.length > MATRIX_MAX && likelihood.l1 === 0)
    return limitedMemory(likelihood, start, job.stop);
  const n = start.length;
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  const penalty = (beta: Float64Array) => absolute(likelihood, beta);
  let beta = start;
  for (let step = 0; step < STEPS_MAX && !job.stop?.stopped; step++) {
    const current = likelihood.derive(beta, gradient, hessian) + penalty(beta);
    if (isFlat(likelihood, gradient)) break;
    const move =
      likelihood.l1 > 0
        ? proximalStep(likelihood, beta, gradient, hessian)
        : solveSymmetric(hessian, gradient, n).map((value) => -value);
    const found = halved(beta, move, (next) => likelihood.loss(next) + penalty(next), current);
    if (found === undefined) break;
    beta = found.beta;
    if (current - found.loss <= 1e-13 * Math.abs(found.loss)) break;
  }
  return beta;
}

/** The longest of a step and its halves that does not lose. */
function halved(
  beta: Float64Array,
  move: Float64Array,
  lossOf: (beta: Float64Array) => number,
  current: number,
): { beta: Float64Array; loss: number } | undefined {
  for (let share = 1; share > 1e-6; share /= 2) {
    const next = beta.map((value, i) => value + share * move[i]!);
    const loss = lossOf(next);
    if (loss <= current) return { beta: next, loss };
  }
  return undefined;
}

function absolute({ design: { size }, l1 }: Likelihood, beta: Float64Array): number {
  if (l1 === 0) return 0;
  let sum = 0;
  beta.forEach((value, i) => (sum += i % size === size - 1 ? 0 : Math.abs(value)));
  return l1 * sum;
}

/** Without l1 only: with it a coefficient may rest where the gradient is not 0. */
const isFlat = ({ l1, rows }: Likelihood, gradient: Float64Array) =>
  l1 === 0 && gradient.every((value) => Math.abs(value) <= 1e-10 * rows);
