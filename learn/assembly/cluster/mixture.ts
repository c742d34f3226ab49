import { argument } from '../lib/team';

/** Points lie in blocks of 1000, as in nearest.ts. */
const BLOCK: i32 = 1000;
const COLUMN: usize = 8000;

/**
 * Log of weight × density of each component at one block's points. Arguments: values, dimensions, k,
 * factors, shifts (k × dimensions), constants (k), full (1 or 0), out (a block has k × 1000).
 * A factor is the inverse Cholesky factor P of a covariance, packed by rows, or its diagonal; a
 * shift is P · mean: the density's exponent is −½ |P x − P mean|².
 */
export function mixtureDensities(block: i32): void {
  const dimensions = argument(1);
  const k = argument(2);
  const full = argument(6) == 1;
  const values = <usize>argument(0) + <usize>block * <usize>dimensions * COLUMN;
  let factor = <usize>argument(3);
  let shifts = <usize>argument(4);
  let out = <usize>argument(7) + <usize>block * <usize>k * COLUMN;
  const half = f64x2.splat(-0.5);
  for (let c: i32 = 0; c < k; c++) {
    const constant = v128.load64_splat(<usize>argument(5) + ((<usize>c) << 3));
    let next = factor;
    for (let row: i32 = 0; row < BLOCK; row += 4) {
      const at = values + ((<usize>row) << 3);
      let square0 = f64x2.splat(0);
      let square1 = square0;
      next = factor;
      for (let i: i32 = 0; i < dimensions; i++) {
        let sum0 = v128.load64_splat(shifts + ((<usize>i) << 3));
        let sum1 = sum0;
        const from = full ? 0 : i;
        let value = at + <usize>from * COLUMN;
        for (let j = from; j <= i; j++) {
          const weight = v128.load64_splat(next);
          sum0 = f64x2.sub(sum0, f64x2.mul(weight, v128.load(value)));
          sum1 = f64x2.sub(sum1, f64x2.mul(weight, v128.load(value, 16)));
          next += 8;
          value += COLUMN;
        }
        square0 = f64x2.add(square0, f64x2.mul(sum0, sum0));
        square1 = f64x2.add(square1, f64x2.mul(sum1, sum1));
      }
      const place = out + ((<usize>row) << 3);
      v128.store(place, f64x2.add(constant, f64x2.mul(half, square0)));
      v128.store(place, f64x2.add(constant, f64x2.mul(half, square1)), 16);
    }
    factor = next;
    shifts += (<usize>dimensions) << 3;
    out += COLUMN;
  }
}

/**
 * One block's sums for the next parameters. Arguments: values, dimensions, k, means (k × dimensions),
 * full, shares (a block has k × 1000), out, scratch (1000 numbers a thread). By component: sum of the
 * shares, of share × (x − mean), and of share × products of them, packed by rows or their diagonal.
 */
export function mixtureMoments(block: i32, thread: i32): void {
  const dimensions = argument(1);
  const k = argument(2);
  const full = argument(4) == 1;
  const values = <usize>argument(0) + <usize>block * <usize>dimensions * COLUMN;
  let shares = <usize>argument(5) + <usize>block * <usize>k * COLUMN;
  const scratch = <usize>argument(7) + <usize>thread * COLUMN;
  const products = full ? (dimensions * (dimensions + 1)) / 2 : dimensions;
  const width = (<usize>(1 + dimensions + products)) << 3;
  let out = <usize>argument(6) + <usize>block * <usize>k * width;
  let means = <usize>argument(3);
  for (let c: i32 = 0; c < k; c++) {
    let next = out + ((<usize>(1 + dimensions)) << 3);
    store<f64>(out, sumOf(shares));
    for (let i: i32 = 0; i < dimensions; i++) {
      const column = values + <usize>i * COLUMN;
      const mean = v128.load64_splat(means + ((<usize>i) << 3));
      for (let byte: usize = 0; byte < COLUMN; byte += 16)
        v128.store(
          scratch + byte,
          f64x2.mul(v128.load(shares + byte), f64x2.sub(v128.load(column + byte), mean)),
        );
      store<f64>(out + ((<usize>(1 + i)) << 3), sumOf(scratch));
      for (let j = full ? 0 : i; j <= i; j++) {
        store<f64>(next, product(scratch, values + <usize>j * COLUMN, means + ((<usize>j) << 3)));
        next += 8;
      }
    }
    shares += COLUMN;
    means += (<usize>dimensions) << 3;
    out += width;
  }
}

/** Sum of 1000 numbers in eight strands. */
function sumOf(at: usize): f64 {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (let byte: usize = 0; byte < COLUMN; byte += 64) {
    sum0 = f64x2.add(sum0, v128.load(at + byte));
    sum1 = f64x2.add(sum1, v128.load(at + byte, 16));
    sum2 = f64x2.add(sum2, v128.load(at + byte, 32));
    sum3 = f64x2.add(sum3, v128.load(at + byte, 48));
  }
  return joined(sum0, sum1, sum2, sum3);
}

/** Sum of scratch × (x − mean) over 1000 points in eight strands. */
function product(scratch: usize, column: usize, meanAt: usize): f64 {
  const mean = v128.load64_splat(meanAt);
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (let byte: usize = 0; byte < COLUMN; byte += 64) {
    const at = scratch + byte;
    const x = column + byte;
    sum0 = f64x2.add(sum0, f64x2.mul(v128.load(at), f64x2.sub(v128.load(x), mean)));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.load(at, 16), f64x2.sub(v128.load(x, 16), mean)));
    sum2 = f64x2.add(sum2, f64x2.mul(v128.load(at, 32), f64x2.sub(v128.load(x, 32), mean)));
    sum3 = f64x2.add(sum3, f64x2.mul(v128.load(at, 48), f64x2.sub(v128.load(x, 48), mean)));
  }
  return joined(sum0, sum1, sum2, sum3);
}

function joined(sum0: v128, sum1: v128, sum2: v128, sum3: v128): f64 {
  const sum = f64x2.add(f64x2.add(sum0, sum1), f64x2.add(sum2, sum3));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
