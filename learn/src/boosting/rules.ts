import type { PathRules } from './masks.js';

/** What bounds the growth of a tree. */
export interface GrowRules extends PathRules {
  leaves: number;
  /** Infinity for no limit. */
  depthMax: number;
  minDataInLeaf: number;
  minHessianInLeaf: number;
  minGain: number;
  /** Penalty on the size of leaf values: sums of gradients are drawn to 0 by as much. */
  l1?: number;
  l2: number;
  /** Most that a leaf value may be, before the learning rate; 0 for no limit. */
  maxDelta?: number;
  /** Rows at which a leaf is worth as much as its parent (path smoothing); 0 for none. */
  pathSmoothing?: number;
  /** Added to the hessian when levels are sorted and when a set of many levels is judged. */
  categorySmoothing: number;
  /** Least rows of a group of levels, and of the rest, where a leaf has more than a few levels. */
  categoryRowsMin: number;
  /** Most levels on the smaller side of a split. */
  categoriesMax: number;
  /**
   * Levels of a symmetric tree, and the rows from which a leaf has a value of its own; `minDataInLeaf`
   * is 1 and `depthMax` Infinity then. Undefined for growth by leaf.
   */
  symmetric?: { levels: number; minDataInLeaf: number } | undefined;
}
