import { liftInterval } from './basket.js';
import { falseDiscoveryRate } from './false-discovery.js';
import { linesByList, pairCounts, sizeOf } from './pairs.js';
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
  const { starts, items, times } = firsts;
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    const end = starts[customer + 1]!;
    let later = starts[customer]!;
    for (let i = later; i < end; i++) {
      // What was first bought at the same time comes together, in order of its code.
      while (later < end && times[later] === times[i]) later++;
      together.add(items[i]!, items, i + 1, later);
      ordered.add(items[i]!, items, later, end);
    }
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

/** What each customer has bought, by the time of the first purchase and then by item. */
interface Firsts {
  /** Where a customer starts; one more than there are customers. */
  starts: Int32Array;
  items: Int32Array;
  times: Float64Array;
}

/** Rare items are left out, the others told by their place among them. */
function firstPurchases({ customers, items, times }: PurchaseLines, countMin: number) {
  if (customers.length !== items.length || times.length !== items.length)
    throw new RangeError(
      `customers, items and times have ${customers.length}, ${items.length} and ${times.length} lines`,
    );
  const itemCount = sizeOf('item', items);
  const listCount = sizeOf('customer', customers);
  const lines = linesByList(customers, items, { listCount, itemCount });
  const counts = new Int32Array(itemCount);
  const again = (line: number, before: number | undefined) =>
    before !== undefined && customers[line] === customers[before] && items[line] === items[before];
  lines.forEach((line, i) => {
    if (!again(line, lines[i - 1])) counts[items[line]!]!++;
  });
  const held = Array.from(counts, (count, item) => ({ item, count })).filter(
    ({ count }) => count >= countMin,
  );
  const place = new Int32Array(itemCount).fill(-1);
  held.forEach(({ item }, i) => (place[item] = i));
  const starts = new Int32Array(listCount + 1);
  const found = { items: new Int32Array(lines.length), times: new Float64Array(lines.length) };
  let size = 0;
  let buyers = 0;
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    if (before === undefined || customers[before] !== customers[line]) buyers++;
    const own = place[items[line]!]!;
    if (own >= 0 && !again(line, before)) {
      found.items[size] = own;
      found.times[size++] = times[line]!;
    } else if (own >= 0) found.times[size - 1] = Math.min(found.times[size - 1]!, times[line]!);
    starts[customers[line]! + 1] = size;
  });
  for (let list = 0; list < listCount; list++)
    starts[list + 1] = Math.max(starts[list + 1]!, starts[list]!);
  return { buyers, held, firsts: byTime({ starts, ...found }) };
}

function byTime({ starts, items, times }: Firsts): Firsts {
  const order = Int32Array.from({ length: starts.at(-1)! }, (_, i) => i);
  for (let list = 0; list + 1 < starts.length; list++)
    // Stable: those of one time stay in order of their code.
    order.subarray(starts[list], starts[list + 1]).sort((a, b) => times[a]! - times[b]!);
  return {
    starts,
    items: Int32Array.from(order, (i) => items[i]!),
    times: Float64Array.from(order, (i) => times[i]!),
  };
}

function gapOf({ starts, items, times }: Firsts, a: number, b: number): number {
  let [sum, count] = [0, 0];
  for (let list = 0; list + 1 < starts.length; list++) {
    let from = NaN;
    for (let i = starts[list]!; i < starts[list + 1]!; i++) {
      if (items[i] === a) from = times[i]!;
      else if (items[i] === b) {
        if (times[i]! > from) {
          sum += times[i]! - from;
          count++;
        }
        break;
      }
    }
  }
  return sum / count;
}
