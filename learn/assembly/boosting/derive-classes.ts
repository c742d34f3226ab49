import { expPair } from '../lib/exp';
import { argument, number } from '../lib/team';

const CHUNK: i32 = 8192;
/** Rows that go through all classes at once: their scores stay in the cache. */
const SPAN: i32 = 256;

/**
 * First and second derivatives of the multinomial log loss (Friedman 2001), by rows. Arguments: rows,
 * classes, scores, gradients and hessians of the first class, bytes from one class to the next, targets,
 * weights (0: all 1); columns of f64, each with room for an even number of rows. Number: what hessians
 * are multiplied by.
 */
export function deriveClasses(chunk: i32): void {
  const end = min((chunk + 1) * CHUNK, argument(0));
  for (let row = chunk * CHUNK; row < end; row += SPAN) {
    const bytes = (<usize>(min(row + SPAN, end) - row)) << 3;
    const from = (<usize>row) << 3;
    highest(from, bytes);
    exponentials(from, bytes);
    derivatives(from, bytes);
  }
}

/** The highest score of a row waits where the hessian of the first class will be. */
function highest(from: usize, bytes: usize): void {
  const most = <usize>argument(4) + from;
  for (let k = 0; k < argument(1); k++) {
    const scores = <usize>argument(2) + from + <usize>argument(5) * <usize>k;
    for (let at: usize = 0; at < bytes; at += 16) {
      const score = v128.load(scores + at);
      v128.store(most + at, k == 0 ? score : f64x2.max(v128.load(most + at), score));
    }
  }
}

/** Exponentials wait where the gradients will be, their sums with the hessians of the last class. */
function exponentials(from: usize, bytes: usize): void {
  const classes = argument(1);
  const step = <usize>argument(5);
  const most = <usize>argument(4) + from;
  const sums = most + step * <usize>(classes - 1);
  for (let k = 0; k < classes; k++) {
    const scores = <usize>argument(2) + from + step * <usize>k;
    const gradients = <usize>argument(3) + from + step * <usize>k;
    for (let at: usize = 0; at < bytes; at += 16) {
      const e = expPair(f64x2.sub(v128.load(scores + at), v128.load(most + at)));
      v128.store(gradients + at, e);
      v128.store(sums + at, k == 0 ? e : f64x2.add(v128.load(sums + at), e));
    }
  }
}

function derivatives(from: usize, bytes: usize): void {
  const classes = argument(1);
  const step = <usize>argument(5);
  const sums = <usize>argument(4) + from + step * <usize>(classes - 1);
  const targets = <usize>argument(6) + from;
  const weights = <usize>argument(7);
  const one = f64x2.splat(1);
  const least = f64x2.splat(1e-16);
  const factor = f64x2.splat(number(0));
  for (let k = 0; k < classes; k++) {
    const gradients = <usize>argument(3) + from + step * <usize>k;
    const hessians = <usize>argument(4) + from + step * <usize>k;
    const own = f64x2.splat(<f64>k);
    for (let at: usize = 0; at < bytes; at += 16) {
      const weight = weights == 0 ? one : v128.load(weights + from + at);
      const p = f64x2.div(v128.load(gradients + at), v128.load(sums + at));
      const isOwn = v128.and(f64x2.eq(v128.load(targets + at), own), one);
      const spread = f64x2.max(f64x2.mul(p, f64x2.sub(one, p)), least);
      v128.store(gradients + at, f64x2.mul(weight, f64x2.sub(p, isOwn)));
      v128.store(hessians + at, f64x2.mul(f64x2.mul(weight, factor), spread));
    }
  }
}
