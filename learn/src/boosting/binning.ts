import { isSparse, planLanes, writeLane, type Bundled, type Lanes } from './bundles.js';
import { originOf, type Origin } from '../fold-frame.js';
import type { CategoryColumn, Frame } from '../frame.js';
import type { Engine, EngineOptions } from '../kernel/engine.js';
import { openEngine } from '../kernel/engine.js';
import { boostingKernels } from '../kernel/boosting/index.js';
import { chunkOf, chunksOf, operations } from '../kernel/boosting/operations.js';
import { kernelMemory, type KernelMemory } from '../kernel/memory.js';
import { allEdges } from './edges.js';

/** What bins of one column mean: 0 is missing (or a rare level), the others by value or frequency. */
export interface BinnedColumn {
  kind: 'number' | 'category';
  /** Bins in use, with bin 0. */
  count: number;
  /** Numbers: bin `b` ≥ 1 holds values in (edges[b - 2], edges[b - 1]]. Empty for categories. */
  edges: Float64Array;
  /** Categories: bin of each level. Empty for numbers. */
  binOfLevel: Uint8Array;
  /** Where its bins lie in the memory, a byte a row, apart from those of the block. */
  first: number;
  /** The bin that its bundle leaves out; -1 for a column that shares its lane with none. */
  usual: number;
}

/**
 * Up to 32 lanes, each a column or a bundle of sparse ones, whose bins lie together, row after row: one row is 4, 8, 16 or 32 bytes. Histograms
 * read whole rows; what divides rows by one column reads the column alone, from a copy that stays in
 * the cache: dividing took half of the time from rows, and a quarter from columns.
 *
 * Two columns of at most 15 bins in one byte were tried on 1M × 28 (16 bytes a row instead of 32), in ns
 * a row and column, medians of five runs on a busy machine: all rows .62 (a byte each: .53), every second
 * .57 (.64), one in 16 1.30 (1.50), one in 64 .92 (.83). What the cache gives, taking bins apart takes.
 */
export interface BinBlock {
  address: number;
  shift: number;
  firstLane: number;
  lanes: number;
}

export interface BinnedFrame {
  rows: number;
  columns: readonly BinnedColumn[];
  /** Columns of each lane. */
  lanes: readonly (readonly number[])[];
  blocks: readonly BinBlock[];
  /** Holds the bins; growers take what they need behind them, one at a time. */
  memory: KernelMemory;
}

/** Rows that are handed to the kernels at once: their values are copied. */
const SLAB = 16 * chunkOf.binning;
const BLOCK = 32;
const cache = new WeakMap<Frame, Map<string, BinnedFrame>>();

/** A fold of fewer than this share of its whole is binned by itself: the whole would cost more. */
const FOLD_FROM = 0.5;
/**
 * So is one of a small whole: it takes no time, and edges half-way between the fold's own values, where
 * a bin holds one or none, are a little better.
 */
const WHOLE_FROM = 10_000;

/**
 * Bins of a frame, made once: grid points and rounds that share a frame share its bins, and folds take
 * theirs from the bins of the whole. They last as long as the frame.
 */
export function binFrame(x: Frame, binsMax: number, options: EngineOptions = {}): BinnedFrame {
  let found = cache.get(x);
  if (!found) cache.set(x, (found = new Map()));
  const key = `${binsMax} ${options.kernels ?? 'auto'}`;
  let binned = found.get(key);
  if (!binned) found.set(key, (binned = foldOrWhole(x, binsMax, options)));
  return binned;
}

/** By sizes alone: what happens to be binned already must not decide what a model is. */
function foldOrWhole(x: Frame, binsMax: number, options: EngineOptions): BinnedFrame {
  const origin = originOf(x);
  const wholeRows = origin?.whole.rows ?? 0;
  if (origin && wholeRows >= WHOLE_FROM && x.rows >= FOLD_FROM * wholeRows)
    return takeBins(binFrame(origin.whole, binsMax, options), origin, options);
  return bin(x, binsMax, options);
}

