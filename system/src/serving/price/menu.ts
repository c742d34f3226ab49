import {
  optimiseMenu,
  type CrossEffect,
  type Demand,
  type PricedItem,
  type PriceRelation,
} from '@tino/learn';
import { TinoError } from '../../contract/index.js';
import type { Item } from '../../training/tasks/price/data.js';
import type { OrderedPrices } from '../../workspace/types.js';
import type { Desk } from './desk.js';
import type { Proposing } from './propose.js';
import { centreOf, pinnedAt, triedBand, weeklyDemand } from './propose.js';
import { rulesFor, type PolicyItem } from './policy.js';
import { highsSolver } from './solver.js';

/** What the rules between items make of one of them. */
export interface MenuPlace {
  /** The price that is best with the others. */
  centre: number;
  /** Which rule between items led there; null when none did. */
  rule: string | null;
  /** Whether another price goes with the others as they stand. */
  fits(price: number): boolean;
}

/** A question about one item with what its own rules need to know. */
export interface Asked {
  input: Proposing;
  rules: PolicyItem;
}

/** The prices of a menu together; others are decided one by one where nothing binds them. */
export interface Menu {
  placeOf(text: string): MenuPlace | undefined;
  /** Notes the price that an item got, for those that come after. */
  settle(text: string, price: number): void;
}

/** What a menu is planned by. */
type Planned = Pick<Desk, 'declaration' | 'crossEffects'>;

/** Prices of a menu cannot be found one by one when this is so. */
export const isJoint = ({ declaration, crossEffects }: Planned): boolean => {
  const { relations = [], changesMax } = declaration;
  return relations.length > 0 || changesMax !== undefined || crossEffects.length > 0;
};

/**
 * Plans a menu: what may move is placed at the best prices that keep the relations and the number of
 * changes. Rules that contradict each other hold the items that they bind, and say so.
 * @param standing prices that were suggested before in this cycle, by text of the key
 */
export async function planMenu(
  { declaration, crossEffects: measured }: Planned,
  asked: readonly Asked[],
  standing: ReadonlyMap<string, number>,
): Promise<Menu> {
  const relations = relationsOf(
    declaration.relations ?? [],
    asked.map(({ input }) => input.item),
  );
  const pins = new Map<string, number>();
  for (const { input, rules } of asked) {
    const pinned = standing.get(input.item.text) ?? pinnedAt(input, rules);
    if (pinned !== undefined) pins.set(input.item.text, pinned);
  }
  const { crossEffects, done } = crossing(measured, asked, pins);
  const changed = asked.filter(
    ({ input: { item } }) => pins.has(item.text) && pins.get(item.text) !== item.price,
  ).length;
  const { changesMax, objective } = declaration;
  const answer = await optimiseMenu(
    asked.map(({ input, rules }) =>
      pricedItem({ input, rules }, pins.get(input.item.text), done(input.item.text)),
    ),
    {
      objective,
      relations,
      crossEffects,
      solver: highsSolver,
      ...(changesMax !== undefined && { changesMax: Math.max(0, changesMax - changed) }),
    },
  );
  const bound = new Set(relations.flatMap(({ lower, upper }) => [lower, upper]));
  const prices = new Map(
    asked.map(({ input, rules }, i) => {
      const { text, price } = input.item;
      const found = answer.prices?.[i];
      if (found) return [text, { price: found.price, rule: ruleOf(found.binding) }];
      // Nothing keeps all the rules: what they bind stays.
      const stuck = bound.has(text) || changesMax !== undefined;
      return [
        text,
        stuck ? { price, rule: 'conflict' } : { price: centreOf(input, rules), rule: null },
      ];
    }),
  );
  const now = new Map([...prices].map(([text, { price }]) => [text, price]));
  return {
    placeOf: (text) => {
      const place = prices.get(text);
      if (place === undefined || pins.has(text)) return undefined;
      const today = asked.find(({ input }) => input.item.text === text)!.input.item.price;
      return {
        centre: place.price,
        rule: place.rule,
        fits: (price) => {
          // A price that may not change for want of changes is not tried either.
          if (place.rule === 'conflict') return price === place.price;
          if (changesMax !== undefined && place.price === today) return price === today;
          return relations.every(({ lower, upper, ratio = 1, gap = 0 }) => {
            if (lower !== text && upper !== text) return true;
            const at = (other: string) => (other === text ? price : now.get(other)!);
            return at(upper) >= ratio * at(lower) + gap - 1e-9;
          });
        },
      };
    },
    settle: (text, price) => void now.set(text, price),
  };
}

/** Effects between items that are asked for, and the factor that decided prices put on a demand. */
function crossing(
  measured: readonly CrossEffect[],
  asked: readonly Asked[],
  pins: ReadonlyMap<string, number>,
) {
  const today = new Map(asked.map(({ input: { item } }) => [item.text, item.price]));
  const crossEffects = measured.filter(({ item, other }) => today.has(item) && today.has(other));
  const done = (text: string) =>
    crossEffects.reduce((product, { item, other, elasticity }) => {
      const pin = item === text ? pins.get(other) : undefined;
      return pin === undefined ? product : product * (pin / today.get(other)!) ** elasticity;
    }, 1);
  return { crossEffects, done };
}

const ruleOf = (binding: string | null) =>
  binding === 'relation' || binding === 'changesMax' ? binding : null;

/** @param factor of its demand, by prices that were decided before */
function pricedItem({ input, rules }: Asked, pin: number | undefined, factor: number): PricedItem {
  const { item, declaration, posterior, demand } = input;
  const id = item.text;
  if (pin !== undefined) {
    const guardrails = [{ rule: 'priceBand' as const, lower: pin, upper: pin }];
    return { id, price: pin, cost: Math.min(item.cost, pin), guardrails };
  }
  return {
    id,
    price: item.price,
    cost: item.cost,
    guardrails: [...rulesFor(declaration.guardrails, rules), ...triedBand(input)],
    // What cannot be told from the item's prices moves by no belief, only with the others.
    ...(posterior && demand?.identifiable && { demand: scaled(weeklyDemand(posterior), factor) }),
  };
}

const scaled = (demand: Demand, factor: number): Demand => ({
  ...demand,
  units: demand.units * factor,
});

/** Neighbours of each declared order, by text of the key. */
export function relationsOf(
  orders: readonly OrderedPrices[],
  items: readonly Item[],
): PriceRelation[] {
  return orders.flatMap(({ within, by, ratio, gap }) => {
    const groups = new Map<string, { text: string; rank: number }[]>();
    for (const item of items) {
      const values = within.map((name) => valueOf(item, name));
      const rank = valueOf(item, by);
      // Without a group or a rank an item is in no order.
      if (rank === null || values.includes(null)) continue;
      if (typeof rank !== 'number')
        throw new TinoError('SQL_COLUMN_TYPE', { file: 'items', column: by, found: typeof rank });
      const group = JSON.stringify(values);
      groups.set(group, [...(groups.get(group) ?? []), { text: item.text, rank }]);
    }
    return [...groups.values()].flatMap((members) => {
      const sorted = members.toSorted((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : 1));
      return sorted.slice(1).flatMap((upper, i) => {
        const lower = sorted[i]!;
        return lower.rank < upper.rank
          ? [{ lower: lower.text, upper: upper.text, ratio, gap }]
          : [];
      });
    });
  });
}

function valueOf({ key, category, attributes }: Item, name: string) {
  const value = key[name] ?? (name === 'category' ? category : attributes[name]);
  return value === undefined ? null : value;
}
