/** An estimate with its variance. */
export interface Estimate {
  mean: number;
  variance: number;
}

/** One of the items that teach about each other. */
export interface PooledItem extends Estimate {
  category: string;
  /** What may tell of the estimate within its category; absent or `NaN` where unknown. */
  trait?: number | undefined;
}

export interface Pooled {
  /** By category: what an item of it is expected to be before its own data; variance of an item. */
  categories: Map<string, Estimate>;
  /** What an item of an unknown category is expected to be. */
  all: Estimate;
  /** What a unit of the trait adds within a category. */
  slope: Estimate;
  /** Mean trait by category. */
  traits: Map<string, number>;
  /** Degrees of freedom that the spread of items rests on. */
  freedom: number;
}

// Estimated spread is often 0 by luck; items are never taken for identical.
const SPREAD_MIN = 0.1;
const ITEMS_MIN = 3;
// The spread and the slope settle each other's weights.
const ROUNDS = 8;

/**
 * Partial pooling of items within categories within all, by the method of moments (DerSimonian and
 * Laird, 1986) at both levels; within a category along a trait, by as much as the items say that it
 * matters (Fay and Herriot, 1979). Fewer than three items teach nothing about the others: `undefined`.
 */
export function poolEstimates(items: readonly PooledItem[]): Pooled | undefined {
  if (items.length < ITEMS_MIN) return undefined;
  const groups = new Map<string, PooledItem[]>();
  for (const item of items) {
    const group = groups.get(item.category);
    if (group === undefined) groups.set(item.category, [item]);
    else group.push(item);
  }
  const { slope, within, traits } = slopeOf(groups);
  const used = slope.mean === 0 ? 0 : 1;
  const level = levelled(groups, traits, slope.mean);
  const means = new Map([...level].map(([name, group]) => [name, combine(group, within)]));
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
    slope,
    traits,
    freedom: items.length - groups.size - used,
  };
}

/** What an item is expected to be before its own data; the trait counts in a known category alone. */
export function priorOf(
  { categories, all, slope, traits }: Pooled,
  { category, trait = NaN }: { category: string; trait?: number | undefined },
): Estimate {
  const own = categories.get(category);
  if (own === undefined) return all;
  const away = trait - traits.get(category)!;
  if (Number.isNaN(away)) return own;
  return {
    mean: own.mean + slope.mean * away,
    variance: own.variance + slope.variance * away ** 2,
  };
}

/**
 * What the trait says within categories: the slope of weighted least squares, drawn to 0 by as much as
 * chance alone would make of it, so that a trait that says nothing costs next to nothing.
 */
function slopeOf(groups: ReadonlyMap<string, readonly PooledItem[]>) {
  const all = [...groups.values()];
  const known = all.map((group) => group.filter(({ trait = NaN }) => !Number.isNaN(trait)));
  const traits = new Map([...groups.keys()].map((name, g) => [name, meanTrait(known[g]!)]));
  let slope: Estimate = { mean: 0, variance: 0 };
  let within = spreadOf(all);
  const freedom = known.reduce((sum, group) => sum + Math.max(0, group.length - 1), 0);
  if (freedom <= ITEMS_MIN) return { slope, within, traits };
  for (let round = 0; round < ROUNDS; round++) {
    let squares = 0;
    let products = 0;
    for (const group of known) {
      const { mean } = combine(group, within);
      const centre = combine(
        group.map(({ trait, variance }) => ({ mean: trait!, variance })),
        within,
      ).mean;
      for (const item of group) {
        const weight = 1 / (item.variance + within);
        squares += weight * (item.trait! - centre) ** 2;
        products += weight * (item.trait! - centre) * (item.mean - mean);
      }
    }
    if (!(squares > 0)) return { slope, within, traits };
    const pull = Math.max(0, 1 - squares / products ** 2);
    slope = { mean: (pull * products) / squares, variance: pull / squares };
    within = spreadOf([...levelled(groups, traits, slope.mean).values()], pull);
  }
  return { slope, within, traits };
}

const meanTrait = (group: readonly PooledItem[]): number =>
  group.reduce((sum, { trait }) => sum + trait!, 0) / group.length;

/** Estimates without what their trait says; an unknown trait is taken for the category's mean. */
const levelled = (
  groups: ReadonlyMap<string, readonly PooledItem[]>,
  traits: ReadonlyMap<string, number>,
  slope: number,
): Map<string, Estimate[]> =>
  new Map(
    [...groups].map(([name, group]) => [
      name,
      group.map(({ mean, variance, trait = NaN }) => {
        const away = trait - traits.get(name)!;
        return { mean: Number.isNaN(away) ? mean : mean - slope * away, variance };
      }),
    ]),
  );

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

/** @param fitted parameters that the estimates were levelled by */
function spreadOf(groups: readonly (readonly Estimate[])[], fitted = 0): number {
  let heterogeneity = 0;
  let freedom = -fitted;
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
