import { conform, type Column, type Frame } from '../frame.js';
import type { ColumnCode, Encoder } from './encoder.js';

/** Rows at a time: a block of 64 columns stays in the second cache. */
const BLOCK = 512;

/**
 * Some rows as terms. Numbers are dense, term by term; what is 1 or absent (levels, and that a value
 * was missing) is one term a row and column, or -1.
 */
export interface Block {
  /** Place of the first row among the rows that are read, and how many. */
  start: number;
  count: number;
  /** dense terms × BLOCK */
  numbers: Float64Array;
  /** sparse columns × BLOCK */
  marks: Int32Array;
}

/** A frame as the terms of a linear predictor; the intercept is the last of `size` terms. */
export interface Design {
  size: number;
  /** Number of rows that are read. */
  rows: number;
  /** Term of each dense one. */
  dense: Int32Array;
  sparse: number;
  /** Visits blocks in order; the block is used again for the next. */
  each(visit: (block: Block) => void): void;
}

/** `rows` says which rows are read, in their order; all of them when absent. */
export function designOf(encoder: Encoder, x: Frame, rows?: Int32Array): Design {
  const { columns } = conform(x, encoder.columns);
  const numbers = encoder.codes.flatMap((code, c) => (code.kind === 'number' ? [c] : []));
  const marked = encoder.codes.flatMap((code, c) =>
    code.kind === 'category' || code.indicator ? [c] : [],
  );
  const block: Block = {
    start: 0,
    count: 0,
    numbers: new Float64Array(numbers.length * BLOCK),
    marks: new Int32Array(marked.length * BLOCK),
  };
  const total = rows ? rows.length : x.rows;
  const taken = new Int32Array(BLOCK);
  return {
    size: encoder.terms + 1,
    rows: total,
    dense: Int32Array.from(numbers, (c) => encoder.offsets[c]!),
    sparse: marked.length,
    each(visit) {
      for (let start = 0; start < total; start += BLOCK) {
        block.start = start;
        block.count = Math.min(BLOCK, total - start);
        for (let i = 0; i < block.count; i++) taken[i] = rows ? rows[start + i]! : start + i;
        numbers.forEach((c, d) =>
          fillNumbers(columns[c]!, encoder.codes[c]!, taken, block, d * BLOCK),
        );
        marked.forEach((c, s) =>
          fillMarks(columns[c]!, encoder.codes[c]!, encoder.offsets[c]!, taken, block, s * BLOCK),
        );
        visit(block);
      }
    },
  };
}

function fillNumbers(
  column: Column,
  code: ColumnCode,
  taken: Int32Array,
  { count, numbers }: Block,
  at: number,
): void {
  if (column.kind !== 'number' || code.kind !== 'number') return;
  const { values } = column;
  const { fill, log, center, scale } = code;
  for (let i = 0; i < count; i++) {
    const value = values[taken[i]!]!;
    const filled = Number.isFinite(value) ? value : fill;
    const shown = log && filled >= 0 ? Math.log1p(filled) : filled;
    numbers[at + i] = (shown - center) / scale;
  }
}

function fillMarks(
  column: Column,
  code: ColumnCode,
  first: number,
  taken: Int32Array,
  { count, marks }: Block,
  at: number,
): void {
  if (column.kind === 'number') {
    for (let i = 0; i < count; i++)
      marks[at + i] = Number.isFinite(column.values[taken[i]!]!) ? -1 : first + 1;
    return;
  }
  if (code.kind !== 'category') return;
  const { codes } = column;
  const { termOf, terms, other } = code;
  for (let i = 0; i < count; i++) {
    const level = codes[taken[i]!]!;
    const own = level < 0 ? -1 : termOf[level]!;
    marks[at + i] = own >= 0 ? first + own : other ? first + terms : -1;
  }
}

const weighted = new Float64Array(BLOCK);

/** Adds Σ weight z zᵀ of a block to the lower triangle of `products` (size × size). */
export function addProducts(
  { size, dense, sparse }: Design,
  { count, numbers, marks }: Block,
  weights: Float64Array,
  products: Float64Array,
): void {
  const last = (size - 1) * size;
  const put = (i: number, j: number, value: number) => {
    products[i > j ? i * size + j : j * size + i]! += value;
  };
  let total = 0;
  for (let r = 0; r < count; r++) total += weights[r]!;
  products[last + size - 1]! += total;
  for (let a = 0; a < dense.length; a++) {
    let sum = 0;
    for (let r = 0; r < count; r++) sum += weighted[r] = weights[r]! * numbers[a * BLOCK + r]!;
    products[last + dense[a]!]! += sum;
    const row = dense[a]! * size;
    for (let b = 0; b <= a; b++)
      products[row + dense[b]!]! += dot(weighted, numbers, b * BLOCK, count);
    for (let s = 0; s < sparse; s++)
      for (let r = 0; r < count; r++) {
        const mark = marks[s * BLOCK + r]!;
        if (mark >= 0) put(mark, dense[a]!, weighted[r]!);
      }
  }
  for (let s = 0; s < sparse; s++)
    for (let r = 0; r < count; r++) {
      const mark = marks[s * BLOCK + r]!;
      if (mark < 0) continue;
      products[last + mark]! += weights[r]!;
      for (let t = 0; t <= s; t++) {
        const other = marks[t * BLOCK + r]!;
        if (other >= 0) put(mark, other, weights[r]!);
      }
    }
}

/** Four sums side by side, which do not wait for each other. */
function dot(a: Float64Array, b: Float64Array, at: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let r = 0;
  for (; r + 3 < count; r += 4) {
    s0 += a[r]! * b[at + r]!;
    s1 += a[r + 1]! * b[at + r + 1]!;
    s2 += a[r + 2]! * b[at + r + 2]!;
    s3 += a[r + 3]! * b[at + r + 3]!;
  }
  for (; r < count; r++) s0 += a[r]! * b[at + r]!;
  return s0 + s1 + (s2 + s3);
}

/** Adds Σ value z of a block to `out` (size). */
export function addTarget(
  { size, dense, sparse }: Design,
  { count, numbers, marks }: Block,
  values: Float64Array,
  out: Float64Array,
): void {
  for (let r = 0; r < count; r++) out[size - 1]! += values[r]!;
  for (let a = 0; a < dense.length; a++) out[dense[a]!]! += dot(values, numbers, a * BLOCK, count);
  for (let s = 0; s < sparse; s++)
    for (let r = 0; r < count; r++) {
      const mark = marks[s * BLOCK + r]!;
      if (mark >= 0) out[mark]! += values[r]!;
    }
}

/** Adds zᵀβ of each row of a block to `scores`; `beta` starts at `from`. */
export function addScores(
  { size, dense, sparse }: Design,
  { count, numbers, marks }: Block,
  beta: Float64Array,
  from: number,
  scores: Float64Array,
): void {
  const intercept = beta[from + size - 1]!;
  for (let r = 0; r < count; r++) scores[r]! += intercept;
  for (let a = 0; a < dense.length; a++) {
    const slope = beta[from + dense[a]!]!;
    if (slope !== 0) for (let r = 0; r < count; r++) scores[r]! += slope * numbers[a * BLOCK + r]!;
  }
  for (let s = 0; s < sparse; s++)
    for (let r = 0; r < count; r++) {
      const mark = marks[s * BLOCK + r]!;
      if (mark >= 0) scores[r]! += beta[from + mark]!;
    }
}

/** A work array as long as any block. */
export const blockArray = (): Float64Array => new Float64Array(BLOCK);
