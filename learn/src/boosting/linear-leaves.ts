import type { Frame } from '../frame.js';
import { solveSymmetric } from '../linear/solve.js';
import type { Grown } from './grower.js';
import type { LeafLine } from './lines.js';
import type { Tree } from './tree.js';

/** Rows of one leaf, with their derivatives; null hessians are all 1. */
interface LeafRows {
  rows: Int32Array;
  gradients: Float64Array;
  hessians: Float64Array | null;
}

/** Most terms of a line: those of the splits nearest to the leaf. */
const TERMS = 12;

/**
 * Gives each leaf a line over the numbers on its path: the ridge that minimises the second-order
 * loss (Shi et al. 2019), with standardised terms and the leaf value as its middle. Rows that lack
 * one of the numbers do not count for the line and keep the plain value.
 */
export function addLines(
  { tree, starts, ends }: Pick<Grown, 'tree' | 'starts' | 'ends'>,
  x: Frame,
  { rows, gradients, hessians }: LeafRows,
  l2: number,
): void {
  const paths = numbersOnPaths(tree, x);
  tree.lines = tree.values.map((_, leaf) =>
    lineOf(
      x,
      paths[leaf]!,
      { rows: rows.subarray(starts[leaf], ends[leaf]), gradients, hessians },
      l2,
    ),
  );
}

/** Number columns between the root and each leaf, the nearest first. */
function numbersOnPaths({ nodes, values }: Tree, x: Frame): number[][] {
  const paths: number[][] = values.map(() => []);
  const walk = (child: number, above: readonly number[]): void => {
    if (child < 0) {
      paths[~child] = above.slice(0, TERMS);
      return;
    }
    const { split, left, right } = nodes[child]!;
    const { column } = split;
    const path =
      x.columns[column]!.kind === 'number'
        ? [column, ...above.filter((other) => other !== column)]
        : above;
    walk(left, path);
    walk(right, path);
  };
  if (nodes.length > 0) walk(0, []);
  return paths;
}

const valuesOf = (x: Frame, column: number): Float64Array => {
  const found = x.columns[column]!;
  if (found.kind !== 'number') throw new TypeError(`column ${found.name} is no number`);
  return found.values;
};

/** Undefined when nothing varies, or too few rows are complete. */
function lineOf(
  x: Frame,
  path: readonly number[],
  { rows, gradients, hessians }: LeafRows,
  l2: number,
): LeafLine | undefined {
  const values = path.map((column) => valuesOf(x, column));
  const complete = rows.filter((row) => values.every((of) => of[row] === of[row]));
  const columns: number[] = [];
  const terms: Term[] = [];
  path.forEach((column, i) => {
    const term = termOf(values[i]!, complete, hessians);
    if (term === undefined) return;
    columns.push(column);
    terms.push(term);
  });
  if (terms.length === 0 || complete.length <= terms.length) return undefined;
  const slopes = ridge(terms, { rows: complete, gradients, hessians }, l2);
  return {
    columns,
    coefficients: terms.map(({ scale }, j) => slopes[j]! / scale),
    means: terms.map(({ mean }) => mean),
    low: terms.map(({ low }) => low),
    high: terms.map(({ high }) => high),
  };
}

interface Term {
  values: Float64Array;
  mean: number;
  scale: number;
  low: number;
  high: number;
}

/** Undefined for a column that is constant or infinite here. */
function termOf(
  values: Float64Array,
  rows: Int32Array,
  hessians: Float64Array | null,
): Term | undefined {
  let low = Infinity;
  let high = -Infinity;
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const value = values[row]!;
    const weight = hessians ? hessians[row]! : 1;
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += weight * value;
    total += weight;
  }
  const mean = sum / total;
  let squares = 0;
  for (const row of rows) squares += (hessians ? hessians[row]! : 1) * (values[row]! - mean) ** 2;
  const scale = Math.sqrt(squares / total);
  // A spread near the last digits of the values is no spread, and one too large is no number.
  const varies = scale > 1e-9 * Math.max(Math.abs(low), Math.abs(high)) && scale < Infinity;
  return varies ? { values, mean, scale, low, high } : undefined;
}

/** Slopes of the standardised terms. */
function ridge(
  terms: readonly Term[],
  { rows, gradients, hessians }: LeafRows,
  l2: number,
): Float64Array {
  const n = terms.length;
  const gram = new Float64Array(n * n);
  const right = new Float64Array(n);
  const z = new Float64Array(n);
  for (const row of rows) {
    const weight = hessians ? hessians[row]! : 1;
    const gradient = gradients[row]!;
    for (let j = 0; j < n; j++) {
      const { values, mean, scale } = terms[j]!;
      z[j] = (values[row]! - mean) / scale;
      right[j]! -= gradient * z[j]!;
      const weighed = weight * z[j]!;
      for (let k = 0; k <= j; k++) gram[j * n + k]! += weighed * z[k]!;
    }
  }
  for (let j = 0; j < n; j++) gram[j * n + j]! += l2;
  return solveSymmetric(gram, right, n);
}
