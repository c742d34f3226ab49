import { argumentsOf } from '../arguments.js';
import type { Views } from '../memory.js';
import { chunkOf } from './operations.js';

/** See learn/assembly/boosting/binning.ts. */
export function binRows(v: Views, chunk: number): void {
  const [table, columns, rows, out, shift, first] = argumentsOf(v, 6);
  const end = Math.min((chunk + 1) * chunkOf.binning, rows!);
  for (let c = 0; c < columns!; c++) {
    const entry = table! / 4 + 5 * c;
    const [category, from, map, at, alone] = v.i32.subarray(entry, entry + 5);
    for (let row = chunk * chunkOf.binning; row < end; row++) {
      const bin =
        category === 0
          ? binOfNumber(v.f64, map! / 8, v.f64[from! / 8 + row]!)
          : binOfCode(v.u8, map!, v.i32[from! / 4 + row]!);
      v.u8[out! + row * 2 ** shift! + at!] = bin;
      v.u8[alone! + first! + row] = bin;
    }
  }
}

/** One more than the edges below `value`, of 256 that end in +Infinity; 0 for missing. */
function binOfNumber(f64: Float64Array, edges: number, value: number): number {
  if (value !== value) return 0;
  let low = 0;
  let high = 255;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (f64[edges + middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

const binOfCode = (u8: Uint8Array, levels: number, code: number) =>
  code < 0 ? 0 : u8[levels + code]!;

/** See learn/assembly/boosting/sort.ts. */
export function sortColumn(v: Views, chunk: number): void {
  const [table] = argumentsOf(v, 1);
  const [address, count] = v.i32.subarray(table! / 4 + 2 * chunk, table! / 4 + 2 * chunk + 2);
  v.f64.subarray(address! / 8, address! / 8 + count!).sort();
}
