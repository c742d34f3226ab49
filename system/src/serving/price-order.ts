import { TinoError } from '../contract/index.js';
import type { Queryable } from '../store/state.js';
import type { Desk } from './price-desk.js';
import { relationsOf } from './price-menu.js';
import { suggestionsOfCycle, type StoredSuggestion } from './price-store.js';

/**
 * Refuses a price that breaks the declared order with another item, and names that item. What was
 * decided of the other in its cycle counts; while it waits, today's price or the suggested one may
 * keep the order, so that a menu that was planned together can be approved in any sequence.
 */
export async function checkOrder(
  tx: Queryable,
  { model, declaration, items }: Pick<Desk, 'model' | 'declaration' | 'items'>,
  { key, detail }: StoredSuggestion,
  wanted: number,
): Promise<void> {
  const all = [...items.values()];
  const relations = relationsOf(declaration.relations ?? [], all).filter(
    ({ lower, upper }) => lower === key || upper === key,
  );
  if (relations.length === 0) return;
  const others = relations.map(({ lower, upper }) => (lower === key ? upper : lower));
  const standing = await suggestionsOfCycle(tx, model.name, detail.cycle, others);
  for (const [r, { lower, upper, ratio = 1, gap = 0 }] of relations.entries()) {
    const text = others[r]!;
    const limitAt = (price: number) =>
      upper === key ? ratio * price + gap : (price - gap) / ratio;
    const broken = (price: number) =>
      upper === key ? wanted < limitAt(price) - 1e-9 : wanted > limitAt(price) + 1e-9;
    const prices = pricesOf(standing.get(text), items.get(text)!.price);
    if (!prices.every(broken)) continue;
    const nearest = limitAt(prices[0]!);
    // Whole cents on the side that keeps the order.
    const limit =
      lower === key
        ? Math.floor(nearest * 100 + 1e-6) / 100
        : Math.ceil(nearest * 100 - 1e-6) / 100;
    throw new TinoError('PRICE_ORDER', {
      price: wanted,
      key: detail.proposal.name,
      other: items.get(text)!.name,
      otherPrice: prices[0]!,
      limit: `${lower === key ? '≤' : '≥'} ${limit.toFixed(2)}`,
    });
  }
}

/** What the other item may cost once its suggestion is decided. */
function pricesOf(found: StoredSuggestion | undefined, today: number): number[] {
  if (found?.state === 'applied') return [found.decidedPrice ?? found.price];
  return found?.state === 'waiting' ? [today, found.price] : [today];
}
