import type { Views } from '../memory.js';
import { column, context, leaf, split, SLOT } from './layout.js';

/** Fields of one record, by byte offset. */
export const int = ({ i32 }: Views, address: number, field: number): number =>
  i32[(address + field) / 4]!;
export const float = ({ f64 }: Views, address: number, field: number): number =>
  f64[(address + field) / 8]!;
export const setInt = ({ i32 }: Views, address: number, field: number, value: number): void => {
  i32[(address + field) / 4] = value;
};
export const setFloat = ({ f64 }: Views, address: number, field: number, value: number): void => {
  f64[(address + field) / 8] = value;
};

const wholeSteps = (v: Views, at: number, sum: number) =>
  Math.floor(sum * float(v, at, context.countShare));

/** The hessian of a sum that carries rows in its low bits, or is the rows. */
export const hessianOf = (v: Views, at: number, sum: number): number =>
  int(v, at, context.unit) === 1 ? sum : wholeSteps(v, at, sum) * float(v, at, context.hessianUnit);

/** Rows of such a sum. */
export const rowsOf = (v: Views, at: number, sum: number): number =>
  int(v, at, context.unit) === 1
    ? sum
    : sum - wholeSteps(v, at, sum) * float(v, at, context.countStep);

const rowsIn = (v: Views, address: number) =>
  int(v, address, leaf.end) - int(v, address, leaf.start);

function shrunk(gradient: number, l1: number): number {
  if (l1 === 0) return gradient;
  const left = Math.max(Math.abs(gradient) - l1, 0);
  return gradient < 0 || Object.is(gradient, -0) ? -left : left;
}

/** See learn/assembly/boosting/value.ts. */
export function childValue(
  v: Views,
  at: number,
  parent: number,
  gradient: number,
  hessian: number,
  rows: number,
  l2: number,
): number {
  const scale = hessian + l2;
  let value = scale > 0 ? -shrunk(gradient, float(v, at, context.l1)) / scale : 0;
  const most = float(v, at, context.maxDelta);
  if (most > 0) value = Math.min(Math.max(value, -most), most);
  const smoothing = float(v, at, context.smoothing);
  if (smoothing > 0) {
    const weight = rows / smoothing;
    value = (value * weight + float(v, parent, leaf.value)) / (weight + 1);
  }
  const { lower, upper } = leaf;
  return Math.min(Math.max(value, float(v, parent, lower)), float(v, parent, upper));
}

export function fall(
  v: Views,
  at: number,
  gradient: number,
  hessian: number,
  l2: number,
  value: number,
) {
  const pull = shrunk(gradient, float(v, at, context.l1));
  return -(2 * pull * value + (hessian + l2) * value * value);
}

export function freeFall(gradient: number, hessian: number, l2: number): number {
  const scale = hessian + l2;
  return scale > 0 ? (gradient * gradient) / scale : 0;
}

/** What a search for a leaf's split knows throughout. */
interface Search {
  v: Views;
  at: number;
  leaf: number;
  monotone: number;
  l2: number;
  whole: number;
  rows: number;
  minRows: number;
}

function searchOf(v: Views, at: number, address: number, monotone: number, l2: number): Search {
  const gradient = float(v, address, leaf.gradient) * float(v, at, context.gradientUnit);
  const hessian = hessianOf(v, at, float(v, address, leaf.hessian));
  const plain = float(v, at, context.l2);
  const whole =
    int(v, at, context.simple) === 1
      ? freeFall(gradient, hessian, plain)
      : fall(v, at, gradient, hessian, plain, float(v, address, leaf.value));
  const minRows = int(v, at, context.minRows);
  return { v, at, leaf: address, monotone, l2, whole, rows: rowsIn(v, address), minRows };
}

