import { context, leaf, node, task } from '../kernel/boosting/layout.js';
import { chunkOf, chunksOf, losses, operations } from '../kernel/boosting/operations.js';
import type { BinnedFrame } from './binning.js';
import { childPath, rootPath, maskOf, type Path } from './masks.js';
import { addressOf, roundGradients, type Job, type Rounded } from './rounding.js';
import type { GrowRules } from './rules.js';
import { splitOf } from './split.js';
import { growLevels, valuesWithEnoughRows } from './symmetric.js';
import { routeOf, type Tree } from './tree.js';
import { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.js';

/** A tree and where its training rows lie: leaf `i` holds rows[starts[i] .. ends[i]), ascending. */
export interface Grown {
  tree: Tree;
  rows: Int32Array;
  starts: number[];
  ends: number[];
  bounds: { lower: number; upper: number }[];
}

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

/** Rows from which the threads share one leaf; smaller ones are split by one thread each. */
const SHARED_FROM = 16_384;

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

/** A leaf that may still be split. */
export interface Leaf {
  /** Address of its record. */
  record: number;
  /** Record of the leaf that it came from; 0 for the root. */
  parent: number;
  gain: number;
  /** Its children, once it has been split, be it ahead of its turn. */
  children: readonly [Leaf, Leaf] | null;
  path: Path;
  /** The node that points at it; -1 for the root. */
  node: number;
  side: 'left' | 'right';
}

/** One tree in course. */
export interface Growth {
  shop: Workshop;
  job: Job;
  /** Which tree of the run it is. */
  number: number;
  rounded: Rounded;
  leaves: Leaf[];
  /** Histograms that nobody uses. */
  free: number[];
  /** Records in use. */
  records: number;
  /** Leaves whose children exist already. */
  ahead: number;
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
  const above = growLevels(growth, tree, (parent, side, path) =>
    newLeaf(growth, parent, side, path),
  );
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
    rows: rowsOf(shop, divided.record),
  });
  const [left, right] = divided.children!;
  left.node = right.node = at;
  leaves[chosen] = left;
  leaves.push(right);
}

function mostGaining(leaves: readonly Leaf[], skip?: (leaf: Leaf) => boolean): number {
  let chosen = -1;
  let most = 0;
  leaves.forEach((each, i) => {
    if (each.gain <= most || skip?.(each)) return;
    most = each.gain;
    chosen = i;
  });
  return chosen;
}

const intOf = ({ engine }: Workshop, record: number, field: number): number =>
  engine.memory.views.i32[(record + field) / 4]!;
const floatOf = ({ engine }: Workshop, record: number, field: number): number =>
  engine.memory.views.f64[(record + field) / 8]!;
const rowsOf = (shop: Workshop, record: number): number =>
  intOf(shop, record, leaf.end) - intOf(shop, record, leaf.start);

function newLeaf(growth: Growth, parent: number, side: Leaf['side'], path: Path): Leaf {
  const record = growth.shop.leaves + growth.records++ * leaf.bytes;
  return { record, parent, gain: 0, children: null, path, node: -1, side };
}

/** Children of a leaf that is about to be split. */
function newChildren(growth: Growth, { record, path }: Leaf): readonly [Leaf, Leaf] {
  const child = (side: 0 | 1) =>
    newLeaf(
      growth,
      record,
      side === 0 ? 'left' : 'right',
      childPath(growth.shop, record, path, side),
    );
  return [child(0), child(1)];
}

const maskOfLeaf = ({ shop, number, job }: Growth, { record, path }: Leaf): number =>
  maskOf(shop, record, path, number, job.columns);

const isShared = ({ shop }: Growth, record: number) =>
  shop.engine.threads > 1 && rowsOf(shop, record) >= SHARED_FROM;

function openRoot(growth: Growth): Leaf {
  const { shop, job, rounded, free } = growth;
  const { engine } = shop;
  const root = newLeaf(growth, 0, 'left', rootPath);
  const { u8, i32, f64 } = engine.memory.views;
  const { record } = root;
  u8.fill(0, record, record + leaf.bytes);
  f64[(record + leaf.gradient) / 8] = rounded.gradient;
  f64[(record + leaf.hessian) / 8] = rounded.hessian;
  f64[(record + leaf.lower) / 8] = -Infinity;
  f64[(record + leaf.upper) / 8] = Infinity;
  i32[(record + leaf.end) / 4] = job.rows.length;
  i32[(record + leaf.histogram) / 4] = free.pop()!;
  i32[(record + leaf.mask) / 4] = maskOfLeaf(growth, root);
  if (isShared(growth, record)) searchShared(growth, record, 0);
  else engine.run(operations.openRoot, 1, [shop.context, record]);
  noteGain(growth, root);
  return root;
}

