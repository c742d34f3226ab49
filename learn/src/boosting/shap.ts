import { goesLeft, type Forest, type TreeInput } from './forest.js';

/** Path of distinct columns from the root, as in the paper: four numbers an element. */
interface Path {
  column: Int32Array;
  /** Share of the paths that flow on when the column is unknown. */
  zero: Float64Array;
  /** 1 when this row flows on, 0 when not. */
  one: Float64Array;
  weight: Float64Array;
}

/**
 * Exact Shapley values of one row over path-dependent expectations, in time leaves × depth²
 * (Lundberg, Erion and Lee 2018, algorithm 2). Returns, on the raw scale and without the starting
 * score, `base` (the expected value of all trees) and one contribution a column.
 */
export function makeTreeShap(forest: Forest, columns: number) {
  const depths = Array.from(forest.roots, (root) => depthOf(forest, root));
  const longest = depths.reduce((a, b) => Math.max(a, b), 0) + 2;
  const room = ((longest + 1) * (longest + 2)) / 2;
  const path: Path = {
    column: new Int32Array(room),
    zero: new Float64Array(room),
    one: new Float64Array(room),
    weight: new Float64Array(room),
  };
  let base = 0;
  for (const root of forest.roots) base += expectation(forest, root);
  return (input: TreeInput, row: number) => {
    const contributions = new Float64Array(columns);
    for (const root of forest.roots)
      if (root >= 0) descend(forest, input, row, path, contributions, root, 0, 0, 1, 1, -1);
    return { base, contributions };
  };
}

const coverOf = (forest: Forest, node: number) =>
  node < 0 ? forest.leafCover[~node]! : forest.cover[node]!;

function depthOf(forest: Forest, node: number): number {
  if (node < 0) return 0;
  return 1 + Math.max(depthOf(forest, forest.left[node]!), depthOf(forest, forest.right[node]!));
}

function expectation(forest: Forest, node: number): number {
  if (node < 0) return forest.values[~node]!;
  const left = forest.left[node]!;
  const right = forest.right[node]!;
  return (
    (coverOf(forest, left) * expectation(forest, left) +
      coverOf(forest, right) * expectation(forest, right)) /
    coverOf(forest, node)
  );
}

/** `from` is where the parent's path begins, of `depth` elements; its own copy follows. */
function descend(
  forest: Forest,
  input: TreeInput,
  row: number,
  path: Path,
  contributions: Float64Array,
  node: number,
  from: number,
  depth: number,
  zero: number,
  one: number,
  column: number,
): void {
  const at = from + depth;
  for (const part of [path.column, path.zero, path.one, path.weight])
    part.copyWithin(at, from, from + depth);
  extend(path, at, depth, zero, one, column);
  if (node < 0) {
    for (let i = 1; i <= depth; i++)
      contributions[path.column[at + i]!]! +=
        unwoundSum(path, at, depth, i) *
        (path.one[at + i]! - path.zero[at + i]!) *
        forest.values[~node]!;
    return;
  }
  const left = goesLeft(forest, input, node, row);
  const hot = left ? forest.left[node]! : forest.right[node]!;
  const cold = left ? forest.right[node]! : forest.left[node]!;
  const split = forest.column[node]!;
  let inZero = 1;
  let inOne = 1;
  let length = depth;
  let seen = 1;
  while (seen <= depth && path.column[at + seen] !== split) seen++;
  if (seen <= depth) {
    inZero = path.zero[at + seen]!;
    inOne = path.one[at + seen]!;
    unwind(path, at, depth, seen);
    length--;
  }
  const cover = coverOf(forest, node);
  const visit = (child: number, flows: number) =>
    descend(
      forest,
      input,
      row,
      path,
      contributions,
      child,
      at,
      length + 1,
      (inZero * coverOf(forest, child)) / cover,
      flows,
      split,
    );
  visit(hot, inOne);
  visit(cold, 0);
}

function extend(
  path: Path,
  at: number,
  depth: number,
  zero: number,
  one: number,
  column: number,
): void {
  const { weight } = path;
  path.column[at + depth] = column;
  path.zero[at + depth] = zero;
  path.one[at + depth] = one;
  weight[at + depth] = depth === 0 ? 1 : 0;
  for (let i = depth - 1; i >= 0; i--) {
    weight[at + i + 1]! += (one * weight[at + i]! * (i + 1)) / (depth + 1);
    weight[at + i] = (zero * weight[at + i]! * (depth - i)) / (depth + 1);
  }
}

function unwind(path: Path, at: number, depth: number, index: number): void {
  const { weight } = path;
  const one = path.one[at + index]!;
  const zero = path.zero[at + index]!;
  let next = weight[at + depth]!;
  for (let i = depth - 1; i >= 0; i--) {
    if (one !== 0) {
      const kept = weight[at + i]!;
      weight[at + i] = (next * (depth + 1)) / ((i + 1) * one);
      next = kept - (weight[at + i]! * zero * (depth - i)) / (depth + 1);
    } else weight[at + i] = (weight[at + i]! * (depth + 1)) / (zero * (depth - i));
  }
  for (const part of [path.column, path.zero, path.one])
    part.copyWithin(at + index, at + index + 1, at + depth + 1);
}

/** Sum of the weights of the path without element `index`. */
function unwoundSum(path: Path, at: number, depth: number, index: number): number {
  const one = path.one[at + index]!;
  const zero = path.zero[at + index]!;
  let next = path.weight[at + depth]!;
  let total = 0;
  for (let i = depth - 1; i >= 0; i--) {
    if (one !== 0) {
      const part = (next * (depth + 1)) / ((i + 1) * one);
      total += part;
      next = path.weight[at + i]! - part * zero * ((depth - i) / (depth + 1));
    } else total += path.weight[at + i]! / (zero * ((depth - i) / (depth + 1)));
  }
  return total;
}
