import type { Rng } from '../random.js';
import { cholesky, inverseFactored, solveFactored } from './solve.js';
import { drawArm } from './thompson.js';

export interface ArmDecision {
  arm: number;
  /** One an arm, summing to 1. */
  propensities: Float64Array;
}

/**
 * The best arm so far, and any arm with probability ε: what a bandit must beat.
 * @param rewards mean reward of each arm so far
 */
export function epsilonGreedy(
  rewards: ArrayLike<number>,
  { epsilon = 0.1, rng }: { epsilon?: number; rng: Rng },
): ArmDecision {
  if (rewards.length === 0) throw new Error('there is no arm to choose from');
  const best = Array.from(rewards).reduce(
    (top, reward, arm) => (reward > rewards[top]! ? arm : top),
    0,
  );
  const propensities = new Float64Array(rewards.length).fill(epsilon / rewards.length);
  propensities[best]! += 1 - epsilon;
  return { arm: drawArm(propensities, rng), propensities };
}

/** Linear reward of a context, one regression for all arms. Plain immutable data. */
export interface LinUcb {
  /** Rows of I × ridge + Σ x xᵀ. */
  gram: readonly (readonly number[])[];
  /** Σ reward × x */
  moments: readonly number[];
}

export const createLinUcb = (dimensions: number, ridge = 1): LinUcb => ({
  gram: Array.from({ length: dimensions }, (_, i) =>
    Array.from({ length: dimensions }, (_, j) => (i === j ? ridge : 0)),
  ),
  moments: Array.from({ length: dimensions }, () => 0),
});

/**
 * The arm of the highest upper confidence bound (Li et al., 2010). It is deterministic, so its log
 * cannot be evaluated off policy: the propensity of its arm is 1.
 * @param arms features of each arm
 */
export function chooseLinUcb(
  { gram, moments }: LinUcb,
  arms: readonly (readonly number[])[],
  alpha = 1,
): ArmDecision {
  if (arms.length === 0) throw new Error('there is no arm to choose from');
  const n = moments.length;
  const factor = cholesky(Float64Array.from(gram.flat()), n);
  const theta = solveFactored(factor, moments);
  const inverse = inverseFactored(factor, n);
  const bound = (x: readonly number[]) => {
    let mean = 0;
    let variance = 0;
    for (let i = 0; i < n; i++) {
      mean += theta[i]! * x[i]!;
      for (let j = 0; j < n; j++) variance += x[i]! * inverse[i * n + j]! * x[j]!;
    }
    return mean + alpha * Math.sqrt(variance);
  };
  const bounds = arms.map(bound);
  const arm = bounds.reduce((best, value, i) => (value > bounds[best]! ? i : best), 0);
  const propensities = new Float64Array(arms.length);
  propensities[arm] = 1;
  return { arm, propensities };
}

export const updateLinUcb = (
  { gram, moments }: LinUcb,
  x: readonly number[],
  reward: number,
): LinUcb => ({
  gram: gram.map((row, i) => row.map((value, j) => value + x[i]! * x[j]!)),
  moments: moments.map((value, i) => value + reward * x[i]!),
});
