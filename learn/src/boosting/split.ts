import { leaf, split as at } from '../kernel/boosting/layout.js';
import type { Views } from '../kernel/memory.js';
import type { BinnedColumn } from './binning.js';

/** One split, in terms of bins. */
export interface Split {
  gain: number;
  column: number;
  /** Bins 1..bin go left; unused for a set of levels. */
  bin: number;
  missingLeft: boolean;
  /** Bins that go left, for a category; null for a number. */
  levels: readonly number[] | null;
}

/** Gains of targets near the largest double are infinite; their sum should still be a number. */
const GAIN_MAX = 1e300;

/** The best split of a leaf record; gains are in units of the leaf's. */
export function splitOf(
  { u8, i32, f64 }: Views,
  record: number,
  columns: readonly BinnedColumn[],
  gainUnit: number,
): Split {
  const best = record + leaf.split;
  const column = i32[(best + at.column) / 4]!;
  const gain = Math.min(f64[(best + at.gain) / 8]! * gainUnit, GAIN_MAX);
  const route = u8.subarray(record + leaf.route, record + leaf.route + 256);
  const missingLeft = route[0] === 1;
  if (columns[column]!.kind === 'number')
    return { gain, column, bin: i32[(best + at.bin) / 4]!, missingLeft, levels: null };
  const levels: number[] = [];
  for (let bin = 0; bin < columns[column]!.count; bin++) if (route[bin] === 1) levels.push(bin);
  return { gain, column, bin: 0, missingLeft: false, levels };
}
