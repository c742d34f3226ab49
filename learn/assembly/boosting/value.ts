import {
  CONTEXT_COUNT_SHARE,
  CONTEXT_COUNT_STEP,
  CONTEXT_HESSIAN_UNIT,
  CONTEXT_L1,
  CONTEXT_MAX_DELTA,
  CONTEXT_SMOOTHING,
  CONTEXT_UNIT,
  LEAF_LOWER,
  LEAF_UPPER,
  LEAF_VALUE,
} from './layout';

/** The hessian of a sum that carries rows in its low bits, or is the rows where every hessian is 1. */
export function hessianOf(context: usize, sum: f64): f64 {
  if (load<i32>(context, CONTEXT_UNIT) != 0) return sum;
  return (
    floor<f64>(sum * load<f64>(context, CONTEXT_COUNT_SHARE)) *
    load<f64>(context, CONTEXT_HESSIAN_UNIT)
  );
}

/** Rows of such a sum. */
export function rowsOf(context: usize, sum: f64): f64 {
  if (load<i32>(context, CONTEXT_UNIT) != 0) return sum;
  return (
    sum -
    floor<f64>(sum * load<f64>(context, CONTEXT_COUNT_SHARE)) *
      load<f64>(context, CONTEXT_COUNT_STEP)
  );
}

function shrunk(gradient: f64, l1: f64): f64 {
  if (l1 == 0) return gradient;
  return copysign<f64>(max<f64>(abs<f64>(gradient) - l1, 0), gradient);
}

/** Value of a child of `leaf`: Newton's step under L1, L2, the largest step, smoothing and bounds. */
export function childValue(
  context: usize,
  leaf: usize,
  gradient: f64,
  hessian: f64,
  rows: f64,
  l2: f64,
): f64 {
  const scale = hessian + l2;
  let value = scale > 0 ? -shrunk(gradient, load<f64>(context, CONTEXT_L1)) / scale : 0;
  const most = load<f64>(context, CONTEXT_MAX_DELTA);
  if (most > 0) value = min<f64>(max<f64>(value, -most), most);
  const smoothing = load<f64>(context, CONTEXT_SMOOTHING);
  if (smoothing > 0) {
    const weight = rows / smoothing;
    value = (value * weight + load<f64>(leaf, LEAF_VALUE)) / (weight + 1);
  }
  return min<f64>(max<f64>(value, load<f64>(leaf, LEAF_LOWER)), load<f64>(leaf, LEAF_UPPER));
}

/** How much the second-order loss falls when these sums take `value`. */
export function fall(context: usize, gradient: f64, hessian: f64, l2: f64, value: f64): f64 {
  const pull = shrunk(gradient, load<f64>(context, CONTEXT_L1));
  return -(2 * pull * value + (hessian + l2) * value * value);
}

/** The same at the value that Newton's step gives, where nothing else bounds it. */
export function freeFall(gradient: f64, hessian: f64, l2: f64): f64 {
  const scale = hessian + l2;
  return scale > 0 ? (gradient * gradient) / scale : 0;
}
