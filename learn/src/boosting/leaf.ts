import { leafValue, type LeafSums, type Split } from './split.js';

/** A leaf that may still be split: rows[start .. end) of the job. */
export interface Leaf extends LeafSums {
  start: number;
  end: number;
  depth: number;
  histogram: Float64Array | null;
  best: Split | null;
  /** Where the tree points at this leaf. */
  parent: number;
  side: 'left' | 'right';
}

/** One tree's work: the rows to grow on, by column; null hessians are all 1. */
export interface Job {
  rows: Int32Array;
  gradients: Float64Array;
  hessians: Float64Array | null;
  columns: readonly number[];
}

export function rootOf({ rows, gradients, hessians }: Job): Leaf {
  let gradient = 0;
  let hessian = 0;
  for (const row of rows) {
    gradient += gradients[row]!;
    hessian += hessians ? hessians[row]! : 1;
  }
  return {
    start: 0,
    end: rows.length,
    rows: rows.length,
    gradient,
    hessian,
    lower: -Infinity,
    upper: Infinity,
    depth: 0,
    histogram: null,
    best: null,
    parent: -1,
    side: 'left',
  };
}

/** Sums of both children. Under a monotone split neither may pass the middle of their values. */
export function childrenSums(leaf: LeafSums, split: Split, l2: number, monotone: number) {
  const left: LeafSums = {
    gradient: split.leftGradient,
    hessian: split.leftHessian,
    rows: split.leftRows,
    lower: leaf.lower,
    upper: leaf.upper,
  };
  const right: LeafSums = {
    gradient: leaf.gradient - split.leftGradient,
    hessian: leaf.hessian - split.leftHessian,
    rows: leaf.rows - split.leftRows,
    lower: leaf.lower,
    upper: leaf.upper,
  };
  if (monotone !== 0) {
    const middle =
      (leafValue(left.gradient, left.hessian, l2, left) +
        leafValue(right.gradient, right.hessian, l2, right)) /
      2;
    const [low, high] = monotone > 0 ? [left, right] : [right, left];
    low.upper = Math.min(low.upper, middle);
    high.lower = Math.max(high.lower, middle);
  }
  return { left, right };
}