/** Gain of sending sums left, or -1 where a rule forbids it. */
function gainOf(search: Search, gradientSum: number, hessianSum: number, rows: number): number {
  const { v, at, l2, whole } = search;
  const unit = float(v, at, context.gradientUnit);
  const hessian = hessianOf(v, at, hessianSum);
  const otherHessian = hessianOf(v, at, float(v, search.leaf, leaf.hessian) - hessianSum);
  const least = float(v, at, context.minHessian);
  if (hessian < least || otherHessian < least) return -1;
  const gradient = gradientSum * unit;
  const otherGradient = (float(v, search.leaf, leaf.gradient) - gradientSum) * unit;
  if (int(v, at, context.simple) === 1)
    return freeFall(gradient, hessian, l2) + freeFall(otherGradient, otherHessian, l2) - whole;
  const left = childValue(v, at, search.leaf, gradient, hessian, rows, l2);
  const right = childValue(v, at, search.leaf, otherGradient, otherHessian, search.rows - rows, l2);
  if (search.monotone * (right - left) < 0) return -1;
  return (
    fall(v, at, gradient, hessian, l2, left) +
    fall(v, at, otherGradient, otherHessian, l2, right) -
    whole
  );
}

interface Offer {
  gain: number;
  gradient: number;
  hessian: number;
  bin: number;
  side: number;
}

function bestThreshold(search: Search, slots: number, bins: number): Offer | null {
  const { v, rows: all, minRows } = search;
  const hasMissing = float(v, slots, 8) > 0;
  let best: Offer | null = null;
  for (let side = 0; side < (hasMissing ? 2 : 1); side++) {
    let gradient = side === 1 ? float(v, slots, 0) : 0;
    let hessian = side === 1 ? float(v, slots, 8) : 0;
    // Only with missing values on the right may every value go left: the split is then "missing".
    const last = hasMissing && side === 0 ? bins : bins - 1;
    for (let bin = 1; bin < last; bin++) {
      const slot = slots + SLOT * bin;
      if (float(v, slot, 8) === 0) continue;
      gradient += float(v, slot, 0);
      hessian += float(v, slot, 8);
      const rows = rowsOf(v, search.at, hessian);
      if (rows < minRows) continue;
      if (all - rows < minRows) break;
      const gain = gainOf(search, gradient, hessian, rows);
      if (!(gain > (best?.gain ?? float(v, search.at, context.minGain)))) continue;
      const way = hasMissing ? side : Number(rows > all - rows);
      best = { gain, gradient, hessian, bin, side: way };
    }
  }
  return best;
}

/** A few levels cannot be chosen to fit noise; many can. */
const FEW = 4;

const present = (v: Views, slots: number, bins: number) =>
  Array.from({ length: bins }, (_, bin) => bin).filter(
    (bin) => float(v, slots + SLOT * bin, 8) !== 0,
  );

/** Levels that the leaf has and, of many, that have rows enough; by mean gradient and then by bin. */
function sortedLevels(v: Views, at: number, slots: number, bins: number): number[] {
  const smoothing = float(v, at, context.categorySmoothing);
  const unit = float(v, at, context.gradientUnit);
  const all = present(v, slots, bins);
  const held = all.filter(
    (bin) => all.length <= FEW || !(rowsOf(v, at, float(v, slots + SLOT * bin, 8)) < smoothing),
  );
  const ratio = (bin: number) => {
    const scale = hessianOf(v, at, float(v, slots + SLOT * bin, 8)) + smoothing;
    return scale > 0 ? (float(v, slots + SLOT * bin, 0) * unit) / scale : 0;
  };
  const ratios = new Map(held.map((bin) => [bin, ratio(bin)]));
  return held.sort((a, b) => ratios.get(a)! - ratios.get(b)! || a - b);
}

