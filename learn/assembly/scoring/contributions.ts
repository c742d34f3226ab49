import { argument } from '../lib/team';
import { inSet } from './sets';

// TreeSHAP by quadrature: see src/boosting/shap.ts for the method and src/boosting/shap-layout.ts for
// who lays the memory out. All rows of numbers below are one number a quadrature point, `width` bytes,
// an even count of them, filled up with points of weight 0.
//
// An edge is 40 bytes:
//    0  f64  threshold of its node; of a set of levels instead the address of its 8 words (u32)
//    8  u32  where the column's values begin in a group of rows; bit 31: a set of levels
//   12  i32  4 × index of the left edge of the same node; of a left edge -1
//   16  u32  width × (1 + index) of the edge above, 0 at the root
//   20  u32  4 × (1 + index) of the nearest edge above of the same column, 0 where there is none
//   24  u32  8 × column
//   32  f64  value of the leaf that it leads to, else 0
// A tree is 24 bytes (u32): edges, their number, width, factors, slopes, weights. Factors are three rows
// an edge (a row of data follows it, leaves the path by it, has left it above); slopes are a row of
// zeros, the one of a path that was left, then one an edge.
const EDGE: usize = 40;
const SETS: u32 = 0x80000000;

function follows(edge: usize, values: usize): u32 {
  const where = load<u32>(edge, 8);
  const at = values + <usize>(where & ~SETS);
  if (where & SETS) return inSet(<usize>load<u32>(edge), load<i32>(at));
  return <u32>(load<f64>(at) <= load<f64>(edge));
}

/** Adds what a tree says of a row to the row's columns at `out`. */
function explainTree(tree: usize, values: usize, out: usize, scratch: usize): void {
  const edges = <usize>load<u32>(tree);
  const count = <usize>load<u32>(tree, 4);
  const width = <usize>load<u32>(tree, 8);
  const factors = <usize>load<u32>(tree, 12);
  const slopes = <usize>load<u32>(tree, 16);
  const products = scratch;
  const sums = products + (count + 1) * width;
  const rows = sums + (count + 1) * width;
  const taken = rows + (count + 1) * 4;
  const cold = slopes + width;
  memory.copy(products, <usize>load<u32>(tree, 20), width);
  store<u32>(rows, <u32>slopes);
  let factor = factors;
  let product = products + width;
  let sum = sums + width;
  let hot = slopes + 2 * width;
  for (let e: usize = 0; e < count; e++) {
    const edge = edges + e * EDGE;
    const sibling = load<i32>(edge, 12);
    const follow = sibling < 0 ? follows(edge, values) : 1 - load<u32>(taken + <usize>sibling);
    store<u32>(taken + (e << 2), follow);
    const hasLeft = load<u32>(rows + <usize>load<u32>(edge, 20)) == <u32>cold;
    const state = <usize>select<u32>(2, 1 - follow, hasLeft);
    store<u32>(rows + (e << 2), <u32>select<usize>(cold, hot, state != 0), 4);
    const from = products + <usize>load<u32>(edge, 16);
    const by = factor + state * width;
    const value = v128.load64_splat(edge, 32);
    for (let q: usize = 0; q < width; q += 16) {
      const next = f64x2.mul(v128.load(from + q), v128.load(by + q));
      v128.store(product + q, next);
      v128.store(sum + q, f64x2.mul(next, value));
    }
    factor += 3 * width;
    product += width;
    sum += width;
    hot += width;
  }
  for (let e = <isize>count - 1; e >= 0; e--) {
    const edge = edges + <usize>e * EDGE;
    sum -= width;
    const up = sums + <usize>load<u32>(edge, 16);
    const mine = <usize>load<u32>(rows + ((<usize>e) << 2), 4);
    const theirs = <usize>load<u32>(rows + <usize>load<u32>(edge, 20));
    let total = f64x2.splat(0);
    for (let q: usize = 0; q < width; q += 16) {
      const below = v128.load(sum + q);
      const slope = f64x2.sub(v128.load(mine + q), v128.load(theirs + q));
      total = f64x2.add(total, f64x2.mul(below, slope));
      v128.store(up + q, f64x2.add(v128.load(up + q), below));
    }
    const to = out + <usize>load<u32>(edge, 24);
    store<f64>(to, load<f64>(to) + (f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1)));
  }
}

/**
 * Arguments: trees, their number, slots, their number, groups, the number of groups, contributions
 * (rows × outputs × columns), rows, outputs, columns, scratch.
 */
export function explainRows(): void {
  const trees = <usize>argument(0);
  const count = argument(1);
  const groupBytes = (<usize>argument(3)) << 6;
  const groups = <usize>argument(4);
  const out = <usize>argument(6);
  const rows = argument(7);
  const outputs = argument(8);
  const columns = argument(9);
  for (let t = 0; t < count; t++)
    for (let row = 0; row < rows; row++) {
      const values = groups + <usize>(row >> 3) * groupBytes + ((<usize>(row & 7)) << 3);
      const to = out + ((<usize>((row * outputs + (t % outputs)) * columns)) << 3);
      explainTree(trees + <usize>t * 24, values, to, <usize>argument(10));
    }
}
