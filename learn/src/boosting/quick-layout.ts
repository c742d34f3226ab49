import type { Views } from '../kernel/memory.js';
import type { Forest } from './forest.js';
import type { Slot } from './layout.js';

/** Planes of eight leaves that a tree may have. */
const PLANES_MAX = 8;
/** Thresholds of a slot that have a rank of their own. */
const THRESHOLDS_MAX = 254;
/** A slot's place among the ranks is a number of 16 bits. */
const SLOTS_MAX = 1024;
/** Nanoseconds of a row's rank in a slot, of an entry, and of a step of a walk. */
const COSTS = { rank: 8, entry: 0.1, step: 1 };

/** A node of one tree: the leaves [first, end) are on its left. */
interface Strike {
  node: number;
  first: number;
  end: number;
}

interface QuickTree {
  /** Leaves from left to right. */
  leaves: number[];
  strikes: Strike[];
  path: number;
}

/** A forest laid out as bit vectors: see learn/assembly/scoring/quick.ts. */
export interface QuickForest {
  bytes: number;
  write(views: Views, address: number): void;
}

/** Undefined where walks are faster, or trees have sets of levels, lines, or too much for a byte. */
export function quickForest(
  forest: Forest,
  slotOf: Int32Array,
  asked: readonly Slot[],
): QuickForest | undefined {
  const slots = asked.length;
  if (forest.lines || forest.levelWords.length > 0 || slots > SLOTS_MAX) return undefined;
  const firsts = asked.map(({ column }) => asked.findIndex((other) => other.column === column));
  const firstOf = slotOf.map((slot) => firsts[slot]!);
  const edges = edgesOfSlots(forest, firstOf, slots);
  if (edges.some((own) => own.length > THRESHOLDS_MAX || own.includes(NaN))) return undefined;
  const trees = Array.from(forest.roots, (root) => treeOf(forest, root));
  if (trees.some(({ leaves }) => leaves.length > 8 * PLANES_MAX)) return undefined;
  const entries = trees.map((tree) => tree.strikes.reduce((sum, own) => sum + planesOf(own), 0));
  const all = entries.reduce((sum, count) => sum + count, 0);
  const steps = trees.reduce((sum, { path }) => sum + path, 0);
  const ranked = new Set(firsts).size;
  if (COSTS.rank * ranked + COSTS.entry * all > COSTS.step * steps) return undefined;
  const values = trees.reduce((sum, { leaves }) => sum + leaves.length, 0);
  const at = { firsts: 64, edges: 64 + 8 * slots, ranks: 0, values: 0, trees: 0, entries: 0 };
  at.ranks = at.edges + 2048 * slots;
  at.values = at.ranks + 64 * slots;
  at.trees = at.values + 8 * values;
  at.entries = at.trees + TREE * trees.length;
  return {
    bytes: at.entries + 4 * all,
    write(views, address) {
      const { i32, f64 } = views;
      const [first, ranks] = [address + at.edges, address + at.ranks];
      i32.set([first, ranks, address + at.trees], address / 4);
      i32.set(firsts, (address + at.firsts) / 4);
      f64.fill(Infinity, first / 8, ranks / 8);
      edges.forEach((own, s) => f64.set(own, first / 8 + 256 * s));
      const places = edges.map((own) => new Map(own.map((edge, rank) => [edge, rank])));
      const rankOf = (node: number) => places[firstOf[node]!]!.get(forest.threshold[node]!)!;
      let next = address + at.entries;
      let value = address + at.values;
      trees.forEach((tree, t) => {
        f64.set(
          tree.leaves.map((leaf) => forest.values[leaf]!),
          value / 8,
        );
        next = writeTree(
          views,
          tree,
          { at: address + at.trees + TREE * t, value, next },
          (node) => [64 * slotOf[node]!, rankOf(node)],
        );
        value += 8 * tree.leaves.length;
      });
    },
  };
}

const TREE = 44;

const planesOf = ({ first, end }: Strike): number => ((end - 1) >> 3) - (first >> 3) + 1;

/** Distinct thresholds of each column, ascending, at its first slot. */
function edgesOfSlots({ threshold }: Forest, firstOf: Int32Array, slots: number): number[][] {
  const found = Array.from({ length: slots }, () => new Set<number>());
  threshold.forEach((value, node) => found[firstOf[node]!]!.add(value));
  return found.map((values) => [...values].sort((a, b) => a - b));
}

function treeOf(forest: Forest, root: number): QuickTree {
  const tree: QuickTree = { leaves: [], strikes: [], path: 0 };
  const walk = (child: number, depth: number): void => {
    if (child < 0) {
      tree.leaves.push(~child);
      tree.path = Math.max(tree.path, depth);
      return;
    }
    const first = tree.leaves.length;
    walk(forest.left[child]!, depth + 1);
    tree.strikes.push({ node: child, first, end: tree.leaves.length });
    walk(forest.right[child]!, depth + 1);
  };
  walk(root, 0);
  return tree;
}

/** Returns where the entries end. */
function writeTree(
  { u8, i32 }: Views,
  { leaves, strikes }: QuickTree,
  { at, value, next }: { at: number; value: number; next: number },
  question: (node: number) => [slot: number, rank: number],
): number {
  const planes = Math.ceil(leaves.length / 8);
  i32.set([planes, value], at / 4);
  let entry = next;
  for (let plane = 0; plane < planes; plane++) {
    i32[at / 4 + 2 + plane] = entry;
    for (const { node, first, end } of strikes) {
      const struck = bitsBetween(first - 8 * plane, end - 8 * plane);
      if (struck === 0) continue;
      const [slot, rank] = question(node);
      u8.set([slot & 255, slot >> 8, rank, 255 & ~struck], entry);
      entry += 4;
    }
    i32[at / 4 + 3 + plane] = entry;
  }
  return entry;
}

/** Bits [first, end) of a byte. */
const bitsBetween = (first: number, end: number): number =>
  end <= 0 || first >= 8 ? 0 : (2 ** Math.min(end, 8) - 1) & ~(2 ** Math.max(first, 0) - 1);
