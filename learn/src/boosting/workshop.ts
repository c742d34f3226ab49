import { boostingKernels } from '../kernel/boosting/index.js';
import {
  block,
  column,
  context,
  leaf,
  SCRATCH_HEAD,
  SLOT,
  split,
} from '../kernel/boosting/layout.js';
import { chunkOf, chunksOf } from '../kernel/boosting/operations.js';
import { openEngine, threadsOf, type Engine, type EngineOptions } from '../kernel/engine.js';
import type { BinnedFrame } from './binning.js';
import { isNarrowed } from './masks.js';
import type { GrowRules } from './rules.js';

/** What one training run grows all its trees with: memory is taken once, so that views stay. */
export interface Workshop {
  binned: BinnedFrame;
  rules: GrowRules;
  engine: Engine;
  /** Columns of a number a row for gradients, hessians and scores. */
  columns: readonly Float64Array[];
  /** Addresses in the memory. */
  context: number;
  rows: number;
  mask: number;
  /** A byte a lane of bins: whether one of its columns is wanted. */
  laneMask: number;
  /** A byte 0 for each column. */
  noColumns: number;
  /** Where each column begins in a histogram. */
  offsets: readonly number[];
  /** One sign a column. */
  monotone: Int8Array;
  /** Columns of each leaf record, where leaves differ in them. */
  masks: number;
  /** Records of leaves, and histograms, each one after another. */
  leaves: number;
  histograms: number;
  histogramsMax: number;
  histogramBytes: number;
  /** Room for sums or counts of chunks, tables of leaves and of nodes. */
  sums: number;
  table: number;
  values: number;
  routes: number;
  /** Room for an index a row: what moves while a leaf is divided, and rows that come from outside. */
  spill: number;
  /** Leaves that may be split ahead of their turn. */
  ahead: number;
  /** Tells calls of `histogramChunk` apart. */
  mark: number;
  /** Gives everything back. */
  end(): void;
}

export interface WorkshopOptions extends EngineOptions {
  /** How many columns of a number a row there are to be. */
  columns: number;
}

/** Takes the memory of a training run behind the bins. */
export function openWorkshop(
  binned: BinnedFrame,
  rules: GrowRules,
  monotone: Int8Array,
  { columns: columnsWanted, ...options }: WorkshopOptions,
): Workshop {
  const { memory, rows } = binned;
  const mark = memory.mark();
  const threads = threadsOf(memory, options);
  const ahead = threads > 1 ? 2 * threads : 0;
  const leavesMost = Math.max(2, Math.min(rules.leaves, Math.ceil(rows / rules.minDataInLeaf)));
  // A leaf that others keep from its turn gives its histogram back, so that half of the leaves need one;
  // those that were split ahead of their turn hold their children's.
  const histogramsMax = Math.floor(leavesMost / 2) + 2 * ahead + 1;
  const { of: offsets, bytes: histogramBytes } = offsetsOf(binned);
  const scratchBytes = alignTo64(SCRATCH_HEAD + histogramBytes);
  const places = {
    context: memory.take(context.bytes),
    rows: memory.take(4 * rows),
    mask: memory.take(binned.columns.length),
    laneMask: memory.take(binned.lanes.length),
    noColumns: memory.take(binned.columns.length),
    masks: memory.take(
      isNarrowed(rules) ? binned.columns.length * (2 * (leavesMost + ahead) + 1) : 0,
    ),
    leaves: memory.take(leaf.bytes * (2 * (leavesMost + ahead) + 1)),
    histogramsMax,
    histogramBytes,
    histograms: memory.take(histogramBytes * histogramsMax),
    sums: memory.take(16 * chunksOf(rows, chunkOf.leaf) + 64),
    table: memory.take(32 * Math.max(leavesMost, 64)),
    values: memory.take(8 * leavesMost),
    routes: memory.take(256 * leavesMost),
    spill: memory.take(4 * rows),
  };
  const addresses = {
    columnTable: memory.take(column.bytes * binned.columns.length),
    blockTable: memory.take(block.bytes * binned.blocks.length),
    rows: places.rows,
    spill: places.spill,
    spillRight: memory.take(threads > 1 ? 4 * rows : 0),
    pairs: memory.take(SLOT * rows),
    scratch: memory.take(scratchBytes * threads),
    marks: memory.take(64 * threads),
    candidates: memory.take(2 * split.bytes * binned.columns.length),
    mask: places.mask,
    laneMask: places.laneMask,
  };
  const columns = Array.from({ length: columnsWanted }, () => memory.take(8 * rows));
  memory.views.i32.fill(0, addresses.marks / 4, addresses.marks / 4 + 16 * threads);
  // The memory is as large as it will be: helpers join a memory that does not grow under them.
  const engine = openEngine(boostingKernels, memory, options);
  const { f64 } = memory.views;
  const shop: Workshop = {
    ...places,
    binned,
    rules,
    engine,
    offsets,
    monotone,
    columns: columns.map((at) => f64.subarray(at / 8, at / 8 + rows)),
    ahead,
    mark: 0,
    end() {
      engine.end();
      memory.release(mark);
    },
  };
  writeContext(shop, addresses, scratchBytes, monotone);
  writeColumns(shop, addresses, monotone);
  return shop;
}

