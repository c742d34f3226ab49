import { liftInterval } from './basket.js';
import { falseDiscoveryRate } from './false-discovery.js';
import { pairCounts, sizeOf } from './pairs.js';
import { binomialUpper, fisherUpper, wilson } from './probability.js';

/** Customers who first bought A and later B. */
export interface ItemSequence {
  first: number;
  next: number;
  /** Customers in this order, in the other, and with both on the same day. */
  count: number;
  countBack: number;
  countSame: number;
  /** Share of the buyers of `first` that bought `next` later. */
  confidence: number;
  /** Mean time from the one to the other, in the unit of `times`. */
  gap: number;
  /** How much more often one customer has both than by chance. */
  lift: number;
  lower: number;
  upper: number;
  /** Share of those with an order who have this one, with its interval. */
  direction: { share: number; lower: number; upper: number };
  /** For both together: more often than by chance, and in this order. */
  q: number;
}

/** Lines of purchases: codes from 0, times in one unit (days). */
export interface PurchaseLines {
  customers: ArrayLike<number>;
  items: ArrayLike<number>;
  times: ArrayLike<number>;
}

export interface SequenceOptions {
  /** Least customers in this order. */
  countMin?: number;
  qMax?: number;
  level?: number;
  limit?: number;
}

/**
 * What customers buy after something, by the first time that each bought each item: pairs that one
 * customer has more often than by chance and mostly in one order.
 */
export function itemSequences(
  lines: PurchaseLines,
  { countMin = 20, qMax = 0.05, level = 0.95, limit = 100 }: SequenceOptions = {},
): { sequences: ItemSequence[]; looks: number } {
  const { buyers, firsts, held } = firstPurchases(lines, countMin);
  const ordered = pairCounts(held.length);
  const together = pairCounts(held.length);
  for (const bought of firsts)
    for (let i = 0; i < bought.length; i++)
      for (let j = i + 1; j < bought.length; j++) {
        const [a, b] = [bought[i]!, bought[j]!];
        if (a.time < b.time) ordered.add(a.item, b.item);
        else if (a.item < b.item) together.add(a.item, b.item);
        else together.add(b.item, a.item);
      }
  const found: (Omit<ItemSequence, 'q' | 'gap'> & { places: [number, number] })[] = [];
  const p: number[] = [];
  let looks = 0;
  ordered.each((a, b, count) => {
    if (count < countMin) return;
    looks++;
    const countBack = ordered.get(b, a);
    const countSame = together.get(Math.min(a, b), Math.max(a, b));
    const both = count + countBack + countSame;
    const table = { both, rows: held[a]!.count, marked: held[b]!.count, all: buyers };
    if (count <= countBack) return;
    const way = wilson(count, count + countBack, level);
    found.push({
      places: [a, b],
      first: held[a]!.item,
      next: held[b]!.item,
      count,
      countBack,
      countSame,
      confidence: count / held[a]!.count,
      ...liftInterval(table, level),
      direction: { share: count / (count + countBack), ...way },
    });
    // Without a preferred order each is as likely: the sign test.
    p.push(Math.max(fisherUpper(table), binomialUpper(count, count + countBack, 0.5)));
  });
  const q = falseDiscoveryRate(p, { looks });
  const sequences = found
    .map((one, i) => ({ ...one, q: q[i]! }))
    .filter((one) => one.q <= qMax && one.lift > 1)
    .sort((x, y) => y.lower - x.lower || y.count - x.count || x.first - y.first || x.next - y.next)
    .slice(0, limit)
    .map(({ places: [a, b], ...one }) => ({ ...one, gap: gapOf(firsts, a, b) }));
  return { sequences, looks };
}

interface First {
  item: number;
  time: number;
}

/** Each customer's items by the time of the first purchase; rare items are left out. */
function firstPurchases({ customers, items, times }: PurchaseLines, countMin: number) {
  if (customers.length !== items.length || times.length !== items.length)
    throw new RangeError(
      `customers, items and times have ${customers.length}, ${items.length} and ${times.length} lines`,
    );
  const itemCount = sizeOf('item', items);
  const byCustomer = Array.from(
    { length: sizeOf('customer', customers) },
    () => new Map<number, number>(),
  );
  for (let i = 0; i < items.length; i++) {
    const own = byCustomer[customers[i]!]!;
    const known = own.get(items[i]!);
    if (known === undefined || times[i]! < known) own.set(items[i]!, times[i]!);
  }
  const counts = new Int32Array(itemCount);
  for (const own of byCustomer) for (const item of own.keys()) counts[item]!++;
  const held = Array.from(counts, (count, item) => ({ item, count })).filter(
    ({ count }) => count >= countMin,
  );
  const place = new Map(held.map(({ item }, i) => [item, i]));
  const firsts = byCustomer.map((own) =>
    Array.from(own, ([item, time]) => ({ item: place.get(item) ?? -1, time }))
      .filter(({ item }) => item >= 0)
      .sort((a, b) => a.time - b.time || a.item - b.item),
  );
  return { buyers: byCustomer.filter((own) => own.size > 0).length, firsts, held };
}

function gapOf(firsts: readonly First[][], a: number, b: number): number {
  let [sum, count] = [0, 0];
  for (const bought of firsts) {
    const from = bought.find(({ item }) => item === a);
    const to = bought.find(({ item }) => item === b);
    if (from === undefined || to === undefined || from.time >= to.time) continue;
    sum += to.time - from.time;
    count++;
  }
  return sum / count;
}