/** The bins of a fold's rows: the columns mean what they mean in the whole. */
function takeBins(whole: BinnedFrame, { rows }: Origin, options: EngineOptions): BinnedFrame {
  const memory = memoryOf(options);
  const blocks = whole.blocks.map((block) => ({
    ...block,
    address: memory.take(rows.length * 2 ** block.shift),
  }));
  const columns = whole.columns.map((column) => ({ ...column, first: memory.take(rows.length) }));
  const from = whole.memory.views;
  const to = memory.views;
  whole.blocks.forEach(({ address, shift }, b) =>
    takeWords(from.i32, address / 4, rows, to.i32, blocks[b]!.address / 4, 2 ** shift / 4),
  );
  whole.columns.forEach(({ first }, c) =>
    takeBytes(from.u8, first, rows, to.u8, columns[c]!.first),
  );
  return { rows: rows.length, columns, lanes: whole.lanes, blocks, memory };
}

function takeWords(
  from: Int32Array,
  start: number,
  rows: Int32Array,
  to: Int32Array,
  first: number,
  words: number,
): void {
  for (let i = 0, at = first; i < rows.length; i++)
    for (let word = start + rows[i]! * words, end = word + words; word < end; word++)
      to[at++] = from[word]!;
}

function takeBytes(
  from: Uint8Array,
  start: number,
  rows: Int32Array,
  to: Uint8Array,
  first: number,
): void {
  for (let i = 0; i < rows.length; i++) to[first + i] = from[start + rows[i]!]!;
}

/** Shared where the runtime can: a later fit of the frame may bring a pool. */
const memoryOf = ({ kernels }: EngineOptions): KernelMemory =>
  kernelMemory(kernels === 'plain' ? 'plain' : 'shared');

function bin(x: Frame, binsMax: number, options: EngineOptions): BinnedFrame {
  const memory = memoryOf(options);
  const { rows } = x;
  const bundles = isSparse(x);
  const alone = x.columns.map((_, c) => [c]);
  const blocks = bundles ? [] : takeBlocks(memory, rows, alone.length);
  const firsts = x.columns.map(() => memory.take(rows));
  const mark = memory.mark();
  const edges = allEdges(x, memory, binsMax, options);
  const columns = x.columns.map((column, c): BinnedColumn => ({
    ...(column.kind === 'number' ? meaningOfNumbers(edges[c]!) : meaningOfLevels(column, binsMax)),
    first: firsts[c]!,
    usual: -1,
  }));
  // Before bundles are known, rows of bins are written a slab upon the other.
  const slab = Math.min(SLAB, rows);
  const filled = bundles ? takeBlocks(memory, slab, alone.length) : blocks;
  const plans = filled.map((block) => planOf(memory, slab, columns, block, !bundles));
  const engine = openEngine(boostingKernels, memory, options);
  try {
    for (const plan of plans) fillBlock(engine, x, plan);
  } finally {
    engine.end();
    memory.release(mark);
  }
  const binned = { rows, columns, lanes: alone, blocks, memory };
  return bundles ? layLanes(binned, planLanes(ownBins(binned), rows)) : binned;
}

function takeBlocks(memory: KernelMemory, rows: number, lanes: number): BinBlock[] {
  const blocks: BinBlock[] = [];
  for (let first = 0; first < lanes; first += BLOCK) {
    const own = Math.min(BLOCK, lanes - first);
    const shift = Math.max(2, Math.ceil(Math.log2(own)));
    // What pads a row to its power of two is bin 0 of no lane.
    const address = memory.take(rows * 2 ** shift);
    memory.views.u8.fill(0, address, address + rows * 2 ** shift);
    blocks.push({ address, shift, firstLane: first, lanes: own });
  }
  return blocks;
}

const ownBins = ({ rows, columns, memory }: BinnedFrame): Bundled[] =>
  columns.map(({ first, count }) => ({
    count,
    bins: memory.views.u8.subarray(first, first + rows),
  }));

