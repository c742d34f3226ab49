import type { Views } from '../kernel/memory.js';
import { SETS } from '../kernel/scoring.js';
import type { Forest } from './forest.js';
import { BLOCK, SLOT, slotsOf, writeSlots, type Slot } from './layout.js';
import type { TreePaths } from './paths.js';

const EDGE = 40;
const TREE = 24;

/** Where the parts lie in a kernel memory: see learn/assembly/scoring/contributions.ts. */
export interface ShapAddresses {
  trees: number;
  slots: number;
  values: number;
  groups: number;
  contributions: number;
  scratch: number;
}

export interface ShapLayout {
  slots: readonly Slot[];
  bytes: number;
  write(views: Views, address: number): ShapAddresses;
}

/** Points of a tree as the kernel has them: an even number, the last may weigh nothing. */
const pointsOf = ({ at }: TreePaths): number => at.length + (at.length & 1);

export function shapLayout(
  forest: Forest,
  trees: readonly TreePaths[],
  columns: number,
  outputs: number,
): ShapLayout {
  const { slots, slotOf } = slotsOf(forest);
  const scratch = trees.map((tree) => (tree.node.length + 1) * (16 * pointsOf(tree) + 8));
  const sizes = [
    trees.length * TREE,
    forest.levelWords.length * 4,
    slots.length * 8,
    columns * BLOCK * 8,
    slots.length * BLOCK * 8,
    outputs * columns * BLOCK * 8,
    scratch.reduce((most, size) => Math.max(most, size), 0),
    ...trees.map(bytesOf),
  ];
  return {
    slots,
    bytes: sizes.reduce((sum, size) => sum + align(size), 0),
    write(views, address) {
      const starts: number[] = [];
      for (let at = address, i = 0; i < sizes.length; at += align(sizes[i++]!)) starts.push(at);
      const [table, sets, slotTable, values, groups, contributions, room, ...own] = starts as Parts;
      views.i32.set(forest.levelWords, sets / 4);
      writeSlots(views, slots, slotTable, values);
      trees.forEach((tree, t) => {
        const entry = writeTree(forest, tree, slotOf, views, own[t]!, sets);
        views.i32.set(entry, (table + t * TREE) / 4);
      });
      return { trees: table, slots: slotTable, values, groups, contributions, scratch: room };
    },
  };
}

type Parts = [number, number, number, number, number, number, number, ...number[]];

const align = (bytes: number) => Math.ceil(bytes / 64) * 64;

const bytesOf = (tree: TreePaths): number =>
  align(tree.node.length * EDGE) + (4 * tree.node.length + 3) * pointsOf(tree) * 8;

/** Writes one tree and returns its entry in the table. */
function writeTree(
  forest: Forest,
  tree: TreePaths,
  slotOf: Int32Array,
  { i32, f64 }: Views,
  edges: number,
  sets: number,
): number[] {
  const { node, sibling, parent, above, column, leaf } = tree;
  const count = node.length;
  const points = tree.at.length;
  const width = pointsOf(tree) * 8;
  const factors = edges + align(count * EDGE);
  const slopes = factors + 3 * count * width;
  const weights = slopes + (count + 2) * width;
  for (let e = 0; e < count; e++) {
    const at = edges + e * EDGE;
    const set = forest.levelSet[node[e]!]!;
    f64[at / 8] = set >= 0 ? 0 : forest.threshold[node[e]!]!;
    if (set >= 0) i32[at / 4] = sets + 4 * set;
    const where = slotOf[node[e]!]! * SLOT;
    i32[at / 4 + 2] = set >= 0 ? where | SETS : where;
    i32[at / 4 + 3] = sibling[e]! < 0 ? -1 : 4 * sibling[e]!;
    i32[at / 4 + 4] = width * (1 + parent[e]!);
    i32[at / 4 + 5] = 4 * (1 + above[e]!);
    i32[at / 4 + 6] = 8 * column[e]!;
    f64[at / 8 + 4] = leaf[e]! < 0 ? 0 : forest.values[leaf[e]!]!;
  }
  const writeRows = (values: Float64Array, rows: number, to: number) => {
    for (let i = 0; i < rows; i++)
      for (let q = 0; q < width / 8; q++)
        f64[(to + i * width) / 8 + q] = q < points ? values[i * points + q]! : 0;
  };
  writeRows(tree.factor, 3 * count, factors);
  writeRows(tree.slope, count + 2, slopes);
  writeRows(tree.weight, 1, weights);
  return [edges, count, width, factors, slopes, weights];
}
