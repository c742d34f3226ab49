import { keeps, type Candidates, type Relation } from './menu-tree.js';
import type { OptimiseOptions, PricedItem } from './optimise.js';
import { judge, scenariosOf } from './risk.js';

/** Units of `item` change by `elasticity` % when the price of `other` rises by 1 %. */
export interface CrossEffect {
  item: string;
  other: string;
  elasticity: number;
}

/** What choices of prices are worth together. */
export interface CrossWorth {
  /** Of all items, by index of each price. */
  total(chosen: Int32Array): number;
  /** Of each price of one item with the others as chosen, its effect on them included. */
  around(item: number, chosen: Int32Array): Float64Array;
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
  const index = new Map(items.map(({ id }, i) => [id, i]));
  const on = items.map((): { other: number; elasticity: number }[] => []);
  const moved = items.map((): number[] => []);
  for (const { item, other, elasticity } of effects) {
    const [to, from] = [index.get(item), index.get(other)];
    if (to === undefined || from === undefined || to === from)
      throw new Error(`a cross effect of ${other} on ${item} names no two items of the menu`);
    on[to]!.push({ other: from, elasticity });
    moved[from]!.push(to);
  }
  const today = items.map(({ demand, price, cost }) =>
    demand ? scenariosOf(demand, price, { cost, objective }) : undefined,
  );
  const scenarios = items.map(({ demand, cost }, i) =>
    Array.from(candidates[i]!.prices, (price) =>
      demand ? scenariosOf(demand, price, { cost, objective }) : undefined,
    ),
  );
  const worthOf = (item: number, chosen: Int32Array): number => {
    const own = scenarios[item]![chosen[item]!];
    if (own === undefined) return 0;
    const factor = on[item]!.reduce((product, { other, elasticity }) => {
      const price = candidates[other]!.prices[chosen[other]!]!;
      return product * (price / items[other]!.price) ** elasticity;
    }, 1);
    return judge(
      own.map((value, s) => factor * value - today[item]![s]!),
      risk,
    );
  };
  return {
    total: (chosen) => items.reduce((sum, _, item) => sum + worthOf(item, chosen), 0),
    around: (item, chosen) => {
      const trial = chosen.slice();
      return candidates[item]!.prices.map((_, p) => {
        trial[item] = p;
        return moved[item]!.reduce(
          (sum, other) => sum + worthOf(other, trial),
          worthOf(item, trial),
        );
      });
    },
  };
}

interface Improving {
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
