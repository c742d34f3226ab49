import type { BinnedFrame } from './binning.js';
import { STRIDE, addHistograms, addUnitHistograms, subtractHistogram } from './histogram.js';
import { childrenSums, rootOf, type Job, type Leaf } from './leaf.js';
import { bestLevels, bestThreshold, leafValue, type Split, type SplitRules } from './split.js';
import { routeOf, type Tree } from './tree.js';

export interface GrowRules extends SplitRules {
  leaves: number;
  depthMax: number;
}

/** A tree and where its training rows lie: leaf `i` holds rows[starts[i] .. ends[i]). */
export interface Grown {
  tree: Tree;
  starts: number[];
  ends: number[];
  bounds: { lower: number; upper: number }[];
}

/** What one training run grows all its trees with: buffers are allocated once. */
interface Workshop {
  binned: BinnedFrame;
  rules: GrowRules;
  /** One sign a column. */
  monotone: Int8Array;
  /** Where each column begins in a histogram. */
  offsets: readonly number[];
  /** Length of a histogram. */
  size: number;
  gradients: Float64Array;
  hessians: Float64Array;
  spill: Int32Array;
  /** Histograms to use again. */
  free: Float64Array[];
}

/**
 * Grows trees leaf by leaf: always the leaf whose best split gains most (Shi 2007). The function
 * that is returned reorders `job.rows` so that each leaf's rows lie together.
 */
export function makeGrower(
  binned: BinnedFrame,
  rules: GrowRules,
  monotone: Int8Array,
): (job: Job) => Grown {
  const offsets: number[] = [];
  let size = 0;
  for (const { count } of binned.columns) {
    offsets.push(size);
    size += STRIDE * count;
  }
  const shop: Workshop = {
    binned,
    rules,
    monotone,
    offsets,
    size,
    gradients: new Float64Array(binned.rows),
    hessians: new Float64Array(binned.rows),
    spill: new Int32Array(binned.rows),
    free: [],
  };
  return (job) => grow(shop, job);
}

function grow(shop: Workshop, job: Job): Grown {
  const root = rootOf(job);
  root.histogram = histogramOf(shop, job, root);
  settle(shop, job, root);
  const leaves = [root];
  const tree: Tree = { nodes: [], values: [], rows: [] };
  while (leaves.length < shop.rules.leaves) {
    const chosen = mostGaining(leaves);
    if (chosen < 0) break;
    const leaf = leaves[chosen]!;
    const split = leaf.best!;
    const node = tree.nodes.length;
    if (leaf.parent >= 0) tree.nodes[leaf.parent]![leaf.side] = node;
    tree.nodes.push({ split, left: ~chosen, right: ~leaves.length, rows: leaf.rows });
    leaves.push(divide(shop, job, leaf, split, node));
  }
  for (const leaf of leaves) {
    release(shop, leaf);
    tree.values.push(leafValue(leaf.gradient, leaf.hessian, shop.rules.l2, leaf));
    tree.rows.push(leaf.rows);
  }
  return {
    tree,
    starts: leaves.map(({ start }) => start),
    ends: leaves.map(({ end }) => end),
    bounds: leaves.map(({ lower, upper }) => ({ lower, upper })),
  };
}

function mostGaining(leaves: readonly Leaf[]): number {
  let chosen = -1;
  let most = 0;
  leaves.forEach(({ best }, i) => {
    if (best === null || best.gain <= most) return;
    most = best.gain;
    chosen = i;
  });
  return chosen;
}

function histogramOf(shop: Workshop, job: Job, { start, end }: Leaf): Float64Array {
  const { gradients, hessians, binned, offsets } = shop;
  const out = shop.free.pop()?.fill(0) ?? new Float64Array(shop.size);
  const { rows } = job;
  for (let i = start; i < end; i++) gradients[i] = job.gradients[rows[i]!]!;
  if (job.hessians) for (let i = start; i < end; i++) hessians[i] = job.hessians[rows[i]!]!;
  const targets = job.columns.map((c) => ({ bins: binned.columns[c]!.bins, at: offsets[c]! }));
  const span = { rows, start, end, gradients, hessians };
  if (job.hessians) addHistograms(targets, span, out);
  else addUnitHistograms(targets, span, out);
  return out;
}

function bestSplit({ binned, offsets, rules, monotone }: Workshop, job: Job, leaf: Leaf) {
  let best: Split | null = null;
  for (const c of job.columns) {
    const { kind, count } = binned.columns[c]!;
    const found =
      kind === 'number'
        ? bestThreshold(leaf.histogram!, offsets[c]!, count, c, leaf, rules, monotone[c]!)
        : bestLevels(leaf.histogram!, offsets[c]!, count, c, leaf, rules);
    if (found && found.gain > (best?.gain ?? 0)) best = found;
  }
  return best;
}

/** Left rows to the front, both sides in their order. Returns where the right ones begin. */
function partition(
  { binned, spill }: Workshop,
  rows: Int32Array,
  { start, end }: Leaf,
  split: Split,
): number {
  const route = routeOf(split);
  const { bins } = binned.columns[split.column]!;
  let middle = start;
  let spilled = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    if (route[bins[row]!] === 1) rows[middle++] = row;
    else spill[spilled++] = row;
  }
  rows.set(spill.subarray(0, spilled), middle);
  return middle;
}

/** Turns `leaf` into its left child and returns the right one. */
function divide(shop: Workshop, job: Job, leaf: Leaf, split: Split, node: number): Leaf {
  const { left, right } = childrenSums(leaf, split, shop.rules.l2, shop.monotone[split.column]!);
  const middle = partition(shop, job.rows, leaf, split);
  const depth = leaf.depth + 1;
  const whole = leaf.histogram!;
  const child: Leaf = {
    ...right,
    start: middle,
    end: leaf.end,
    depth,
    histogram: null,
    best: null,
    parent: node,
    side: 'right',
  };
  Object.assign(leaf, left, { end: middle, depth, parent: node, side: 'left' });
  const [small, large] = child.rows < leaf.rows ? [child, leaf] : [leaf, child];
  small.histogram = null;
  large.histogram = whole;
  if (isOpen(shop, small) || isOpen(shop, large)) {
    small.histogram = histogramOf(shop, job, small);
    subtractHistogram(whole, small.histogram);
  }
  settle(shop, job, leaf);
  settle(shop, job, child);
  return child;
}

const isOpen = ({ rules }: Workshop, leaf: Leaf) =>
  leaf.depth < rules.depthMax && leaf.rows >= 2 * rules.minDataInLeaf;

/** Looks for the leaf's best split; a leaf without one gives its histogram back. */
function settle(shop: Workshop, job: Job, leaf: Leaf): void {
  leaf.best = isOpen(shop, leaf) ? bestSplit(shop, job, leaf) : null;
  if (leaf.best === null) release(shop, leaf);
}

function release(shop: Workshop, leaf: Leaf): void {
  if (leaf.histogram) shop.free.push(leaf.histogram);
  leaf.histogram = null;
}
