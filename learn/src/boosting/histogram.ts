/** Numbers a bin: sum of gradients, sum of hessians, rows. */
export const STRIDE = 3;

/** One column's bins, and where its histogram begins. */
export interface Target {
  bins: Uint8Array;
  at: number;
}

/** Rows start..end of `rows`; gradients and hessians are in that order, so that only bins jump. */
export interface Span {
  rows: Int32Array;
  start: number;
  end: number;
  gradients: Float64Array;
  hessians: Float64Array;
}

/**
 * Adds a span to the histograms of all targets. Four columns go together: four chains of additions
 * that do not wait for each other, in less than half the time of one after another.
 */
export function addHistograms(targets: readonly Target[], span: Span, out: Float64Array): void {
  const whole = targets.length - (targets.length % 4);
  for (let t = 0; t < whole; t += 4)
    addFour(targets[t]!, targets[t + 1]!, targets[t + 2]!, targets[t + 3]!, span, out);
  for (let t = whole; t < targets.length; t++) addOne(targets[t]!, span, out);
}

function addOne({ bins, at }: Target, span: Span, out: Float64Array): void {
  const { rows, end, gradients, hessians } = span;
  for (let i = span.start; i < end; i++) {
    const slot = at + STRIDE * bins[rows[i]!]!;
    out[slot]! += gradients[i]!;
    out[slot + 1]! += hessians[i]!;
    out[slot + 2]! += 1;
  }
}

function addFour(
  { bins: bins0, at: at0 }: Target,
  { bins: bins1, at: at1 }: Target,
  { bins: bins2, at: at2 }: Target,
  { bins: bins3, at: at3 }: Target,
  span: Span,
  out: Float64Array,
): void {
  const { rows, end, gradients, hessians } = span;
  for (let i = span.start; i < end; i++) {
    const row = rows[i]!;
    const gradient = gradients[i]!;
    const hessian = hessians[i]!;
    const slot0 = at0 + STRIDE * bins0[row]!;
    const slot1 = at1 + STRIDE * bins1[row]!;
    const slot2 = at2 + STRIDE * bins2[row]!;
    const slot3 = at3 + STRIDE * bins3[row]!;
    out[slot0]! += gradient;
    out[slot0 + 1]! += hessian;
    out[slot0 + 2]! += 1;
    out[slot1]! += gradient;
    out[slot1 + 1]! += hessian;
    out[slot1 + 2]! += 1;
    out[slot2]! += gradient;
    out[slot2 + 1]! += hessian;
    out[slot2 + 2]! += 1;
    out[slot3]! += gradient;
    out[slot3 + 1]! += hessian;
    out[slot3 + 2]! += 1;
  }
}

/** The same where every hessian is 1: a third of the adding is spared. `out` begins at zero. */
export function addUnitHistograms(targets: readonly Target[], span: Span, out: Float64Array): void {
  const whole = targets.length - (targets.length % 4);
  for (let t = 0; t < whole; t += 4)
    addFourUnit(targets[t]!, targets[t + 1]!, targets[t + 2]!, targets[t + 3]!, span, out);
  for (let t = whole; t < targets.length; t++) addOneUnit(targets[t]!, span, out);
  for (let slot = 0; slot < out.length; slot += STRIDE) out[slot + 1] = out[slot + 2]!;
}

function addOneUnit({ bins, at }: Target, span: Span, out: Float64Array): void {
  const { rows, end, gradients } = span;
  for (let i = span.start; i < end; i++) {
    const slot = at + STRIDE * bins[rows[i]!]!;
    out[slot]! += gradients[i]!;
    out[slot + 2]! += 1;
  }
}

function addFourUnit(
  { bins: bins0, at: at0 }: Target,
  { bins: bins1, at: at1 }: Target,
  { bins: bins2, at: at2 }: Target,
  { bins: bins3, at: at3 }: Target,
  span: Span,
  out: Float64Array,
): void {
  const { rows, end, gradients } = span;
  for (let i = span.start; i < end; i++) {
    const row = rows[i]!;
    const gradient = gradients[i]!;
    const slot0 = at0 + STRIDE * bins0[row]!;
    const slot1 = at1 + STRIDE * bins1[row]!;
    const slot2 = at2 + STRIDE * bins2[row]!;
    const slot3 = at3 + STRIDE * bins3[row]!;
    out[slot0]! += gradient;
    out[slot0 + 2]! += 1;
    out[slot1]! += gradient;
    out[slot1 + 2]! += 1;
    out[slot2]! += gradient;
    out[slot2 + 2]! += 1;
    out[slot3]! += gradient;
    out[slot3 + 2]! += 1;
  }
}

/** One child from its parent and its sibling, in place of the parent. */
export function subtractHistogram(parent: Float64Array, sibling: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= sibling[i]!;
}
