import { keeps, type Candidates, type Relation } from './menu-tree.js';
import type { OptimiseOptions, PricedItem } from './optimise.js';
import { judge, lineAbove, meanOf, scenariosOf, type Line } from './risk.js';

/** Units of `item` change by `elasticity` % when the price of `other` rises by 1 %. */
export interface CrossEffect {
  item: string;
  other: string;
  elasticity: number;
}

/** One item's demand moved by the price of another. */
export interface Push {
  item: number;
  other: number;
  /** By index of the other's price: what it adds to the logarithm of the item's demand. */
  logs: Float64Array;
}

/** What choices of prices are worth together. */
export interface CrossWorth {
  /** Those on each item. */
  on: readonly (readonly Push[])[];
  /** Those of each item on others. */
  of: readonly (readonly Push[])[];
  /** Of one item at one of its prices, its demand times `factor` by the others. */
  worth(item: number, price: number, factor: number): number;
  /** Of all items, by index of each price. */
  total(chosen: Int32Array): number;
  /** Of each price of one item with the others as chosen, its effect on them included. */
  around(item: number, chosen: Int32Array): Float64Array;
  /** A line in the factor, from `lower` to `upper`, that the worth of a price is never above. */
  above(item: number, price: number, between: { lower: number; upper: number }): Line;
}

/**
 * Demand of an item times (price of another ÷ today's) to the power of the cross elasticity, at its
 * mean; the own elasticity over its scenarios.
 */
export function crossWorth(
  items: readonly PricedItem[],
  candidates: readonly Candidates[],
  effects: readonly CrossEffect[],
  { objective = 'margin', risk = { kind: 'mean' } }: OptimiseOptions,
): CrossWorth {
  const pushes = pushesOf(items, candidates, effects);
  const on = items.map((_, i) => pushes.filter(({ item }) => item === i));
  const of = items.map((_, i) => pushes.filter(({ other }) => other === i));
  const scenarios = items.map(({ demand, cost, price: today }, i) => {
    const at = (price: number) => scenariosOf(demand!, price, { cost, objective });
    if (demand === undefined) return undefined;
    return { today: at(today), prices: Array.from(candidates[i]!.prices, at) };
  });
  const means = scenarios.map(
    (own) => own && { today: meanOf(own.today), prices: own.prices.map(meanOf) },
  );
  const worth = (item: number, price: number, factor: number): number => {
    const own = scenarios[item];
    // What nobody can judge goes as little as it must.
    if (own === undefined) return candidates[item]!.worth[price]!;
    const mean = means[item]!;
    if (risk.kind === 'mean') return factor * mean.prices[price]! - mean.today;
    return judge(
      own.prices[price]!.map((value, s) => factor * value - own.today[s]!),
      risk,
    );
  };
  const logOf = (item: number, chosen: Int32Array) =>
    on[item]!.reduce((sum, { other, logs }) => sum + logs[chosen[other]!]!, 0);
  return {
    on,
    of,
    worth,
    total: (chosen) =>
      items.reduce((sum, _, i) => sum + worth(i, chosen[i]!, Math.exp(logOf(i, chosen))), 0),
    around: (item, chosen) => {
      const factor = Math.exp(logOf(item, chosen));
      const moved = of[item]!.map(({ item: to, logs }) => ({
        to,
        logs,
        rest: logOf(to, chosen) - logs[chosen[item]!]!,
      }));
      return candidates[item]!.prices.map((_, p) =>
        moved.reduce(
          (sum, { to, logs, rest }) => sum + worth(to, chosen[to]!, Math.exp(rest + logs[p]!)),
          worth(item, p, factor),
        ),
      );
    },
    above: (item, price, between) => {
      const own = scenarios[item];
      if (own === undefined) return { base: worth(item, price, 1), slope: 0 };
      const mean = means[item]!;
      if (risk.kind === 'mean') return { base: -mean.today, slope: mean.prices[price]! };
      return lineAbove({ own: own.prices[price]!, today: own.today }, risk, between);
    },
  };
}

function pushesOf(
  items: readonly PricedItem[],
  candidates: readonly Candidates[],
  effects: readonly CrossEffect[],
): Push[] {
  const index = new Map(items.map(({ id }, i) => [id, i]));
  return effects.map(({ item: to, other: from, elasticity }) => {
    const [item, other] = [index.get(to), index.get(from)];
    if (item === undefined || other === undefined || item === other)
      throw new Error(`a cross effect of ${from} on ${to} names no two items of the menu`);
    if (!Number.isFinite(elasticity))
      throw new RangeError(`the cross effect of ${from} on ${to} is ${elasticity}`);
    const today = items[other]!.price;
    const logs = candidates[other]!.prices.map((price) => elasticity * Math.log(price / today));
    return { item, other, logs };
  });
}

export interface Improving {
  candidates: readonly Candidates[];
  relations: readonly Relation[];
  changesMax: number | null;
  chosen: Int32Array;
  /** The exact best of separate worths. */
  solve(candidates: readonly Candidates[]): Promise<{ chosen: Int32Array }>;
}

const STEPS_MAX = 20;

/**
 * Exact steps on the worth of each price with the others as they are, for as long as they help
 * together; then one price at a time.
 */
export async function improve(
  cross: CrossWorth,
  { candidates, relations, changesMax, chosen: start, solve }: Improving,
): Promise<Int32Array> {
  let chosen = start;
  for (let step = 0; step < STEPS_MAX; step++) {
    const around = candidates.map((own, i) => ({ ...own, worth: cross.around(i, chosen) }));
    const next = await solve(around);
    if (!(cross.total(next.chosen) > cross.total(chosen) + 1e-9)) break;
    chosen = next.chosen;
  }
  const changes = () =>
    chosen.reduce((sum, p, i) => sum + (p === candidates[i]!.current ? 0 : 1), 0);
  for (let step = 0, better = true; better && step < STEPS_MAX; step++) {
    better = false;
    for (let item = 0; item < candidates.length; item++) {
      const worth = cross.around(item, chosen);
      const { prices, current } = candidates[item]!;
      const others = changes() - (chosen[item] === current ? 0 : 1);
      let best = chosen[item]!;
      for (let p = 0; p < prices.length; p++) {
        const room = changesMax === null || p === current || others < changesMax;
        if (room && worth[p]! > worth[best]! + 1e-9 && fits(item, p)) best = p;
      }
      if (best === chosen[item]) continue;
      chosen[item] = best;
      better = true;
    }
  }
  return chosen;

  function fits(item: number, p: number): boolean {
    const at = (other: number) => candidates[other]!.prices[other === item ? p : chosen[other]!]!;
    return relations.every(
      (relation) =>
        (relation.lower !== item && relation.upper !== item) ||
        keeps(relation, at(relation.lower), at(relation.upper)),
    );
  }
}
