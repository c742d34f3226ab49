import { SPLIT_BIN, SPLIT_GAIN, SPLIT_GRADIENT, SPLIT_HESSIAN, SPLIT_SIDE } from './layout';

/** Notes a split: its gain, the sums that go left, and what sends them there. */
export function keep(
  candidate: usize,
  gain: f64,
  gradient: f64,
  hessian: f64,
  bin: i32,
  side: i32,
): void {
  store<f64>(candidate, gain, SPLIT_GAIN);
  store<f64>(candidate, gradient, SPLIT_GRADIENT);
  store<f64>(candidate, hessian, SPLIT_HESSIAN);
  store<i32>(candidate, bin, SPLIT_BIN);
  store<i32>(candidate, side, SPLIT_SIDE);
}
