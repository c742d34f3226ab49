import { goesLeft, type Forest, type TreeInput } from './forest.js';
import { termPart } from './lines.js';
import { pathsOf, type TreePaths } from './paths.js';

/** Contributions of a forest: expected raw scores, one an output, and a way to add what rows get. */
export interface TreeShap {
  base: Float64Array;
  /** Adds into `out`: rows × outputs × columns, row-major. */
  add(input: TreeInput, rows: number, out: Float64Array): void;
}

/** Rows that pass one tree before the next: their contributions stay in the cache with it. */
const BLOCK = 64;

/**
 * Exact Shapley values of the path-dependent expectations of TreeSHAP (Lundberg, Erion and Lee
 * 2018), on the raw scale. A Shapley value is the integral over t in (0, 1) of the multilinear
 * extension's derivative (Owen 1972). A leaf's extension is a product over the columns of its path
 * of zero × (1 − t) + one × t, a polynomial, so that a few Gauss–Legendre points give it exactly:
 * products go down the tree, sums over leaves come up, and a row costs leaves × depth / 2 instead of
 * leaves × depth² (as in Linear TreeSHAP, Yu et al. 2022).
 *
 * A line in a leaf (see lines.ts) adds one game a term: the term counts where its column is known.
 */
export function makeTreeShap(forest: Forest, columns: number, outputs: number): TreeShap {
  const trees = Array.from(forest.roots, (root) => pathsOf(forest, root));
  const base = new Float64Array(outputs);
  trees.forEach((tree, t) => (base[t % outputs]! += tree.base));
  const size = trees.reduce((most, tree) => Math.max(most, tree.inverse.length / 2), 0) + 1;
  const scratch: Scratch = {
    ones: new Uint8Array(size),
    products: new Float64Array(size),
    sums: new Float64Array(size),
  };
  return {
    base,
    add(input, rows, out) {
      for (let from = 0; from < rows; from += BLOCK)
        for (let t = 0; t < trees.length; t++)
          for (let row = from; row < Math.min(from + BLOCK, rows); row++) {
            const at = (row * outputs + (t % outputs)) * columns;
            if (forest.roots[t]! < 0) loneLine(forest, ~forest.roots[t]!, input, row, out, at);
            else addTree(forest, trees[t]!, scratch, input, row, out, at);
          }
    },
  };
}

interface Scratch {
  /** By edge: does the row follow every edge of this column down to here? */
  ones: Uint8Array;
  /** By edge and point: product of the factors of the columns on the path. */
  products: Float64Array;
  /** By edge and point: sum of value × weight × product over the leaves below. */
  sums: Float64Array;
}

function addTree(
  forest: Forest,
  tree: TreePaths,
  scratch: Scratch,
  input: TreeInput,
  row: number,
  out: Float64Array,
  at: number,
): void {
  const { leaf, weight } = tree;
  const { products, sums } = scratch;
  const points = weight.length;
  multiplyDown(forest, tree, scratch, input, row);
  for (let e = 0; e < leaf.length; e++) {
    const value = leaf[e]! < 0 ? 0 : forest.values[leaf[e]!]!;
    for (let i = e * points, q = 0; q < points; i++, q++)
      sums[i] = value * weight[q]! * products[i]!;
  }
  if (forest.lines) addLines(forest, tree, scratch, input, row, out, at);
  sumUp(tree, scratch, out, at);
}

function multiplyDown(
  forest: Forest,
  { node, isLeft, parent, above, zero, at, inverse }: TreePaths,
  { ones, products }: Scratch,
  input: TreeInput,
  row: number,
): void {
  const points = at.length;
  for (let e = 0; e < node.length; e++) {
    const up = above[e]!;
    const follows = goesLeft(forest, input, node[e]!, row) === (isLeft[e] === 1);
    const one = follows && (up < 0 || ones[up] === 1) ? 1 : 0;
    ones[e] = one;
    const share = zero[e]!;
    const from = parent[e]! * points;
    const undo = (2 * up + (up < 0 ? 0 : ones[up]!)) * points;
    for (let q = 0; q < points; q++) {
      const t = at[q]!;
      let product = share * (1 - t) + one * t;
      if (from >= 0) product *= products[from + q]!;
      if (up >= 0) product *= inverse[undo + q]!;
      products[e * points + q] = product;
    }
  }
}

