import { argument } from '../lib/team';
import { exactEight, likelyEight, narrowCentres, narrowEight } from './labels';

/**
 * Points lie in blocks of 1000, each with its dimensions one after another, so that one instruction
 * takes two points; 8000 bytes apart the dimensions do not fight for one set of the cache.
 *   block:  x₀ of 1000 points │ x₁ of 1000 points │ …
 */
const BLOCK: i32 = 1000;
const COLUMN: usize = 8000;

/**
 * One block's nearest centres, and what their next means are made of. Arguments: values, weights,
 * dimensions, k, centres (k × dimensions), half squared norms of the centres, labels (i32), sums,
 * scratch (see labels.ts), bytes of it a thread.
 * The block's sums are k × (dimensions + 1): weighted coordinates and weight; then the labels that
 * changed. A point of weight 0 (the last block's filling) counts for nothing.
 */
export function nearestCentres(block: i32, thread: i32): void {
  const dimensions = argument(2);
  const k = argument(3);
  const centres = <usize>argument(4);
  const norms = <usize>argument(5);
  const width: usize = (<usize>(dimensions + 1)) << 3;
  const values = <usize>argument(0) + <usize>block * <usize>dimensions * COLUMN;
  const weights = <usize>argument(1) + <usize>block * COLUMN;
  const labels = <usize>argument(6) + ((<usize>block * BLOCK) << 2);
  const sums = <usize>argument(7) + <usize>block * (<usize>k * width + 8);
  const narrow = <usize>argument(8) + <usize>thread * <usize>argument(9);
  memory.fill(sums, 0, <usize>k * width + 8);
  const points = narrowCentres(dimensions, k, centres, norms, narrow);
  let changed: i32 = 0;
  for (let row: i32 = 0; row < BLOCK; row += 8) {
    const at = values + ((<usize>row) << 3);
    const label = labels + ((<usize>row) << 2);
    narrowEight(at, dimensions, points);
    const same = likelyEight(dimensions, k, narrow, points, label);
    changed += same >= 0 ? 8 - same : exactEight(at, dimensions, k, centres, norms, label);
    for (let i: usize = 0; i < 8; i += 2)
      addPair(at + (i << 3), weights + ((<usize>row + i) << 3), label + (i << 2), dimensions, sums);
  }
  store<f64>(sums + <usize>k * width, <f64>changed);
}

/** Adds two points to the sums of their labels, two dimensions at a time; the weight is the last. */
function addPair(at: usize, weights: usize, label: usize, dimensions: i32, sums: usize): void {
  const width: usize = (<usize>(dimensions + 1)) << 3;
  const weight = v128.load(weights);
  let first = sums + <usize>load<i32>(label) * width;
  let second = sums + <usize>load<i32>(label, 4) * width;
  let value = at;
  let d: i32 = 1;
  for (; d < dimensions; d += 2) {
    const x = f64x2.mul(weight, v128.load(value));
    const y = f64x2.mul(weight, v128.load(value + COLUMN));
    addTo(first, v128.shuffle<i64>(x, y, 0, 2));
    addTo(second, v128.shuffle<i64>(x, y, 1, 3));
    first += 16;
    second += 16;
    value += COLUMN << 1;
  }
  if (d == dimensions) {
    const x = f64x2.mul(weight, v128.load(value));
    addTo(first, v128.shuffle<i64>(x, weight, 0, 2));
    addTo(second, v128.shuffle<i64>(x, weight, 1, 3));
  } else {
    store<f64>(first, load<f64>(first) + f64x2.extract_lane(weight, 0));
    store<f64>(second, load<f64>(second) + f64x2.extract_lane(weight, 1));
  }
}

function addTo(sum: usize, values: v128): void {
  v128.store(sum, f64x2.add(v128.load(sum), values));
}
