import { takeArguments } from './arguments.js';
import type { KernelMemory, Views } from './memory.js';
import { isLeft } from './question-plain.js';

const EDGE = 40;
const TREE = 24;

/** The plain twin of learn/assembly/scoring/contributions.ts: the same steps in the same order. */
export function explainRows({ views }: KernelMemory): void {
  const [trees, count, , slots, groups, , out, rows, outputs, columns, scratch] = takeArguments(
    views,
    11,
  );
  for (let t = 0; t < count; t++)
    for (let row = 0; row < rows; row++) {
      const values = groups + (row >> 3) * slots * 64 + (row & 7) * 8;
      const to = out + (row * outputs + (t % outputs)) * columns * 8;
      explainTree(views, trees + t * TREE, values, to, scratch);
    }
}

function explainTree(
  views: Views,
  tree: number,
  values: number,
  out: number,
  scratch: number,
): void {
  const { i32, f64 } = views;
  const [edges, count, width, factors, slopes, weights] = i32.subarray(
    tree / 4,
    tree / 4 + 6,
  ) as ArrayLike<number> as [number, number, number, number, number, number];
  const points = width / 8;
  const products = scratch / 8;
  const sums = products + (count + 1) * points;
  const cold = slopes + width;
  /** Of each edge, from 1: does the row take it, and its row of slopes. */
  const taken: boolean[] = [];
  const rows = [slopes];
  f64.copyWithin(products, weights / 8, weights / 8 + points);
  for (let e = 0; e < count; e++) {
    const edge = edges + e * EDGE;
    const sibling = i32[edge / 4 + 3]!;
    taken[e] = sibling < 0 ? isLeft(views, edge, i32[edge / 4 + 2]!, values) : !taken[sibling / 4];
    const hasLeft = rows[i32[edge / 4 + 5]! / 4] === cold;
    const state = hasLeft ? 2 : taken[e] ? 0 : 1;
    rows[e + 1] = state === 0 ? slopes + (2 + e) * width : cold;
    const from = products + i32[edge / 4 + 4]! / 8;
    for (let q = 0; q < points; q++) {
      const next = f64[from + q]! * f64[(factors + (3 * e + state) * width) / 8 + q]!;
      f64[products + (e + 1) * points + q] = next;
      f64[sums + (e + 1) * points + q] = next * f64[edge / 8 + 4]!;
    }
  }
  for (let e = count - 1; e >= 0; e--) {
    const edge = edges + e * EDGE;
    const up = sums + i32[edge / 4 + 4]! / 8;
    const mine = rows[e + 1]! / 8;
    const theirs = rows[i32[edge / 4 + 5]! / 4]! / 8;
    // Even and odd points apart, as the kernel's pairs.
    const totals = [0, 0];
    for (let q = 0; q < points; q++) {
      const below = f64[sums + (e + 1) * points + q]!;
      totals[q & 1]! += below * (f64[mine + q]! - f64[theirs + q]!);
      f64[up + q]! += below;
    }
    f64[(out + i32[edge / 4 + 6]!) / 8]! += totals[0]! + totals[1]!;
  }
}
