import { argument } from '../lib/team';
import { addBlock, addRows, addSlots, fillAllUsual, fillUsual, subtractSlots } from './histogram';
import {
  BLOCK_BYTES,
  CANDIDATE_BYTES,
  COLUMN_BINS,
  COLUMN_BYTES,
  COLUMN_MONOTONE,
  COLUMN_OFFSET,
  CONTEXT_BLOCK_TABLE,
  CONTEXT_CANDIDATES,
  CONTEXT_COLUMNS,
  CONTEXT_COLUMN_TABLE,
  CONTEXT_DEPTH_MAX,
  CONTEXT_GRADIENT_UNIT,
  CONTEXT_HISTOGRAM_BYTES,
  CONTEXT_L2,
  CONTEXT_MARKS,
  CONTEXT_MIN_ROWS,
  CONTEXT_ROWS,
  CONTEXT_SCRATCH,
  CONTEXT_SCRATCH_BYTES,
  CONTEXT_SPILL,
  CONTEXT_SPILL_RIGHT,
  CONTEXT_THREADS,
  LEAF_DEPTH,
  LEAF_END,
  LEAF_GRADIENT,
  LEAF_HESSIAN,
  LEAF_HISTOGRAM,
  LEAF_LOWER,
  LEAF_MASK,
  LEAF_SPLIT,
  LEAF_START,
  LEAF_UPPER,
  LEAF_VALUE,
  SPLIT_COLUMN,
  SPLIT_GAIN,
  SPLIT_GRADIENT,
  SPLIT_HESSIAN,
} from './layout';
import { divideRows } from './partition';
import { offer, scanColumn, setRoute } from './scan';
import { childValue, hessianOf } from './value';

/** Rows of a chunk where one leaf is shared between threads. */
export const CHUNK: i32 = 4096;

/** Each thread's own: 4 KB of fetched rows or sorted levels, then a histogram. */
function scratchOf(context: usize, thread: i32): usize {
  return (
    <usize>load<i32>(context, CONTEXT_SCRATCH) +
    <usize>(thread * load<i32>(context, CONTEXT_SCRATCH_BYTES))
  );
}

function isOpen(context: usize, leaf: usize): bool {
  return (
    load<i32>(leaf, LEAF_DEPTH) < load<i32>(context, CONTEXT_DEPTH_MAX) &&
    load<i32>(leaf, LEAF_END) - load<i32>(leaf, LEAF_START) >=
      2 * load<i32>(context, CONTEXT_MIN_ROWS)
  );
}

function setValue(context: usize, parent: usize, leaf: usize): void {
  const gradient = load<f64>(leaf, LEAF_GRADIENT) * load<f64>(context, CONTEXT_GRADIENT_UNIT);
  const hessian = hessianOf(context, load<f64>(leaf, LEAF_HESSIAN));
  const rows = <f64>(load<i32>(leaf, LEAF_END) - load<i32>(leaf, LEAF_START));
  store<f64>(
    leaf,
    childValue(context, parent, gradient, hessian, rows, load<f64>(context, CONTEXT_L2)),
    LEAF_VALUE,
  );
}

