// Kernels of scoring a forest. Plain twin: src/kernel/scoring-plain.ts; who lays the memory out:
// src/boosting/layout.ts.
//
// A node is 16 bytes, trees in pre-order, so that the left child is the next node:
//    0  f64  threshold; of a set of levels instead the address of its 8 words (u32)
//    8  u32  address of the right child; of a leaf its own, so that a walk stays there
//   12  u32  where the column's values begin in a group of rows; bit 31: a set of levels
// A leaf's threshold is NaN: nothing is at or below it, so the walk goes "right". All walks of a tree
// take as many steps as its longest path: no branch is there to be guessed wrong.
//
// Values come by column: f64, or the bin of a level as i32 in the place of one. They are turned into
// groups of 8 rows: by slot 8 values side by side. A slot is a column as some nodes ask it, 8 bytes:
// where its values begin (u32) and its rule (u32): 0 and 1, missing goes right, left; 2 and 3, the
// same, and 0 is missing, too; 4, bins. Missing becomes NaN or -Infinity, so that one comparison
// sends it where the rule says.
//
// A tree is 8 bytes: root (u32), longest path (u32; bit 31: has sets of levels).
import { argument, leadWith } from './lib/team';
import { explainRows } from './scoring/contributions';
import { scoreQuick } from './scoring/quick';
import { inSet } from './scoring/sets';
import { scoreSymmetric } from './scoring/symmetric';

const SCORE_ROWS: i32 = 0;
const SCORE_ROW: i32 = 1;
const EXPLAIN_ROWS: i32 = 2;
const SCORE_SYMMETRIC: i32 = 3;
const SCORE_QUICK: i32 = 4;
/** Rule of a slot of bins. */
const BINS: u32 = 4;
/** What counts as 0 where 0 is missing. */
const ZERO: f64 = 1e-35;
const SETS: u32 = 0x80000000;
/** Longer paths are few rows' paths: from here on the walk looks whether all have arrived. */
const STEPS: u32 = 12;

function perform(operation: i32, _chunk: i32, _thread: i32): void {
  if (operation == SCORE_ROWS) scoreRows();
  else if (operation == SCORE_ROW) scoreRow();
  else if (operation == EXPLAIN_ROWS) {
    fillSlots();
    explainRows();
  } else if (operation == SCORE_SYMMETRIC) {
    fillSlots();
    scoreSymmetric();
  } else if (operation == SCORE_QUICK) {
    fillSlots();
    scoreQuick();
  }
}

export { end } from './lib/team';

/** Scoring has no helpers: a block of rows is done before they would wake. */
export function lead(operation: i32, chunks: i32): void {
  leadWith(perform, operation, chunks);
}

/** What the nodes of a tree ask, as the type of a walk: decided when it is compiled, not at each step. */
type Numbers = f64;
type NumbersAndSets = u32;

/** The child that a row goes to; `values` is the row in its group. */
function next<Asked>(node: usize, values: usize): usize {
  const right = <usize>load<u32>(node, 8);
  const where = load<u32>(node, 12);
  if (isFloat<Asked>()) {
    const value = load<f64>(values + <usize>where);
    return select<usize>(node + 16, right, value <= load<f64>(node));
  }
  // Both questions are answered, and the one that was asked counts.
  const at = values + <usize>(where & ~SETS);
  const isSet = (where & SETS) != 0;
  const set = <usize>select<u32>(load<u32>(node), 0, isSet);
  const below = <u32>(load<f64>(at) <= load<f64>(node));
  return select<usize>(
    node + 16,
    right,
    <bool>select<u32>(inSet(set, load<i32>(at)), below, isSet),
  );
}

/** Where 8 walks end: their leaves' addresses. */
const LEAVES: usize = 1024;

/** Walks 8 trees, `between` bytes apart, for the 8 values of each column of a group. */
function walk<Asked>(tree: usize, between: usize, group: usize, path: u32): void {
  let a = <usize>load<u32>(tree);
  let b = <usize>load<u32>(tree + between);
  let c = <usize>load<u32>(tree + 2 * between);
  let d = <usize>load<u32>(tree + 3 * between);
  let e = <usize>load<u32>(tree + 4 * between);
  let f = <usize>load<u32>(tree + 5 * between);
  let g = <usize>load<u32>(tree + 6 * between);
  let h = <usize>load<u32>(tree + 7 * between);
  for (let step = min(path, STEPS); step > 0; step--) {
    a = next<Asked>(a, group);
    b = next<Asked>(b, group + 8);
    c = next<Asked>(c, group + 16);
    d = next<Asked>(d, group + 24);
    e = next<Asked>(e, group + 32);
    f = next<Asked>(f, group + 40);
    g = next<Asked>(g, group + 48);
    h = next<Asked>(h, group + 56);
  }
  for (let step = STEPS; step < path; step++) {
    const before = a + b + c + d + e + f + g + h;
    a = next<Asked>(a, group);
    b = next<Asked>(b, group + 8);
    c = next<Asked>(c, group + 16);
    d = next<Asked>(d, group + 24);
    e = next<Asked>(e, group + 32);
    f = next<Asked>(f, group + 40);
    g = next<Asked>(g, group + 48);
    h = next<Asked>(h, group + 56);
    if (before == a + b + c + d + e + f + g + h) break;
  }
  store<u32>(LEAVES, <u32>a, 0);
  store<u32>(LEAVES, <u32>b, 4);
  store<u32>(LEAVES, <u32>c, 8);
  store<u32>(LEAVES, <u32>d, 12);
  store<u32>(LEAVES, <u32>e, 16);
  store<u32>(LEAVES, <u32>f, 20);
  store<u32>(LEAVES, <u32>g, 24);
  store<u32>(LEAVES, <u32>h, 28);
}

