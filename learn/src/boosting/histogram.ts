/** Numbers a bin: sum of gradients, sum of hessians, rows. */
export const STRIDE = 3;

/**
 * Adds rows[start..end) of one column to its bins, at `at` of `out`. Gradients and hessians are in
 * the order of `rows`, so that only the bins are read out of order.
 */
export function addHistogram(
  bins: Uint8Array,
  rows: Int32Array,
  start: number,
  end: number,
  gradients: Float64Array,
  hessians: Float64Array,
  out: Float64Array,
  at: number,
): void {
  for (let i = start; i < end; i++) {
    const slot = at + STRIDE * bins[rows[i]!]!;
    out[slot]! += gradients[i]!;
    out[slot + 1]! += hessians[i]!;
    out[slot + 2]! += 1;
  }
}

/** The same where every hessian is 1: a third of the adding is spared. */
export function addUnitHistogram(
  bins: Uint8Array,
  rows: Int32Array,
  start: number,
  end: number,
  gradients: Float64Array,
  count: number,
  out: Float64Array,
  at: number,
): void {
  for (let i = start; i < end; i++) {
    const slot = at + STRIDE * bins[rows[i]!]!;
    out[slot]! += gradients[i]!;
    out[slot + 2]! += 1;
  }
  for (let bin = 0; bin < count; bin++) {
    const slot = at + STRIDE * bin;
    out[slot + 1] = out[slot + 2]!;
  }
}

/** One child from its parent and its sibling, in place of the parent. */
export function subtractHistogram(parent: Float64Array, sibling: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= sibling[i]!;
}
