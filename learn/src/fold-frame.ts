import { takeRows, type Frame } from './frame.js';

/** The frame that a fold was cut from, and which of its rows it has, in their order. */
export interface Origin {
  whole: Frame;
  rows: Int32Array;
}

/** Holds a whole as long as a fold of it lives, and no longer. */
const origins = new WeakMap<Frame, Origin>();

/**
 * Rows of a frame as `takeRows` has them, for a search that fits on many parts of one table: a fold
 * remembers its whole, so that what looks at columns alone and never at targets is done once. Boosting
 * bins the whole and takes the fold's rows of it, as LightGBM's `cv` does: edges of bins are then
 * quantiles of all rows, those left out among them. Folds of folds remember the first whole.
 */
export function foldOf(x: Frame, rows: ArrayLike<number>): Frame {
  const fold = takeRows(x, rows);
  const above = origins.get(x);
  const own = Int32Array.from(rows, (row) => (above ? above.rows[row]! : row));
  origins.set(fold, { whole: above?.whole ?? x, rows: own });
  return fold;
}

export const originOf = (fold: Frame): Origin | undefined => origins.get(fold);
