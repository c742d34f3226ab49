import type { Frame, Numbers } from '../frame.js';
import { solveSymmetric } from '../linear/solve.js';
import type { Grown } from './growth.js';
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

const valuesOf = (x: Frame, column: number): Numbers => {
  const found = x.columns[column]!;
  if (found.kind !== 'number') throw new TypeError(`column ${found.name} is no number`);
  return found.values;
};

/** The complete rows of a leaf, gathered: their terms side by side, and both derivatives. */
interface Gathered {
  count: number;
  terms: number;
  /** count × terms, row-major; standardised once means and scales are known. */
  values: Float64Array;
  gradients: Float64Array;
  hessians: Float64Array;
}

/** Undefined when nothing varies, or too few rows are complete. */
function lineOf(
  x: Frame,
  path: readonly number[],
  leaf: LeafRows,
  l2: number,
): LeafLine | undefined {
  const gathered = gather(
    path.map((column) => valuesOf(x, column)),
    leaf,
  );
  const spreads = path.map((_, j) => spreadOf(gathered, j));
  const used = path.map((_, j) => j).filter((j) => varies(spreads[j]!));
  if (used.length === 0 || gathered.count <= used.length) return undefined;
  const slopes = ridge(gathered, spreads, used, l2);
  return {
    columns: used.map((j) => path[j]!),
    coefficients: used.map((j, i) => slopes[i]! / spreads[j]!.scale),
    means: used.map((j) => spreads[j]!.mean),
    low: used.map((j) => spreads[j]!.low),
    high: used.map((j) => spreads[j]!.high),
  };
}

function gather(columns: readonly Numbers[], { rows, gradients, hessians }: LeafRows): Gathered {
  const terms = columns.length;
  const found: Gathered = {
    count: 0,
    terms,
    values: new Float64Array(rows.length * terms),
    gradients: new Float64Array(rows.length),
    hessians: new Float64Array(rows.length).fill(1),
  };
  for (const row of rows) {
    const at = found.count * terms;
    let isComplete = true;
    for (let j = 0; j < terms; j++) {
      const value = columns[j]![row]!;
      found.values[at + j] = value;
      isComplete &&= value === value;
    }
    if (!isComplete) continue;
    found.gradients[found.count] = gradients[row]!;
    if (hessians) found.hessians[found.count] = hessians[row]!;
    found.count++;
  }
  return found;
}

interface Spread {
  mean: number;
  scale: number;
  low: number;
  high: number;
}

function spreadOf({ count, terms, values, hessians }: Gathered, j: number): Spread {
  let low = Infinity;
  let high = -Infinity;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i * terms + j]!;
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += hessians[i]! * value;
    total += hessians[i]!;
  }
  const mean = sum / total;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += hessians[i]! * (values[i * terms + j]! - mean) ** 2;
  return { mean, scale: Math.sqrt(squares / total), low, high };
}

/** A spread near the last digits of the values is no spread, and one too large is no number. */
const varies = ({ scale, low, high }: Spread): boolean =>
  scale > 1e-9 * Math.max(Math.abs(low), Math.abs(high)) && scale < Infinity;

/** Slopes of the standardised terms that are used. */
function ridge(
  { count, terms, values, gradients, hessians }: Gathered,
  spreads: readonly Spread[],
  used: readonly number[],
  l2: number,
): Float64Array {
  const n = used.length;
  const gram = new Float64Array(n * n);
  const right = new Float64Array(n);
  const z = new Float64Array(n);
  const means = Float64Array.from(used, (j) => spreads[j]!.mean);
  const scales = Float64Array.from(used, (j) => spreads[j]!.scale);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < n; j++) z[j] = (values[i * terms + used[j]!]! - means[j]!) / scales[j]!;
    for (let j = 0; j < n; j++) {
      right[j]! -= gradients[i]! * z[j]!;
      const weighed = hessians[i]! * z[j]!;
      for (let k = 0; k <= j; k++) gram[j * n + k]! += weighed * z[k]!;
    }
  }
  for (let j = 0; j < n; j++) gram[j * n + j]! += l2;
  return solveSymmetric(gram, right, n);
}

/** Adds value and line of each leaf to the scores of its rows, as a model would. */
export function addLineLeaves(
  { tree, rows, starts, ends }: Pick<Grown, 'tree' | 'rows' | 'starts' | 'ends'>,
  x: Frame,
  scores: Float64Array,
): void {
  tree.values.forEach((value, leaf) => {
    const held = rows.subarray(starts[leaf], ends[leaf]);
    const line = tree.lines?.[leaf];
    if (!line) {
      for (const row of held) scores[row]! += value;
      return;
    }
    const columns = line.columns.map((column) => valuesOf(x, column));
    const { coefficients, means, low, high } = line;
    for (const row of held) {
      let sum = 0;
      for (let j = 0; j < columns.length; j++) {
        const within = Math.min(Math.max(columns[j]![row]!, low[j]!), high[j]!);
        sum += coefficients[j]! * (within - means[j]!);
      }
      scores[row]! += sum === sum ? value + sum : value;
    }
  });
}
