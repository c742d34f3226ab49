import type { CategoryColumn, Frame, NumberColumn } from '../frame.js';
import { seeded } from '../random.js';

/** One column as bins: 0 is missing (or a rare level), the others by value or frequency. */
export interface BinnedColumn {
  kind: 'number' | 'category';
  bins: Uint8Array;
  /** Bins in use, with bin 0. */
  count: number;
  /** Numbers: bin `b` ≥ 1 holds values in (edges[b - 2], edges[b - 1]]. Empty for categories. */
  edges: Float64Array;
  /** Categories: bin of each level. Empty for numbers. */
  binOfLevel: Uint8Array;
}

export interface BinnedFrame {
  rows: number;
  columns: readonly BinnedColumn[];
}

const SAMPLE = 200_000;
const cache = new WeakMap<Frame, Map<number, BinnedFrame>>();

/** Bins of a frame, made once: grid points and rounds that share a frame share its bins. */
export function binFrame(x: Frame, binsMax: number): BinnedFrame {
  let byBins = cache.get(x);
  if (!byBins) cache.set(x, (byBins = new Map()));
  let binned = byBins.get(binsMax);
  if (!binned) {
    const columns = x.columns.map((column) =>
      column.kind === 'number' ? binNumbers(column, binsMax) : binCategories(column, binsMax),
    );
    byBins.set(binsMax, (binned = { rows: x.rows, columns }));
  }
  return binned;
}

function binNumbers({ values }: NumberColumn, binsMax: number): BinnedColumn {
  const edges = edgesOf(values, binsMax - 1);
  const bins = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value === value) bins[row] = 1 + edgeAt(edges, value);
  }
  return { kind: 'number', bins, count: edges.length + 2, edges, binOfLevel: new Uint8Array(0) };
}

/** Index of the first edge at or above `value`; `edges.length` when none is. */
function edgeAt(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Edges of at most `binsMax` bins of about equal counts; a value held by many has its own bin. */
export function edgesOf(values: Float64Array, binsMax: number): Float64Array {
  const sorted = sampleOf(values).sort();
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    // 0 and -0 are one value.
    if (distinct.length > 0 && value === distinct[distinct.length - 1])
      counts[counts.length - 1]!++;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  const edges: number[] = [];
  let left = sorted.length;
  let held = 0;
  for (let i = 0; i + 1 < distinct.length && edges.length + 1 < binsMax; i++) {
    held += counts[i]!;
    const wanted = distinct.length <= binsMax ? 0 : left / (binsMax - edges.length);
    if (held < wanted && held + counts[i + 1]! / 2 < wanted) continue;
    edges.push(edgeBetween(distinct[i]!, distinct[i + 1]!));
    left -= held;
    held = 0;
  }
  return Float64Array.from(edges);
}

/** Half-way, and never on the higher value: that one belongs to the next bin. */
function edgeBetween(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle >= low && middle < high ? middle : low;
}

/** Values that are not missing; of a long column a sample, the same in every fit. */
function sampleOf(values: Float64Array): Float64Array {
  const known = values.filter((value) => value === value);
  if (known.length <= SAMPLE) return known;
  const rng = seeded(known.length);
  const sample = new Float64Array(SAMPLE);
  const step = known.length / SAMPLE;
  for (let i = 0; i < SAMPLE; i++) sample[i] = known[Math.floor((i + rng.next()) * step)]!;
  return sample;
}

/** The most frequent levels have a bin each; the rest share bin 0 with missing. */
function binCategories({ codes, levels }: CategoryColumn, binsMax: number): BinnedColumn {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const order = [...counts.keys()]
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, binsMax - 1);
  const binOfLevel = new Uint8Array(levels.length);
  order.forEach((code, i) => (binOfLevel[code] = i + 1));
  const bins = new Uint8Array(codes.length);
  for (let row = 0; row < codes.length; row++)
    if (codes[row]! >= 0) bins[row] = binOfLevel[codes[row]!]!;
  return {
    kind: 'category',
    bins,
    count: order.length + 1,
    edges: new Float64Array(0),
    binOfLevel,
  };
}
