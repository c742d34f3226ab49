import type { Numbers } from '../frame.js';
import type { Views } from '../kernel/memory.js';
import { BINS } from '../kernel/scoring-plain.js';
import type { TreeInput } from './forest.js';
import { BLOCK, type Slot } from './layout.js';

/** The columns that slots ask, and the way of a block of their values into a kernel memory. */
export function blockOf(slots: readonly Slot[]) {
  const asked = [...new Map(slots.map(({ column, rule }) => [column, rule === BINS]))];
  const columns = asked.map(([column]) => column);
  const isBins = asked.map(([, bins]) => bins);
  const copy = (
    { i32, f64 }: Views,
    values: number,
    input: TreeInput,
    from: number,
    count: number,
  ): void => {
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c]!;
      const to = values / 8 + column * BLOCK;
      if (isBins[c]) copyBins(input.bins[column]!, from, count, i32, 2 * to);
      else copyNumbers(input.numbers[column]!, from, count, f64, to);
    }
  };
  return { columns, isBins, copy };
}

function copyNumbers(
  values: Numbers,
  from: number,
  count: number,
  f64: Float64Array,
  to: number,
): void {
  for (let i = 0; i < count; i++) f64[to + i] = values[from + i]!;
}

function copyBins(
  bins: Uint8Array,
  from: number,
  count: number,
  i32: Int32Array,
  to: number,
): void {
  for (let i = 0; i < count; i++) i32[to + 2 * i] = bins[from + i]!;
}
