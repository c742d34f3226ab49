import type { ColumnSchema, Frame, Numbers } from '../frame.js';
import { ZERO } from '../kernel/scoring-plain.js';
import type { BinnedFrame } from './binning.js';
import { linePart, packLines, type LeafLines } from './lines.js';
import type { Tree } from './tree.js';

/** All trees of a model in flat arrays. A child below zero is leaf `~child`. */
export interface Forest {
  /** First node of each tree; below zero a lone leaf. Tree `t` scores output `t % outputs`. */
  roots: Int32Array;
  column: Int32Array;
  /** Numbers at or below it go left. */
  threshold: Float64Array;
  /** First word of the set of bins that go left; -1 for a number. */
  levelSet: Int32Array;
  /** Bit 0: missing goes left; bit 1: see ZERO_IS_MISSING. */
  missingLeft: Uint8Array;
  left: Int32Array;
  right: Int32Array;
  gain: Float64Array;
  /** Training rows that passed the node. */
  cover: Float64Array;
  values: Float64Array;
  leafCover: Float64Array;
  /** Eight words a set: bit `bin` says left. */
  levelWords: Uint32Array;
  /** Bins of the levels of all category columns, one column after another. */
  levelBins: Uint8Array;
  /** Lines in the leaves, where they were asked for. */
  lines?: LeafLines;
}

/** Words of a set of bins. */
export const WORDS = 8;
/** Bit of `missingLeft`: 0, too, counts as missing (models of other libraries). */
export const ZERO_IS_MISSING = 2;

export function packForest(trees: readonly Tree[], binned: BinnedFrame): Forest {
  const count = trees.reduce((sum, tree) => sum + tree.nodes.length, 0);
  const forest: Forest = {
    roots: new Int32Array(trees.length),
    column: new Int32Array(count),
    threshold: new Float64Array(count),
    levelSet: new Int32Array(count).fill(-1),
    missingLeft: new Uint8Array(count),
    left: new Int32Array(count),
    right: new Int32Array(count),
    gain: new Float64Array(count),
    cover: new Float64Array(count),
    values: Float64Array.from(trees.flatMap((tree) => tree.values)),
    leafCover: Float64Array.from(trees.flatMap((tree) => tree.rows)),
    levelWords: new Uint32Array(0),
    levelBins: Uint8Array.from(binned.columns.flatMap(({ binOfLevel }) => [...binOfLevel])),
  };
  const words: number[] = [];
  let firstNode = 0;
  let firstLeaf = 0;
  trees.forEach((tree, t) => {
    const place = (child: number) => (child < 0 ? ~(~child + firstLeaf) : child + firstNode);
    forest.roots[t] = place(tree.nodes.length === 0 ? -1 : 0);
    tree.nodes.forEach(({ split, left, right, rows }, i) => {
      const node = firstNode + i;
      forest.column[node] = split.column;
      forest.missingLeft[node] = split.missingLeft ? 1 : 0;
      forest.left[node] = place(left);
      forest.right[node] = place(right);
      forest.gain[node] = split.gain;
      forest.cover[node] = rows;
      if (split.levels) {
        forest.levelSet[node] = words.length;
        words.push(...bitsOf(split.levels));
      } else
        forest.threshold[node] = binned.columns[split.column]!.edges[split.bin - 1] ?? Infinity;
    });
    firstNode += tree.nodes.length;
    firstLeaf += tree.values.length;
  });
  forest.levelWords = Uint32Array.from(words);
  const lines = packLines(trees.flatMap((tree) => tree.lines ?? tree.values.map(() => undefined)));
  return lines ? { ...forest, lines } : forest;
}

function bitsOf(bins: readonly number[]): Uint32Array {
  const words = new Uint32Array(WORDS);
  for (const bin of bins) words[bin >> 5]! |= 1 << (bin & 31);
  return words;
}

/** Columns as the trees read them: numbers, or the bin of each row's level. */
export interface TreeInput {
  numbers: readonly Numbers[];
  bins: readonly Uint8Array[];
}

const none = { numbers: new Float64Array(0), bins: new Uint8Array(0) };

/** `x` conforms to `schema` already. */
export function treeInput(x: Frame, schema: readonly ColumnSchema[], forest: Forest): TreeInput {
  const numbers: Numbers[] = [];
  const bins: Uint8Array[] = [];
  let first = 0;
  x.columns.forEach((column, c) => {
    const wanted = schema[c]!;
    numbers.push(column.kind === 'number' ? column.values : none.numbers);
    if (column.kind === 'number' || wanted.kind === 'number') bins.push(none.bins);
    else {
      const of = new Uint8Array(x.rows);
      for (let row = 0; row < x.rows; row++) {
        const code = column.codes[row]!;
        if (code >= 0) of[row] = forest.levelBins[first + code]!;
      }
      bins.push(of);
      first += wanted.levels.length;
    }
  });
  return { numbers, bins };
}

/** Does a node whose `missingLeft` is `rule` hold the value to be missing? */
export const isMissing = (value: number, rule: number): boolean =>
  value !== value || (rule >= ZERO_IS_MISSING && Math.abs(value) <= ZERO);

export function goesLeft(forest: Forest, input: TreeInput, node: number, row: number): boolean {
  const column = forest.column[node]!;
  const set = forest.levelSet[node]!;
  if (set >= 0) {
    const bin = input.bins[column]![row]!;
    return ((forest.levelWords[set + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
  }
  const value = input.numbers[column]![row]!;
  const rule = forest.missingLeft[node]!;
  return isMissing(value, rule) ? (rule & 1) === 1 : value <= forest.threshold[node]!;
}

/** What the leaf adds to this row's score. */
export function leafOutput(
  { lines, values }: Forest,
  leaf: number,
  input: TreeInput,
  row: number,
): number {
  return lines ? values[leaf]! + linePart(lines, leaf, input, row) : values[leaf]!;
}

/** Where the bins of each category's levels begin in `levelBins`; of a number where the next begin. */
export function levelStarts(schema: readonly ColumnSchema[]): number[] {
  let next = 0;
  return schema.map((column) => {
    const start = next;
    if (column.kind === 'category') next += column.levels.length;
    return start;
  });
}

/**
 * The oracle of `scorer.ts`. Adds every tree to `out` (rows × outputs, row-major), which
 * holds the starting scores.
 */
export function addForest(
  forest: Forest,
  input: TreeInput,
  rows: number,
  outputs: number,
  out: Float64Array,
): void {
  const { roots, left, right } = forest;
  for (let tree = 0; tree < roots.length; tree++) {
    const output = tree % outputs;
    for (let row = 0; row < rows; row++) {
      let node = roots[tree]!;
      while (node >= 0) node = goesLeft(forest, input, node, row) ? left[node]! : right[node]!;
      out[row * outputs + output]! += leafOutput(forest, ~node, input, row);
    }
  }
}
