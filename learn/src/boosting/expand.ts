import { leaf, task } from '../kernel/boosting/layout.js';
import { chunkOf, chunksOf, operations } from '../kernel/boosting/operations.js';
import { setValue } from '../kernel/boosting/twin-expand.js';
import { floatAt, intAt, mostGaining, newLeaf, rowsIn, type Growth, type Leaf } from './growth.js';
import { childPath, rootPath, maskOf } from './masks.js';
import type { Workshop } from './workshop.js';

/** Rows from which the threads share one leaf; smaller ones are split by one thread each. */
const SHARED_FROM = 16_384;

export function openRoot(growth: Growth): Leaf {
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
  // Before the search, which asks for it: gains are what splits add to it, and children are smoothed towards it.
  setValue(engine.memory.views, shop.context, record, record);
  if (isShared(shop, record)) searchShared(shop, record, 0);
  else engine.run(operations.openRoot, 1, [shop.context, record]);
  noteGain(growth, root);
  return root;
}

/** Splits a leaf; where threads would be idle, also those that are likely to be next. */
export function expand(growth: Growth, chosen: Leaf): void {
  const { shop, leaves } = growth;
  const left = shop.rules.leaves - leaves.length;
  if (isShared(shop, chosen.record)) {
    expandShared(growth, chosen, left > 1);
    return;
  }
  const batch = [chosen];
  const others = Math.min(shop.engine.threads - 1, left - 1, shop.ahead - growth.ahead);
  while (batch.length <= others) {
    const skip = (each: Leaf) =>
      each.children !== null || batch.includes(each) || isShared(shop, each.record);
    const next = mostGaining(leaves, skip);
    if (next < 0) break;
    batch.push(leaves[next]!);
    growth.ahead++;
  }
  const { i32 } = shop.engine.memory.views;
  for (const each of batch) each.children = newChildren(growth, each);
  const spares = batch.map(() => (left > 1 ? takeHistogram(growth) : 0));
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

export const isShared = (shop: Workshop, record: number) =>
  shop.engine.threads > 1 && rowsIn(shop, record) >= SHARED_FROM;

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
  found.gain = floatAt(shop, found.record, leaf.split);
  if (found.gain > 0) return;
  const histogram = giveUpHistogram(shop, found);
  if (histogram !== 0) free.push(histogram);
}

/** Histograms find their owners: two open children hold two, and what nobody holds is free. */
function afterExpand(growth: Growth, { record, children }: Leaf, spare: number): void {
  const { shop, free } = growth;
  const whole = intAt(shop, record, leaf.histogram);
  const held = children!.map((child) => intAt(shop, child.record, leaf.histogram));
  // Without a search both children still bear the parent's, which is nobody's now.
  if (held[0] === held[1]) {
    free.push(whole);
    if (spare !== 0) free.push(spare);
    for (const { record: child } of children!)
      shop.engine.memory.views.i32[(child + leaf.histogram) / 4] = 0;
  }
  for (const child of children!) noteGain(growth, child);
}

/** Splits one large leaf with all threads. */
function expandShared(growth: Growth, chosen: Leaf, search: boolean): void {
  const children = (chosen.children = newChildren(growth, chosen));
  const masks = children.map((child) => maskOfLeaf(growth, child));
  const spare = search ? takeHistogram(growth) : 0;
  divideShared(growth.shop, { record: chosen.record, children, masks, spare });
  afterExpand(growth, chosen, spare);
}

/** A leaf that all threads divide. */
interface SharedLeaf {
  record: number;
  children: readonly [Leaf, Leaf];
  /** Of the columns that each child may split by. */
  masks: readonly number[];
  /** A histogram that nobody uses; 0 where the children are not searched. */
  spare: number;
}

export function divideShared(shop: Workshop, { record, children, masks, spare }: SharedLeaf): void {
  const { engine } = shop;
  const [left, right] = children;
  const chunks = chunksOf(rowsIn(shop, record), chunkOf.leaf);
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
  engine.run(operations.divideLeaf, 1, [...sums, ...masks]);
  if (spare === 0 || !(isOpen(shop, left.record) || isOpen(shop, right.record))) return;
  const isRight = rowsIn(shop, right.record) < rowsIn(shop, left.record);
  const [small, large] = isRight ? [right, left] : [left, right];
  i32[(small.record + leaf.histogram) / 4] = spare;
  searchShared(shop, small.record, large.record);
}

const isOpen = (shop: Workshop, record: number) =>
  intAt(shop, record, leaf.depth) < shop.rules.depthMax &&
  rowsIn(shop, record) >= 2 * shop.rules.minDataInLeaf;

/** Builds a leaf's histogram, what that leaves its sibling, and searches both, with all threads. */
function searchShared(shop: Workshop, record: number, sibling: number): void {
  const { engine, binned } = shop;
  const mark = ++shop.mark;
  const chunks = chunksOf(rowsIn(shop, record), chunkOf.leaf);
  const args = [shop.context, record, mark];
  engine.run(operations.histogramChunk, chunks * binned.blocks.length, [...args, chunks]);
  engine.run(operations.finishColumn, binned.columns.length, [...args, sibling]);
  engine.run(operations.chooseSplits, 1, [...args, sibling]);
}