/**
 * A histogram that nobody uses. When all are in use, more leaves wait than may still be split: the least
 * gaining of them will never have its turn, whatever its betters leave behind, and gives up its own.
 */
function takeHistogram({ shop, leaves, free }: Growth): number {
  if (free.length > 0) return free.pop()!;
  let last: Leaf | undefined;
  for (const each of leaves)
    if (each.gain > 0 && !each.children && (!last || each.gain <= last.gain)) last = each;
  last!.gain = 0;
  return giveUpHistogram(shop, last!);
}

function giveUpHistogram(shop: Workshop, { record }: Leaf): number {
  const at = (record + leaf.histogram) / 4;
  const { i32 } = shop.engine.memory.views;
  const histogram = i32[at]!;
  i32[at] = 0;
  return histogram;
}

/** Reads what the search found; a leaf without a split gives its histogram back. */
function noteGain({ shop, free }: Growth, found: Leaf): void {
  found.gain = floatOf(shop, found.record, leaf.split);
  if (found.gain > 0) return;
  const histogram = giveUpHistogram(shop, found);
  if (histogram !== 0) free.push(histogram);
}

/** Splits a leaf; where threads would be idle, also those that are likely to be next. */
function expand(growth: Growth, chosen: Leaf): void {
  const { shop, leaves } = growth;
  const left = shop.rules.leaves - leaves.length;
  if (isShared(growth, chosen.record)) {
    expandShared(growth, chosen, left > 1);
    return;
  }
  const batch = [chosen];
  const others = Math.min(shop.engine.threads - 1, left - 1, shop.ahead - growth.ahead);
  while (batch.length <= others) {
    const skip = (each: Leaf) =>
      each.children !== null || batch.includes(each) || isShared(growth, each.record);
    const next = mostGaining(leaves, skip);
    if (next < 0) break;
    batch.push(leaves[next]!);
    growth.ahead++;
  }
  const { i32 } = shop.engine.memory.views;
  for (const each of batch) each.children = newChildren(growth, each);
  const spares = batch.map(() => takeHistogram(growth));
  batch.forEach((each, i) => {
    const at = (shop.table + i * task.bytes) / 4;
    const [first, second] = each.children!;
    const masks = [maskOfLeaf(growth, first), maskOfLeaf(growth, second)];
    const records = [each.record, first.record, second.record];
    i32.set([...records, spares[i]!, left > 1 ? 1 : 0, ...masks], at);
  });
  shop.engine.run(operations.expand, batch.length, [shop.context, shop.table]);
  batch.forEach((each, i) => afterExpand(growth, each, spares[i]!));
}

/** Histograms find their owners: two open children hold two, and what nobody holds is free. */
function afterExpand(growth: Growth, { record, children }: Leaf, spare: number): void {
  const { shop, free } = growth;
  const whole = intOf(shop, record, leaf.histogram);
  const held = children!.map((child) => intOf(shop, child.record, leaf.histogram));
  // Without a search both children still bear the parent's, which is nobody's now.
  if (held[0] === held[1]) {
    free.push(whole, spare);
    for (const { record: child } of children!)
      shop.engine.memory.views.i32[(child + leaf.histogram) / 4] = 0;
  }
  for (const child of children!) noteGain(growth, child);
}

/** Splits one large leaf with all threads. */
function expandShared(growth: Growth, chosen: Leaf, search: boolean): void {
  const { shop } = growth;
  const { engine } = shop;
  const { record } = chosen;
  chosen.children = newChildren(growth, chosen);
  const [left, right] = chosen.children;
  const chunks = chunksOf(rowsOf(shop, record), chunkOf.leaf);
  engine.run(operations.divideChunk, chunks, [shop.context, record, shop.sums]);
  // Counts become sums of those before.
  const { i32 } = engine.memory.views;
  let before = 0;
  for (let chunk = 0; chunk <= chunks; chunk++) {
    const count = i32[shop.sums / 4 + chunk]!;
    i32[shop.sums / 4 + chunk] = before;
    if (chunk < chunks) before += count;
  }
  engine.run(operations.placeChunk, chunks, [shop.context, record, shop.sums, before]);
  const sums = [shop.context, record, left.record, right.record, before];
  const masks = [maskOfLeaf(growth, left), maskOfLeaf(growth, right)];
  engine.run(operations.divideLeaf, 1, [...sums, ...masks]);
  const spare = takeHistogram(growth);
  if (search && (isOpen(shop, left.record) || isOpen(shop, right.record))) {
    const isRight = rowsOf(shop, right.record) < rowsOf(shop, left.record);
    const [small, large] = isRight ? [right, left] : [left, right];
    i32[(small.record + leaf.histogram) / 4] = spare;
    searchShared(growth, small.record, large.record);
  }
  afterExpand(growth, chosen, spare);
}

