import { argument } from '../lib/team';

/** Rows of a chunk. */
const CHUNK: i32 = 8192;

/**
 * Values to bins, one chunk of a slab of one column. Arguments: values (f64), rows, edges (256 f64,
 * the unused ones +Infinity), out (first byte), bytes from one row's bin to the next.
 * Bin 0 is missing; bin b ≥ 1 has b - 1 edges below the value.
 */
export function binNumbers(chunk: i32): void {
  const values = <usize>argument(0);
  const rows = argument(1);
  const edges = <usize>argument(2);
  const stride = <usize>argument(4);
  const start = chunk * CHUNK;
  const end = min(start + CHUNK, rows);
  let out = <usize>argument(3) + <usize>start * stride;
  for (let row = start; row < end; row++) {
    const value = load<f64>(values + ((<usize>row) << 3));
    // Eight halvings without a branch: the address moves on while edges are below the value.
    let at = edges;
    at += select<usize>(1024, 0, load<f64>(at, 1016) < value);
    at += select<usize>(512, 0, load<f64>(at, 504) < value);
    at += select<usize>(256, 0, load<f64>(at, 248) < value);
    at += select<usize>(128, 0, load<f64>(at, 120) < value);
    at += select<usize>(64, 0, load<f64>(at, 56) < value);
    at += select<usize>(32, 0, load<f64>(at, 24) < value);
    at += select<usize>(16, 0, load<f64>(at, 8) < value);
    at += select<usize>(8, 0, load<f64>(at) < value);
    const bin = <i32>((at - edges) >> 3) + 1;
    store<u8>(out, value == value ? <u8>bin : 0);
    out += stride;
  }
}
