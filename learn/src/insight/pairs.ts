/** Ordered lists of whole numbers, one after another. */
export interface Lists {
  /** Where list i starts; one more than there are lists. */
  starts: Int32Array;
  items: Int32Array;
}

/** Counts of pairs of small whole numbers: a table where it fits, else open addressing. */
export interface PairCounts {
  /** Counts `a` with each of `items` from `from` until before `to`. */
  add(a: number, items: Int32Array, from: number, to: number): void;
  get(a: number, b: number): number;
  each(visit: (a: number, b: number, count: number) => void): void;
}

// 16 million counts take 64 MB.
const TABLE_MAX = 16_000_000;

export const pairCounts = (items: number): PairCounts =>
  items * items <= TABLE_MAX ? tableCounts(items) : hashedCounts(items);

function tableCounts(items: number): PairCounts {
  const counts = new Int32Array(items * items);
  return {
    add(a, others, from, to) {
      const row = a * items;
      for (let i = from; i < to; i++) counts[row + others[i]!]!++;
    },
    get: (a, b) => counts[a * items + b]!,
    each(visit) {
      for (let a = 0; a < items; a++)
        for (let b = 0; b < items; b++)
          if (counts[a * items + b]! > 0) visit(a, b, counts[a * items + b]!);
    },
  };
}

/** Keys a·items + b stay exact below 2⁵³; slots are probed one after another (Knuth, 6.4). */
export function hashedCounts(items: number): PairCounts {
  let size = 1 << 16;
  let keys = new Float64Array(size).fill(-1);
  let counts = new Int32Array(size);
  let used = 0;
  const slotOf = (key: number) => {
    const low = key % 4294967296;
    let slot = (Math.imul(low ^ Math.floor(key / 4294967296), 0x9e3779b1) >>> 7) & (size - 1);
    while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & (size - 1);
    return slot;
  };
  const grow = () => {
    const [oldKeys, oldCounts] = [keys, counts];
    size *= 2;
    keys = new Float64Array(size).fill(-1);
    counts = new Int32Array(size);
    oldKeys.forEach((key, i) => {
      if (key < 0) return;
      const slot = slotOf(key);
      keys[slot] = key;
      counts[slot] = oldCounts[i]!;
    });
  };
  const addOne = (key: number) => {
    const slot = slotOf(key);
    if (keys[slot] === -1) {
      keys[slot] = key;
      used++;
    }
    counts[slot]!++;
    if (used * 2 > size) grow();
  };
  return {
    add(a, others, from, to) {
      for (let i = from; i < to; i++) addOne(a * items + others[i]!);
    },
    get: (a, b) => counts[slotOf(a * items + b)]!,
    each(visit) {
      const found = Array.from(keys).filter((key) => key >= 0);
      for (const key of found.sort((a, b) => a - b))
        visit(Math.floor(key / items), key % items, counts[slotOf(key)]!);
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

function order(keys: ArrayLike<number>, count: number, rows: Int32Array): Int32Array {
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
