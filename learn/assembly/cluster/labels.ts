// Labels of eight points by ½|c|² − x·c, the first of equals. Single precision finds them in half the
// time; where the two least lie within its rounding error of each other, double precision decides. The
// labels are those of double precision alone. A thread's scratch:
//   centres, four by four: 4 halves of squared norms │ 4 × x₀ │ 4 × x₁ │ …
//   bounds: slack, length and half squared norm of the longest centre, each four times
//   points: 8 × x₀ │ 8 × x₁ │ … │ 8 tolerances │ 8 sums of the first centre │ 8 of the second │ …
const COLUMN: usize = 8000;

/** 2⁻²³: twice the unit roundoff of single precision. */
const ROUNDOFF: f32 = 1.1920928955078125e-7;
/** What a number may lose by underflow, and much more. */
const TINY: f32 = 1e-30;

/**
 * Writes the centres and their bounds; where k is no multiple of four, the last are infinitely far
 * away. Answers where the points begin.
 */
export function narrowCentres(
  dimensions: i32,
  k: i32,
  centres: usize,
  norms: usize,
  to: usize,
): usize {
  let most: f32 = 0;
  let next = to;
  for (let c: i32 = 0; c < k || c % 4 > 0; c++) {
    const norm = c < k ? <f32>load<f64>(norms + ((<usize>c) << 3)) : Infinity;
    store<f32>(next, norm);
    if (c < k) most = max(most, norm);
    for (let d: i32 = 0; d < dimensions; d++) {
      const from = centres + ((<usize>(c * dimensions + d)) << 3);
      store<f32>(next + ((<usize>(d + 1)) << 4), c < k ? <f32>load<f64>(from) : 0);
    }
    next += c % 4 < 3 ? 4 : ((<usize>dimensions) << 4) + 4;
  }
  v128.store(next, f32x4.splat(<f32>(dimensions + 8) * ROUNDOFF));
  v128.store(next, f32x4.splat(Mathf.sqrt(2 * most) + TINY), 16);
  v128.store(next, f32x4.splat(most + TINY), 32);
  return next + 48;
}

/**
 * Writes eight points, and as their tolerances twice the most that ½|c|² − x·c is away from its exact
 * value: (dimensions + 3) u (½|c|² + |x||c|) by Higham (2002, section 3.1), and some more. Infinite,
 * or not a number, where single precision cannot hold the values: then nothing is below it.
 */
export function narrowEight(at: usize, dimensions: i32, points: usize): void {
  let value = at;
  let point = points;
  let square0 = f32x4.splat(0);
  let square1 = square0;
  for (let d: i32 = 0; d < dimensions; d++) {
    const x0 = narrow(v128.load(value), v128.load(value, 16));
    const x1 = narrow(v128.load(value, 32), v128.load(value, 48));
    v128.store(point, x0);
    v128.store(point, x1, 16);
    square0 = f32x4.add(square0, f32x4.mul(x0, x0));
    square1 = f32x4.add(square1, f32x4.mul(x1, x1));
    value += COLUMN;
    point += 32;
  }
  v128.store(point, toleranceOf(square0, points - 48));
  v128.store(point, toleranceOf(square1, points - 48), 16);
}

function narrow(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

function toleranceOf(square: v128, bounds: usize): v128 {
  const product = f32x4.mul(v128.load(bounds, 16), f32x4.sqrt(square));
  return f32x4.mul(v128.load(bounds), f32x4.add(v128.load(bounds, 32), product));
}

/** ½|c|² − x·c of eight points and every centre, one centre after another. */
function likelySums(dimensions: i32, k: i32, centres: usize, points: usize, to: usize): void {
  let centre = centres;
  let sum = to;
  for (let c: i32 = 0; c < k; c += 4) {
    let a0 = v128.load32_splat(centre);
    let b0 = v128.load32_splat(centre, 4);
    let c0 = v128.load32_splat(centre, 8);
    let d0 = v128.load32_splat(centre, 12);
    let a1 = a0;
    let b1 = b0;
    let c1 = c0;
    let d1 = d0;
    let point = points;
    for (let d: i32 = 0; d < dimensions; d++) {
      const x0 = v128.load(point);
      const x1 = v128.load(point, 16);
      centre += 16;
      let along = v128.load32_splat(centre);
      a0 = f32x4.sub(a0, f32x4.mul(along, x0));
      a1 = f32x4.sub(a1, f32x4.mul(along, x1));
      along = v128.load32_splat(centre, 4);
      b0 = f32x4.sub(b0, f32x4.mul(along, x0));
      b1 = f32x4.sub(b1, f32x4.mul(along, x1));
      along = v128.load32_splat(centre, 8);
      c0 = f32x4.sub(c0, f32x4.mul(along, x0));
      c1 = f32x4.sub(c1, f32x4.mul(along, x1));
      along = v128.load32_splat(centre, 12);
      d0 = f32x4.sub(d0, f32x4.mul(along, x0));
      d1 = f32x4.sub(d1, f32x4.mul(along, x1));
      point += 32;
    }
    centre += 16;
    v128.store(sum, a0);
    v128.store(sum, a1, 16);
    v128.store(sum, b0, 32);
    v128.store(sum, b1, 48);
    v128.store(sum, c0, 64);
    v128.store(sum, c1, 80);
    v128.store(sum, d0, 96);
    v128.store(sum, d1, 112);
    sum += 128;
  }
}

/** How many of eight labels are as before; -1, and nothing written, where one of them is in doubt. */
export function likelyEight(
  dimensions: i32,
  k: i32,
  centres: usize,
  points: usize,
  label: usize,
): i32 {
  const tolerances = points + ((<usize>dimensions) << 5);
  let sum = tolerances + 32;
  likelySums(dimensions, k, centres, points, sum);
  let best0 = v128.load(sum);
  let best1 = v128.load(sum, 16);
  let other0 = f32x4.splat(Infinity);
  let other1 = other0;
  let which0 = i32x4.splat(0);
  let which1 = which0;
  for (let c: i32 = 1; c < k; c++) {
    sum += 32;
    const own = i32x4.splat(c);
    const sum0 = v128.load(sum);
    const sum1 = v128.load(sum, 16);
    which0 = v128.bitselect(own, which0, f32x4.lt(sum0, best0));
    which1 = v128.bitselect(own, which1, f32x4.lt(sum1, best1));
    other0 = f32x4.pmin(other0, f32x4.pmax(best0, sum0));
    other1 = f32x4.pmin(other1, f32x4.pmax(best1, sum1));
    best0 = f32x4.pmin(best0, sum0);
    best1 = f32x4.pmin(best1, sum1);
  }
  const sure0 = f32x4.gt(f32x4.sub(other0, best0), v128.load(tolerances));
  const sure1 = f32x4.gt(f32x4.sub(other1, best1), v128.load(tolerances, 16));
  if (!i32x4.all_true(v128.and(sure0, sure1))) return -1;
  const same0 = i32x4.bitmask(i32x4.eq(which0, v128.load(label)));
  const same1 = i32x4.bitmask(i32x4.eq(which1, v128.load(label, 16)));
  v128.store(label, which0);
  v128.store(label, which1, 16);
  return popcnt(same0) + popcnt(same1);
}

/** The same eight labels in double precision; answers how many changed. */
export function exactEight(
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
