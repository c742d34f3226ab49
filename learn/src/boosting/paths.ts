import type { Forest } from './forest.js';
import { gaussLegendre } from './quadrature.js';

/** One tree as TreeSHAP reads it: its edges in pre-order, an edge being the way into a child. */
export interface TreePaths {
  /** Node that decides whether a row takes the edge. */
  node: Int32Array;
  /** The left edge of the same node, for a right one; -1 for a left one. */
  sibling: Int32Array;
  /** Edge into `node`; -1 at the root. */
  parent: Int32Array;
  /** Nearest edge above that asks the same column; -1 when none does. */
  above: Int32Array;
  column: Int32Array;
  /** Leaf that the edge leads to, or -1. */
  leaf: Int32Array;
  /** Quadrature points that make the integrals over paths of this length exact. */
  at: Float64Array;
  weight: Float64Array;
  /** By edge, state (see `states`) and point: what the edge multiplies its parent's product with. */
  factor: Float64Array;
  /**
   * Rows of points: derivative ÷ factor of a column. Row 0 is of a column not on the path, row 1 of
   * one that the row leaves the path by, row 2 + e of one that it follows down to edge e.
   */
  slope: Float64Array;
  /** Expected value over the training rows. */
  base: number;
}

/** How a row takes an edge, given the edge above of the same column. */
export const states = { follows: 0, leaves: 1, left: 2 };

/** A tree that nobody was counted in still shares; the sum of contributions holds for any shares. */
const LEAST = 1e-30;

/** Paths of the tree under `root`, which is below zero for a lone leaf. */
export function pathsOf(forest: Forest, root: number): TreePaths {
  const edges: Edge[] = [];
  const longest = root < 0 ? 0 : collect(forest, root, -1, edges, new Map());
  const degree = longest - (forest.lines ? 0 : 1);
  const { at, weight } = gaussLegendre(Math.max(1, Math.ceil((degree + 1) / 2)));
  return {
    node: Int32Array.from(edges, (edge) => edge.node),
    sibling: Int32Array.from(edges, (edge) => edge.sibling),
    parent: Int32Array.from(edges, (edge) => edge.parent),
    above: Int32Array.from(edges, (edge) => edge.above),
    column: Int32Array.from(edges, (edge) => forest.column[edge.node]!),
    leaf: Int32Array.from(edges, (edge) => edge.leaf),
    at,
    weight,
    ...tablesOf(edges, at),
    base: root < 0 ? forest.values[~root]! : expectationOf(forest, edges),
  };
}

function tablesOf(edges: readonly Edge[], at: Float64Array) {
  const points = at.length;
  const factor = new Float64Array(edges.length * 3 * points);
  const slope = new Float64Array((edges.length + 2) * points);
  const along = (zero: number, t: number) => zero + t * (1 - zero);
  edges.forEach(({ zero, above }, e) => {
    const before = above < 0 ? 1 : edges[above]!.zero;
    at.forEach((t, q) => {
      const undo = above < 0 ? 1 : along(before, t);
      const i = 3 * e * points + q;
      factor[i + states.follows * points] = along(zero, t) / undo;
      factor[i + states.leaves * points] = (zero * (1 - t)) / undo;
      factor[i + states.left * points] = zero / before;
      slope[points + q] = -1 / (1 - t);
      slope[(2 + e) * points + q] = (1 - zero) / along(zero, t);
    });
  });
  return { factor, slope };
}

interface Edge {
  node: number;
  sibling: number;
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
  const first = edges.length;
  let longest = 0;
  for (const child of [forest.left[node]!, forest.right[node]!]) {
    const share = shareOf(forest, node, child);
    const e = edges.length;
    edges.push({
      node,
      sibling: e === first ? -1 : first,
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
