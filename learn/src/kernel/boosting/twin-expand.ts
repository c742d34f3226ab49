import { argumentsOf } from '../arguments.js';
import type { Views } from '../memory.js';
import { block, column, context, leaf, SCRATCH_HEAD, SLOT, split, task } from './layout.js';
import { chunkOf } from './operations.js';
import {
  childValue,
  float,
  hessianOf,
  int,
  offer,
  scanColumn,
  setFloat,
  setInt,
  setRoute,
} from './twin-scan.js';

// The plain twin of learn/assembly/boosting/expand.ts: one thread, whose scratch is the first.

const rowsIn = (v: Views, address: number) =>
  int(v, address, leaf.end) - int(v, address, leaf.start);

const isOpen = (v: Views, at: number, address: number) =>
  int(v, address, leaf.depth) < int(v, at, context.depthMax) &&
  rowsIn(v, address) >= 2 * int(v, at, context.minRows);

/** The value of a leaf from its sums, under the rules of growth and those that its parent left it. */
export function setValue(v: Views, at: number, parent: number, address: number): void {
  const gradient = float(v, address, leaf.gradient) * float(v, at, context.gradientUnit);
  const hessian = hessianOf(v, at, float(v, address, leaf.hessian));
  const l2 = float(v, at, context.l2);
  const value = childValue(v, at, parent, gradient, hessian, rowsIn(v, address), l2);
  setFloat(v, address, leaf.value, value);
}

function divideSums(
  v: Views,
  at: number,
  address: number,
  left: number,
  right: number,
  count: number,
): void {
  const middle = int(v, address, leaf.start) + count;
  const best = address + leaf.split;
  const gradient = float(v, best, split.gradient);
  const hessian = float(v, best, split.hessian);
  for (const child of [left, right]) v.u8.copyWithin(child, address, address + leaf.split);
  setInt(v, left, leaf.end, middle);
  setInt(v, right, leaf.start, middle);
  setFloat(v, left, leaf.gradient, gradient);
  setFloat(v, left, leaf.hessian, hessian);
  setFloat(v, right, leaf.gradient, float(v, address, leaf.gradient) - gradient);
  setFloat(v, right, leaf.hessian, float(v, address, leaf.hessian) - hessian);
  for (const child of [left, right]) {
    setInt(v, child, leaf.depth, int(v, address, leaf.depth) + 1);
    setFloat(v, child, leaf.split + split.gain, 0);
    setValue(v, at, address, child);
  }
  const entry = int(v, at, context.columnTable) + int(v, best, split.column) * column.bytes;
  const monotone = int(v, entry, column.monotone);
  if (monotone === 0) return;
  // Neither child's descendants may pass the middle of the two values.
  const bound = (float(v, left, leaf.value) + float(v, right, leaf.value)) / 2;
  const [low, high] = monotone > 0 ? [left, right] : [right, left];
  setFloat(v, low, leaf.upper, Math.min(float(v, low, leaf.upper), bound));
  setFloat(v, high, leaf.lower, Math.max(float(v, high, leaf.lower), bound));
}

/** Adds some rows to a histogram, lane by lane. `blocks` are the first and the one after the last. */
function addRows(
  v: Views,
  at: number,
  rows: { start: number; end: number },
  histogram: number,
  blocks: { from: number; to: number },
): void {
  const { u8, i32, f64 } = v;
  const order = int(v, at, context.rows) / 4;
  const pairs = int(v, at, context.pairs) / 8;
  const mask = int(v, at, context.laneMask);
  for (let b = blocks.from; b < blocks.to; b++) {
    const entry = int(v, at, context.blockTable) + b * block.bytes;
    const bins = int(v, entry, block.address);
    const stride = 2 ** int(v, entry, block.shift);
    const lanes = int(v, entry, block.lanes);
    const first = int(v, entry, block.first);
    for (let c = 0; c < lanes; c++) {
      // Four lanes go together in the compiled kernel: all of them, when one is wanted.
      const group = u8.subarray(
        mask + first + (c & ~3),
        mask + first + Math.min((c & ~3) + 4, lanes),
      );
      if (!group.includes(1)) continue;
      const slots = (histogram + i32[(entry + block.offsets) / 4 + c]!) / 8;
      for (let i = rows.start; i < rows.end; i++) {
        const row = i32[order + i]!;
        const slot = slots + 2 * u8[bins + row * stride + c]!;
        f64[slot]! += f64[pairs + 2 * row]!;
        f64[slot + 1]! += f64[pairs + 2 * row + 1]!;
      }
    }
  }
}

