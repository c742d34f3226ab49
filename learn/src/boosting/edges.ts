import type { Frame, NumberColumn, Numbers } from '../frame.js';
import { boostingKernels } from '../kernel/boosting/index.js';
import { operations } from '../kernel/boosting/operations.js';
import { openEngine, type EngineOptions } from '../kernel/engine.js';
import type { KernelMemory } from '../kernel/memory.js';
import { seeded } from '../random.js';

/** Values of a long column that its edges come from. */
const SAMPLE = 200_000;
/** Columns whose samples are sorted together. */
const SORTED_AT_ONCE = 8;
/** Bytes of counts that the sort of a column needs beside its values. */
const COUNTS = 8192;

/**
 * Edges of every number column, by its place in the frame. Samples are drawn where the kernels sort
 * them, a few columns at a time; the room is free again afterwards.
 */
export function allEdges(
  x: Frame,
  memory: KernelMemory,
  binsMax: number,
  options: EngineOptions,
): Float64Array[] {
  const mark = memory.mark();
  const room = Math.min(SAMPLE, x.rows);
  const bytes = 8 * room;
  const table = memory.take(8 * SORTED_AT_ONCE);
  const values = memory.take(bytes * SORTED_AT_ONCE);
  const scratch = memory.take((bytes + COUNTS) * SORTED_AT_ONCE);
  const engine = openEngine(boostingKernels, memory, options);
  const edges: Float64Array[] = [];
  const numbers = [...x.columns.entries()].filter(([, { kind }]) => kind === 'number');
  try {
    const { i32, f64 } = memory.views;
    for (let start = 0; start < numbers.length; start += SORTED_AT_ONCE) {
      const some = numbers.slice(start, start + SORTED_AT_ONCE);
      const samples = some.map(([, column], i) => {
        const at = values + bytes * i;
        const own = f64.subarray(at / 8, at / 8 + room);
        const sample = own.subarray(0, drawSample((column as NumberColumn).values, own));
        i32.set([at, sample.length], table / 4 + 2 * i);
        return sample;
      });
      engine.run(operations.sortColumn, some.length, [table, scratch, bytes + COUNTS]);
      some.forEach(([c], i) => (edges[c] = edgesOfSorted(samples[i]!, binsMax - 1)));
    }
  } finally {
    engine.end();
    memory.release(mark);
  }
  return edges;
}

/** Edges of at most `binsMax` bins of about equal counts; a value held by many has its own bin. */
export function edgesOf(values: Float64Array, binsMax: number): Float64Array {
  const sample = new Float64Array(Math.min(SAMPLE, values.length));
  return edgesOfSorted(sample.subarray(0, drawSample(values, sample)).sort(), binsMax);
}

function edgesOfSorted(sorted: Float64Array, binsMax: number): Float64Array {
  const isFew = distinctIn(sorted) <= binsMax;
  const edges: number[] = [];
  let left = sorted.length;
  let held = 0;
  let start = 0;
  for (let end = runEnd(sorted, 0); end < sorted.length && edges.length + 1 < binsMax;) {
    const next = runEnd(sorted, end);
    held += end - start;
    const wanted = isFew ? 0 : left / (binsMax - edges.length);
    if (held >= wanted || held + (next - end) / 2 >= wanted) {
      edges.push(edgeBetween(sorted[start]!, sorted[end]!));
      left -= held;
      held = 0;
    }
    start = end;
    end = next;
  }
  return Float64Array.from(edges);
}

/** Where the run of one value ends that begins at `start`; 0 and -0 are one value. */
function runEnd(sorted: Float64Array, start: number): number {
  let end = start;
  while (end < sorted.length && sorted[end] === sorted[start]) end++;
  return end;
}

function distinctIn(sorted: Float64Array): number {
  let distinct = 0;
  for (let at = 0; at < sorted.length; at = runEnd(sorted, at)) distinct++;
  return distinct;
}

/**
 * Half-way, and never on the higher value: that one belongs to the next bin. Of single precision where
 * one lies strictly between, so that a reader of 32-bit floats splits the same rows.
 */
function edgeBetween(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  const single = Math.fround(middle);
  if (single > low && single < high) return single;
  return middle > low && middle < high ? middle : low;
}

/**
 * Values that are not missing, into `out`, and how many; of a long column a sample, the same in every
 * fit. `out` has room for all rows or for a sample.
 */
function drawSample(values: Numbers, out: Float64Array): number {
  let known = 0;
  for (let row = 0; row < values.length; row++) if (values[row] === values[row]) known++;
  const size = Math.min(known, SAMPLE);
  const rng = seeded(known);
  const step = known / size;
  const place = (i: number) => (known === size ? i : Math.floor((i + rng.next()) * step));
  if (known === values.length) {
    for (let i = 0; i < size; i++) out[i] = values[place(i)]!;
    return size;
  }
  let i = 0;
  let wanted = place(0);
  for (let row = 0, seen = 0; i < size; row++) {
    const value = values[row]!;
    if (value !== value) continue;
    for (; wanted === seen && i < size; wanted = place(++i)) out[i] = value;
    seen++;
  }
  return size;
}
