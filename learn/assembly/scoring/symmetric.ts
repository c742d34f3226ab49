import { argument } from '../lib/team';

// Trees that ask one question a level: a row's answers are the bits of its leaf's number, and no walk
// depends on the step before. A tree is 16 bytes (u32): questions, levels, values, nothing. A question
// is 16 bytes: threshold (f64), where the column's values begin in a group (u32), nothing.

function add(to: usize, values: usize, index: v128): void {
  const first = values + ((<usize>i64x2.extract_lane(index, 0)) << 3);
  const second = values + ((<usize>i64x2.extract_lane(index, 1)) << 3);
  store<f64>(to, load<f64>(to) + load<f64>(first));
  store<f64>(to, load<f64>(to, 8) + load<f64>(second), 8);
}

/** The bit of a question appended to two rows' numbers: 0 is left. */
function answered(index: v128, given: v128, threshold: v128): v128 {
  const left = f64x2.le(given, threshold);
  return i64x2.add(i64x2.add(index, index), i64x2.add(i64x2.splat(1), left));
}

/** Arguments as those of `scoreRows`. */
export function scoreSymmetric(): void {
  const trees = <usize>argument(0);
  const count = argument(1);
  const rows = <usize>argument(4);
  const groups = argument(5);
  const groupBytes = (<usize>argument(3)) << 6;
  const scores = <usize>argument(6);
  const outputs = argument(8);
  for (let t = 0; t < count; t++) {
    const tree = trees + ((<usize>t) << 4);
    const first = <usize>load<u32>(tree);
    const last = first + ((<usize>load<u32>(tree, 4)) << 4);
    const values = <usize>load<u32>(tree, 8);
    let group = rows;
    let to = scores + ((<usize>(t % outputs)) << 6);
    for (let g = 0; g < groups; g++) {
      let a = i64x2.splat(0);
      let b = a;
      let c = a;
      let d = a;
      for (let question = first; question < last; question += 16) {
        const threshold = v128.load64_splat(question);
        const at = group + <usize>load<u32>(question, 8);
        a = answered(a, v128.load(at), threshold);
        b = answered(b, v128.load(at, 16), threshold);
        c = answered(c, v128.load(at, 32), threshold);
        d = answered(d, v128.load(at, 48), threshold);
      }
      add(to, values, a);
      add(to + 16, values, b);
      add(to + 32, values, c);
      add(to + 48, values, d);
      group += groupBytes;
      to += (<usize>outputs) << 6;
    }
  }
}
