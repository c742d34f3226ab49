import { squaredToBox, type KdTree } from './kd-tree.js';

/** Edges of a spanning tree between places, lightest first. */
export interface SpanningTree {
  from: Int32Array;
  to: Int32Array;
  /** Squared lengths, ascending. */
  squares: Float64Array;
}

/** Sets that grow together (Tarjan, 1975). */
export function disjointSets(count: number) {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const find = (one: number): number => {
    let root = one;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = one; at !== root;) {
      const next = parent[at]!;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  return { find, join: (root: number, other: number) => void (parent[other] = root) };
}

interface Search {
  tree: KdTree;
  /** By place: squared distance to the neighbour that makes it dense. */
  core: Float64Array;
  /** By node: the least of its cores, and the component that all its points are of, −1 mixed. */
  coreMin: Float64Array;
  componentOf: Int32Array;
  /** By place. */
  component: Int32Array;
  /** What the search found, and what it must be shorter than. */
  best: number;
  found: number;
}

/**
 * The minimum spanning tree of mutual reachability, max(core a, core b, distance), by Borůvka's
 * rounds (1926): every component asks the tree for its shortest way out. A way out that was found
 * stays the shortest while its end is outside, and what was too far stays too far.
 */
export function spanningTree(tree: KdTree, core: Float64Array): SpanningTree {
  const count = core.length;
  const sets = disjointSets(count);
  const component = Int32Array.from({ length: count }, (_, place) => place);
  const search: Search = {
    tree,
    core,
    coreMin: coreMinima(tree, core),
    componentOf: new Int32Array(tree.nodes),
    component,
    best: 0,
    found: -1,
  };
  const atLeast = Float64Array.from(core);
  const candidate = new Int32Array(count).fill(-1);
  const best = new Float64Array(count);
  const bestFrom = new Int32Array(count);
  const edges: { from: number; to: number; square: number }[] = [];
  while (edges.length < count - 1) {
    markNodes(search);
    best.fill(Infinity);
    bestFrom.fill(-1);
    const offer = (place: number) => {
      const own = component[place]!;
      if (atLeast[place]! >= best[own]!) return;
      best[own] = atLeast[place]!;
      bestFrom[own] = place;
    };
    for (let place = 0; place < count; place++) {
      const to = candidate[place]!;
      if (to >= 0 && component[to] === component[place]) candidate[place] = -1;
      if (candidate[place]! >= 0) offer(place);
    }
    for (let place = 0; place < count; place++) {
      if (candidate[place]! >= 0) continue;
      search.best = best[component[place]!]!;
      if (atLeast[place]! >= search.best) continue;
      search.found = -1;
      shortestOut(search, place, 0, 0);
      atLeast[place] = search.best;
      candidate[place] = search.found;
      if (search.found >= 0) offer(place);
    }
    for (let place = 0; place < count; place++) {
      const from = bestFrom[place]!;
      if (from < 0) continue;
      const to = candidate[from]!;
      const [one, other] = [sets.find(from), sets.find(to)];
      if (one === other) continue;
      sets.join(Math.min(one, other), Math.max(one, other));
      edges.push({ from, to, square: best[place]! });
    }
    for (let place = 0; place < count; place++) component[place] = sets.find(place);
  }
  edges.sort((a, b) => a.square - b.square || a.from - b.from || a.to - b.to);
  return {
    from: Int32Array.from(edges, ({ from }) => from),
    to: Int32Array.from(edges, ({ to }) => to),
    squares: Float64Array.from(edges, ({ square }) => square),
  };
}

function coreMinima({ nodes, left, from, to }: KdTree, core: Float64Array): Float64Array {
  const least = new Float64Array(nodes).fill(Infinity);
  for (let node = nodes - 1; node >= 0; node--)
    if (left[node]! >= 0) least[node] = Math.min(least[left[node]!]!, least[left[node]! + 1]!);
    else
      for (let place = from[node]!; place < to[node]!; place++)
        least[node] = Math.min(least[node]!, core[place]!);
  return least;
}

function markNodes({ tree: { nodes, left, from, to }, componentOf, component }: Search): void {
  for (let node = nodes - 1; node >= 0; node--) {
    const child = left[node]!;
    if (child >= 0) {
      const same = componentOf[child] === componentOf[child + 1];
      componentOf[node] = same ? componentOf[child]! : -1;
      continue;
    }
    componentOf[node] = component[from[node]!] ?? -1;
    for (let place = from[node]! + 1; place < to[node]!; place++)
      if (component[place] !== componentOf[node]) componentOf[node] = -1;
  }
}

/** The nearest place of another component that beats `search.best`. */
function shortestOut(search: Search, place: number, node: number, away: number): void {
  const { tree, core, coreMin, component, componentOf } = search;
  const own = component[place]!;
  if (componentOf[node] === own) return;
  if (away >= search.best || coreMin[node]! >= search.best) return;
  const { dimensions, values, left } = tree;
  const at = place * dimensions;
  const child = left[node]!;
  if (child >= 0) {
    const toLeft = squaredToBox(tree, child, values, at);
    const toRight = squaredToBox(tree, child + 1, values, at);
    const first = toLeft <= toRight ? child : child + 1;
    shortestOut(search, place, first, Math.min(toLeft, toRight));
    shortestOut(search, place, 2 * child + 1 - first, Math.max(toLeft, toRight));
    return;
  }
  const dense = core[place]!;
  for (let other = tree.from[node]!; other < tree.to[node]!; other++) {
    if (component[other] === own || core[other]! >= search.best) continue;
    let square = 0;
    for (let d = 0; d < dimensions; d++) {
      const difference = values[other * dimensions + d]! - values[at + d]!;
      square += difference * difference;
    }
    const reach = Math.max(square, dense, core[other]!);
    if (reach < search.best) {
      search.best = reach;
      search.found = other;
    }
  }
}
