import type { LeafLine } from './lines.js';
import type { Split } from './split.js';

/** One split node, in terms of bins. A child below zero is leaf `~child`. */
export interface TreeNode {
  split: Split;
  left: number;
  right: number;
  rows: number;
}

/** A grown tree, as the grower leaves it; `forest.ts` keeps it in the terms of values. */
export interface Tree {
  nodes: TreeNode[];
  values: number[];
  /** Training rows of each leaf. */
  rows: number[];
  /** The line of each leaf; undefined for a leaf that stays at its value. */
  lines?: (LeafLine | undefined)[];
}

/** Which bins go left: one look-up for numbers and categories alike. */
export function routeOf(split: Split): Uint8Array {
  const route = new Uint8Array(256);
  if (split.levels) for (const bin of split.levels) route[bin] = 1;
  else {
    route.fill(1, 1, split.bin + 1);
    route[0] = split.missingLeft ? 1 : 0;
  }
  return route;
}