const isOpen = (shop: Workshop, record: number) =>
  intOf(shop, record, leaf.depth) < shop.rules.depthMax &&
  rowsOf(shop, record) >= 2 * shop.rules.minDataInLeaf;

/** Builds a leaf's histogram, what that leaves its sibling, and searches both, with all threads. */
function searchShared(growth: Growth, record: number, sibling: number): void {
  const { shop } = growth;
  const { engine, binned } = shop;
  const mark = ++shop.mark;
  const chunks = chunksOf(rowsOf(shop, record), chunkOf.leaf);
  const args = [shop.context, record, mark];
  engine.run(operations.histogramChunk, chunks * binned.blocks.length, [...args, chunks]);
  engine.run(operations.finishColumn, binned.columns.length, [...args, sibling]);
  engine.run(operations.chooseSplits, 1, [...args, sibling]);
}

/** Leaf values in units of the score, and rows in their canonical order. */
function finish(growth: Growth, tree: Tree): Grown {
  const { shop, leaves, rounded, job } = growth;
  const { i32, f64 } = shop.engine.memory.views;
  const rows = i32.subarray(shop.rows / 4, shop.rows / 4 + job.rows.length);
  for (const each of leaves) if (each.children) mergeRows(rows, shop, each);
  const starts = leaves.map(({ record }) => intOf(shop, record, leaf.start));
  const ends = leaves.map(({ record }) => intOf(shop, record, leaf.end));
  const hessians = fineHessians(growth, starts, ends);
  leaves.forEach(({ record, parent }, i) => {
    const value = hessians
      ? refine(growth, record, parent, hessians[i]!)
      : f64[(record + leaf.value) / 8]!;
    tree.values.push(value * rounded.valueUnit);
    tree.rows.push(ends[i]! - starts[i]!);
  });
  const bounds = leaves.map(({ record }) => ({
    lower: floatOf(shop, record, leaf.lower) * rounded.valueUnit,
    upper: floatOf(shop, record, leaf.upper) * rounded.valueUnit,
  }));
  return { tree, rows, starts, ends, bounds };
}

/** A leaf that was split ahead of its turn, and whose turn never came: its rows ascend again. */
function mergeRows(rows: Int32Array, shop: Workshop, { record, children }: Leaf): void {
  const start = intOf(shop, record, leaf.start);
  const end = intOf(shop, record, leaf.end);
  const middle = intOf(shop, children![1].record, leaf.start);
  const left = rows.slice(start, middle);
  let next = 0;
  let right = middle;
  for (let i = start; next < left.length; i++)
    rows[i] = right === end || left[next]! < rows[right]! ? left[next++]! : rows[right++]!;
}

/** Hessian sums of the leaves in finer steps than histograms keep; null where all are exact. */
function fineHessians(
  { shop, job, rounded }: Growth,
  starts: readonly number[],
  ends: readonly number[],
): number[] | null {
  if (!job.hessians) return null;
  const { i32, f64 } = shop.engine.memory.views;
  starts.forEach((start, i) => i32.set([start, ends[i]!], shop.table / 4 + 2 * i));
  const args = [shop.context, 0, addressOf(shop, job.hessians), shop.table, shop.values];
  shop.engine.run(operations.sumLeaf, starts.length, args, [rounded.fineScale]);
  return starts.map((_, i) => f64[shop.values / 8 + i]! / rounded.fineScale);
}

/** The value of a leaf by its exact hessian, under the same rules as in the search. */
function refine(
  { shop, rounded }: Growth,
  record: number,
  parent: number,
  hessian: number,
): number {
  const { l1 = 0, l2, maxDelta = 0, pathSmoothing = 0 } = shop.rules;
  const { valueUnit } = rounded;
  const gradient =
    floatOf(shop, record, leaf.gradient) * floatOf(shop, shop.context, context.gradientUnit);
  const pull = Math.sign(gradient) * Math.max(Math.abs(gradient) - l1 / valueUnit, 0);
  const scale = hessian + l2;
  let value = scale > 0 ? -pull / scale : 0;
  if (maxDelta > 0) value = Math.min(Math.max(value, -maxDelta / valueUnit), maxDelta / valueUnit);
  if (pathSmoothing > 0) {
    const weight = rowsOf(shop, record) / pathSmoothing;
    const above = floatOf(shop, parent === 0 ? record : parent, leaf.value);
    value = (value * weight + above) / (weight + 1);
  }
  return Math.min(
    Math.max(value, floatOf(shop, record, leaf.lower)),
    floatOf(shop, record, leaf.upper),
  );
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
