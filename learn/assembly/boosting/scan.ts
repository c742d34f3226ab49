import {
  COLUMN_BINS,
  COLUMN_BYTES,
  COLUMN_CATEGORY,
  COLUMN_MONOTONE,
  COLUMN_OFFSET,
  CONTEXT_CATEGORY_SMOOTHING,
  CONTEXT_COLUMN_TABLE,
  CONTEXT_GRADIENT_UNIT,
  CONTEXT_L2,
  CONTEXT_LEVELS_MAX,
  CONTEXT_LEVEL_ROWS,
  CONTEXT_MASK,
  CONTEXT_MIN_GAIN,
  CONTEXT_MIN_HESSIAN,
  CONTEXT_MIN_ROWS,
  CONTEXT_SIMPLE,
  CONTEXT_UNIT,
  LEAF_GRADIENT,
  LEAF_HESSIAN,
  LEAF_HISTOGRAM,
  LEAF_END,
  LEAF_MASK,
  LEAF_ROUTE,
  LEAF_SPLIT,
  LEAF_START,
  LEAF_VALUE,
  SPLIT_BIN,
  SPLIT_COLUMN,
  SPLIT_GAIN,
  SPLIT_HESSIAN,
  SPLIT_SIDE,
} from './layout';
import { keep } from './candidate';
import { scanFree, HessiansAndRows, Rows } from './scan-free';
import { childValue, fall, freeFall, hessianOf, rowsOf } from './value';

const NOT_ALLOWED: f64 = -1;

/** Gain of sending sums left, or NOT_ALLOWED. `whole` is the fall of the leaf as it is. */
function gainOf(
  context: usize,
  leaf: usize,
  monotone: i32,
  l2: f64,
  whole: f64,
  gradientSum: f64,
  hessianSum: f64,
  rows: f64,
): f64 {
  const unit = load<f64>(context, CONTEXT_GRADIENT_UNIT);
  const hessian = hessianOf(context, hessianSum);
  const otherHessian = hessianOf(context, load<f64>(leaf, LEAF_HESSIAN) - hessianSum);
  const least = load<f64>(context, CONTEXT_MIN_HESSIAN);
  if (hessian < least || otherHessian < least) return NOT_ALLOWED;
  const gradient = gradientSum * unit;
  const otherGradient = (load<f64>(leaf, LEAF_GRADIENT) - gradientSum) * unit;
  if (load<i32>(context, CONTEXT_SIMPLE) != 0)
    return freeFall(gradient, hessian, l2) + freeFall(otherGradient, otherHessian, l2) - whole;
  const all = <f64>(load<i32>(leaf, LEAF_END) - load<i32>(leaf, LEAF_START));
  const left = childValue(context, leaf, gradient, hessian, rows, l2);
  const right = childValue(context, leaf, otherGradient, otherHessian, all - rows, l2);
  if (<f64>monotone * (right - left) < 0) return NOT_ALLOWED;
  return (
    fall(context, gradient, hessian, l2, left) +
    fall(context, otherGradient, otherHessian, l2, right) -
    whole
  );
}

/** How much the leaf has gained already, as it is. */
function wholeOf(context: usize, leaf: usize): f64 {
  const gradient = load<f64>(leaf, LEAF_GRADIENT) * load<f64>(context, CONTEXT_GRADIENT_UNIT);
  const hessian = hessianOf(context, load<f64>(leaf, LEAF_HESSIAN));
  const l2 = load<f64>(context, CONTEXT_L2);
  return load<i32>(context, CONTEXT_SIMPLE) != 0
    ? freeFall(gradient, hessian, l2)
    : fall(context, gradient, hessian, l2, load<f64>(leaf, LEAF_VALUE));
}

