import type { Tuple } from '../kernel/arguments.js';
import type { Views } from '../kernel/memory.js';
import { BINS } from '../kernel/scoring-plain.js';
import { SETS } from '../kernel/scoring.js';
import type { Forest } from './forest.js';
import { quickForest } from './quick-layout.js';
import { symmetricBytes, symmetricTrees, writeSymmetric } from './symmetric-layout.js';

/** A column as some nodes ask it: by the rule of `missingLeft`, or as the bins of its levels. */
export interface Slot {
  column: number;
  rule: number;
}

/** Rows that are scored at once: their values and one tree stay in the nearest cache together. */
export const BLOCK = 64;
/** Rows of a group, and trees that are walked side by side. */
export const LANES = 8;
/** Bytes of a node. */
export const NODE = 16;
/** Bytes of a slot in a group. */
export const SLOT = 8 * LANES;

/** Where the parts of a forest lie in a kernel memory: see learn/assembly/scoring.ts. */
export interface Addresses {
  trees: number;
  slots: number;
  /** Values of a block by column. */
  values: number;
  /** The same in groups of rows: the kernel's own. */
  groups: number;
  scores: number;
  toValue: number;
  /** Room for the leaves that the rows of a block arrive at, only where leaves have lines; else 0. */
  leaves: number;
  /** The first node; `leafAt` has the leaf of each node that is one, in their order. */
  nodes: number;
  leafAt: Int32Array;
  /** The trees once more, where all are symmetric; else 0. */
  symmetric: number;
  /** The trees as bit vectors, where those are faster than walks; else 0. */
  quick: number;
}

export interface Layout {
  slots: readonly Slot[];
  bytes: number;
  /** Writes the forest at an address that is a multiple of 64. */
  write(views: Views, address: number): Addresses;
}

export function layoutOf(forest: Forest, columns: number, outputs: number): Layout {
  const { slots, slotOf } = slotsOf(forest);
  // Every tree has one leaf more than nodes.
  const nodes = 2 * forest.column.length + forest.roots.length;
  const trees = Math.ceil(forest.roots.length / LANES) * LANES;
  const symmetric = symmetricTrees(forest);
  const quick = symmetric ? undefined : quickForest(forest, slotOf, slots);
  const sizes = [
    nodes * NODE,
    nodes * 8,
    trees * 8,
    forest.levelWords.length * 4,
    slots.length * 8,
    columns * BLOCK * 8,
    slots.length * BLOCK * 8,
    outputs * BLOCK * 8,
    forest.lines ? trees * BLOCK * 4 : 0,
    symmetric ? symmetricBytes(symmetric) : 0,
    quick?.bytes ?? 0,
  ];
  return {
    slots,
    bytes: sizes.reduce((sum, size) => sum + align(size), 0),
    write(views, address) {
      const starts: number[] = [];
      for (let at = address, i = 0; i < sizes.length; at += align(sizes[i++]!)) starts.push(at);
      const [first, leaves, trees, sets, table, values, groups, scores, walked, once, bits] =
        starts as Tuple<11>;
      const toValue = leaves - first / 2;
      views.i32.set(forest.levelWords, sets / 4);
      writeSlots(views, slots, table, values);
      const leafAt = writeNodes(forest, slotOf, views, { first, table: trees, sets, toValue });
      const found = forest.lines ? walked : 0;
      quick?.write(views, bits);
      const whereOf = (node: number) => slotOf[node]! * SLOT;
      if (symmetric) writeSymmetric(forest, symmetric, whereOf, views, once);
      return {
        trees,
        slots: table,
        values,
        groups,
        scores,
        toValue,
        leaves: found,
        symmetric: symmetric ? once : 0,
        quick: quick ? bits : 0,
        nodes: first,
        leafAt,
      };
    },
  };
}

const align = (bytes: number) => Math.ceil(bytes / 64) * 64;

/** The slots that are asked, and for each node the index of its own. */
export function slotsOf(forest: Forest): { slots: Slot[]; slotOf: Int32Array } {
  const slots: Slot[] = [];
  const index = new Map<number, number>();
  const slotOf = forest.column.map((column, node) => {
    const rule = forest.levelSet[node]! >= 0 ? BINS : forest.missingLeft[node]!;
    const key = column * (BINS + 1) + rule;
    if (!index.has(key)) {
      index.set(key, slots.length);
      slots.push({ column, rule });
    }
    return index.get(key)!;
  });
  return { slots, slotOf };
}

export function writeSlots(
  { i32 }: Views,
  slots: readonly Slot[],
  table: number,
  values: number,
): void {
  slots.forEach(({ column, rule }, s) => {
    i32[table / 4 + 2 * s] = values + column * BLOCK * 8;
    i32[table / 4 + 2 * s + 1] = rule;
  });
}

function writeNodes(
  forest: Forest,
  slotOf: Int32Array,
  { i32, f64 }: Views,
  { first, table, sets, toValue }: { first: number; table: number; sets: number; toValue: number },
): Int32Array {
  const leafAt = new Int32Array(2 * forest.column.length + forest.roots.length);
  let next = first;
  let hasSets = false;
  /** Writes the subtree in pre-order and returns its address and longest path. */
  const write = (child: number): { at: number; path: number } => {
    const at = next;
    next += NODE;
    if (child < 0) {
      f64[at / 8] = NaN;
      i32[at / 4 + 2] = at;
      i32[at / 4 + 3] = 0;
      f64[(at / 2 + toValue) / 8] = forest.values[~child]!;
      leafAt[(at - first) / NODE] = ~child;
      return { at, path: 0 };
    }
    const set = forest.levelSet[child]!;
    const where = slotOf[child]! * SLOT;
    if (set >= 0) {
      hasSets = true;
      i32[at / 4] = sets + 4 * set;
      i32[at / 4 + 1] = 0;
    } else f64[at / 8] = forest.threshold[child]!;
    i32[at / 4 + 3] = set >= 0 ? where | SETS : where;
    const left = write(forest.left[child]!);
    const right = write(forest.right[child]!);
    i32[at / 4 + 2] = right.at;
    return { at, path: 1 + Math.max(left.path, right.path) };
  };
  const trees = Array.from(forest.roots, (root) => {
    hasSets = false;
    return { ...write(root), hasSets };
  });
  // The last eight are filled up with their first tree: what it says there is not counted.
  const filled = Math.ceil(trees.length / LANES) * LANES;
  for (let t = 0; t < filled; t++) {
    const { at, path, hasSets: asks } = trees[t] ?? trees[t - (t % LANES)]!;
    i32[table / 4 + 2 * t] = at;
    i32[table / 4 + 2 * t + 1] = asks ? path | SETS : path;
  }
  return leafAt;
}
