import {
  COLUMN_BINS,
  COLUMN_OFFSET,
  CONTEXT_COUNT_SHARE,
  CONTEXT_COUNT_STEP,
  CONTEXT_GRADIENT_UNIT,
  CONTEXT_HESSIAN_UNIT,
  CONTEXT_L2,
  CONTEXT_MIN_GAIN,
  CONTEXT_MIN_HESSIAN,
  CONTEXT_MIN_ROWS,
  LEAF_END,
  LEAF_GRADIENT,
  LEAF_HISTOGRAM,
  LEAF_START,
} from './layout';
import { keep } from './candidate';

/** What a sum of hessians holds: rows alone where every hessian is 1, or rows in its low bits. */
export type Rows = u32;
export type HessiansAndRows = f64;

/**
 * Best threshold of a number where nothing but L2 bounds a leaf's value: `scanNumber` with both sides of a
 * split in one vector, the same steps in the same order. `whole` is the fall of the leaf as it is.
 */
export function scanFree<Sums>(
  context: usize,
  leaf: usize,
  column: usize,
  candidate: usize,
  whole: f64,
): void {
  const slots = <usize>load<i32>(leaf, LEAF_HISTOGRAM) + <usize>load<i32>(column, COLUMN_OFFSET);
  const bins = load<i32>(column, COLUMN_BINS);
  const minRows = <f64>load<i32>(context, CONTEXT_MIN_ROWS);
  const all = <f64>(load<i32>(leaf, LEAF_END) - load<i32>(leaf, LEAF_START));
  const sums = v128.load(leaf, LEAF_GRADIENT);
  const unit = v128.load64_splat(context, CONTEXT_GRADIENT_UNIT);
  const hessianUnit = v128.load64_splat(context, CONTEXT_HESSIAN_UNIT);
  const share = v128.load64_splat(context, CONTEXT_COUNT_SHARE);
  const step = load<f64>(context, CONTEXT_COUNT_STEP);
  const l2 = v128.load64_splat(context, CONTEXT_L2);
  const least = v128.load64_splat(context, CONTEXT_MIN_HESSIAN);
  const zero = f64x2.splat(0);
  const hasMissing = load<f64>(slots, 8) > 0;
  let best = load<f64>(context, CONTEXT_MIN_GAIN);
  const sides = hasMissing ? 2 : 1;
  for (let side = 0; side < sides; side++) {
    let left = side == 1 ? v128.load(slots) : zero;
    const last = hasMissing && side == 0 ? bins : bins - 1;
    for (let bin = 1; bin < last; bin++) {
      const more = v128.load(slots + ((<usize>bin) << 4));
      if (f64x2.extract_lane(more, 1) == 0) continue;
      left = f64x2.add(left, more);
      const right = f64x2.sub(sums, left);
      let hessians = v128.shuffle<f64>(left, right, 1, 3);
      let rows = f64x2.extract_lane(left, 1);
      if (isFloat<Sums>()) {
        const whole = f64x2.floor(f64x2.mul(hessians, share));
        rows -= f64x2.extract_lane(whole, 0) * step;
        hessians = f64x2.mul(whole, hessianUnit);
      }
      if (rows < minRows) continue;
      if (all - rows < minRows) break;
      if (v128.any_true(f64x2.lt(hessians, least))) continue;
      const pulls = f64x2.mul(v128.shuffle<f64>(left, right, 0, 2), unit);
      const scales = f64x2.add(hessians, l2);
      const falls = v128.and(f64x2.div(f64x2.mul(pulls, pulls), scales), f64x2.gt(scales, zero));
      const gain = f64x2.extract_lane(falls, 0) + f64x2.extract_lane(falls, 1) - whole;
      if (gain <= best) continue;
      best = gain;
      const gradient = f64x2.extract_lane(left, 0);
      const missing = hasMissing ? side : i32(rows > all - rows);
      keep(candidate, gain, gradient, f64x2.extract_lane(left, 1), bin, missing);
    }
  }
}