/** Best threshold, with missing values on the right and on the left. */
function scanNumber(context: usize, leaf: usize, column: usize, candidate: usize): void {
  const slots = <usize>load<i32>(leaf, LEAF_HISTOGRAM) + <usize>load<i32>(column, COLUMN_OFFSET);
  const bins = load<i32>(column, COLUMN_BINS);
  const monotone = load<i32>(column, COLUMN_MONOTONE);
  const l2 = load<f64>(context, CONTEXT_L2);
  const minRows = <f64>load<i32>(context, CONTEXT_MIN_ROWS);
  const all = <f64>(load<i32>(leaf, LEAF_END) - load<i32>(leaf, LEAF_START));
  const whole = wholeOf(context, leaf);
  const hasMissing = load<f64>(slots, 8) > 0;
  let best = load<f64>(context, CONTEXT_MIN_GAIN);
  const sides = hasMissing ? 2 : 1;
  for (let side = 0; side < sides; side++) {
    let gradient = side == 1 ? load<f64>(slots) : 0;
    let hessian = side == 1 ? load<f64>(slots, 8) : 0;
    // Only with missing values on the right may every value go left: the split is then "missing".
    const last = hasMissing && side == 0 ? bins : bins - 1;
    for (let bin = 1; bin < last; bin++) {
      const slot = slots + ((<usize>bin) << 4);
      const more = load<f64>(slot, 8);
      if (more == 0) continue;
      gradient += load<f64>(slot);
      hessian += more;
      const rows = rowsOf(context, hessian);
      if (rows < minRows) continue;
      if (all - rows < minRows) break;
      const gain = gainOf(context, leaf, monotone, l2, whole, gradient, hessian, rows);
      if (gain <= best) continue;
      best = gain;
      // A later missing value follows the larger child where the leaf has none.
      keep(candidate, gain, gradient, hessian, bin, hasMissing ? side : i32(rows > all - rows));
    }
  }
}

/** A few levels cannot be chosen to fit noise; many can. */
const FEW: i32 = 4;

function hasMany(slots: usize, bins: i32): bool {
  let count = 0;
  for (let bin = 0; bin < bins && count <= FEW; bin++)
    if (load<f64>(slots + ((<usize>bin) << 4), 8) != 0) count++;
  return count > FEW;
}

/**
 * Levels that the leaf has, by mean gradient, into `order` (a byte each); how many. Of more than a few,
 * those of fewer rows than the smoothing are left out: they stay with the rest (Ke et al. 2017).
 */
function sortLevels(context: usize, slots: usize, bins: i32, scratch: usize): i32 {
  const smoothing = load<f64>(context, CONTEXT_CATEGORY_SMOOTHING);
  const unit = load<f64>(context, CONTEXT_GRADIENT_UNIT);
  const ratios = scratch + 256;
  const least = hasMany(slots, bins) ? smoothing : 0;
  let count = 0;
  for (let bin = 0; bin < bins; bin++) {
    const slot = slots + ((<usize>bin) << 4);
    const hessianSum = load<f64>(slot, 8);
    if (hessianSum == 0 || rowsOf(context, hessianSum) < least) continue;
    const gradient = load<f64>(slot) * unit;
    const scale = hessianOf(context, hessianSum) + smoothing;
    store<f64>(ratios + ((<usize>bin) << 3), scale > 0 ? gradient / scale : 0);
    store<u8>(scratch + <usize>count, <u8>bin);
    count++;
  }
  // Shell's sort; levels of one ratio by their bin, so that the order is one and the same.
  for (let gap = 121; gap > 0; gap = gap / 3)
    for (let i = gap; i < count; i++) {
      const bin = load<u8>(scratch + <usize>i);
      const ratio = load<f64>(ratios + ((<usize>bin) << 3));
      let j = i;
      while (j >= gap) {
        const other = load<u8>(scratch + <usize>(j - gap));
        const held = load<f64>(ratios + ((<usize>other) << 3));
        if (held < ratio || (held == ratio && other < bin)) break;
        store<u8>(scratch + <usize>j, other);
        j -= gap;
      }
      store<u8>(scratch + <usize>j, bin);
    }
  return count;
}

/** Best set of levels: sorted by mean gradient, cut from either end (Fisher 1958). */
function scanLevels(
  context: usize,
  leaf: usize,
  column: usize,
  candidate: usize,
  scratch: usize,
): void {
  const slots = <usize>load<i32>(leaf, LEAF_HISTOGRAM) + <usize>load<i32>(column, COLUMN_OFFSET);
  const bins = load<i32>(column, COLUMN_BINS);
  const count = sortLevels(context, slots, bins, scratch);
  // Many levels pay for what they could fit, and are judged in groups of enough rows.
  const many = hasMany(slots, bins);
  const l2 =
    load<f64>(context, CONTEXT_L2) + (many ? load<f64>(context, CONTEXT_CATEGORY_SMOOTHING) : 0);
  const group = many ? <f64>load<i32>(context, CONTEXT_LEVEL_ROWS) : 0;
  const minRows = max<f64>(<f64>load<i32>(context, CONTEXT_MIN_ROWS), group);
  const all = <f64>(load<i32>(leaf, LEAF_END) - load<i32>(leaf, LEAF_START));
  const whole = wholeOf(context, leaf);
  // With no level left out, all of them would leave the other side empty.
  const taken = min(count, load<i32>(context, CONTEXT_LEVELS_MAX));
  let best = load<f64>(context, CONTEXT_MIN_GAIN);
  for (let side = 0; side < 2; side++) {
    let gradient: f64 = 0;
    let hessian: f64 = 0;
    let judged: f64 = 0;
    for (let i = 0; i < taken; i++) {
      const bin = load<u8>(scratch + <usize>(side == 0 ? i : count - 1 - i));
      const slot = slots + ((<usize>bin) << 4);
      gradient += load<f64>(slot);
      hessian += load<f64>(slot, 8);
      const rows = rowsOf(context, hessian);
      if (rows < minRows) continue;
      if (all - rows < minRows) break;
      if (rows - judged < group) continue;
      judged = rows;
      const gain = gainOf(context, leaf, 0, l2, whole, gradient, hessian, rows);
      if (gain <= best) continue;
      best = gain;
      keep(candidate, gain, gradient, hessian, i + 1, side);
    }
  }
}

