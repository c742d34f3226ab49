import { node } from '../kernel/boosting/layout.js';
import { chunkOf, chunksOf, losses, operations } from '../kernel/boosting/operations.js';
import type { BinnedFrame } from './binning.js';
import { expand, openRoot } from './expand.js';
import { mostGaining, rowsIn, type Growth, type Grown, type Leaf } from './growth.js';
import { finish } from './leaf-values.js';
import { addressOf, roundGradients, type Job } from './rounding.js';
import type { GrowRules } from './rules.js';
import { splitOf } from './split.js';
import { growLevels, valuesWithEnoughRows } from './symmetric.js';
import { routeOf, type Tree } from './tree.js';
import { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.js';

/** Grows the trees of one training run over memory that it holds until `end`. */
export interface Grower {
  /** Columns of a number a row, as many as were asked for: gradients, hessians and scores live here. */
  readonly columns: readonly Float64Array[];
  grow(job: Job): Grown;
  /** Adds each leaf's value to the scores of its rows. */
  addLeaves(grown: Grown, scores: Float64Array): void;
  /** Adds the tree's values to the scores of `rows`, on which it need not have been grown. */
  addTree(tree: Tree, rows: Int32Array, scores: Float64Array): void;
  /** Derivatives of a loss into columns; no weights or hessians: all are 1. */
  derive(loss: KernelLoss, of: Derivatives): void;
  end(): void;
}

/** Losses whose derivatives a kernel knows. */
export type KernelLoss = keyof typeof losses | 'softmax';

/** By output; columns of the grower, in its order. */
export interface Derivatives {
  scores: readonly Float64Array[];
  targets: Float64Array;
  weights: Float64Array | undefined;
  gradients: readonly Float64Array[];
  /** None where every hessian is 1. */
  hessians: readonly Float64Array[];
}

/**
 * Grows trees leaf by leaf: always the leaf whose best split gains most (Shi 2007). Threads share large
 * leaves; of small ones the next best are split ahead of their turn. A split is a function of its leaf
 * alone and sums are exact, so that the tree has the same bytes for any number of threads.
 */
export function makeGrower(
  binned: BinnedFrame,
  rules: GrowRules,
  monotone: Int8Array,
  options: WorkshopOptions,
): Grower {
  const shop = openWorkshop(binned, rules, monotone, options);
  let trees = 0;
  return {
    columns: shop.columns,
    grow: (job) => grow(shop, job, trees++),
    addLeaves: (grown, scores) => addLeaves(shop, grown, scores),
    addTree: (tree, rows, scores) => addTree(shop, tree, rows, scores),
    derive: (loss, of) => derive(shop, loss, of),
    end: () => shop.end(),
  };
}

function grow(shop: Workshop, job: Job, number: number): Grown {
  const rounded = roundGradients(shop, job, number);
  openColumns(shop, job.columns);
  const free = Array.from(
    { length: shop.histogramsMax },
    (_, i) => shop.histograms + (shop.histogramsMax - 1 - i) * shop.histogramBytes,
  );
  const growth: Growth = { shop, job, number, rounded, leaves: [], free, records: 0, ahead: 0 };
  growth.leaves.push(openRoot(growth));
  const tree: Tree = { nodes: [], values: [], rows: [] };
  return shop.rules.symmetric ? growSymmetric(growth, tree) : growByLeaf(growth, tree);
}

/** Says which columns the tree may split by. */
function openColumns({ engine, binned, mask, laneMask }: Workshop, columns: Job['columns']): void {
  const { u8 } = engine.memory.views;
  u8.fill(0, mask, mask + binned.columns.length);
  for (const column of columns) u8[mask + column] = 1;
  binned.lanes.forEach((lane, i) => {
    u8[laneMask + i] = lane.some((column) => u8[mask + column] === 1) ? 1 : 0;
  });
}

function growSymmetric(growth: Growth, tree: Tree): Grown {
  const above = growLevels(growth, tree);
  const grown = finish(growth, tree);
  tree.values = valuesWithEnoughRows(growth, above, tree.values);
  return grown;
}

function growByLeaf(growth: Growth, tree: Tree): Grown {
  const { shop } = growth;
  while (growth.leaves.length < shop.rules.leaves) {
    const chosen = mostGaining(growth.leaves);
    if (chosen < 0) break;
    const divided = growth.leaves[chosen]!;
    if (divided.children) growth.ahead--;
    else expand(growth, divided);
    push(growth, tree, chosen, divided);
  }
  return finish(growth, tree);
}

/** Puts the chosen leaf's split and children in its place. */
function push({ shop, leaves, rounded }: Growth, tree: Tree, chosen: number, divided: Leaf): void {
  const { views } = shop.engine.memory;
  const at = tree.nodes.length;
  if (divided.node >= 0) tree.nodes[divided.node]![divided.side] = at;
  tree.nodes.push({
    split: splitOf(views, divided.record, shop.binned.columns, rounded.valueUnit ** 2),
    left: ~chosen,
    right: ~leaves.length,
    rows: rowsIn(shop, divided.record),
  });
  const [left, right] = divided.children!;
  left.node = right.node = at;
  leaves[chosen] = left;
  leaves.push(right);
}

function addLeaves(shop: Workshop, { tree, starts, ends }: Grown, scores: Float64Array): void {
  const { i32, f64 } = shop.engine.memory.views;
  tree.values.forEach((value, i) => {
    i32.set([starts[i]!, ends[i]!], shop.table / 4 + 4 * i);
    f64[shop.table / 8 + 2 * i + 1] = value;
  });
  const args = [shop.context, addressOf(shop, scores), shop.table];
  shop.engine.run(operations.addLeaf, tree.values.length, args);
}

function addTree(shop: Workshop, tree: Tree, rows: Int32Array, scores: Float64Array): void {
  if (rows.length === 0) return;
  if (tree.nodes.length === 0) {
    for (const row of rows) scores[row]! += tree.values[0]!;
    return;
  }
  const { u8, i32, f64 } = shop.engine.memory.views;
  tree.nodes.forEach(({ split, left, right }, i) => {
    const { first } = shop.binned.columns[split.column]!;
    const route = shop.routes + 256 * i;
    u8.set(routeOf(split), route);
    i32.set([first, route, left, right], (shop.table + i * node.bytes) / 4);
  });
  f64.set(tree.values, shop.values / 8);
  i32.set(rows, shop.spill / 4);
  const args = [shop.spill, rows.length, addressOf(shop, scores), shop.table, shop.values];
  shop.engine.run(operations.addTree, chunksOf(rows.length, chunkOf.tree), args);
}

function derive(shop: Workshop, loss: KernelLoss, of: Derivatives): void {
  const { rows } = shop.binned;
  const place = (column: Float64Array | undefined) => (column ? addressOf(shop, column) : 0);
  const [scores, gradients, hessians] = [of.scores, of.gradients, of.hessians].map((each) =>
    place(each[0]),
  );
  const [targets, weights] = [of.targets, of.weights].map(place);
  const chunks = chunksOf(rows, chunkOf.gradients);
  if (loss === 'softmax') {
    const classes = of.scores.length;
    const step = place(of.scores[1]) - scores!;
    // Friedman's factor: the sum of scores is free, so that each may move a little further.
    const factor = classes / (classes - 1);
    const args = [rows, classes, scores!, gradients!, hessians!, step, targets!, weights!];
    shop.engine.run(operations.deriveClasses, chunks, args, [factor]);
  } else {
    const args = [losses[loss], rows, scores!, targets!, weights!, gradients!, hessians!];
    shop.engine.run(operations.deriveRows, chunks, args);
  }
}