/** The frame with its columns' own bins laid out in lanes once more. */
export function layLanes(binned: BinnedFrame, { lanes, usual }: Lanes): BinnedFrame {
  const { rows, memory } = binned;
  const blocks = takeBlocks(memory, rows, lanes.length);
  const own = ownBins(binned);
  for (const { address, shift, firstLane, lanes: count } of blocks)
    for (let i = 0; i < count; i++) {
      const out = { bytes: memory.views.u8, at: address + i, step: 2 ** shift };
      writeLane(lanes[firstLane + i]!, own, usual, out);
    }
  const columns = binned.columns.map((column, c) => ({ ...column, usual: usual[c]! }));
  return { rows, columns, lanes, blocks, memory };
}

const meaningOfNumbers = (edges: Float64Array) => ({
  kind: 'number' as const,
  count: edges.length + 2,
  edges,
  binOfLevel: new Uint8Array(0),
});

/** The most frequent levels have a bin each; the rest share bin 0 with missing. */
function meaningOfLevels({ codes, levels }: CategoryColumn, binsMax: number) {
  const counts = new Int32Array(levels.length);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) counts[codes[row]!]!++;
  const order = [...counts.keys()]
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, binsMax - 1);
  const binOfLevel = new Uint8Array(levels.length);
  order.forEach((code, i) => (binOfLevel[code] = i + 1));
  return {
    kind: 'category' as const,
    count: order.length + 1,
    edges: new Float64Array(0),
    binOfLevel,
  };
}

/** How a block is filled: where its tables and the values of a slab lie. */
interface Plan {
  block: BinBlock;
  /** Whether a slab's rows lie behind those before, or upon them. */
  advances: boolean;
  slab: number;
  table: number;
  values: number;
  maps: number[];
  /** Where each column's bins lie on their own. */
  firsts: number[];
}

function planOf(
  memory: KernelMemory,
  slab: number,
  columns: readonly BinnedColumn[],
  block: BinBlock,
  advances: boolean,
): Plan {
  const own = columns.slice(block.firstLane, block.firstLane + block.lanes);
  return {
    block,
    advances,
    slab,
    table: memory.take(20 * block.lanes),
    values: memory.take(8 * slab * block.lanes),
    maps: own.map((column) => mapOf(memory, column)),
    firsts: own.map(({ first }) => first),
  };
}

/** Bins of a block's columns, slab after slab. */
function fillBlock(engine: Engine, x: Frame, plan: Plan): void {
  const { block, advances, slab, table, values, maps, firsts } = plan;
  const { address, shift, firstLane, lanes: count } = block;
  const { i32, f64 } = engine.memory.views;
  for (let start = 0; start < x.rows; start += slab) {
    const rows = Math.min(slab, x.rows - start);
    for (let c = 0; c < count; c++) {
      const column = x.columns[firstLane + c]!;
      const at = values + 8 * slab * c;
      if (column.kind === 'number') f64.set(column.values.subarray(start, start + rows), at / 8);
      else i32.set(column.codes.subarray(start, start + rows), at / 4);
      const category = column.kind === 'number' ? 0 : 1;
      i32.set([category, at, maps[c]!, c, firsts[c]!], table / 4 + 5 * c);
    }
    const chunks = chunksOf(rows, chunkOf.binning);
    const out = address + (advances ? start * 2 ** shift : 0);
    engine.run(operations.binRows, chunks, [table, count, rows, out, shift, start]);
  }
}

/** What the kernel looks bins up in: edges filled up to 256, or the bin of each level. */
function mapOf(memory: KernelMemory, { kind, edges, binOfLevel }: BinnedColumn): number {
  if (kind === 'category') {
    const at = memory.take(binOfLevel.length);
    memory.views.u8.set(binOfLevel, at);
    return at;
  }
  const at = memory.take(8 * 256);
  memory.views.f64.fill(Infinity, at / 8, at / 8 + 256).set(edges, at / 8);
  return at;
}