const zero = (v: Views, histogram: number, bytes: number) =>
  v.f64.fill(0, histogram / 8, (histogram + bytes) / 8);

function combine(v: Views, into: number, from: number, bytes: number, sign: 1 | -1): void {
  for (let i = 0; i < bytes / 8; i++) v.f64[into / 8 + i]! += sign * v.f64[from / 8 + i]!;
}

/** The slot of a bundled column's usual bin: what the others leave of the leaf. */
function fillUsual(v: Views, entry: number, address: number, histogram: number): void {
  const usual = int(v, entry, column.usual);
  if (usual < 0) return;
  const slots = (histogram + int(v, entry, column.offset)) / 8;
  let gradient = float(v, address, leaf.gradient);
  let hessian = float(v, address, leaf.hessian);
  for (let bin = 0; bin < int(v, entry, column.bins); bin++) {
    gradient -= v.f64[slots + 2 * bin]!;
    hessian -= v.f64[slots + 2 * bin + 1]!;
  }
  v.f64[slots + 2 * usual] = gradient;
  v.f64[slots + 2 * usual + 1] = hessian;
}

function fillAllUsual(v: Views, at: number, address: number, histogram: number): void {
  for (let c = 0; c < int(v, at, context.columns); c++)
    fillUsual(v, int(v, at, context.columnTable) + c * column.bytes, address, histogram);
}

/** Looks for the leaf's best split over all columns. */
function scanLeaf(v: Views, at: number, address: number): void {
  if (!isOpen(v, at, address)) return;
  const candidate = int(v, at, context.scratch) + SCRATCH_HEAD - split.bytes;
  for (let index = 0; index < int(v, at, context.columns); index++) {
    scanColumn(v, at, address, index, candidate);
    offer(v, address, candidate);
  }
  setRoute(v, at, address);
}

export function openRoot(v: Views): void {
  const [at, root] = argumentsOf(v, 2);
  const histogram = int(v, root!, leaf.histogram);
  zero(v, histogram, int(v, at!, context.histogramBytes));
  const rows = { start: int(v, root!, leaf.start), end: int(v, root!, leaf.end) };
  addRows(v, at!, rows, histogram, { from: 0, to: int(v, at!, context.blocks) });
  fillAllUsual(v, at!, root!, histogram);
  scanLeaf(v, at!, root!);
}

/** Left rows to the front, both sides in their order; how many went left. */
function partition(v: Views, at: number, address: number, start: number, end: number): number {
  const entry =
    int(v, at, context.columnTable) + int(v, address, leaf.split + split.column) * column.bytes;
  const bins = int(v, entry, column.first);
  const order = v.i32.subarray(
    int(v, at, context.rows) / 4 + start,
    int(v, at, context.rows) / 4 + end,
  );
  const goesLeft = (row: number) => v.u8[address + leaf.route + v.u8[bins + row]!] === 1;
  const left = order.filter(goesLeft);
  const right = order.filter((row) => !goesLeft(row));
  order.set(left);
  order.set(right, left.length);
  return left.length;
}

export function expandLeaf(v: Views, chunk: number): void {
  const [at, tasks] = argumentsOf(v, 2);
  const entry = tasks! + chunk * task.bytes;
  const address = int(v, entry, task.leaf);
  const left = int(v, entry, task.left);
  const right = int(v, entry, task.right);
  const count = partition(v, at!, address, int(v, address, leaf.start), int(v, address, leaf.end));
  divideSums(v, at!, address, left, right, count);
  setInt(v, left, leaf.mask, int(v, entry, task.leftMask));
  setInt(v, right, leaf.mask, int(v, entry, task.rightMask));
  if (int(v, entry, task.search) === 0) return;
  if (!isOpen(v, at!, left) && !isOpen(v, at!, right)) return;
  const [small, large] = rowsIn(v, right) < rowsIn(v, left) ? [right, left] : [left, right];
  const whole = int(v, address, leaf.histogram);
  const built = int(v, entry, task.spare);
  const bytes = int(v, at!, context.histogramBytes);
  setInt(v, small, leaf.histogram, built);
  setInt(v, large, leaf.histogram, whole);
  zero(v, built, bytes);
  const rows = { start: int(v, small, leaf.start), end: int(v, small, leaf.end) };
  addRows(v, at!, rows, built, { from: 0, to: int(v, at!, context.blocks) });
  fillAllUsual(v, at!, small, built);
  combine(v, whole, built, bytes, -1);
  scanLeaf(v, at!, left);
  scanLeaf(v, at!, right);
}

