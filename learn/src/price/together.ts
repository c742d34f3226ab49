import {
  learnFrom,
  surpriseOf,
  type DemandPosterior,
  type PriceOutcome,
} from './demand-posterior.js';

/**
 * The beliefs of the items of one market after what they sold in one period. Weather, holidays and
 * season move all of them alike, and what the other items did tells how much: the period's common
 * movement is a random effect, foretold for each item from the others alone and taken out of its
 * surprise. For beliefs that are independent before it this is the marginal of the exact joint belief;
 * what the items' beliefs have in common afterwards is left out.
 * @param items in any order; the answer is in the same
 * @param sharedError standard deviation of the common movement of log demand
 */
export function updateTogether(
  items: readonly { posterior: DemandPosterior; outcome: PriceOutcome }[],
  { sharedError = 0.3 }: { sharedError?: number } = {},
): DemandPosterior[] {
  if (!(sharedError >= 0))
    throw new RangeError(`sharedError is ${sharedError}, expected 0 or more`);
  const prior = sharedError ** 2;
  const surprises = items.map(({ posterior, outcome }) => surpriseOf(posterior, outcome));
  let precisions = 0;
  let moments = 0;
  for (const { value, variance } of surprises) {
    precisions += 1 / variance;
    moments += value / variance;
  }
  return items.map(({ posterior }, i) => {
    const own = surprises[i]!;
    // Written so that no common movement at all is a number too.
    const shrunk = prior / (1 + prior * Math.max(0, precisions - 1 / own.variance));
    const common = shrunk * (moments - own.value / own.variance);
    return learnFrom(posterior, {
      ...own,
      value: own.value - common,
      variance: own.variance + shrunk,
    });
  });
}
