import type { Column, Frame } from '../frame.js';

/** Columns of which so large a share of rows has one value may share a byte (as LightGBM's). */
const SPARSE_FROM = 0.8;
/** Fewer such columns save too little. */
const COLUMNS_FROM = 8;
/** Rows that are looked at before all are: most tables have no such columns. */
const LOOKED_AT = 1000;
/** A column is offered to so many of the newest bundles. */
const TRIES = 64;
/** Bins of a bundle; the one more is where all its columns are as usual. */
const BUNDLE_BINS = 255;

/** What bundling asks of a binned column. */
export interface Bundled {
  /** Bins in use. */
  count: number;
  /** Its bins, a byte a row. */
  bins: Uint8Array;
}

/** Which columns lie in each byte of a row of bins, and each column's usual bin; -1 where it is alone. */
export interface Lanes {
  lanes: number[][];
  usual: Int16Array;
}

/** Whether bundling is worth a look: enough columns have mostly one value. */
export const isSparse = ({ columns, rows }: Frame): boolean =>
  columns.filter((column) => usualShare(column, rows) >= SPARSE_FROM).length >= COLUMNS_FROM;

function usualShare(column: Column, rows: number): number {
  const values = column.kind === 'number' ? column.values : column.codes;
  const looked = Math.min(rows, LOOKED_AT);
  const counts = new Map<number, number>();
  let most = 0;
  for (let i = 0; i < looked; i++) {
    const value = values[Math.floor((i * rows) / looked)]!;
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    most = Math.max(most, count);
  }
  return most / looked;
}

/**
 * Exclusive feature bundling (Ke et al. 2017) without conflicts: sparse columns of which no two are
 * unusual in the same row share a byte. Greedy, fullest columns first; lanes are in the order of their
 * first columns. All rows are looked at, so that a histogram says of each column what it said alone.
 */
export function planLanes(columns: readonly Bundled[], rows: number): Lanes {
  const usual = new Int16Array(columns.length).fill(-1);
  const lanes: number[][] = [];
  const sparse: { column: number; bin: number; unusual: number }[] = [];
  columns.forEach(({ count, bins }, column) => {
    const { bin, held } = mostFrequent(bins, count);
    if (held < SPARSE_FROM * rows || count > BUNDLE_BINS / 2) lanes.push([column]);
    else sparse.push({ column, bin, unusual: rows - held });
  });
  sparse.sort((a, b) => b.unusual - a.unusual || a.column - b.column);
  const open: { lane: number[]; bins: number; taken: Uint8Array }[] = [];
  for (const { column, bin } of sparse) {
    const { count, bins } = columns[column]!;
    const own = unusualRows(bins, bin);
    let fit = open.find((each) => each.bins + count <= BUNDLE_BINS && isFree(each.taken, own));
    if (!fit) {
      fit = { lane: [], bins: 0, taken: new Uint8Array(rows) };
      lanes.push(fit.lane);
      open.unshift(fit);
      if (open.length > TRIES) open.pop();
    }
    fit.lane.push(column);
    fit.bins += count;
    for (const row of own) fit.taken[row] = 1;
    usual[column] = bin;
  }
  for (const lane of lanes) {
    lane.sort((a, b) => a - b);
    if (lane.length === 1) usual[lane[0]!] = -1;
  }
  return { lanes: lanes.sort((a, b) => a[0]! - b[0]!), usual };
}

function mostFrequent(bins: Uint8Array, count: number): { bin: number; held: number } {
  const counts = new Int32Array(256);
  for (let row = 0; row < bins.length; row++) counts[bins[row]!]!++;
  let bin = 0;
  for (let other = 1; other < count; other++) if (counts[other]! > counts[bin]!) bin = other;
  return { bin, held: counts[bin]! };
}

function unusualRows(bins: Uint8Array, usual: number): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < bins.length; row++) if (bins[row] !== usual) rows.push(row);
  return Int32Array.from(rows);
}

function isFree(taken: Uint8Array, rows: Int32Array): boolean {
  for (const row of rows) if (taken[row] === 1) return false;
  return true;
}

/**
 * A lane's byte of each row, from `at` on every `step` bytes: 0 where every column is as usual, else one
 * more than the place of the unusual bin among the bins of all the lane's columns, one after another.
 */
export function writeLane(
  lane: readonly number[],
  columns: readonly Bundled[],
  usual: Int16Array,
  out: { bytes: Uint8Array; at: number; step: number },
): void {
  const { bytes, at, step } = out;
  let first = 1;
  for (const c of lane) {
    const { bins, count } = columns[c]!;
    const isAlone = usual[c]! < 0;
    for (let row = 0; row < bins.length; row++)
      if (isAlone) bytes[at + row * step] = bins[row]!;
      else if (bins[row] !== usual[c]) bytes[at + row * step] = first + bins[row]!;
    first += count;
  }
}
