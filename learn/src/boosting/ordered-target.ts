import type { CategoryColumn, Frame } from '../frame.js';
import { permutation, type Rng } from '../random.js';
import type { TrainingData } from '../estimator.js';
import type { BinnedFrame } from './binning.js';
import { edgesOf } from './edges.js';
import type { Tree } from './tree.js';
import type { HeldOut } from './validation.js';

/**
 * Categories of many levels as ordered target statistics (Prokhorenkova et al. 2018): a training row
 * sees the mean target of its level over the rows before it in a random order, so that its own
 * target is never in its features; a new row sees the mean over all training rows. Both are pulled
 * to the mean of all by `smoothing` rows. Values are told apart in bins, so that a split on them is
 * a set of levels, and a model has nothing to look up but the bin of each level.
 */
export interface OrderedCategories {
  /** The columns as grown on: each row's own statistic, by a permutation from `rng`. */
  frameOf(split: HeldOut, rng: Rng): Frame;
  /** The trees in terms of levels, and the bins of the levels. */
  asSets(trees: readonly Tree[], binned: BinnedFrame): { trees: Tree[]; binned: BinnedFrame };
}

export interface OrderedOptions {
  /** Columns of fewer levels stay sets. */
  levelsMin: number;
  smoothing: number;
  bins: number;
}

interface Encoding {
  column: CategoryColumn;
  edges: Float64Array;
  binOfLevel: Uint8Array;
  /** What a missing or unknown level is treated as. */
  binOfMissing: number;
}

export function orderCategories(
  data: TrainingData,
  rows: Int32Array,
  { levelsMin, smoothing, bins }: OrderedOptions,
  rng: Rng,
): OrderedCategories {
  const encodings = new Map<number, Encoding>();
  const order = shuffled(rows, rng);
  data.x.columns.forEach((column, c) => {
    if (column.kind === 'number' || levelsSeen(column, rows) < levelsMin) return;
    const totals = new Statistic(column, data, meanOf(data, rows), smoothing);
    const ordered = Float64Array.from(order, (row) => totals.take(row));
    const edges = edgesOf(ordered, bins - 1);
    const binOfLevel = Uint8Array.from(column.levels, (_, code) => binAt(edges, totals.of(code)));
    encodings.set(c, { column, edges, binOfLevel, binOfMissing: binAt(edges, totals.of(-1)) });
  });
  return {
    frameOf: (split, random) => frameOf(data, encodings, smoothing, split, random),
    asSets: (trees, binned) => asSets(encodings, trees, binned),
  };
}

const shuffled = (rows: Int32Array, rng: Rng): Int32Array =>
  permutation(rows.length, rng).map((at) => rows[at]!);

function levelsSeen({ codes, levels }: CategoryColumn, rows: Int32Array): number {
  const seen = new Uint8Array(levels.length);
  for (const row of rows) if (codes[row]! >= 0) seen[codes[row]!] = 1;
  return seen.reduce((sum, one) => sum + one, 0);
}

function meanOf({ y, weights }: TrainingData, rows: Int32Array): number {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const weight = weights ? weights[row]! : 1;
    sum += weight * y[row]!;
    total += weight;
  }
  return sum / total;
}

const binAt = (edges: Float64Array, value: number): number => {
  const at = edges.findIndex((edge) => value <= edge);
  return 1 + (at < 0 ? edges.length : at);
};

/** Running mean target of each level; missing is a level of its own. */
class Statistic {
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;

  constructor(
    private readonly column: CategoryColumn,
    private readonly data: TrainingData,
    private readonly prior: number,
    private readonly smoothing: number,
  ) {
    this.sums = new Float64Array(column.levels.length + 1);
    this.counts = new Float64Array(column.levels.length + 1);
  }

  of(code: number): number {
    const at = code < 0 ? this.column.levels.length : code;
    const count = this.counts[at]! + this.smoothing;
    return count > 0 ? (this.sums[at]! + this.smoothing * this.prior) / count : this.prior;
  }

  /** The statistic of the row's level before the row, which then counts. */
  take(row: number): number {
    const code = this.column.codes[row]!;
    const before = this.of(code);
    const at = code < 0 ? this.column.levels.length : code;
    const weight = this.data.weights ? this.data.weights[row]! : 1;
    this.sums[at]! += weight * this.data.y[row]!;
    this.counts[at]! += weight;
    return before;
  }
}

function frameOf(
  data: TrainingData,
  encodings: ReadonlyMap<number, Encoding>,
  smoothing: number,
  { training, validation }: HeldOut,
  rng: Rng,
): Frame {
  const order = shuffled(training, rng);
  const prior = meanOf(data, training);
  const columns = data.x.columns.map((column, c) => {
    const encoding = encodings.get(c);
    if (!encoding) return column;
    const statistic = new Statistic(encoding.column, data, prior, smoothing);
    const values = new Float64Array(data.x.rows);
    for (const row of order) values[row] = binAt(encoding.edges, statistic.take(row));
    for (const row of validation)
      values[row] = binAt(encoding.edges, statistic.of(encoding.column.codes[row]!));
    return { kind: 'number', name: column.name, values } as const;
  });
  return { rows: data.x.rows, columns };
}

/** A threshold on the bins of a statistic sends a set of bins left. */
function asSets(
  encodings: ReadonlyMap<number, Encoding>,
  trees: readonly Tree[],
  binned: BinnedFrame,
): { trees: Tree[]; binned: BinnedFrame } {
  const setTrees = trees.map((tree) => ({
    ...tree,
    nodes: tree.nodes.map((node) => {
      const { split } = node;
      const encoding = encodings.get(split.column);
      if (!encoding) return node;
      const edge = binned.columns[split.column]!.edges[split.bin - 1] ?? Infinity;
      const last = Math.min(Math.floor(edge), encoding.edges.length + 1);
      const levels = Array.from({ length: last }, (_, i) => i + 1);
      if (encoding.binOfMissing <= last) levels.unshift(0);
      return { ...node, split: { ...split, levels } };
    }),
  }));
  const columns = binned.columns.map((column, c) => {
    const encoding = encodings.get(c);
    return encoding ? { ...column, binOfLevel: encoding.binOfLevel } : column;
  });
  return { trees: setTrees, binned: { ...binned, columns } };
}