/** Sums, rows, bounds and values of both children of a leaf whose first `count` rows went left. */
function divideSums(context: usize, leaf: usize, left: usize, right: usize, count: i32): void {
  const middle = load<i32>(leaf, LEAF_START) + count;
  const gradient = load<f64>(leaf, LEAF_SPLIT + SPLIT_GRADIENT);
  const hessian = load<f64>(leaf, LEAF_SPLIT + SPLIT_HESSIAN);
  memory.copy(left, leaf, LEAF_SPLIT);
  memory.copy(right, leaf, LEAF_SPLIT);
  store<i32>(left, middle, LEAF_END);
  store<i32>(right, middle, LEAF_START);
  store<f64>(left, gradient, LEAF_GRADIENT);
  store<f64>(left, hessian, LEAF_HESSIAN);
  store<f64>(right, load<f64>(leaf, LEAF_GRADIENT) - gradient, LEAF_GRADIENT);
  store<f64>(right, load<f64>(leaf, LEAF_HESSIAN) - hessian, LEAF_HESSIAN);
  for (let side = 0; side < 2; side++) {
    const child = side == 0 ? left : right;
    store<i32>(child, load<i32>(leaf, LEAF_DEPTH) + 1, LEAF_DEPTH);
    store<f64>(child, 0, LEAF_SPLIT + SPLIT_GAIN);
    setValue(context, leaf, child);
  }
  const index = load<i32>(leaf, LEAF_SPLIT + SPLIT_COLUMN);
  const column = <usize>load<i32>(context, CONTEXT_COLUMN_TABLE) + <usize>index * COLUMN_BYTES;
  const monotone = load<i32>(column, COLUMN_MONOTONE);
  if (monotone == 0) return;
  // Neither child's descendants may pass the middle of the two values.
  const bound = (load<f64>(left, LEAF_VALUE) + load<f64>(right, LEAF_VALUE)) / 2;
  const low = monotone > 0 ? left : right;
  const high = monotone > 0 ? right : left;
  store<f64>(low, min<f64>(load<f64>(low, LEAF_UPPER), bound), LEAF_UPPER);
  store<f64>(high, max<f64>(load<f64>(high, LEAF_LOWER), bound), LEAF_LOWER);
}

/** Looks for the leaf's best split over all columns. */
function scanLeaf(context: usize, leaf: usize, thread: i32): void {
  if (!isOpen(context, leaf)) return;
  const scratch = scratchOf(context, thread);
  const candidate = scratch + 4096 - CANDIDATE_BYTES;
  const columns = load<i32>(context, CONTEXT_COLUMNS);
  for (let column = 0; column < columns; column++) {
    scanColumn(context, leaf, column, candidate, scratch);
    offer(leaf, candidate);
  }
  setRoute(context, leaf, scratch);
}

/**
 * Histograms of two children, of which one is built and the other is what is left of the parent's.
 * `spare` is a histogram that nobody uses.
 */
function nameHistograms(left: usize, right: usize, whole: i32, spare: i32): usize {
  const leftRows = load<i32>(left, LEAF_END) - load<i32>(left, LEAF_START);
  const rightRows = load<i32>(right, LEAF_END) - load<i32>(right, LEAF_START);
  const small = rightRows < leftRows ? right : left;
  store<i32>(small == left ? right : left, whole, LEAF_HISTOGRAM);
  store<i32>(small, spare, LEAF_HISTOGRAM);
  return small;
}

/**
 * Splits one leaf by one thread. Arguments: context, then table of tasks of 28 bytes: leaf, left child,
 * right child, spare histogram, whether the children are still to be searched, and their masks.
 */
export function expandLeaf(chunk: i32, thread: i32): void {
  const context = <usize>argument(0);
  const task = <usize>argument(1) + <usize>chunk * 28;
  const leaf = <usize>load<i32>(task);
  const left = <usize>load<i32>(task, 4);
  const right = <usize>load<i32>(task, 8);
  const start = <usize>load<i32>(leaf, LEAF_START);
  const count = load<i32>(leaf, LEAF_END) - <i32>start;
  const rows = <usize>load<i32>(context, CONTEXT_ROWS) + (start << 2);
  const spill = <usize>load<i32>(context, CONTEXT_SPILL) + (start << 2);
  const goLeft = divideRows(context, leaf, rows, count, rows, spill);
  memory.copy(rows + ((<usize>goLeft) << 2), spill, (<usize>(count - goLeft)) << 2);
  divideSums(context, leaf, left, right, goLeft);
  store<i32>(left, load<i32>(task, 20), LEAF_MASK);
  store<i32>(right, load<i32>(task, 24), LEAF_MASK);
  if (load<i32>(task, 16) == 0) return;
  if (!isOpen(context, left) && !isOpen(context, right)) return;
  const whole = load<i32>(leaf, LEAF_HISTOGRAM);
  const small = nameHistograms(left, right, whole, load<i32>(task, 12));
  const built = <usize>load<i32>(small, LEAF_HISTOGRAM);
  const bytes = <usize>load<i32>(context, CONTEXT_HISTOGRAM_BYTES);
  const smallStart = load<i32>(small, LEAF_START);
  const smallRows = load<i32>(small, LEAF_END) - smallStart;
  memory.fill(built, 0, bytes);
  const from = <usize>load<i32>(context, CONTEXT_ROWS) + ((<usize>smallStart) << 2);
  addRows(context, from, smallRows, built, scratchOf(context, thread));
  fillAllUsual(context, small, built);
  subtractSlots(<usize>whole, built, bytes);
  scanLeaf(context, left, thread);
  scanLeaf(context, right, thread);
}

