import type { CategoryColumn, Column, Frame, Numbers } from '../frame.js';

/** Rows that correlations are measured on, evenly spread. */
const ROWS = 5000;

/**
 * Columns that say the same, by name: linked, directly or over others, by an absolute association of at
 * least `from`. Two numbers: Spearman's rank correlation over the rows that have both. A number and a
 * category: the share of the ranks' spread that lies between levels (ε, that is η less what chance
 * alone gives; Kelley 1935). Two categories: Cramér's V, less chance (Bergsma 2013).
 */
export function correlatedGroups(x: Frame, from = 0.7): string[][] {
  if (!(from > 0 && from <= 1))
    throw new RangeError(`correlation of a group is ${from}, expected above 0 and at most 1`);
  const step = Math.max(1, x.rows / ROWS);
  const rows = Int32Array.from({ length: Math.min(x.rows, ROWS) }, (_, i) => Math.floor(i * step));
  const group = x.columns.map((_, c) => c);
  const rootOf = (c: number): number => (group[c] === c ? c : rootOf(group[c]!));
  x.columns.forEach((a, i) => {
    for (let j = 0; j < i; j++)
      if (rootOf(i) !== rootOf(j) && association(a, x.columns[j]!, rows) >= from)
        group[Math.max(rootOf(i), rootOf(j))] = Math.min(rootOf(i), rootOf(j));
  });
  const byRoot = new Map<number, string[]>();
  x.columns.forEach(({ name }, c) =>
    byRoot.set(rootOf(c), [...(byRoot.get(rootOf(c)) ?? []), name]),
  );
  return [...byRoot.values()];
}

/** From 0 to 1. */
function association(a: Column, b: Column, rows: Int32Array): number {
  if (a.kind === 'number' && b.kind === 'number') {
    const both = rows.filter(
      (row) => !Number.isNaN(a.values[row]!) && !Number.isNaN(b.values[row]!),
    );
    return Math.abs(pearson(ranksOf(a.values, both), ranksOf(b.values, both)));
  }
  if (a.kind === 'category' && b.kind === 'category') return cramer(a, b, rows);
  const [number, category] =
    a.kind === 'number'
      ? [a, b as CategoryColumn]
      : [b as typeof a & { kind: 'number' }, a as CategoryColumn];
  const both = rows.filter(
    (row) => !Number.isNaN(number.values[row]!) && category.codes[row]! >= 0,
  );
  return betweenLevels(
    ranksOf(number.values, both),
    Int32Array.from(both, (row) => category.codes[row]!),
  );
}

/** Average ranks of the values at `rows`, from 0, less their mean. */
function ranksOf(values: Numbers, rows: Int32Array): Float64Array {
  const order = Array.from(rows.keys()).sort(
    (i, j) => values[rows[i]!]! - values[rows[j]!]! || i - j,
  );
  const ranks = new Float64Array(rows.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[rows[order[to]!]!] === values[rows[order[from]!]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + to - rows.length) / 2;
    from = to;
  }
  return ranks;
}

/** Of values whose means are 0; 0 where one of them never moves. */
function pearson(a: Float64Array, b: Float64Array): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  a.forEach((value, i) => {
    ab += value * b[i]!;
    aa += value * value;
    bb += b[i]! * b[i]!;
  });
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

function betweenLevels(ranks: Float64Array, codes: Int32Array): number {
  const sums = new Map<number, { sum: number; rows: number }>();
  let total = 0;
  ranks.forEach((rank, i) => {
    const level = sums.get(codes[i]!) ?? { sum: 0, rows: 0 };
    sums.set(codes[i]!, { sum: level.sum + rank, rows: level.rows + 1 });
    total += rank * rank;
  });
  let between = 0;
  for (const { sum, rows } of sums.values()) between += (sum * sum) / rows;
  const free = ranks.length - sums.size;
  if (total === 0 || free <= 0) return 0;
  return Math.sqrt(Math.max(0, 1 - ((total - between) / total) * ((ranks.length - 1) / free)));
}

function cramer(a: CategoryColumn, b: CategoryColumn, rows: Int32Array): number {
  const pairs = new Map<number, number>();
  const ofA = new Map<number, number>();
  const ofB = new Map<number, number>();
  const count = (counts: Map<number, number>, key: number) =>
    counts.set(key, (counts.get(key) ?? 0) + 1);
  let n = 0;
  for (const row of rows) {
    const [i, j] = [a.codes[row]!, b.codes[row]!];
    if (i < 0 || j < 0) continue;
    n++;
    count(ofA, i);
    count(ofB, j);
    count(pairs, i * b.levels.length + j);
  }
  if (n < 2) return 0;
  let squares = 0;
  for (const [key, held] of pairs)
    squares +=
      held ** 2 / (ofA.get(Math.floor(key / b.levels.length))! * ofB.get(key % b.levels.length)!);
  const chance = ((ofA.size - 1) * (ofB.size - 1)) / (n - 1);
  const corrected = (levels: number) => levels - (levels - 1) ** 2 / (n - 1);
  const least = Math.min(corrected(ofA.size), corrected(ofB.size)) - 1;
  return least > 0 ? Math.sqrt(Math.max(0, squares - 1 - chance) / least) : 0;
}
