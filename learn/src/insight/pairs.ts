import { binomialUpper, fisherUpper, type Fourfold } from './probability.js';

/** Ordered lists of whole numbers, one after another. */
export interface Lists {
  /** Where list i starts; one more than there are lists. */
  starts: Int32Array;
  items: Int32Array;
}

/** Where each item stands in the lists: places `starts[item]` to `starts[item + 1]` of `items`. */
export function placesOf({ items }: Lists, itemCount: number): Lists {
  const places = new Int32Array(items.length);
  for (let place = 0; place < places.length; place++) places[place] = place;
  const starts = new Int32Array(itemCount + 1);
  for (const item of items) starts[item + 1]!++;
  for (let item = 0; item < itemCount; item++) starts[item + 1]! += starts[item]!;
  return { starts, items: order(items, itemCount, places) };
}

/** Counts of items beside one, and which of them came up often enough: a row of a table at a time. */
export interface Row {
  add(items: Int32Array, from: number, to: number): void;
  count(item: number): number;
  /** Items counted at least `countMin` times, in ascending order. */
  often(): Int32Array;
  clear(): void;
}

/**
 * A table of all pairs would be read and written all over the memory; one row of it stays in the
 * cache, and lists are short.
 */
export function rowOf(itemCount: number, countMin: number): Row {
  const counts = new Int32Array(itemCount);
  const reached = new Int32Array(itemCount);
  const least = Math.max(1, Math.ceil(countMin));
  let size = 0;
  return {
    add(items, from, to) {
      for (let i = from; i < to; i++)
        if (++counts[items[i]!]! === least) reached[size++] = items[i]!;
    },
    count: (item) => counts[item]!,
    often: () => reached.subarray(0, size).sort(),
    clear() {
      counts.fill(0);
      size = 0;
    },
  };
}

/** The distinct items of each list, in ascending order. */
export function distinctLists(
  lists: ArrayLike<number>,
  items: ArrayLike<number>,
  { listCount, itemCount }: { listCount: number; itemCount: number },
): Lists {
  const rows = lists.length;
  const byList = linesByList(lists, items, { listCount, itemCount });
  const starts = new Int32Array(listCount + 1);
  const kept = new Int32Array(rows);
  let count = 0;
  let list = 0;
  for (const row of byList) {
    while (list < lists[row]!) starts[++list] = count;
    if (count === starts[list] || kept[count - 1] !== items[row]) kept[count++] = items[row]!;
  }
  while (list < listCount) starts[++list] = count;
  return { starts, items: kept.subarray(0, count) };
}

/** Lines in order of their list, then of their item: two stable counting sorts. */
export function linesByList(
  lists: ArrayLike<number>,
  items: ArrayLike<number>,
  { listCount, itemCount }: { listCount: number; itemCount: number },
): Int32Array {
  const lines = new Int32Array(lists.length);
  for (let line = 0; line < lines.length; line++) lines[line] = line;
  return order(lists, listCount, order(items, itemCount, lines));
}

/** `rows` in order of their keys, otherwise as they were. */
export function order(keys: ArrayLike<number>, count: number, rows: Int32Array): Int32Array {
  const starts = new Int32Array(count + 1);
  for (const row of rows) starts[keys[row]! + 1]!++;
  for (let key = 0; key < count; key++) starts[key + 1]! += starts[key]!;
  const sorted = new Int32Array(rows.length);
  for (const row of rows) sorted[starts[keys[row]!]!++] = row;
  return sorted;
}

export function sizeOf(name: string, codes: ArrayLike<number>): number {
  let most = -1;
  for (let i = 0; i < codes.length; i++) {
    if (!Number.isInteger(codes[i]!) || codes[i]! < 0)
      throw new RangeError(`${name} of line ${i} is ${codes[i]}, expected a whole number from 0`);
    most = Math.max(most, codes[i]!);
  }
  return most + 1;
}

/**
 * How much more often any two items share a list because some lists are longer than others: were
 * the items dealt out at random to lists of these sizes, lifts would lie around it and not around 1
 * (expected pairs of the configuration model of a bipartite graph; Newman, Strogatz and Watts, 2001).
 * @param starts of lists of distinct items
 * @param lists how many there are, without the empty ones
 */
export function crowding(starts: ArrayLike<number>, lists: number): number {
  let [lines, pairs] = [0, 0];
  for (let list = 0; list + 1 < starts.length; list++) {
    const size = starts[list + 1]! - starts[list]!;
    lines += size;
    pairs += size * (size - 1);
  }
  return lines === 0 ? 1 : Math.max(1, (lists * pairs) / lines ** 2);
}

/**
 * Chance of a pair that is found together this often, of items dealt out to lists as they are: the
 * larger of that of lists all alike, and that of lists of the sizes they have.
 */
export function chanceTogether(table: Fourfold, crowd: number): number {
  const { both, rows, marked, all } = table;
  const share = (crowd * Math.max(rows, marked)) / all;
  const tries = Math.min(rows, marked);
  if (both <= tries * share) return 1;
  return Math.max(fisherUpper(table), binomialUpper(both, tries, share));
}