function bestLevels(
  search: Search,
  slots: number,
  order: readonly number[],
  group: number,
): Offer | null {
  const { v, at, rows: all } = search;
  const minRows = Math.max(search.minRows, group);
  const taken = Math.min(order.length, int(v, at, context.levelsMax));
  let best: Offer | null = null;
  for (let side = 0; side < 2; side++) {
    let gradient = 0;
    let hessian = 0;
    let judged = 0;
    for (let i = 0; i < taken; i++) {
      const slot = slots + SLOT * order[side === 0 ? i : order.length - 1 - i]!;
      gradient += float(v, slot, 0);
      hessian += float(v, slot, 8);
      const rows = rowsOf(v, at, hessian);
      if (rows < minRows) continue;
      if (all - rows < minRows) break;
      if (rows - judged < group) continue;
      judged = rows;
      const gain = gainOf(search, gradient, hessian, rows);
      if (!(gain > (best?.gain ?? float(v, at, context.minGain)))) continue;
      best = { gain, gradient, hessian, bin: i + 1, side };
    }
  }
  return best;
}

const tableEntry = (v: Views, at: number, index: number) =>
  int(v, at, context.columnTable) + index * column.bytes;

/** What one column offers a leaf, into a candidate. See learn/assembly/boosting/scan.ts. */
export function scanColumn(
  v: Views,
  at: number,
  address: number,
  index: number,
  candidate: number,
): void {
  const entry = tableEntry(v, at, index);
  const own = int(v, address, leaf.mask);
  const allowed =
    v.u8[int(v, at, context.mask) + index] !== 0 && (own === 0 || v.u8[own + index] !== 0);
  let found: Offer | null = null;
  if (allowed) {
    const slots = int(v, address, leaf.histogram) + int(v, entry, column.offset);
    const bins = int(v, entry, column.bins);
    const l2 = float(v, at, context.l2);
    if (int(v, entry, column.category) === 1) {
      const order = sortedLevels(v, at, slots, bins);
      // Many levels pay for what they could fit, and are judged in groups of enough rows.
      const many = present(v, slots, bins).length > FEW;
      const paid = many ? float(v, at, context.categorySmoothing) : 0;
      const group = many ? int(v, at, context.levelRows) : 0;
      found = bestLevels(searchOf(v, at, address, 0, l2 + paid), slots, order, group);
    } else {
      const monotone = int(v, entry, column.monotone);
      found = bestThreshold(searchOf(v, at, address, monotone, l2), slots, bins);
    }
  }
  setFloat(v, candidate, split.gain, found?.gain ?? 0);
  setFloat(v, candidate, split.gradient, found?.gradient ?? 0);
  setFloat(v, candidate, split.hessian, found?.hessian ?? 0);
  setInt(v, candidate, split.column, index);
  setInt(v, candidate, split.bin, found?.bin ?? 0);
  setInt(v, candidate, split.side, found?.side ?? 0);
}

/** Takes a candidate as the leaf's best split where it gains more. */
export function offer(v: Views, address: number, candidate: number): void {
  const best = address + leaf.split;
  if (float(v, candidate, split.gain) > float(v, best, split.gain))
    v.u8.copyWithin(best, candidate, candidate + split.bytes);
}

/** Which bins go left, once the best split is known. */
export function setRoute(v: Views, at: number, address: number): void {
  const best = address + leaf.split;
  if (float(v, best, split.gain) === 0) return;
  const entry = tableEntry(v, at, int(v, best, split.column));
  const bin = int(v, best, split.bin);
  const side = int(v, best, split.side);
  const route = v.u8.subarray(address + leaf.route, address + leaf.route + 256);
  route.fill(0);
  if (int(v, entry, column.category) === 0) {
    route.fill(1, 1, bin + 1);
    route[0] = side;
    return;
  }
  const slots = int(v, address, leaf.histogram) + int(v, entry, column.offset);
  const bins = int(v, entry, column.bins);
  const order = sortedLevels(v, at, slots, bins);
  // Levels that the leaf has not seen, missing among them, follow the larger child.
  if (2 * rowsOf(v, at, float(v, best, split.hessian)) > rowsIn(v, address))
    for (let b = 0; b < bins; b++) if (float(v, slots + SLOT * b, 8) === 0) route[b] = 1;
  for (let i = 0; i < bin; i++) route[order[side === 0 ? i : order.length - 1 - i]!] = 1;
}
