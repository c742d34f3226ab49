import type { TreeInput } from './forest.js';

/**
 * The line of one leaf of a grown tree: value + Σ coefficient × (x − mean), where each x is kept
 * within `low` and `high`, the range that the leaf was fitted on, because a line does not stop
 * where its data does. Arrays have one entry a term; the value is that of the leaf.
 */
export interface LeafLine {
  columns: readonly number[];
  coefficients: readonly number[];
  means: readonly number[];
  low: readonly number[];
  high: readonly number[];
}

/**
 * Lines of all leaves of a forest; terms of leaf `i` are `first[i] .. first[i + 1]`. They are added
 * to the leaf's value, except for a row that lacks one of the numbers: it gets the value alone.
 */
export interface LeafLines {
  first: Int32Array;
  column: Int32Array;
  coefficient: Float64Array;
  mean: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

/** Undefined when no leaf has a line. */
export function packLines(lines: readonly (LeafLine | undefined)[]): LeafLines | undefined {
  if (lines.every((line) => line === undefined || line.columns.length === 0)) return undefined;
  const first = new Int32Array(lines.length + 1);
  lines.forEach((line, leaf) => (first[leaf + 1] = first[leaf]! + (line?.columns.length ?? 0)));
  const all = (of: (line: LeafLine) => readonly number[]) =>
    lines.flatMap((line) => (line ? of(line) : []));
  return {
    first,
    column: Int32Array.from(all((line) => line.columns)),
    coefficient: Float64Array.from(all((line) => line.coefficients)),
    mean: Float64Array.from(all((line) => line.means)),
    low: Float64Array.from(all((line) => line.low)),
    high: Float64Array.from(all((line) => line.high)),
  };
}

/** What the terms add for this row: 0 when the row lacks a number that they need. */
export function linePart(lines: LeafLines, leaf: number, input: TreeInput, row: number): number {
  let sum = 0;
  for (let term = lines.first[leaf]!; term < lines.first[leaf + 1]!; term++) {
    const part = termPart(lines, term, input.numbers[lines.column[term]!]![row]!);
    if (part !== part) return 0;
    sum += part;
  }
  return sum;
}

/** NaN when the value is missing. */
export const termPart = (
  { coefficient, mean, low, high }: LeafLines,
  term: number,
  value: number,
): number =>
  coefficient[term]! * (Math.min(Math.max(value, low[term]!), high[term]!) - mean[term]!);
