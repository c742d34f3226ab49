import { argument } from '../lib/team';

/** Rows of a chunk: their bins stay in the cache while one column after another is written. */
const CHUNK: i32 = 2048;

/**
 * A slab of some columns of one block to bins, one chunk of its rows. Arguments: table of columns,
 * how many, rows, first bin of the slab's first row, log2 of the bytes of a row of bins, number of the
 * slab's first row. A column of the table has 20 bytes: category?, its values (f64) or codes (i32) in
 * the slab, its 256 edges (f64, the unused ones +Infinity) or the bin of each level (u8), where its bins
 * begin in a row, and where they lie once more, one after another: histograms read whole rows, a
 * partition one column.
 */
export function binRows(chunk: i32): void {
  const rows = argument(2);
  const shift = <usize>argument(4);
  const start = chunk * CHUNK;
  const end = min(start + CHUNK, rows);
  const out = <usize>argument(3) + ((<usize>start) << shift);
  const step: usize = (<usize>1) << shift;
  let column = <usize>argument(0);
  for (let i = 0; i < argument(1); i++, column += 20) {
    const from = <usize>load<i32>(column, 4);
    const map = <usize>load<i32>(column, 8);
    const to = out + <usize>load<i32>(column, 12);
    const alone = <usize>load<i32>(column, 16) + <usize>(argument(5) + start);
    if (load<i32>(column) == 0)
      binNumbers(from + ((<usize>start) << 3), end - start, map, to, step, alone);
    else binCodes(from + ((<usize>start) << 2), end - start, map, to, step, alone);
  }
}

/** Bin 0 is missing; bin b ≥ 1 has b - 1 edges below the value. */
function binNumbers(
  values: usize,
  rows: i32,
  edges: usize,
  out: usize,
  step: usize,
  alone: usize,
): void {
  for (const end = values + ((<usize>rows) << 3); values < end; values += 8, out += step, alone++) {
    const value = load<f64>(values);
    // Eight halvings without a branch: the address moves on while edges are below the value.
    let at = edges;
    at += (<usize>(load<f64>(at, 1016) < value)) << 10;
    at += (<usize>(load<f64>(at, 504) < value)) << 9;
    at += (<usize>(load<f64>(at, 248) < value)) << 8;
    at += (<usize>(load<f64>(at, 120) < value)) << 7;
    at += (<usize>(load<f64>(at, 56) < value)) << 6;
    at += (<usize>(load<f64>(at, 24) < value)) << 5;
    at += (<usize>(load<f64>(at, 8) < value)) << 4;
    at += (<usize>(load<f64>(at) < value)) << 3;
    const bin = ((at - edges) >> 3) + 1;
    const found: u8 = value == value ? <u8>bin : 0;
    store<u8>(out, found);
    store<u8>(alone, found);
  }
}

/** A code below zero is missing. */
function binCodes(
  codes: usize,
  rows: i32,
  levels: usize,
  out: usize,
  step: usize,
  alone: usize,
): void {
  for (const end = codes + ((<usize>rows) << 2); codes < end; codes += 4, out += step, alone++) {
    const code = load<i32>(codes);
    const found: u8 = code < 0 ? 0 : load<u8>(levels + <usize>code);
    store<u8>(out, found);
    store<u8>(alone, found);
  }
}
