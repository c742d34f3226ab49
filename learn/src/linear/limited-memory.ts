import type { Stop } from '../estimator.js';
import { addProducts, blockArray } from './design.js';
import type { Likelihood } from './likelihood.js';
import { factorise, solveFactorised } from './solve.js';

const REMEMBERED = 10;
const STEPS_MAX = 500;

/**
 * L-BFGS (Liu and Nocedal 1989) whose first guess of the curvature is Böhning's bound, ½ ZᵀZ + l2 for
 * each output (1992), so that the scales of terms do not matter. For more coefficients than a matrix of
 * second derivatives is worth.
 */
export function limitedMemory(
  likelihood: Likelihood,
  start: Float64Array,
  stop: Stop | undefined,
): Float64Array {
  const precondition = bound(likelihood);
  const memory: Pair[] = [];
  let beta = start;
  let gradient: Float64Array = new Float64Array(beta.length);
  let loss = likelihood.derive(beta, gradient);
  for (let step = 0; step < STEPS_MAX && !stop?.stopped; step++) {
    if (gradient.every((value) => Math.abs(value) <= 1e-7 * likelihood.rows)) break;
    const move = direction(memory, gradient, precondition);
    const found = search(likelihood, { beta, gradient, loss }, move);
    if (found === undefined) break;
    const moved = found.beta.map((value, i) => value - beta[i]!);
    const turned = found.gradient.map((value, i) => value - gradient[i]!);
    const curvature = dot(moved, turned);
    if (curvature > 0) memory.push({ moved, turned, curvature });
    if (memory.length > REMEMBERED) memory.shift();
    const gained = loss - found.loss;
    ({ beta, gradient, loss } = found);
    if (gained <= 1e-12 * Math.abs(loss)) break;
  }
  return beta;
}

interface Pair {
  moved: Float64Array;
  turned: Float64Array;
  curvature: number;
}

/** Solves with ½ ZᵀZ + l2, output by output. */
function bound({ design, outputs, l2 }: Likelihood): (gradient: Float64Array) => Float64Array {
  const { size } = design;
  const matrix = new Float64Array(size * size);
  const half = blockArray().fill(0.5);
  design.each((block) => addProducts(design, block, half, matrix));
  for (let i = 0; i < size - 1; i++) matrix[i * size + i]! += l2;
  const factor = factorise(matrix, size);
  return (gradient) => {
    const out = new Float64Array(gradient.length);
    for (let k = 0; k < outputs; k++)
      out.set(solveFactorised(factor, gradient.subarray(k * size, (k + 1) * size)), k * size);
    return out;
  };
}

/** The two loops over what is remembered. */
function direction(
  memory: readonly Pair[],
  gradient: Float64Array,
  precondition: (gradient: Float64Array) => Float64Array,
): Float64Array {
  const rest = gradient.slice();
  const shares = memory.map(() => 0);
  for (let i = memory.length - 1; i >= 0; i--) {
    const { moved, turned, curvature } = memory[i]!;
    const share = (shares[i] = dot(moved, rest) / curvature);
    for (let j = 0; j < rest.length; j++) rest[j]! -= share * turned[j]!;
  }
  const found = precondition(rest);
  memory.forEach(({ moved, turned, curvature }, i) => {
    const share = shares[i]! - dot(turned, found) / curvature;
    for (let j = 0; j < found.length; j++) found[j]! += share * moved[j]!;
  });
  return found.map((value) => -value);
}

interface Place {
  beta: Float64Array;
  gradient: Float64Array;
  loss: number;
}

/** Halves the step until it gains what the slope promises (Armijo 1966). */
function search(likelihood: Likelihood, from: Place, move: Float64Array): Place | undefined {
  const slope = dot(from.gradient, move);
  for (let share = 1; share > 1e-8; share /= 2) {
    const beta = from.beta.map((value, i) => value + share * move[i]!);
    const gradient = new Float64Array(beta.length);
    const loss = likelihood.derive(beta, gradient);
    if (loss <= from.loss + 1e-4 * share * slope) return { beta, gradient, loss };
  }
  return undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