/**
 * First half of a shared partition: a chunk's rows go to the left or right spill at the chunk's own
 * place. Arguments: context, leaf, counts of left rows (an i32 a chunk).
 */
export function divideChunk(chunk: i32): void {
  const context = <usize>argument(0);
  const leaf = <usize>argument(1);
  const start = load<i32>(leaf, LEAF_START) + chunk * CHUNK;
  const count = min(CHUNK, load<i32>(leaf, LEAF_END) - start);
  const at = (<usize>start) << 2;
  const left = divideRows(
    context,
    leaf,
    <usize>load<i32>(context, CONTEXT_ROWS) + at,
    count,
    <usize>load<i32>(context, CONTEXT_SPILL) + at,
    <usize>load<i32>(context, CONTEXT_SPILL_RIGHT) + at,
  );
  store<i32>(<usize>argument(2) + ((<usize>chunk) << 2), left);
}

/** Second half: the pieces to where they belong. Arguments as above; counts are sums before the chunk. */
export function placeChunk(chunk: i32): void {
  const context = <usize>argument(0);
  const leaf = <usize>argument(1);
  const before = <usize>argument(2) + ((<usize>chunk) << 2);
  const leafStart = load<i32>(leaf, LEAF_START);
  const start = leafStart + chunk * CHUNK;
  const count = min(CHUNK, load<i32>(leaf, LEAF_END) - start);
  const lefts = load<i32>(before);
  const goLeft = load<i32>(before, 4) - lefts;
  const rights = argument(3) + chunk * CHUNK - lefts;
  const rows = <usize>load<i32>(context, CONTEXT_ROWS) + ((<usize>leafStart) << 2);
  const at = (<usize>start) << 2;
  memory.copy(
    rows + ((<usize>lefts) << 2),
    <usize>load<i32>(context, CONTEXT_SPILL) + at,
    (<usize>goLeft) << 2,
  );
  memory.copy(
    rows + ((<usize>rights) << 2),
    <usize>load<i32>(context, CONTEXT_SPILL_RIGHT) + at,
    (<usize>(count - goLeft)) << 2,
  );
}

/**
 * Sums of both children after a shared partition. Arguments: context, leaf, left, right, left rows,
 * masks of both.
 */
export function divideLeaf(): void {
  const left = <usize>argument(2);
  const right = <usize>argument(3);
  divideSums(<usize>argument(0), <usize>argument(1), left, right, argument(4));
  store<i32>(left, argument(5), LEAF_MASK);
  store<i32>(right, argument(6), LEAF_MASK);
}

/**
 * One piece of one leaf's histogram into the thread's own. Arguments: context, leaf, mark of this call,
 * chunks of rows. Chunks go through the rows of one block after those of another.
 */
