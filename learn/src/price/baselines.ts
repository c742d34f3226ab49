import type { Rng } from '../random.js';
import { cholesky, inverseFactored, solveFactored } from './solve.js';
import { drawArm } from './vote.js';

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
  const best = argmax(rewards);
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
  const arm = argmax(arms.map(bound));
  const propensities = new Float64Array(arms.length);
  propensities[arm] = 1;
  return { arm, propensities };
}

/**
 * @param keep share of what was learned that stays, below 1 in a market that changes (Russac, Vernade
 * and Cappé, 2019); the ridge stays whole
 */
export const updateLinUcb = (
  { gram, moments }: LinUcb,
  x: readonly number[],
  reward: number,
  { keep = 1, ridge = 1 }: { keep?: number; ridge?: number } = {},
): LinUcb => ({
  gram: gram.map((row, i) =>
    row.map((value, j) => keep * value + (i === j ? (1 - keep) * ridge : 0) + x[i]! * x[j]!),
  ),
  moments: moments.map((value, i) => keep * value + reward * x[i]!),
});

/**
 * SquareCB (Foster and Rakhlin, 2020): any regression of rewards becomes a policy by inverse gap
 * weighting; the arm that looks best takes what is left.
 * @param rewards foretold of each arm
 * @param gamma how greedy: about √(arms × rounds ÷ squared error of the regression)
 */
export function squareCb(
  rewards: ArrayLike<number>,
  { gamma, rng }: { gamma: number; rng: Rng },
): ArmDecision {
  const arms = rewards.length;
  if (arms === 0) throw new Error('there is no arm to choose from');
  if (!(gamma >= 0)) throw new RangeError(`gamma is ${gamma}, expected 0 or more`);
  const best = argmax(rewards);
  const propensities = Float64Array.from(
    rewards,
    (reward) => 1 / (arms + gamma * (rewards[best]! - reward)),
  );
  const rest = propensities.reduce((sum, share, arm) => (arm === best ? sum : sum + share), 0);
  propensities[best] = 1 - rest;
  return { arm: drawArm(propensities, rng), propensities };
}

/** The first of the largest. */
const argmax = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((top, value, arm) => (value > values[top]! ? arm : top), 0);
