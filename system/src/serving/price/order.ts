import { TinoError } from '../../contract/index.js';
import type { Queryable } from '../../store/state.js';
import type { Item } from '../../training/tasks/price/data.js';
import type { PriceDeclaration } from '../../workspace/types.js';
import type { Desk } from './desk.js';
import { relationsOf } from './menu.js';
import { appliedOfCycle, findOpen, type StoredSuggestion } from './store.js';

/** An order between two items that a price would break. */
interface Broken {
  other: string;
  /** What the other one costs now. */
  otherPrice: number;
  /** Nearest price that keeps the order, in whole cents, and the side it is on. */
  limit: { side: '≤' | '≥'; price: number };
}

/** The prices in force of a menu, and the declared order between them. */
export interface PriceOrder {
  /** The order that a price would break, or break more than it is broken now; of the worst item. */
  brokenBy(key: string, price: number): Broken | undefined;
  /** Puts a price in force. */
  apply(key: string, price: number): void;
}

/**
 * The declared order over what each item costs: today's price, or what was applied since.
 * @param applied prices by text of the key
 */
export function orderOf(
  { relations = [] }: Pick<PriceDeclaration, 'relations'>,
  items: ReadonlyMap<string, Item>,
  applied: ReadonlyMap<string, number>,
): PriceOrder {
  const all = relationsOf(relations, [...items.values()]);
  const prices = new Map([...items].map(([text, { price }]) => [text, price]));
  for (const [text, price] of applied) prices.set(text, price);
  return {
    brokenBy(key, price) {
      const now = prices.get(key)!;
      let worst: (Broken & { by: number }) | undefined;
      for (const { lower, upper, ratio = 1, gap = 0 } of all) {
        if (lower !== key && upper !== key) continue;
        const other = lower === key ? upper : lower;
        const otherPrice = prices.get(other)!;
        const exact = lower === key ? (otherPrice - gap) / ratio : ratio * otherPrice + gap;
        const excess = (own: number) => (lower === key ? own - exact : exact - own);
        const by = excess(price);
        // An order that is broken already may be mended step by step.
        if (by <= CENTS_APART || by <= excess(now) || by <= (worst?.by ?? 0)) continue;
        const limit =
          lower === key
            ? ({ side: '≤', price: Math.floor(exact * 100 + 1e-6) / 100 } as const)
            : ({ side: '≥', price: Math.ceil(exact * 100 - 1e-6) / 100 } as const);
        worst = { other, otherPrice, limit, by };
      }
      return worst;
    },
    apply: (key, price) => void prices.set(key, price),
  };
}
/** Prices are whole cents; what is nearer than this is equal. */
const CENTS_APART = 1e-9;

/**
 * Of changes that nobody needs to approve, those that keep the order when they are applied one after
 * the other, at most `most` of them: a size that goes up makes room for the one below it.
 */
export function applicable(
  changes: readonly Pick<StoredSuggestion, 'key' | 'price'>[],
  order: PriceOrder,
  most: number,
): Set<string> {
  const applied = new Set<string>();
  for (let before = -1; before < applied.size;) {
    before = applied.size;
    for (const { key, price } of changes) {
      if (applied.size >= most || applied.has(key) || order.brokenBy(key, price)) continue;
      order.apply(key, price);
      applied.add(key);
    }
  }
  return applied;
}

/**
 * Refuses a price that breaks the declared order with the price in force of another item, and names
 * that item; where the other one's own suggestion would make room, the answer says to decide it first.
 */
export async function checkOrder(
  tx: Queryable,
  { model, declaration, items, cycle }: Pick<Desk, 'model' | 'declaration' | 'items' | 'cycle'>,
  { key, detail }: StoredSuggestion,
  wanted: number,
): Promise<void> {
  if (declaration.relations === undefined) return;
  const order = orderOf(declaration, items, await appliedOfCycle(tx, model.name, cycle));
  const broken = order.brokenBy(key, wanted);
  if (broken === undefined) return;
  const { other, otherPrice, limit } = broken;
  const said = {
    price: wanted,
    key: detail.proposal.name,
    other: items.get(other)!.name,
    otherPrice,
    limit: `${limit.side} ${limit.price.toFixed(2)}`,
  };
  const suggested = (await findOpen(tx, model.name, cycle, other))?.price;
  if (suggested !== undefined) {
    order.apply(other, suggested);
    if (order.brokenBy(key, wanted) === undefined)
      throw new TinoError('PRICE_ORDER_FIRST', { ...said, suggested });
  }
  throw new TinoError('PRICE_ORDER', said);
}
