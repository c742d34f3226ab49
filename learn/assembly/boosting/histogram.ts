import {
  BLOCK_ADDRESS,
  BLOCK_BYTES,
  BLOCK_FIRST,
  BLOCK_GROUPS,
  BLOCK_LANES,
  BLOCK_OFFSETS,
  BLOCK_SHIFT,
  CONTEXT_BLOCKS,
  CONTEXT_BLOCK_TABLE,
  CONTEXT_COLUMNS,
  CONTEXT_COLUMN_TABLE,
  CONTEXT_LANE_MASK,
  CONTEXT_PAIRS,
  LEAF_GRADIENT,
  COLUMN_BINS,
  COLUMN_BYTES,
  COLUMN_OFFSET,
  COLUMN_USUAL,
} from './layout';

/** Rows that are fetched before they are added: enough misses of the cache at once, few enough to stay in it. */
const FETCH: i32 = 64;

/** Fetches a row of a block: 4, 8, 16 or 32 bytes. */
function copyRow(from: usize, to: usize, shift: i32): void {
  if (shift == 5) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
  } else if (shift == 4) v128.store(to, v128.load(from));
  else if (shift == 3) store<u64>(to, load<u64>(from));
  else store<u32>(to, load<u32>(from));
}

/** Adds fetched rows to the histograms of four lanes. */
function addFour(
  bins: usize,
  step: usize,
  pairs: usize,
  count: i32,
  offsets: usize,
  histogram: usize,
): void {
  const first = histogram + <usize>load<i32>(offsets);
  const second = histogram + <usize>load<i32>(offsets, 4);
  const third = histogram + <usize>load<i32>(offsets, 8);
  const fourth = histogram + <usize>load<i32>(offsets, 12);
  for (let i = 0; i < count; i++) {
    const pair = v128.load(pairs);
    const a = first + ((<usize>load<u8>(bins)) << 4);
    v128.store(a, f64x2.add(v128.load(a), pair));
    const b = second + ((<usize>load<u8>(bins, 1)) << 4);
    v128.store(b, f64x2.add(v128.load(b), pair));
    const c = third + ((<usize>load<u8>(bins, 2)) << 4);
    v128.store(c, f64x2.add(v128.load(c), pair));
    const d = fourth + ((<usize>load<u8>(bins, 3)) << 4);
    v128.store(d, f64x2.add(v128.load(d), pair));
    bins += step;
    pairs += 16;
  }
}

/** Whether the tree may split by a column of one of four lanes. */
function isWanted(context: usize, block: usize, group: i32): bool {
  const first = load<i32>(block, BLOCK_FIRST) + 4 * group;
  const end = min(first + 4, load<i32>(block, BLOCK_FIRST) + load<i32>(block, BLOCK_LANES));
  const mask = <usize>load<i32>(context, CONTEXT_LANE_MASK);
  for (let lane = first; lane < end; lane++) if (load<u8>(mask + <usize>lane) != 0) return true;
  return false;
}

/** Adds `count` rows (their indices from `rows`) to the histograms of one block's columns. */
export function addBlock(
  context: usize,
  block: usize,
  rows: usize,
  count: i32,
  histogram: usize,
  scratch: usize,
): void {
  const bins = <usize>load<i32>(block, BLOCK_ADDRESS);
  const shift = load<i32>(block, BLOCK_SHIFT);
  const groups = load<i32>(block, BLOCK_GROUPS);
  const pairs = <usize>load<i32>(context, CONTEXT_PAIRS);
  const step: usize = (<usize>1) << (<usize>shift);
  const fetchedPairs = scratch + 32 * FETCH;
  for (let at = 0; at < count; at += FETCH) {
    const some = min(FETCH, count - at);
    for (let i = 0; i < some; i++) {
      const row = <usize>load<u32>(rows + ((<usize>(at + i)) << 2));
      copyRow(bins + (row << (<usize>shift)), scratch + ((<usize>i) << (<usize>shift)), shift);
      v128.store(fetchedPairs + ((<usize>i) << 4), v128.load(pairs + (row << 4)));
    }
    for (let group = 0; group < groups; group++) {
      if (!isWanted(context, block, group)) continue;
      const offsets = block + BLOCK_OFFSETS + ((<usize>group) << 4);
      addFour(scratch + ((<usize>group) << 2), step, fetchedPairs, some, offsets, histogram);
    }
  }
}

/** The histogram of some rows over all blocks. */
export function addRows(
  context: usize,
  rows: usize,
  count: i32,
  histogram: usize,
  scratch: usize,
): void {
  const blocks = load<i32>(context, CONTEXT_BLOCKS);
  let block = <usize>load<i32>(context, CONTEXT_BLOCK_TABLE);
  for (let i = 0; i < blocks; i++, block += BLOCK_BYTES)
    addBlock(context, block, rows, count, histogram, scratch);
}

/** `into` ± `from`, `bytes` of them. */
export function addSlots(into: usize, from: usize, bytes: usize): void {
  for (let end = into + bytes; into < end; into += 16, from += 16)
    v128.store(into, f64x2.add(v128.load(into), v128.load(from)));
}

export function subtractSlots(into: usize, from: usize, bytes: usize): void {
  for (let end = into + bytes; into < end; into += 16, from += 16)
    v128.store(into, f64x2.sub(v128.load(into), v128.load(from)));
}

/** The slot of a bundled column's usual bin: what the others leave of the leaf. Sums are exact. */
export function fillUsual(column: usize, leaf: usize, histogram: usize): void {
  const usual = load<i32>(column, COLUMN_USUAL);
  if (usual < 0) return;
  const slots = histogram + <usize>load<i32>(column, COLUMN_OFFSET);
  let left = v128.load(leaf, LEAF_GRADIENT);
  const bins = load<i32>(column, COLUMN_BINS);
  for (let bin = 0; bin < bins; bin++)
    left = f64x2.sub(left, v128.load(slots + ((<usize>bin) << 4)));
  v128.store(slots + ((<usize>usual) << 4), left);
}

export function fillAllUsual(context: usize, leaf: usize, histogram: usize): void {
  const columns = load<i32>(context, CONTEXT_COLUMNS);
  let column = <usize>load<i32>(context, CONTEXT_COLUMN_TABLE);
  for (let c = 0; c < columns; c++, column += COLUMN_BYTES) fillUsual(column, leaf, histogram);
}
