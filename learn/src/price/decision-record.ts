import type { Decision } from './thompson.js';
import type { LoggedDecisions } from './off-policy.js';
import type { Objective } from './risk.js';

/** One decision as it is logged, so that another policy can be judged on it later. Travels as JSON. */
export interface DecisionRecord {
  id: string;
  context: Readonly<Record<string, number>>;
  /** The action set: prices that could have been drawn, ascending. */
  prices: readonly number[];
  /** One a price, summing to 1. */
  propensities: readonly number[];
  /** Index of the price that was drawn. */
  arm: number;
  /** Of one unit. */
  cost: number;
  objective: Objective;
  /** Name and version of the policy that drew. */
  policy: string;
  seed: number;
}

/** What came of a decision; those that have not come yet are absent. */
export interface DecisionOutcome {
  id: string;
  /** In the objective of the decision. */
  reward: number;
}

/** The record of a decision with what it was asked. */
export const recordDecision = (
  { arm, propensities, seed }: Pick<Decision, 'arm' | 'propensities' | 'seed'>,
  {
    grid,
    context = {},
    ...rest
  }: Pick<DecisionRecord, 'id' | 'cost' | 'objective' | 'policy'> & {
    grid: ArrayLike<number>;
    context?: Record<string, number>;
  },
): DecisionRecord => ({
  ...rest,
  context,
  prices: Array.from(grid),
  propensities: Array.from(propensities),
  arm,
  seed,
});

/**
 * The log of decisions whose outcome is known, as another policy would have it. What is late is left
 * out: say so where outcomes of dear prices come later than those of cheap ones.
 * @param target shares that the policy to evaluate gives to the prices of a record
 * @param modelled a model's reward of each price of a record
 */
export function loggedDecisions(
  records: readonly DecisionRecord[],
  outcomes: readonly DecisionOutcome[],
  target: (record: DecisionRecord) => ArrayLike<number>,
  modelled?: (record: DecisionRecord) => ArrayLike<number>,
): LoggedDecisions {
  const rewardOf = new Map(outcomes.map(({ id, reward }) => [id, reward]));
  const known = records.filter(({ id }) => rewardOf.has(id));
  const shares = known.map((record) => sharesOf(record, target(record)));
  const models = modelled && known.map((record) => modelled(record));
  const of = (value: (record: DecisionRecord, row: number) => number) =>
    Float64Array.from(known, value);
  return {
    rewards: of(({ id }) => rewardOf.get(id)!),
    propensities: of(({ propensities, arm }) => propensities[arm]!),
    target: of(({ arm }, row) => shares[row]![arm]!),
    ...(models && {
      modelled: {
        logged: of(({ arm }, row) => models[row]![arm]!),
        expected: of(({ prices }, row) =>
          prices.reduce((sum, _, arm) => sum + shares[row]![arm]! * models[row]![arm]!, 0),
        ),
      },
    }),
  };
}

/**
 * The same for a policy that names one price, of records over a price grid: decisions count by how
 * near their price came, under an Epanechnikov kernel in log price (Kallus and Zhou, 2018), with the
 * propensity smoothed over the grid by the same kernel, so that the ends of the grid are not biased.
 * @param price of the policy to evaluate
 * @param bandwidth in log price: 0.05 counts prices up to 5 % away
 */
export function kernelDecisions(
  records: readonly DecisionRecord[],
  outcomes: readonly DecisionOutcome[],
  price: (record: DecisionRecord) => number,
  bandwidth: number,
): LoggedDecisions {
  if (!(bandwidth > 0)) throw new RangeError(`bandwidth is ${bandwidth}, expected above 0`);
  const rewardOf = new Map(outcomes.map(({ id, reward }) => [id, reward]));
  const known = records.filter(({ id }) => rewardOf.has(id));
  const kernel = (wanted: number, found: number) =>
    Math.max(0, 1 - (Math.log(found / wanted) / bandwidth) ** 2);
  const wanted = known.map(price);
  const smoothed = known.map(({ prices, propensities }, row) =>
    prices.reduce((sum, found, arm) => sum + propensities[arm]! * kernel(wanted[row]!, found), 0),
  );
  return {
    rewards: Float64Array.from(known, ({ id }) => rewardOf.get(id)!),
    propensities: Float64Array.from(smoothed, (mass) => (mass > 0 ? mass : 1)),
    target: Float64Array.from(known, ({ prices, arm }, row) => kernel(wanted[row]!, prices[arm]!)),
  };
}

function sharesOf({ id, prices }: DecisionRecord, shares: ArrayLike<number>): ArrayLike<number> {
  let sum = 0;
  for (let arm = 0; arm < shares.length; arm++) sum += shares[arm]!;
  if (shares.length !== prices.length || !(Math.abs(sum - 1) < 1e-6))
    throw new RangeError(
      `the policy gives decision ${id} ${shares.length} shares that sum to ${sum}, expected ` +
        `${prices.length} that sum to 1`,
    );
  return shares;
}
