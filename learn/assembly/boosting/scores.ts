import { argument } from '../lib/team';
import { CONTEXT_ROWS } from './layout';

const CHUNK: i32 = 4096;

/** Adds a leaf's value to the scores of its rows. Arguments: context, scores, table of leaves (start, end: i32; value: f64). */
export function addLeaf(chunk: i32): void {
  const order = <usize>load<i32>(<usize>argument(0), CONTEXT_ROWS);
  const scores = <usize>argument(1);
  const leaf = <usize>argument(2) + ((<usize>chunk) << 4);
  const end = load<i32>(leaf, 4);
  const value = load<f64>(leaf, 8);
  for (let i = load<i32>(leaf); i < end; i++) {
    const score = scores + ((<usize>load<u32>(order + ((<usize>i) << 2))) << 3);
    store<f64>(score, load<f64>(score) + value);
  }
}

/**
 * Adds a tree's values to scores of rows that it was not grown on. Arguments: rows (i32), how many,
 * scores, nodes (16 bytes: bins of the column, route, left, right; a child below
 * zero is leaf ~child), values (f64).
 */
export function addTree(chunk: i32): void {
  const rows = <usize>argument(0);
  const end = min((chunk + 1) * CHUNK, argument(1));
  const scores = <usize>argument(2);
  const nodes = <usize>argument(3);
  const values = <usize>argument(4);
  for (let i = chunk * CHUNK; i < end; i++) {
    const row = <usize>load<u32>(rows + ((<usize>i) << 2));
    let node = 0;
    while (node >= 0) {
      const at = nodes + ((<usize>node) << 4);
      const bin = load<u8>(<usize>load<i32>(at) + row);
      const goesLeft = load<u8>(<usize>load<i32>(at, 4) + <usize>bin) != 0;
      node = goesLeft ? load<i32>(at, 8) : load<i32>(at, 12);
    }
    const score = scores + (row << 3);
    store<f64>(score, load<f64>(score) + load<f64>(values + ((<usize>~node) << 3)));
  }
}
