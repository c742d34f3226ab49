import type { Points } from './points.js';

/** Points in boxes within boxes (Bentley, 1975); a node's points lie together. */
export interface KdTree {
  dimensions: number;
  /** By place: the points, reordered. */
  values: Float64Array;
  /** By place: row of the point. */
  rows: Int32Array;
  /** By node: its places, its left child (the right one follows), −1 in a leaf. */
  from: Int32Array;
  to: Int32Array;
  left: Int32Array;
  /** nodes × dimensions. */
  low: Float64Array;
  high: Float64Array;
  nodes: number;
}

const LEAF = 12;

/** Splits at the median of the widest side. Children come after their parent. */
export function kdTree({ rows: count, dimensions, values }: Points): KdTree {
  const nodesMax = Math.max(1, 4 * Math.ceil(count / LEAF) + 1);
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const tree: KdTree = {
    dimensions,
    values: new Float64Array(values.length),
    rows,
    from: new Int32Array(nodesMax),
    to: new Int32Array(nodesMax),
    left: new Int32Array(nodesMax).fill(-1),
    low: new Float64Array(nodesMax * dimensions),
    high: new Float64Array(nodesMax * dimensions),
    nodes: 1,
  };
  tree.to[0] = count;
  for (let node = 0; node < tree.nodes; node++) {
    const [from, to] = [tree.from[node]!, tree.to[node]!];
    const widest = box(tree, node, values);
    if (to - from <= LEAF) continue;
    const middle = (from + to) >> 1;
    select(rows, from, to - 1, middle, (row) => values[row * dimensions + widest]!);
    tree.left[node] = tree.nodes;
    for (const [start, end] of [
      [from, middle],
      [middle, to],
    ] as const) {
      tree.from[tree.nodes] = start;
      tree.to[tree.nodes++] = end;
    }
  }
  for (let place = 0; place < count; place++)
    for (let d = 0; d < dimensions; d++)
      tree.values[place * dimensions + d] = values[rows[place]! * dimensions + d]!;
  return tree;
}

/** Sets a node's box and answers its widest side. */
function box(
  { dimensions, rows, from, to, low, high }: KdTree,
  node: number,
  values: Float64Array,
) {
  let widest = 0;
  let width = -1;
  for (let d = 0; d < dimensions; d++) {
    let [least, most] = [Infinity, -Infinity];
    for (let place = from[node]!; place < to[node]!; place++) {
      const value = values[rows[place]! * dimensions + d]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    low[node * dimensions + d] = least;
    high[node * dimensions + d] = most;
    if (most - least > width) {
      width = most - least;
      widest = d;
    }
  }
  return widest;
}

/** Puts the `wanted`-th smallest at its place, smaller ones before it (Hoare's quickselect, 1961). */
function select(
  rows: Int32Array,
  first: number,
  last: number,
  wanted: number,
  keyOf: (row: number) => number,
): void {
  let [low, high] = [first, last];
  while (low < high) {
    const pivot = keyOf(rows[(low + high) >> 1]!);
    let [i, j] = [low, high];
    while (i <= j) {
      while (keyOf(rows[i]!) < pivot) i++;
      while (keyOf(rows[j]!) > pivot) j--;
      if (i > j) break;
      const swap = rows[i]!;
      rows[i++] = rows[j]!;
      rows[j--] = swap;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else return;
  }
}

/** Squared distance of a point to a node's box; 0 inside. */
export function squaredToBox(
  { dimensions, low, high }: KdTree,
  node: number,
  point: Float64Array,
  at: number,
): number {
  let sum = 0;
  const from = node * dimensions;
  for (let d = 0; d < dimensions; d++) {
    const value = point[at + d]!;
    const below = low[from + d]! - value;
    const above = value - high[from + d]!;
    if (below > 0) sum += below * below;
    else if (above > 0) sum += above * above;
  }
  return sum;
}

/** The k nearest places of one query, nearest first; kept between queries to allocate nothing. */
export interface Neighbours {
  places: Int32Array;
  squares: Float64Array;
  count: number;
}

export const neighbours = (k: number): Neighbours => ({
  places: new Int32Array(k),
  squares: new Float64Array(k),
  count: 0,
});

/** @param at where the query's coordinates begin in `point` */
export function nearest(tree: KdTree, point: Float64Array, at: number, found: Neighbours): void {
  found.count = 0;
  visit(tree, 0, 0, point, at, found);
}

function visit(
  tree: KdTree,
  node: number,
  away: number,
  point: Float64Array,
  at: number,
  found: Neighbours,
): void {
  const k = found.squares.length;
  if (found.count === k && away >= found.squares[k - 1]!) return;
  const left = tree.left[node]!;
  if (left >= 0) {
    const toLeft = squaredToBox(tree, left, point, at);
    const toRight = squaredToBox(tree, left + 1, point, at);
    const first = toLeft <= toRight ? left : left + 1;
    visit(tree, first, Math.min(toLeft, toRight), point, at, found);
    visit(tree, 2 * left + 1 - first, Math.max(toLeft, toRight), point, at, found);
    return;
  }
  const { dimensions, values } = tree;
  for (let place = tree.from[node]!; place < tree.to[node]!; place++) {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) {
      const difference = values[place * dimensions + d]! - point[at + d]!;
      sum += difference * difference;
    }
    if (found.count < k || sum < found.squares[k - 1]!) insert(found, place, sum);
  }
}

function insert(found: Neighbours, place: number, square: number): void {
  const { places, squares } = found;
  let i = found.count < squares.length ? found.count++ : squares.length - 1;
  for (; i > 0 && squares[i - 1]! > square; i--) {
    squares[i] = squares[i - 1]!;
    places[i] = places[i - 1]!;
  }
  squares[i] = square;
  places[i] = place;
}