/** Leaves left rows at the front of the left spill's piece, right ones of the right spill's. */
export function divideChunk(v: Views, chunk: number): void {
  const [at, address, counts] = argumentsOf(v, 3);
  const start = int(v, address!, leaf.start) + chunk * chunkOf.leaf;
  const end = Math.min(start + chunkOf.leaf, int(v, address!, leaf.end));
  const rows = int(v, at!, context.rows) / 4;
  const kept = v.i32.slice(rows + start, rows + end);
  const left = partition(v, at!, address!, start, end);
  v.i32.copyWithin(int(v, at!, context.spill) / 4 + start, rows + start, rows + start + left);
  v.i32.copyWithin(int(v, at!, context.spillRight) / 4 + start, rows + start + left, rows + end);
  v.i32.set(kept, rows + start);
  v.i32[counts! / 4 + chunk] = left;
}

export function placeChunk(v: Views, chunk: number): void {
  const [at, address, before, allLeft] = argumentsOf(v, 4);
  const first = int(v, address!, leaf.start);
  const start = first + chunk * chunkOf.leaf;
  const count = Math.min(chunkOf.leaf, int(v, address!, leaf.end) - start);
  const lefts = v.i32[before! / 4 + chunk]!;
  const goLeft = v.i32[before! / 4 + chunk + 1]! - lefts;
  const rights = allLeft! + chunk * chunkOf.leaf - lefts;
  const rows = int(v, at!, context.rows) / 4 + first;
  const left = int(v, at!, context.spill) / 4 + start;
  const right = int(v, at!, context.spillRight) / 4 + start;
  v.i32.copyWithin(rows + lefts, left, left + goLeft);
  v.i32.copyWithin(rows + rights, right, right + count - goLeft);
}

export function divideLeaf(v: Views): void {
  const [at, address, left, right, count, leftMask, rightMask] = argumentsOf(v, 7);
  divideSums(v, at!, address!, left!, right!, count!);
  setInt(v, left!, leaf.mask, leftMask!);
  setInt(v, right!, leaf.mask, rightMask!);
}

export function histogramChunk(v: Views, chunk: number): void {
  const [at, address, mark, rowChunks] = argumentsOf(v, 4);
  const histogram = int(v, at!, context.scratch) + SCRATCH_HEAD;
  const marks = int(v, at!, context.marks);
  if (int(v, marks, 0) !== mark) {
    zero(v, histogram, int(v, at!, context.histogramBytes));
    setInt(v, marks, 0, mark!);
  }
  const from = Math.floor(chunk / rowChunks!);
  const start = int(v, address!, leaf.start) + (chunk % rowChunks!) * chunkOf.leaf;
  const end = Math.min(start + chunkOf.leaf, int(v, address!, leaf.end));
  addRows(v, at!, { start, end }, histogram, { from, to: from + 1 });
}

export function finishColumn(v: Views, chunk: number): void {
  const [at, address, mark, sibling] = argumentsOf(v, 4);
  const entry = int(v, at!, context.columnTable) + chunk * column.bytes;
  const offset = int(v, entry, column.offset);
  const bytes = int(v, entry, column.bins) * SLOT;
  const built = int(v, address!, leaf.histogram) + offset;
  zero(v, built, bytes);
  if (int(v, int(v, at!, context.marks), 0) === mark)
    combine(v, built, int(v, at!, context.scratch) + SCRATCH_HEAD + offset, bytes, 1);
  fillUsual(v, entry, address!, int(v, address!, leaf.histogram));
  const candidate = int(v, at!, context.candidates) + chunk * 2 * split.bytes;
  scanColumn(v, at!, address!, chunk, candidate);
  if (sibling === 0) return;
  combine(v, int(v, sibling!, leaf.histogram) + offset, built, bytes, -1);
  scanColumn(v, at!, sibling!, chunk, candidate + split.bytes);
}

export function chooseSplits(v: Views): void {
  const [at, address, , sibling] = argumentsOf(v, 4);
  for (const [side, each] of [address!, sibling!].entries()) {
    if (each === 0 || !isOpen(v, at!, each)) continue;
    for (let index = 0; index < int(v, at!, context.columns); index++)
      offer(v, each, int(v, at!, context.candidates) + (2 * index + side) * split.bytes);
    setRoute(v, at!, each);
  }
}