export function histogramChunk(chunk: i32, thread: i32): void {
  const context = <usize>argument(0);
  const leaf = <usize>argument(1);
  const mark = <usize>load<i32>(context, CONTEXT_MARKS) + ((<usize>thread) << 6);
  const scratch = scratchOf(context, thread);
  const histogram = scratch + 4096;
  if (load<i32>(mark) != argument(2)) {
    memory.fill(histogram, 0, <usize>load<i32>(context, CONTEXT_HISTOGRAM_BYTES));
    store<i32>(mark, argument(2));
  }
  const rowChunks = argument(3);
  const block =
    <usize>load<i32>(context, CONTEXT_BLOCK_TABLE) + <usize>(chunk / rowChunks) * BLOCK_BYTES;
  const start = load<i32>(leaf, LEAF_START) + (chunk % rowChunks) * CHUNK;
  const count = min(CHUNK, load<i32>(leaf, LEAF_END) - start);
  const rows = <usize>load<i32>(context, CONTEXT_ROWS) + ((<usize>start) << 2);
  addBlock(context, block, rows, count, histogram, scratch);
}

/**
 * One column of a leaf whose pieces are built, and of its sibling (0 for none), whose histogram is the
 * parent's until now. Arguments: context, leaf, mark, sibling. Candidates go to the table, two a column.
 */
export function finishColumn(chunk: i32, thread: i32): void {
  const context = <usize>argument(0);
  const leaf = <usize>argument(1);
  const sibling = <usize>argument(3);
  const column = <usize>load<i32>(context, CONTEXT_COLUMN_TABLE) + <usize>chunk * COLUMN_BYTES;
  const offset = <usize>load<i32>(column, COLUMN_OFFSET);
  const bytes = (<usize>load<i32>(column, COLUMN_BINS)) << 4;
  const built = <usize>load<i32>(leaf, LEAF_HISTOGRAM) + offset;
  memory.fill(built, 0, bytes);
  const threads = load<i32>(context, CONTEXT_THREADS);
  for (let t = 0; t < threads; t++)
    if (load<i32>(<usize>load<i32>(context, CONTEXT_MARKS) + ((<usize>t) << 6)) == argument(2))
      addSlots(built, scratchOf(context, t) + 4096 + offset, bytes);
  fillUsual(column, leaf, <usize>load<i32>(leaf, LEAF_HISTOGRAM));
  const candidates =
    <usize>load<i32>(context, CONTEXT_CANDIDATES) + <usize>chunk * (2 * CANDIDATE_BYTES);
  const scratch = scratchOf(context, thread);
  scanColumn(context, leaf, chunk, candidates, scratch);
  if (sibling == 0) return;
  subtractSlots(<usize>load<i32>(sibling, LEAF_HISTOGRAM) + offset, built, bytes);
  scanColumn(context, sibling, chunk, candidates + CANDIDATE_BYTES, scratch);
}

/** The best of the candidates for a leaf and its sibling. Arguments: context, leaf, -, sibling. */
export function chooseSplits(): void {
  const context = <usize>argument(0);
  const columns = load<i32>(context, CONTEXT_COLUMNS);
  for (let side = 0; side < 2; side++) {
    const leaf = <usize>argument(side == 0 ? 1 : 3);
    if (leaf == 0 || !isOpen(context, leaf)) continue;
    let candidate = <usize>load<i32>(context, CONTEXT_CANDIDATES) + <usize>side * CANDIDATE_BYTES;
    for (let column = 0; column < columns; column++, candidate += 2 * CANDIDATE_BYTES)
      offer(leaf, candidate);
    setRoute(context, leaf, scratchOf(context, 0));
  }
}

/** A root alone, which has its value already, by one thread. Arguments: context, leaf. */
export function openRoot(thread: i32): void {
  const context = <usize>argument(0);
  const leaf = <usize>argument(1);
  const histogram = <usize>load<i32>(leaf, LEAF_HISTOGRAM);
  memory.fill(histogram, 0, <usize>load<i32>(context, CONTEXT_HISTOGRAM_BYTES));
  const start = load<i32>(leaf, LEAF_START);
  const rows = <usize>load<i32>(context, CONTEXT_ROWS) + ((<usize>start) << 2);
  addRows(context, rows, load<i32>(leaf, LEAF_END) - start, histogram, scratchOf(context, thread));
  fillAllUsual(context, leaf, histogram);
  scanLeaf(context, leaf, thread);
}