function add(to: usize, leaf: usize, toValue: isize): void {
  store<f64>(to, load<f64>(to) + load<f64>((leaf >> 1) + toValue));
}

/** What nodes of a slot compare instead of two given values. */
function asked(given: v128, rule: u32): v128 {
  if (rule == 0 || rule == BINS) return given;
  let missing = f64x2.ne(given, given);
  if (rule & 2) missing = v128.or(missing, f64x2.le(f64x2.abs(given), f64x2.splat(ZERO)));
  return v128.bitselect(f64x2.splat(rule & 1 ? -Infinity : NaN), given, missing);
}

/** Values of one slot into a group after the other. */
function fillSlot(slot: usize, to: usize, groups: i32, groupBytes: usize): void {
  let values = <usize>load<u32>(slot);
  const rule = load<u32>(slot, 4);
  for (let g = 0; g < groups; g++) {
    v128.store(to, asked(v128.load(values), rule));
    v128.store(to, asked(v128.load(values, 16), rule), 16);
    v128.store(to, asked(v128.load(values, 32), rule), 32);
    v128.store(to, asked(v128.load(values, 48), rule), 48);
    values += 64;
    to += groupBytes;
  }
}

/** Values of a block into its groups. */
function fillSlots(): void {
  const slots = argument(3);
  const bytes = (<usize>slots) << 6;
  for (let s: usize = 0; s < <usize>slots; s++)
    fillSlot(<usize>argument(2) + (s << 3), <usize>argument(4) + (s << 6), argument(5), bytes);
}

/** The first value of a slot into all 8 places of one group. */
function spreadSlot(slot: usize, to: usize): void {
  const value = asked(v128.load64_splat(<usize>load<u32>(slot)), load<u32>(slot, 4));
  v128.store(to, value);
  v128.store(to, value, 16);
  v128.store(to, value, 32);
  v128.store(to, value, 48);
}

/**
 * Arguments: trees, their number, slots, their number, groups, the number of groups, scores, what leads
 * from half a leaf's address to that of its value, outputs, where the addresses of the leaves go (u32:
 * trees × rows; 0 for nowhere).
 */
function scoreRows(): void {
  const trees = <usize>argument(0);
  const count = argument(1);
  const slots = argument(3);
  const rows = <usize>argument(4);
  const groups = argument(5);
  const scores = <usize>argument(6);
  const toValue = <isize>argument(7);
  const outputs = argument(8);
  const leaves = <usize>argument(9);
  const groupBytes = (<usize>slots) << 6;
  fillSlots();
  for (let t = 0; t < count; t++) {
    const tree = trees + ((<usize>t) << 3);
    const path = load<u32>(tree, 4);
    let group = rows;
    let to = scores + ((<usize>(t % outputs)) << 6);
    for (let g = 0; g < groups; g++) {
      if (path & SETS) walk<NumbersAndSets>(tree, 0, group, path & ~SETS);
      else walk<Numbers>(tree, 0, group, path);
      for (let lane: usize = 0; lane < 8; lane++)
        add(to + (lane << 3), <usize>load<u32>(LEAVES + (lane << 2)), toValue);
      if (leaves) memory.copy(leaves + ((<usize>((t * groups + g) * 8)) << 2), LEAVES, 32);
      group += groupBytes;
      to += (<usize>outputs) << 6;
    }
  }
}

/**
 * One row, and trees side by side instead of rows: `count`, filled up to a
 * multiple of 8 in memory.
 */
function scoreRow(): void {
  const trees = <usize>argument(0);
  const count = argument(1);
  const slots = argument(3);
  const row = <usize>argument(4);
  const scores = <usize>argument(6);
  const toValue = <isize>argument(7);
  const outputs = argument(8);
  const leaves = <usize>argument(9);
  for (let s = 0; s < slots; s++)
    spreadSlot(<usize>argument(2) + ((<usize>s) << 3), row + ((<usize>s) << 6));
  for (let t = 0; t < count; t += 8) {
    const tree = trees + ((<usize>t) << 3);
    let path: u32 = 0;
    let sets: u32 = 0;
    for (let lane: usize = 0; lane < 8; lane++) {
      const one = load<u32>(tree + (lane << 3), 4);
      path = max(path, one & ~SETS);
      sets |= one & SETS;
    }
    if (sets) walk<NumbersAndSets>(tree, 8, row, path);
    else walk<Numbers>(tree, 8, row, path);
    if (leaves) memory.copy(leaves + ((<usize>t) << 2), LEAVES, 32);
    const last = min(8, count - t);
    for (let lane = 0; lane < last; lane++)
      add(
        scores + ((<usize>((t + lane) % outputs)) << 3),
        <usize>load<u32>(LEAVES + ((<usize>lane) << 2)),
        toValue,
      );
  }
}