const alignTo64 = (bytes: number) => Math.ceil(bytes / 64) * 64;

/** Where each column and lane begins in a histogram; a lane before its bundle: that slot is nobody's. */
interface Offsets {
  of: number[];
  lanes: number[];
  /** The slot of what pads a row of bins. */
  padding: number;
  bytes: number;
}

function offsetsOf({ columns, lanes }: BinnedFrame): Offsets {
  let next = 0;
  const of: number[] = [];
  const starts = lanes.map((lane) => {
    const start = next;
    if (columns[lane[0]!]!.usual >= 0) next += SLOT;
    for (const c of lane) {
      of[c] = next;
      next += SLOT * columns[c]!.count;
    }
    return start;
  });
  return { of, lanes: starts, padding: next, bytes: alignTo64(next + SLOT) };
}

function writeContext(
  { binned, rules, engine, context: at, histogramBytes }: Workshop,
  addresses: Record<string, number>,
  scratchBytes: number,
  monotone: Int8Array,
): void {
  const { i32, f64 } = engine.memory.views;
  const { l1 = 0, maxDelta = 0, pathSmoothing = 0 } = rules;
  const isSimple =
    l1 === 0 && maxDelta === 0 && pathSmoothing === 0 && monotone.every((sign) => sign === 0);
  const whole = {
    ...addresses,
    columns: binned.columns.length,
    blocks: binned.blocks.length,
    scratchBytes,
    histogramBytes,
    minRows: Math.min(rules.minDataInLeaf, 2 ** 30),
    levelRows: Math.min(rules.categoryRowsMin, 2 ** 30),
    depthMax: Math.min(rules.depthMax, 2 ** 30),
    levelsMax: Math.min(rules.categoriesMax, 256),
    simple: isSimple ? 1 : 0,
    threads: engine.threads,
  };
  for (const [name, value] of Object.entries(whole))
    i32[(at + context[name as keyof typeof context]) / 4] = value;
  const numbers = {
    l2: rules.l2,
    minHessian: rules.minHessianInLeaf,
    smoothing: pathSmoothing,
    categorySmoothing: rules.categorySmoothing,
  };
  for (const [name, value] of Object.entries(numbers))
    f64[(at + context[name as keyof typeof context]) / 8] = value;
}

function writeColumns(
  { binned, engine }: Workshop,
  addresses: { columnTable: number; blockTable: number },
  monotone: Int8Array,
): void {
  const { i32 } = engine.memory.views;
  const offsets = offsetsOf(binned);
  binned.columns.forEach(({ kind, count, first, usual }, c) => {
    const category = kind === 'category' ? 1 : 0;
    const entry = [offsets.of[c]!, count, category, monotone[c]!, first, usual];
    i32.set(entry, (addresses.columnTable + c * column.bytes) / 4);
  });
  binned.blocks.forEach(({ address, shift, firstLane, lanes }, b) => {
    const at = (addresses.blockTable + b * block.bytes) / 4;
    i32.set([address, shift, Math.ceil(lanes / 4), firstLane, lanes], at);
    for (let lane = 0; lane < 32; lane++)
      i32[at + block.offsets / 4 + lane] =
        lane < lanes ? offsets.lanes[firstLane + lane]! : offsets.padding;
  });
}
