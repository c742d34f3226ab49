import { seeded, type Rng } from '../random.js';
import { dot, featuresOf, type DemandPosterior } from './demand-posterior.js';
import type { Objective } from './risk.js';
import { cholesky } from './solve.js';
import { drawArm, voteArms } from './vote.js';

export interface DecideRequest {
  posterior: DemandPosterior;
  /** Prices that keep the guardrails, as from `priceGrid`. */
  grid: ArrayLike<number>;
  cost: number;
  context?: Record<string, number>;
  objective?: Objective;
  /** Beliefs drawn to measure the propensities. */
  draws?: number;
  /** Probability shared by all arms, so that none is impossible to evaluate later. */
  exploration?: number;
  rng: Rng;
}

export interface Decision {
  /** Index into the grid. */
  arm: number;
  price: number;
  /**
   * One an arm, summing to 1: the probabilities with which this arm was drawn, not an estimate of
   * them.
   */
  propensities: Float64Array;
  /** `decide` with `seeded(seed)` in place of the draws gives the same answer: see `replay`. */
  seed: number;
}

/**
 * Thompson sampling (1933) over prices: each drawn belief votes for its best price, and the arm is
 * drawn from the share of votes mixed with a little exploration.
 */
export const decide = (request: DecideRequest): Decision =>
  replay(request, request.rng.below(2 ** 31));

/** The decision that a logged seed led to. */
export function replay(request: Omit<DecideRequest, 'rng'>, seed: number): Decision {
  const { posterior, grid, cost, context, objective = 'margin' } = request;
  const { draws = 1000, exploration = 0.02 } = request;
  if (grid.length === 0) throw new Error('the price grid is empty; the guardrails leave no price');
  const rng = seeded(seed);
  const arms = Array.from(grid, (price) => featuresOf(posterior, price, context));
  const worth = Array.from(grid, (price) =>
    objective === 'units' ? 1 : objective === 'revenue' ? price : price - cost,
  );
  const n = posterior.mean.length;
  const factor = cholesky(Float64Array.from(posterior.covariance.flat()), n);
  const propensities = voteArms(arms.length, { draws, exploration }, () => {
    const belief = drawBelief(posterior.mean, factor, rng);
    return (arm) => worth[arm]! * Math.exp(dot(belief, arms[arm]!));
  });
  const arm = drawArm(propensities, rng);
  return { arm, price: grid[arm]!, propensities, seed };
}

/**
 * Decisions of many items at once: each has its own stream, so that the order in which they are asked
 * does not matter, nor which others are.
 */
export const decideBatch = (
  requests: readonly (Omit<DecideRequest, 'rng'> & { id: string })[],
  rng: Rng,
): (Decision & { id: string })[] =>
  requests.map(({ id, ...request }) => ({
    id,
    ...decide({ ...request, rng: rng.fork(`decision ${id}`) }),
  }));

function drawBelief(mean: readonly number[], factor: Float64Array, rng: Rng): number[] {
  const n = mean.length;
  const normals = mean.map(() => rng.normal());
  return mean.map((value, i) => {
    let sum = value;
    for (let k = 0; k <= i; k++) sum += factor[i * n + k]! * normals[k]!;
    return sum;
  });
}
