import { falseDiscoveryRate } from './false-discovery.js';
import {
  chanceTogether,
  crowding,
  distinctLists,
  placesOf,
  rowOf,
  sizeOf,
  type Lists,
} from './pairs.js';
import { normalQuantile, type Fourfold } from './probability.js';

/** Two items found in the same baskets. */
export interface ItemPair {
  a: number;
  b: number;
  /** Baskets with both. */
  count: number;
  /** Share of all baskets. */
  support: number;
  /** Share of the baskets with a that have b, and the other way round. */
  confidence: number;
  confidenceBack: number;
  /** Times more often together than if they were bought apart from each other. */
  lift: number;
  lower: number;
  upper: number;
  /** Share of false ones among pairs as sure as this one. */
  q: number;
}

export interface BasketOptions {
  /** Least baskets with both. */
  countMin?: number;
  qMax?: number;
  level?: number;
  limit?: number;
  /**
   * By item, money of one more of it: the pairs come by what they bring beyond chance, of the item
   * that more have, and not by their lift.
   */
  worth?: ArrayLike<number>;
}

/** Lines of baskets: codes from 0; an item twice in a basket counts once. */
export interface BasketLines {
  baskets: ArrayLike<number>;
  items: ArrayLike<number>;
}

export interface ItemPairs {
  /** The surest lift first, or the most money. */
  pairs: ItemPair[];
  /** Pairs of frequent items: all that might have been told. */
  looks: number;
  baskets: number;
  /** Lift that any two items have because some baskets are larger than others, from 1. */
  crowding: number;
}

/**
 * Items bought together more often than by chance, also by the chance of baskets of these sizes; by
 * the lower end of the lift's interval.
 */
export function itemPairs(
  { baskets, items }: BasketLines,
  { countMin = 20, qMax = 0.05, level = 0.95, limit = 100, worth }: BasketOptions = {},
): ItemPairs {
  if (baskets.length !== items.length)
    throw new RangeError(`baskets has ${baskets.length} lines and items ${items.length}`);
  const listCount = sizeOf('basket', baskets);
  const itemCount = sizeOf('item', items);
  const lists = distinctLists(baskets, items, { listCount, itemCount });
  const held = new Int32Array(itemCount);
  for (const item of lists.items) held[item]!++;
  // An item in too few baskets makes no pair in enough of them.
  const frequent = Int32Array.from(held.keys()).filter((item) => held[item]! >= countMin);
  const place = new Int32Array(itemCount).fill(-1);
  frequent.forEach((item, i) => (place[item] = i));
  const { all, kept } = without(lists, place);
  const crowd = crowding(lists.starts, all);
  const found: { a: number; b: number; table: Fourfold }[] = [];
  const p: number[] = [];
  // Pairs found together too seldom were looked at as well: among many, chance alone lifts some
  // over the least count, and these look sure.
  const looks = (frequent.length ** 2 - frequent.length) / 2;
  eachPair(kept, frequent.length, countMin, (first, second, count) => {
    const [a, b] = [frequent[first]!, frequent[second]!];
    const table = { both: count, rows: held[a]!, marked: held[b]!, all };
    if (liftOf(table) <= 1) return;
    found.push({ a, b, table });
    p.push(chanceTogether(table, crowd));
  });
  const q = falseDiscoveryRate(p, { looks });
  // Hundreds of thousands may be sure: only those that are told are written out.
  const rank = found.map(({ a, b, table }, i) => {
    if (!(q[i]! <= qMax)) return 0;
    if (worth === undefined) return liftInterval(table, level).lower;
    return table.both * (1 - crowd / liftOf(table)) * worth[held[a]! > held[b]! ? a : b]!;
  });
  const order = Array.from(found.keys())
    .filter((i) => q[i]! <= qMax)
    .sort(
      (i, j) =>
        rank[j]! - rank[i]! ||
        found[j]!.table.both - found[i]!.table.both ||
        found[i]!.a - found[j]!.a ||
        found[i]!.b - found[j]!.b,
    );
  const pairs = order.slice(0, limit).map((i): ItemPair => {
    const { a, b, table } = found[i]!;
    const { both, rows, marked } = table;
    return {
      a,
      b,
      count: both,
      support: both / all,
      confidence: both / rows,
      confidenceBack: both / marked,
      ...liftInterval(table, level),
      q: q[i]!,
    };
  });
  return { pairs, looks, baskets: all, crowding: crowd };
}

/** Lists of the frequent items alone, told by their place among them; `all` lists that held anything. */
function without({ starts, items }: Lists, place: Int32Array): { all: number; kept: Lists } {
  const kept = { starts: new Int32Array(starts.length), items: new Int32Array(items.length) };
  let [all, size] = [0, 0];
  for (let list = 0; list + 1 < starts.length; list++) {
    if (starts[list + 1]! > starts[list]!) all++;
    for (let i = starts[list]!; i < starts[list + 1]!; i++) {
      const at = place[items[i]!]!;
      if (at >= 0) kept.items[size++] = at;
    }
    kept.starts[list + 1] = size;
  }
  return { all, kept: { starts: kept.starts, items: kept.items.subarray(0, size) } };
}

/** Pairs a < b that at least `countMin` lists hold, in order; the items of a list ascend. */
function eachPair(
  lists: Lists,
  itemCount: number,
  countMin: number,
  visit: (a: number, b: number, count: number) => void,
): void {
  const ends = new Int32Array(lists.items.length);
  for (let list = 0; list + 1 < lists.starts.length; list++)
    ends.fill(lists.starts[list + 1]!, lists.starts[list], lists.starts[list + 1]);
  const places = placesOf(lists, itemCount);
  const row = rowOf(itemCount, countMin);
  for (let a = 0; a < itemCount; a++) {
    row.clear();
    for (let i = places.starts[a]!; i < places.starts[a + 1]!; i++) {
      const place = places.items[i]!;
      row.add(lists.items, place + 1, ends[place]!);
    }
    for (const b of row.often()) visit(a, b, row.count(b));
  }
}

const liftOf = ({ both, rows, marked, all }: Fourfold) => (both * all) / (rows * marked);

/** Lift with the interval of its logarithm, by the delta method on the four shares. */
export function liftInterval(
  table: Fourfold,
  level: number,
): { lift: number; lower: number; upper: number } {
  const { both, rows, marked, all } = table;
  const lift = liftOf(table);
  const ofBoth = 1 / both - 1 / rows - 1 / marked;
  const squares = both * ofBoth ** 2 + (rows - both) / rows ** 2 + (marked - both) / marked ** 2;
  // The gradient's mean over the shares is −1.
  const spread = Math.sqrt(Math.max(0, squares - 1 / all));
  const z = normalQuantile((1 + level) / 2);
  return { lift, lower: lift * Math.exp(-z * spread), upper: lift * Math.exp(z * spread) };
}
