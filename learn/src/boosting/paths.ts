import type { Forest } from './forest.js';
import { gaussLegendre } from './quadrature.js';

/** One tree as TreeSHAP reads it: its edges in pre-order, an edge being the way into a child. */
export interface TreePaths {
  /** Node that decides whether a row takes the edge, and on which side of it the edge is. */
  node: Int32Array;
  isLeft: Uint8Array;
  /** Edge into `node`; -1 at the root. */
  parent: Int32Array;
  /** Nearest edge above that asks the same column; -1 when none does. */
  above: Int32Array;
  column: Int32Array;
  /** Share of training rows that take this edge and the ones above of its column. */
  zero: Float64Array;
  /** Leaf that the edge leads to, or -1. */
  leaf: Int32Array;
  /** Quadrature points that make the integrals over paths of this length exact. */
  at: Float64Array;
  weight: Float64Array;
  /** 1 / (1 − point): the factor of a column that the row does not follow, undone. */
  coldInverse: Float64Array;
  /** By edge, then 0 for a row that leaves the path and 1 for one that keeps to it, then point. */
  inverse: Float64Array;
  /** Expected value over the training rows. */
  base: number;
}

/** A tree that nobody was counted in still shares; the sum of contributions holds for any shares. */
const LEAST = 1e-30;

/** Paths of the tree under `root`, which is below zero for a lone leaf. */
export function pathsOf(forest: Forest, root: number): TreePaths {
  const edges: Edge[] = [];
  const longest = root < 0 ? 0 : collect(forest, root, -1, edges, new Map());
  const degree = longest - (forest.lines ? 0 : 1);
  const { at, weight } = gaussLegendre(Math.max(1, Math.ceil((degree + 1) / 2)));
  const coldInverse = at.map((t) => 1 / (1 - t));
  const points = at.length;
  const inverse = new Float64Array(edges.length * 2 * points);
  edges.forEach(({ zero }, e) => {
    for (let q = 0; q < points; q++) {
      inverse[2 * points * e + q] = coldInverse[q]! / zero;
      inverse[2 * points * e + points + q] = 1 / (zero + at[q]! * (1 - zero));
    }
  });
  return {
    node: Int32Array.from(edges, (edge) => edge.node),
    isLeft: Uint8Array.from(edges, (edge) => edge.isLeft),
    parent: Int32Array.from(edges, (edge) => edge.parent),
    above: Int32Array.from(edges, (edge) => edge.above),
    column: Int32Array.from(edges, (edge) => forest.column[edge.node]!),
    zero: Float64Array.from(edges, (edge) => edge.zero),
    leaf: Int32Array.from(edges, (edge) => edge.leaf),
    at,
    weight,
    coldInverse,
    inverse,
    base: root < 0 ? forest.values[~root]! : expectationOf(forest, edges),
  };
}

interface Edge {
  node: number;
  isLeft: number;
  parent: number;
  above: number;
  zero: number;
  leaf: number;
  /** Product of the shares of all columns on the path. */
  share: number;
}

/** Appends the edges under `node`; returns the most distinct columns of a path through it. */
function collect(
  forest: Forest,
  node: number,
  parent: number,
  edges: Edge[],
  latest: Map<number, number>,
): number {
  const column = forest.column[node]!;
  const above = latest.get(column) ?? -1;
  let longest = 0;
  for (const isLeft of [1, 0]) {
    const child = isLeft ? forest.left[node]! : forest.right[node]!;
    const share = shareOf(forest, node, child);
    const e = edges.length;
    edges.push({
      node,
      isLeft,
      parent,
      above,
      zero: Math.max(LEAST, share * (above < 0 ? 1 : edges[above]!.zero)),
      leaf: child < 0 ? ~child : -1,
      share: share * (parent < 0 ? 1 : edges[parent]!.share),
    });
    latest.set(column, e);
    const length = child < 0 ? latest.size : collect(forest, child, e, edges, latest);
    longest = Math.max(longest, length);
  }
  if (above < 0) latest.delete(column);
  else latest.set(column, above);
  return longest;
}

function shareOf(forest: Forest, node: number, child: number): number {
  const cover = child < 0 ? forest.leafCover[~child]! : forest.cover[child]!;
  return forest.cover[node]! > 0 ? cover / forest.cover[node]! : 0.5;
}

function expectationOf({ values }: Forest, edges: readonly Edge[]): number {
  let sum = 0;
  for (const { leaf, share } of edges) if (leaf >= 0) sum += share * values[leaf]!;
  return sum;
}
