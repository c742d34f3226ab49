import {
  COLUMN_BYTES,
  COLUMN_FIRST,
  CONTEXT_COLUMN_TABLE,
  LEAF_ROUTE,
  LEAF_SPLIT,
  SPLIT_COLUMN,
} from './layout';

/**
 * Rows `rows[0 .. count)` of a leaf that go left to `left`, the others to `right`, both in their order.
 * Answers how many went left. `left` may be `rows`: it never overtakes.
 */
export function divideRows(
  context: usize,
  leaf: usize,
  rows: usize,
  count: i32,
  left: usize,
  right: usize,
): i32 {
  const index = load<i32>(leaf, LEAF_SPLIT + SPLIT_COLUMN);
  const column = <usize>load<i32>(context, CONTEXT_COLUMN_TABLE) + <usize>index * COLUMN_BYTES;
  const bins = <usize>load<i32>(column, COLUMN_FIRST);
  const route = leaf + LEAF_ROUTE;
  const start = left;
  for (const end = rows + ((<usize>count) << 2); rows < end; rows += 4) {
    const row = load<u32>(rows);
    const bin = <usize>load<u8>(bins + <usize>row);
    const goes = (<usize>load<u8>(route + bin)) << 2;
    // Both are written, one moves on: no branch to guess.
    store<u32>(left, row);
    store<u32>(right, row);
    left += goes;
    right += 4 - goes;
  }
  return <i32>((left - start) >> 2);
}
