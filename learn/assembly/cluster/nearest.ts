import { argument } from '../lib/team';

/**
 * Points lie in blocks of 1000, each with its dimensions one after another, so that one instruction
 * takes two points; 8000 bytes apart the dimensions do not fight for one set of the cache.
 *   block:  x₀ of 1000 points │ x₁ of 1000 points │ …
 */
const BLOCK: i32 = 1000;
const COLUMN: usize = 8000;

/**
 * One block's nearest centres, and what their next means are made of. Arguments: values, weights,
 * dimensions, k, centres (k × dimensions), half squared norms of the centres, labels (i32), sums.
 * The block's sums are k × (dimensions + 1): weighted coordinates and weight; then the labels that
 * changed. A point of weight 0 (the last block's filling) counts for nothing.
 */
export function nearestCentres(block: i32): void {
  const dimensions = argument(2);
  const k = argument(3);
  const centres = <usize>argument(4);
  const norms = <usize>argument(5);
  const width: usize = (<usize>(dimensions + 1)) << 3;
  const values = <usize>argument(0) + <usize>block * <usize>dimensions * COLUMN;
  const weights = <usize>argument(1) + <usize>block * COLUMN;
  const labels = <usize>argument(6) + ((<usize>block * BLOCK) << 2);
  const sums = <usize>argument(7) + <usize>block * (<usize>k * width + 8);
  memory.fill(sums, 0, <usize>k * width + 8);
  let changed: i32 = 0;
  for (let row: i32 = 0; row < BLOCK; row += 8) {
    const at = values + ((<usize>row) << 3);
    const label = labels + ((<usize>row) << 2);
    changed += nearestOfEight(at, dimensions, k, centres, norms, label);
    for (let i: i32 = 0; i < 8; i++) {
      const weight = load<f64>(weights + ((<usize>(row + i)) << 3));
      if (weight == 0) continue;
      let sum = sums + <usize>load<i32>(label + ((<usize>i) << 2)) * width;
      let value = at + ((<usize>i) << 3);
      for (let d: i32 = 0; d < dimensions; d++) {
        store<f64>(sum, load<f64>(sum) + weight * load<f64>(value));
        sum += 8;
        value += COLUMN;
      }
      store<f64>(sum, load<f64>(sum) + weight);
    }
  }
  store<f64>(sums + <usize>k * width, <f64>changed);
}

/** Labels of eight points by ½|c|² − x·c, the first of equals; answers how many changed. */
function nearestOfEight(
  at: usize,
  dimensions: i32,
  k: i32,
  centres: usize,
  norms: usize,
  label: usize,
): i32 {
  let best0 = f64x2.splat(Infinity);
  let best1 = best0;
  let best2 = best0;
  let best3 = best0;
  let which0 = i64x2.splat(0);
  let which1 = which0;
  let which2 = which0;
  let which3 = which0;
  let centre = centres;
  for (let c: i32 = 0; c < k; c++) {
    let sum0 = v128.load64_splat(norms + ((<usize>c) << 3));
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    let value = at;
    for (let d: i32 = 0; d < dimensions; d++) {
      const along = v128.load64_splat(centre);
      sum0 = f64x2.sub(sum0, f64x2.mul(along, v128.load(value)));
      sum1 = f64x2.sub(sum1, f64x2.mul(along, v128.load(value, 16)));
      sum2 = f64x2.sub(sum2, f64x2.mul(along, v128.load(value, 32)));
      sum3 = f64x2.sub(sum3, f64x2.mul(along, v128.load(value, 48)));
      centre += 8;
      value += COLUMN;
    }
    const own = i64x2.splat(<i64>c);
    const less0 = f64x2.lt(sum0, best0);
    const less1 = f64x2.lt(sum1, best1);
    const less2 = f64x2.lt(sum2, best2);
    const less3 = f64x2.lt(sum3, best3);
    best0 = f64x2.pmin(best0, sum0);
    best1 = f64x2.pmin(best1, sum1);
    best2 = f64x2.pmin(best2, sum2);
    best3 = f64x2.pmin(best3, sum3);
    which0 = v128.bitselect(own, which0, less0);
    which1 = v128.bitselect(own, which1, less1);
    which2 = v128.bitselect(own, which2, less2);
    which3 = v128.bitselect(own, which3, less3);
  }
  return (
    put(label, which0) + put(label + 8, which1) + put(label + 16, which2) + put(label + 24, which3)
  );
}

function put(label: usize, which: v128): i32 {
  const first = <i32>i64x2.extract_lane(which, 0);
  const second = <i32>i64x2.extract_lane(which, 1);
  const changed = i32(load<i32>(label) != first) + i32(load<i32>(label, 4) != second);
  store<i32>(label, first);
  store<i32>(label, second, 4);
  return changed;
}
