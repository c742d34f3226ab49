import { permutation, type Rng } from '../random.js';

/** Row indices, each ascending; no row is in both. */
export interface Fold {
  train: Int32Array;
  test: Int32Array;
}

export interface FoldOptions {
  folds: number;
  rng: Rng;
  /** Rows of one group stay together. */
  groups?: ArrayLike<number>;
  /** Classes, spread evenly over the folds. Not with groups. */
  stratify?: ArrayLike<number>;
}

/**
 * Every row is tested once. Folds differ by one row at most, or by one group's rows. A fold without
 * rows on either side is left out: one group alone gives no fold.
 */
export function kFold(n: number, { folds, rng, groups, stratify }: FoldOptions): Fold[] {
  if (!Number.isInteger(folds) || folds < 2)
    throw new RangeError(`folds is ${folds}, expected a whole number from 2`);
  if (groups && stratify) throw new RangeError('stratify and groups exclude each other; give one');
  const foldOf = groups ? byGroup(n, folds, rng, groups) : byRow(n, folds, rng, stratify);
  return Array.from({ length: folds }, (_, fold) => split(n, (row) => foldOf[row] === fold)).filter(
    ({ train, test }) => train.length > 0 && test.length > 0,
  );
}

function split(n: number, isTest: (row: number) => boolean): Fold {
  const train: number[] = [];
  const test: number[] = [];
  for (let row = 0; row < n; row++) (isTest(row) ? test : train).push(row);
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}

function byRow(n: number, folds: number, rng: Rng, stratify?: ArrayLike<number>): Int32Array {
  const order = permutation(n, rng);
  if (stratify) order.sort((a, b) => stratify[a]! - stratify[b]!);
  const foldOf = new Int32Array(n);
  order.forEach((row, i) => (foldOf[row] = i % folds));
  return foldOf;
}

/** Largest groups first, each to the fold with fewest rows. */
function byGroup(n: number, folds: number, rng: Rng, groups: ArrayLike<number>): Int32Array {
  const sizes = new Map<number, number>();
  for (let row = 0; row < n; row++) sizes.set(groups[row]!, (sizes.get(groups[row]!) ?? 0) + 1);
  const keys = [...sizes.keys()];
  const shuffled = Array.from(permutation(keys.length, rng), (i) => keys[i]!);
  shuffled.sort((a, b) => sizes.get(b)! - sizes.get(a)!);
  const filled = new Float64Array(folds);
  const foldOfGroup = new Map<number, number>();
  for (const key of shuffled) {
    let least = 0;
    for (let fold = 1; fold < folds; fold++) if (filled[fold]! < filled[least]!) least = fold;
    filled[least]! += sizes.get(key)!;
    foldOfGroup.set(key, least);
  }
  return Int32Array.from({ length: n }, (_, row) => foldOfGroup.get(groups[row]!)!);
}

/**
 * Folds in the order of decisions. Each tests a block of later cut-offs and trains only on rows of
 * earlier cut-offs whose label was closed by the block's first: nothing that was not yet known.
 * `cutoffs` and `labelClosed` are on one clock, one a row.
 */
export function foldsByTime(
  cutoffs: ArrayLike<number>,
  labelClosed: ArrayLike<number>,
  { folds }: { folds: number },
): Fold[] {
  if (!Number.isInteger(folds) || folds < 1)
    throw new RangeError(`folds is ${folds}, expected a whole number from 1`);
  const n = cutoffs.length;
  const starts = blockStarts(cutoffs, folds + 1);
  const found: Fold[] = [];
  for (let block = 1; block < starts.length; block++) {
    const first = starts[block]!;
    const next = starts[block + 1] ?? Infinity;
    const train: number[] = [];
    const test: number[] = [];
    for (let row = 0; row < n; row++) {
      const at = cutoffs[row]!;
      if (at >= first && at < next) test.push(row);
      else if (at < first && labelClosed[row]! <= first) train.push(row);
    }
    if (train.length > 0 && test.length > 0)
      found.push({ train: Int32Array.from(train), test: Int32Array.from(test) });
  }
  if (found.length === 0)
    throw new RangeError(
      `no fold by time over ${starts.length} blocks of cut-offs: no label is closed before a ` +
        'later cut-off; give more cut-offs or a shorter horizon',
    );
  return found;
}

/** First cut-off of each of at most `blocks` blocks of about equal rows. */
function blockStarts(cutoffs: ArrayLike<number>, blocks: number): number[] {
  const sorted = Float64Array.from(cutoffs).sort();
  const distinct = [...new Set(sorted)];
  if (distinct.length <= blocks) return distinct;
  const starts: number[] = [];
  for (let block = 0; block < blocks; block++) {
    const wanted = sorted[Math.floor((block * sorted.length) / blocks)]!;
    const previous = starts[starts.length - 1];
    const next = previous === undefined || wanted > previous ? wanted : undefined;
    if (next !== undefined) starts.push(next);
  }
  return starts;
}

/** Rolling origin: each fold tests a later block and trains on rows older than it by `gap`. */
export const rollingFolds = (
  times: ArrayLike<number>,
  { folds, gap = 0 }: { folds: number; gap?: number },
): Fold[] =>
  foldsByTime(
    times,
    Float64Array.from(times, (time) => time + gap),
    { folds },
  );
