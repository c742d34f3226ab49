import { STRIDE } from './histogram.js';

export interface SplitRules {
  l2: number;
  minDataInLeaf: number;
  minHessianInLeaf: number;
  minGain: number;
  /** Added to the hessian when levels are sorted and when a set of many levels is judged. */
  categorySmoothing: number;
  /** Most levels on the smaller side of a split. */
  categoriesMax: number;
}

/** Sums of the rows of a leaf, and the range its value must keep to (monotone constraints). */
export interface LeafSums {
  gradient: number;
  hessian: number;
  rows: number;
  lower: number;
  upper: number;
}

export interface Split {
  gain: number;
  column: number;
  /** Bins 1..bin go left; unused for a set of levels. */
  bin: number;
  missingLeft: boolean;
  /** Bins that go left, for a category; null for a number. */
  levels: readonly number[] | null;
  leftGradient: number;
  leftHessian: number;
  leftRows: number;
}

export function leafValue(gradient: number, hessian: number, l2: number, leaf: LeafSums): number {
  const value = hessian + l2 > 0 ? -gradient / (hessian + l2) : 0;
  return Math.min(Math.max(value, leaf.lower), leaf.upper);
}

/** How much the second-order loss falls when a leaf with these sums takes `value`. */
const fall = (gradient: number, hessian: number, l2: number, value: number) =>
  -(2 * gradient * value + (hessian + l2) * value * value);

/** Gain of a split, or -1 where a rule forbids it. */
export function gainOf(
  leaf: LeafSums,
  rules: SplitRules,
  l2: number,
  monotone: number,
  gradient: number,
  hessian: number,
  rows: number,
): number {
  const rightRows = leaf.rows - rows;
  const rightHessian = leaf.hessian - hessian;
  if (rows < rules.minDataInLeaf || rightRows < rules.minDataInLeaf) return -1;
  if (hessian < rules.minHessianInLeaf || rightHessian < rules.minHessianInLeaf) return -1;
  const rightGradient = leaf.gradient - gradient;
  const left = leafValue(gradient, hessian, l2, leaf);
  const right = leafValue(rightGradient, rightHessian, l2, leaf);
  if (monotone * (right - left) < 0) return -1;
  const whole = leafValue(leaf.gradient, leaf.hessian, rules.l2, leaf);
  return (
    fall(gradient, hessian, l2, left) +
    fall(rightGradient, rightHessian, l2, right) -
    fall(leaf.gradient, leaf.hessian, rules.l2, whole)
  );
}

/**
 * Best threshold of a number column, or null when none gains. Missing values are tried on both
 * sides; where the leaf has none, a later missing value follows the larger child.
 */
export function bestThreshold(
  histogram: Float64Array,
  at: number,
  bins: number,
  column: number,
  leaf: LeafSums,
  rules: SplitRules,
  monotone: number,
): Split | null {
  const hasMissing = histogram[at + 2]! > 0;
  let best: Split | null = null;
  for (let side = 0; side < (hasMissing ? 2 : 1); side++) {
    let gradient = side === 1 ? histogram[at]! : 0;
    let hessian = side === 1 ? histogram[at + 1]! : 0;
    let rows = side === 1 ? histogram[at + 2]! : 0;
    // Only with missing values on the right may every value go left: the split is then "missing".
    const last = hasMissing && side === 0 ? bins : bins - 1;
    for (let bin = 1; bin < last; bin++) {
      const slot = at + STRIDE * bin;
      if (histogram[slot + 2] === 0) continue;
      gradient += histogram[slot]!;
      hessian += histogram[slot + 1]!;
      rows += histogram[slot + 2]!;
      if (leaf.rows - rows < rules.minDataInLeaf) break;
      const gain = gainOf(leaf, rules, rules.l2, monotone, gradient, hessian, rows);
      if (gain <= rules.minGain || gain <= (best?.gain ?? 0)) continue;
      best = {
        gain,
        column,
        bin,
        missingLeft: hasMissing ? side === 1 : rows > leaf.rows - rows,
        levels: null,
        leftGradient: gradient,
        leftHessian: hessian,
        leftRows: rows,
      };
    }
  }
  return best;
}

/**
 * Best set of levels against the rest: levels sorted by mean gradient, then thresholds from either
 * end (Fisher 1958; smoothing as in LightGBM, Ke et al. 2017). Missing is one of the levels.
 */
export function bestLevels(
  histogram: Float64Array,
  at: number,
  bins: number,
  column: number,
  leaf: LeafSums,
  rules: SplitRules,
): Split | null {
  const ratio = new Float64Array(bins);
  const order: number[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const slot = at + STRIDE * bin;
    if (histogram[slot + 2] === 0) continue;
    ratio[bin] = histogram[slot]! / (histogram[slot + 1]! + rules.categorySmoothing);
    order.push(bin);
  }
  order.sort((a, b) => ratio[a]! - ratio[b]! || a - b);
  // A few levels cannot be chosen to fit noise; many can, and pay for it.
  const l2 = order.length > 4 ? rules.l2 + rules.categorySmoothing : rules.l2;
  let best: Split | null = null;
  for (const sorted of [order, [...order].reverse()]) {
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    const taken = Math.min(sorted.length - 1, rules.categoriesMax);
    for (let i = 0; i < taken; i++) {
      const slot = at + STRIDE * sorted[i]!;
      gradient += histogram[slot]!;
      hessian += histogram[slot + 1]!;
      rows += histogram[slot + 2]!;
      const gain = gainOf(leaf, rules, l2, 0, gradient, hessian, rows);
      if (gain <= rules.minGain || gain <= (best?.gain ?? 0)) continue;
      best = {
        gain,
        column,
        bin: 0,
        missingLeft: false,
        levels: sorted.slice(0, i + 1),
        leftGradient: gradient,
        leftHessian: hessian,
        leftRows: rows,
      };
    }
  }
  return best && withAbsent(best, histogram, at, bins, leaf.rows);
}

/** Levels that the leaf has not seen, missing among them, follow the larger child. */
function withAbsent(
  split: Split,
  histogram: Float64Array,
  at: number,
  bins: number,
  rows: number,
): Split {
  if (2 * split.leftRows <= rows) return split;
  const levels = [...split.levels!];
  for (let bin = 0; bin < bins; bin++) if (histogram[at + STRIDE * bin + 2] === 0) levels.push(bin);
  return { ...split, levels };
}
