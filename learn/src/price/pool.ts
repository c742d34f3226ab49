/** An estimate with its variance. */
export interface Estimate {
  mean: number;
  variance: number;
}

export interface Pooled {
  /** By category: what an item of it is expected to be before its own data; variance of an item. */
  categories: Map<string, Estimate>;
  /** What an item of an unknown category is expected to be. */
  all: Estimate;
  /** Degrees of freedom that the spread of items rests on. */
  freedom: number;
}

// Estimated spread is often 0 by luck; items are never taken for identical.
const SPREAD_MIN = 0.1;
const ITEMS_MIN = 3;

/**
 * Partial pooling of items within categories within all, by the method of moments (DerSimonian and
 * Laird, 1986) at both levels. Fewer than three items teach nothing about the others: `undefined`.
 */
export function poolEstimates(
  items: readonly (Estimate & { category: string })[],
): Pooled | undefined {
  if (items.length < ITEMS_MIN) return undefined;
  const groups = new Map<string, Estimate[]>();
  for (const item of items) {
    const group = groups.get(item.category);
    if (group === undefined) groups.set(item.category, [item]);
    else group.push(item);
  }
  const within = spreadOf([...groups.values()]);
  const means = new Map([...groups].map(([name, group]) => [name, combine(group, within)]));
  const between = spreadOf([[...means.values()]]);
  const grand = combine([...means.values()], between);
  const prior = { mean: grand.mean, variance: grand.variance + between };
  const categories = new Map(
    [...means].map(([name, own]) => {
      const { mean, variance } = posterior(own, prior);
      return [name, { mean, variance: variance + within }];
    }),
  );
  return {
    categories,
    all: { mean: prior.mean, variance: prior.variance + within },
    freedom: items.length - groups.size,
  };
}

/**
 * An item's own estimate drawn to what its category expects. The spread of items is itself an estimate:
 * with few of them the pull is weaker, and the interval wider the further the item is from the others
 * (Morris, 1983, equations 1.15 to 1.17).
 */
export function shrink(own: Estimate, prior: Estimate, freedom: number): Estimate {
  const pull = ((freedom / (freedom + 2)) * own.variance) / (own.variance + prior.variance);
  const away = own.mean - prior.mean;
  return {
    mean: own.mean - pull * away,
    variance: own.variance * (1 - pull) + (2 / (freedom + 2)) * (pull * away) ** 2,
  };
}

/** Two independent estimates of one thing, weighted by precision. */
function posterior(own: Estimate, prior: Estimate): Estimate {
  const variance = 1 / (1 / own.variance + 1 / prior.variance);
  return { mean: variance * (own.mean / own.variance + prior.mean / prior.variance), variance };
}

function spreadOf(groups: readonly (readonly Estimate[])[]): number {
  let heterogeneity = 0;
  let freedom = 0;
  let scale = 0;
  for (const group of groups) {
    const { mean } = combine(group, 0);
    let weights = 0;
    let squares = 0;
    for (const item of group) {
      const weight = 1 / item.variance;
      heterogeneity += weight * (item.mean - mean) ** 2;
      weights += weight;
      squares += weight * weight;
    }
    freedom += group.length - 1;
    scale += weights - squares / weights;
  }
  const moment = scale > 0 ? (heterogeneity - freedom) / scale : 0;
  return Math.max(SPREAD_MIN ** 2, moment);
}

function combine(group: readonly Estimate[], spread: number): Estimate {
  let weights = 0;
  let sum = 0;
  for (const { mean, variance } of group) {
    weights += 1 / (variance + spread);
    sum += mean / (variance + spread);
  }
  return { mean: sum / weights, variance: 1 / weights };
}
