import type { Views } from './memory.js';

/** What the kernels of scoring are given. */
interface Given {
  /** Address of the head. */
  trees: number;
  count: number;
  slots: number;
  rows: number;
  groups: number;
  scores: number;
  outputs: number;
}

/** The plain twin of learn/assembly/scoring/quick.ts, after the slots are filled. */
export function scoreQuick(views: Views, of: Given): void {
  const { i32, f64 } = views;
  const [edges, ranks, trees] = i32.subarray(of.trees / 4, of.trees / 4 + 3) as unknown as Head;
  for (let s = 0; s < of.slots; s++)
    for (let i = 0; i < of.groups * 8; i++) {
      const value = f64[(of.rows + ((i >> 3) * of.slots + s) * 64 + (i & 7) * 8) / 8]!;
      // Of all slots of a column the first has its edges; equal values have equal ranks.
      const first = i32[of.trees / 4 + 16 + s]!;
      views.u8[ranks + s * 64 + i] = rankOf(f64, (edges + first * 2048) / 8, value);
    }
  for (let t = 0; t < of.count; t++)
    for (let i = 0; i < of.groups * 8; i++) {
      const tree = trees + t * 44;
      const leaf = leafOf(views, tree, ranks + i);
      const to = of.scores + ((i >> 3) * of.outputs + (t % of.outputs)) * 64 + (i & 7) * 8;
      f64[to / 8]! += f64[i32[tree / 4 + 1]! / 8 + leaf]!;
    }
}

type Head = [edges: number, ranks: number, trees: number];

function rankOf(f64: Float64Array, edges: number, value: number): number {
  if (value !== value) return 255;
  let rank = 0;
  while (rank < 255 && f64[edges + rank]! < value) rank++;
  return rank;
}

/** `ranks` is where the row's first rank lies. */
function leafOf({ u8, i32 }: Views, tree: number, ranks: number): number {
  for (let plane = 0; plane < i32[tree / 4]!; plane++) {
    const [first, end] = i32.subarray(tree / 4 + 2 + plane, tree / 4 + 4 + plane);
    let left = 255;
    for (let entry = first!; entry < end!; entry += 4) {
      const slot = u8[entry]! + 256 * u8[entry + 1]!;
      if (u8[ranks + slot]! > u8[entry + 2]!) left &= u8[entry + 3]!;
    }
    if (left !== 0) return 8 * plane + 31 - Math.clz32(left & -left);
  }
  return 0;
}
