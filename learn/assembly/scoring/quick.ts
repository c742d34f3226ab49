import { argument } from '../lib/team';

// Trees of few leaves by bit vectors (QuickScorer, Lucchese et al. 2015; by bytes and sixteen rows at once
// as RapidScorer, Ye et al. 2018): a node that sends a row right strikes out the leaves on its left, and the
// first leaf that is left is the row's. Values are ranks among the thresholds of their slot, a byte each.
//
// The head is 64 bytes (u32): edges, ranks, trees, and at 16 room for 16 leaves; behind it for each slot (u32)
// the first slot of its column, whose ranks it shares but where it holds the value to be missing. A slot that
// is first has 256 edges (f64), the unused ones +Infinity. A tree is 44 bytes (u32): its planes of eight leaves, values, then where the entries of each
// plane begin and the last end. An entry is 4 bytes: where the ranks of its slot begin (u16), the rank of its
// threshold, the leaves of the plane that it leaves (u8 each).
const TREE: usize = 44;
/** Rank of NaN, above all: it goes right. */
const NOTHING: u8 = 255;

/**
 * Ranks of a slot's values in all groups: how many edges are below. The slot that is the column's first lies
 * `back` bytes of values and ranks before it.
 */
function rankSlot(
  values: usize,
  groups: i32,
  groupBytes: usize,
  edges: usize,
  ranks: usize,
  back: usize,
): void {
  for (let g = 0; g < groups; g++, values += groupBytes, ranks += 8)
    for (let lane: usize = 0; lane < 8; lane++) {
      const at = values + (lane << 3);
      const value = load<f64>(at);
      if (back != 0 && value == load<f64>(at - back)) {
        store<u8>(ranks + lane, load<u8>(ranks + lane - back));
        continue;
      }
      // Eight halvings without a branch, as in the binning.
      let edge = edges;
      edge += (<usize>(load<f64>(edge, 1016) < value)) << 10;
      edge += (<usize>(load<f64>(edge, 504) < value)) << 9;
      edge += (<usize>(load<f64>(edge, 248) < value)) << 8;
      edge += (<usize>(load<f64>(edge, 120) < value)) << 7;
      edge += (<usize>(load<f64>(edge, 56) < value)) << 6;
      edge += (<usize>(load<f64>(edge, 24) < value)) << 5;
      edge += (<usize>(load<f64>(edge, 8) < value)) << 4;
      edge += (<usize>(load<f64>(edge) < value)) << 3;
      const rank = <u8>((edge - edges) >> 3);
      store<u8>(ranks + lane, value == value ? rank : NOTHING);
    }
}

/** Of each byte the place of its lowest bit. */
function lowest(bits: v128): v128 {
  return i8x16.popcnt(v128.andnot(i8x16.sub(bits, i8x16.splat(1)), bits));
}

/** The leaf of each of sixteen rows. */
function leavesOf(tree: usize, ranks: usize): v128 {
  let found = i8x16.splat(0);
  for (let plane = load<i32>(tree) - 1; plane >= 0; plane--) {
    const entries = tree + 8 + ((<usize>plane) << 2);
    const end = <usize>load<u32>(entries, 4);
    let left = i8x16.splat(-1);
    for (let entry = <usize>load<u32>(entries); entry < end; entry += 4) {
      const row = v128.load(ranks + <usize>load<u16>(entry));
      const goesLeft = i8x16.le_u(row, v128.load8_splat(entry, 2));
      left = v128.and(left, v128.or(goesLeft, v128.load8_splat(entry, 3)));
    }
    const here = i8x16.add(lowest(left), i8x16.splat(<i8>(plane << 3)));
    found = v128.bitselect(found, here, i8x16.eq(left, i8x16.splat(0)));
  }
  return found;
}

/** Arguments as those of `scoreRows`, with the head in place of the trees. */
export function scoreQuick(): void {
  const head = <usize>argument(0);
  const count = argument(1);
  const slots = <usize>argument(3);
  const rows = <usize>argument(4);
  const groups = argument(5);
  const outputs = argument(8);
  const ranks = <usize>load<u32>(head, 4);
  const leaves = head + 16;
  for (let s: usize = 0; s < slots; s++) {
    const first = <usize>load<u32>(head + 64 + (s << 2));
    const edges = <usize>load<u32>(head) + (first << 11);
    rankSlot(rows + (s << 6), groups, slots << 6, edges, ranks + (s << 6), (s - first) << 6);
  }
  let tree = <usize>load<u32>(head, 8);
  for (let t = 0; t < count; t++, tree += TREE) {
    const values = <usize>load<u32>(tree, 4);
    let to = <usize>argument(6) + ((<usize>(t % outputs)) << 6);
    for (let g = 0; g < groups; g++, to += (<usize>outputs) << 6) {
      if ((g & 1) == 0) v128.store(leaves, leavesOf(tree, ranks + ((<usize>g) << 3)));
      const own = leaves + ((<usize>(g & 1)) << 3);
      for (let lane: usize = 0; lane < 8; lane++) {
        const score = to + (lane << 3);
        const value = load<f64>(values + ((<usize>load<u8>(own + lane)) << 3));
        store<f64>(score, load<f64>(score) + value);
      }
    }
  }
}