/** What one column offers a leaf. */
export function scanColumn(
  context: usize,
  leaf: usize,
  index: i32,
  candidate: usize,
  scratch: usize,
): void {
  keep(candidate, 0, 0, 0, 0, 0);
  store<i32>(candidate, index, SPLIT_COLUMN);
  const own = <usize>load<i32>(leaf, LEAF_MASK);
  if (load<u8>(<usize>load<i32>(context, CONTEXT_MASK) + <usize>index) == 0) return;
  if (own != 0 && load<u8>(own + <usize>index) == 0) return;
  const column = <usize>load<i32>(context, CONTEXT_COLUMN_TABLE) + <usize>index * COLUMN_BYTES;
  if (load<i32>(column, COLUMN_CATEGORY) != 0)
    scanLevels(context, leaf, column, candidate, scratch);
  else if (load<i32>(context, CONTEXT_SIMPLE) == 0) scanNumber(context, leaf, column, candidate);
  else {
    const whole = wholeOf(context, leaf);
    if (load<i32>(context, CONTEXT_UNIT) != 0)
      scanFree<Rows>(context, leaf, column, candidate, whole);
    else scanFree<HessiansAndRows>(context, leaf, column, candidate, whole);
  }
}

/** Takes a candidate as the leaf's best split where it gains more. */
export function offer(leaf: usize, candidate: usize): void {
  if (load<f64>(candidate, SPLIT_GAIN) > load<f64>(leaf, LEAF_SPLIT + SPLIT_GAIN))
    memory.copy(leaf + LEAF_SPLIT, candidate, 48);
}

/** Which bins go left, once the best split is known. */
export function setRoute(context: usize, leaf: usize, scratch: usize): void {
  if (load<f64>(leaf, LEAF_SPLIT + SPLIT_GAIN) == 0) return;
  const route = leaf + LEAF_ROUTE;
  const index = load<i32>(leaf, LEAF_SPLIT + SPLIT_COLUMN);
  const column = <usize>load<i32>(context, CONTEXT_COLUMN_TABLE) + <usize>index * COLUMN_BYTES;
  const bin = load<i32>(leaf, LEAF_SPLIT + SPLIT_BIN);
  const side = load<i32>(leaf, LEAF_SPLIT + SPLIT_SIDE);
  memory.fill(route, 0, 256);
  if (load<i32>(column, COLUMN_CATEGORY) == 0) {
    memory.fill(route + 1, 1, bin);
    store<u8>(route, <u8>side);
    return;
  }
  const slots = <usize>load<i32>(leaf, LEAF_HISTOGRAM) + <usize>load<i32>(column, COLUMN_OFFSET);
  const bins = load<i32>(column, COLUMN_BINS);
  const count = sortLevels(context, slots, bins, scratch);
  const all = <f64>(load<i32>(leaf, LEAF_END) - load<i32>(leaf, LEAF_START));
  const rows = rowsOf(context, load<f64>(leaf, LEAF_SPLIT + SPLIT_HESSIAN));
  // Levels that the leaf has not seen, missing among them, follow the larger child.
  if (2 * rows > all)
    for (let i = 0; i < bins; i++)
      if (load<f64>(slots + ((<usize>i) << 4), 8) == 0) store<u8>(route + <usize>i, 1);
  for (let i = 0; i < bin; i++)
    store<u8>(route + <usize>load<u8>(scratch + <usize>(side == 0 ? i : count - 1 - i)), 1);
}
