import { liftInterval } from './basket.js';
import { falseDiscoveryRate } from './false-discovery.js';
import { chanceTogether, crowding, linesByList, order, placesOf, rowOf, sizeOf } from './pairs.js';
import { binomialUpper, wilson } from './probability.js';

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
  /** By item, money of one more of it: they come by what the next item brings beyond chance. */
  worth?: ArrayLike<number>;
}

export interface ItemSequences {
  /** The surest lift first, or the most money. */
  sequences: ItemSequence[];
  /** Either order of all pairs of frequent items. */
  looks: number;
  /** Lift that any two items have because some customers buy more than others, from 1. */
  crowding: number;
}

/**
 * What customers buy after something, by the first time that each bought each item: pairs that one
 * customer has more often than by chance and mostly in one order.
 */
export function itemSequences(
  lines: PurchaseLines,
  { countMin = 20, qMax = 0.05, level = 0.95, limit = 100, worth }: SequenceOptions = {},
): ItemSequences {
  const { buyers, firsts, held } = firstPurchases(lines, countMin);
  const found: Ordered[] = [];
  const p: number[] = [];
  const crowd = crowding(firsts.starts, buyers);
  // Either order of all pairs, also of those that were too few to be told of.
  const looks = held.length ** 2 - held.length;
  eachOrdered(firsts, held.length, countMin, (pair) => {
    const { count, countBack } = pair;
    if (count <= countBack) return;
    found.push(pair);
    // Without a preferred order each is as likely: the sign test.
    const ordered = binomialUpper(count, count + countBack, 0.5);
    p.push(Math.max(chanceTogether(tableOf(pair), crowd), ordered));
  });
  function tableOf({ a, b, count, countBack, countSame }: Ordered) {
    const both = count + countBack + countSame;
    return { both, rows: held[a]!.count, marked: held[b]!.count, all: buyers };
  }
  const q = falseDiscoveryRate(p, { looks });
  const sure = found.flatMap((pair, i) =>
    q[i]! <= qMax ? [{ ...pair, q: q[i]!, ...liftInterval(tableOf(pair), level) }] : [],
  );
  const rankOf = ({ b, count, lift, lower }: (typeof sure)[number]) =>
    worth === undefined ? lower : count * (1 - crowd / lift) * worth[held[b]!.item]!;
  const sequences = sure
    .filter(({ lift }) => lift > 1)
    .sort((x, y) => rankOf(y) - rankOf(x) || y.count - x.count || x.a - y.a || x.b - y.b)
    .slice(0, limit)
    .map(({ a, b, count, countBack, ...one }): ItemSequence => ({
      ...one,
      first: held[a]!.item,
      next: held[b]!.item,
      count,
      countBack,
      confidence: count / held[a]!.count,
      direction: {
        share: count / (count + countBack),
        ...wilson(count, count + countBack, level),
      },
      gap: gapOf(firsts, a, b),
    }));
  return { sequences, looks, crowding: crowd };
}

/** Customers who first bought item `a` and later `b`, the other way round, and both at once. */
interface Ordered {
  a: number;
  b: number;
  count: number;
  countBack: number;
  countSame: number;
}

/** Pairs in the order of at least `countMin` customers, by a and then by b. */
function eachOrdered(
  { starts, items, times }: Firsts,
  itemCount: number,
  countMin: number,
  visit: (pair: Ordered) => void,
): void {
  // A customer's purchases run from `first` to `end`; those of one time from `from` to `to`.
  const first = new Int32Array(items.length);
  const from = new Int32Array(items.length);
  const to = new Int32Array(items.length);
  const end = new Int32Array(items.length);
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    const [start, stop] = [starts[customer]!, starts[customer + 1]!];
    first.fill(start, start, stop);
    end.fill(stop, start, stop);
    for (let i = start, next = start; i < stop; i = next) {
      while (next < stop && times[next] === times[i]) next++;
      from.fill(i, i, next);
      to.fill(next, i, next);
    }
  }
  const places = placesOf({ starts, items }, itemCount);
  const before = rowOf(itemCount, countMin);
  const same = rowOf(itemCount, countMin);
  const later = rowOf(itemCount, countMin);
  for (let a = 0; a < itemCount; a++) {
    for (const row of [before, same, later]) row.clear();
    for (let i = places.starts[a]!; i < places.starts[a + 1]!; i++) {
      const place = places.items[i]!;
      before.add(items, first[place]!, from[place]!);
      same.add(items, from[place]!, to[place]!);
      later.add(items, to[place]!, end[place]!);
    }
    for (const b of later.often())
      visit({
        a,
        b,
        count: later.count(b),
        countBack: before.count(b),
        countSame: same.count(b),
      });
  }
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
  const size = starts.at(-1)!;
  const moments = Float64Array.from(new Set(times.subarray(0, size))).sort();
  const ranks = new Map(Array.from(moments, (time, rank) => [time, rank]));
  const all = new Int32Array(size);
  const rankOf = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    all[i] = i;
    rankOf[i] = ranks.get(times[i]!)!;
  }
  const ownerOf = new Int32Array(size);
  for (let list = 0; list + 1 < starts.length; list++)
    ownerOf.fill(list, starts[list], starts[list + 1]);
  // Stable: those of one time stay in order of their code.
  const sorted = order(ownerOf, starts.length - 1, order(rankOf, moments.length, all));
  const found = { starts, items: new Int32Array(size), times: new Float64Array(size) };
  for (let i = 0; i < size; i++) {
    found.items[i] = items[sorted[i]!]!;
    found.times[i] = times[sorted[i]!]!;
  }
  return found;
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