function sumUp(
  { parent, above, column, zero, inverse, weight }: TreePaths,
  { ones, sums }: Scratch,
  out: Float64Array,
  at: number,
): void {
  const points = weight.length;
  for (let e = parent.length - 1; e >= 0; e--) {
    const up = above[e]!;
    const to = parent[e]! * points;
    const mine = (2 * e + ones[e]!) * points;
    const difference = ones[e]! - zero[e]!;
    const theirs = up < 0 ? 0 : (2 * up + ones[up]!) * points;
    const before = up < 0 ? 0 : ones[up]! - zero[up]!;
    let sum = 0;
    for (let q = 0; q < points; q++) {
      const below = sums[e * points + q]!;
      sum += below * (difference * inverse[mine + q]! - before * inverse[theirs + q]!);
      if (to >= 0) sums[to + q]! += below;
    }
    out[at + column[e]!]! += sum;
  }
}

/** Games of the terms of lines: the leaf's product with one more factor, t, for the term's column. */
function addLines(
  forest: Forest,
  tree: TreePaths,
  scratch: Scratch,
  input: TreeInput,
  row: number,
  out: Float64Array,
  to: number,
): void {
  const lines = forest.lines!;
  const { leaf, at, weight, inverse, zero } = tree;
  const { ones, products, sums } = scratch;
  const points = at.length;
  for (let e = 0; e < leaf.length; e++) {
    if (leaf[e]! < 0 || lacksNumber(forest, leaf[e]!, input, row)) continue;
    for (let term = lines.first[leaf[e]!]!; term < lines.first[leaf[e]! + 1]!; term++) {
      const column = lines.column[term]!;
      const amount = termPart(lines, term, input.numbers[column]![row]!);
      const own = edgeOf(tree, e, column);
      // A row off the path of this column never reaches the leaf with the column known.
      if (own >= 0 && ones[own] === 0) continue;
      const undo = (2 * own + 1) * points;
      let sum = 0;
      for (let q = 0; q < points; q++) {
        const i = e * points + q;
        const rest = amount * weight[q]! * products[i]! * (own < 0 ? 1 : inverse[undo + q]!);
        sums[i]! += rest * at[q]!;
        // The way up will count the column as any other of the path: that share is taken back.
        sum += own < 0 ? rest : rest * (1 - at[q]! * (1 - zero[own]!) * inverse[undo + q]!);
      }
      out[to + column]! += sum;
    }
  }
}

function lacksNumber(
  { lines }: Forest,
  leaf: number,
  { numbers }: TreeInput,
  row: number,
): boolean {
  for (let term = lines!.first[leaf]!; term < lines!.first[leaf + 1]!; term++)
    if (Number.isNaN(numbers[lines!.column[term]!]![row]!)) return true;
  return false;
}

/** The lowest edge at or above `e` that asks `column`; -1 when none does. */
function edgeOf({ parent, column }: TreePaths, e: number, wanted: number): number {
  let edge = e;
  while (edge >= 0 && column[edge] !== wanted) edge = parent[edge]!;
  return edge;
}

function loneLine(
  forest: Forest,
  leaf: number,
  input: TreeInput,
  row: number,
  out: Float64Array,
  at: number,
): void {
  const { lines } = forest;
  if (!lines || lacksNumber(forest, leaf, input, row)) return;
  for (let term = lines.first[leaf]!; term < lines.first[leaf + 1]!; term++) {
    const column = lines.column[term]!;
    out[at + column]! += termPart(lines, term, input.numbers[column]![row]!);
  }
}
