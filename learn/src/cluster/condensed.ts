import { disjointSets, type SpanningTree } from './spanning-tree.js';

/** Clusters that are born, lose points and split as the density asked for rises. */
export interface CondensedTree {
  /** By cluster; 0 is all points. A child's number is above its parent's; the root's parent is −1. */
  parent: Int32Array;
  /** By cluster: density (1 ÷ distance) at which it appears. */
  birth: Float64Array;
  /** By cluster: greatest density that it or one of its points left it at. */
  death: Float64Array;
  /** By cluster: excess of mass, Σ (density of leaving − birth) over its points. */
  stability: Float64Array;
  /** By point: the cluster it fell out of, and the density at which it did. */
  lastOf: Int32Array;
  density: Float64Array;
}

export type ClusterSelection = 'excessOfMass' | 'leaf';

// Points in the same place are as dense as any; a cap keeps sums finite.
const DENSITY_MAX = 1e9;

/** Merges of single linkage: merge i joins `left` and `right`, points first, then earlier merges. */
interface Dendrogram {
  left: Int32Array;
  right: Int32Array;
  density: Float64Array;
  size: Int32Array;
}

function dendrogram({ from, to, squares }: SpanningTree): Dendrogram {
  const count = squares.length + 1;
  const sets = disjointSets(count);
  const node = Int32Array.from({ length: count }, (_, i) => i);
  const size = new Int32Array(2 * count - 1).fill(1);
  const left = new Int32Array(count - 1);
  const right = new Int32Array(count - 1);
  for (let i = 0; i < squares.length; i++) {
    const [a, b] = [sets.find(from[i]!), sets.find(to[i]!)];
    left[i] = node[a]!;
    right[i] = node[b]!;
    size[count + i] = size[left[i]!]! + size[right[i]!]!;
    sets.join(a, b);
    node[a] = count + i;
  }
  const density = squares.map((square) => Math.min(1 / Math.sqrt(square), DENSITY_MAX));
  return { left, right, density, size };
}

/** The splits into parts of at least `sizeMin` (Campello, Moulavi and Sander, 2013). */
export function condense(edges: SpanningTree, sizeMin: number): CondensedTree {
  const merges = dendrogram(edges);
  const { left, right, density, size } = merges;
  const count = left.length + 1;
  const parent = [-1];
  const birth = [0];
  const lastOf = new Int32Array(count);
  const fellAt = new Float64Array(count);
  const fall = (node: number, cluster: number, at: number) => {
    const open = [node];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (one >= count) open.push(left[one - count]!, right[one - count]!);
      else {
        lastOf[one] = cluster;
        fellAt[one] = at;
      }
    }
  };
  const open: [node: number, cluster: number][] = [[2 * count - 2, 0]];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const [node, cluster] = next;
    if (node < count) {
      fall(node, cluster, DENSITY_MAX);
      continue;
    }
    const at = density[node - count]!;
    const parts = partsOf(merges, node);
    const large = parts.filter((part) => size[part]! >= sizeMin);
    for (const part of parts) {
      if (size[part]! < sizeMin) fall(part, cluster, at);
      else if (large.length === 1) open.push([part, cluster]);
      else {
        open.push([part, parent.length]);
        parent.push(cluster);
        birth.push(at);
      }
    }
  }
  return measure(Int32Array.from(parent), Float64Array.from(birth), lastOf, fellAt);
}

/**
 * What a merge is made of at once: merges at one density have no order among themselves, and a tree
 * that invents one depends on the order of the rows.
 */
function partsOf({ left, right, density }: Dendrogram, node: number): number[] {
  const count = left.length + 1;
  const at = density[node - count];
  const parts: number[] = [];
  const open = [node];
  for (let one = open.pop(); one !== undefined; one = open.pop())
    if (one >= count && density[one - count] === at)
      open.push(right[one - count]!, left[one - count]!);
    else parts.push(one);
  return parts;
}

function measure(
  parent: Int32Array,
  birth: Float64Array,
  lastOf: Int32Array,
  density: Float64Array,
): CondensedTree {
  const stability = new Float64Array(parent.length);
  const death = Float64Array.from(birth);
  const points = new Int32Array(parent.length);
  lastOf.forEach((cluster, point) => {
    stability[cluster]! += density[point]! - birth[cluster]!;
    death[cluster] = Math.max(death[cluster]!, density[point]!);
    points[cluster]!++;
  });
  for (let cluster = parent.length - 1; cluster > 0; cluster--) {
    const own = parent[cluster]!;
    points[own]! += points[cluster]!;
    stability[own]! += points[cluster]! * (birth[cluster]! - birth[own]!);
    death[own] = Math.max(death[own]!, birth[cluster]!);
  }
  return { parent, birth, death, stability, lastOf, density };
}

export interface Flat {
  /** By point: index of its cluster, the largest first; −1 noise. */
  labels: Int32Array;
  /** By point: 0..1 how much it belongs; 0 noise. */
  probabilities: Float64Array;
  /** By index: density at which the cluster appears. */
  births: Float64Array;
}

/** The clusters that last: those of most mass in excess, or the smallest ones. Never all points. */
export function flatten(tree: CondensedTree, selection: ClusterSelection): Flat {
  const chosen = choose(tree, selection);
  const { parent, lastOf, density, death, birth } = tree;
  // The chosen cluster that each cluster lies in, −1 for none; parents come first.
  const within = new Int32Array(parent.length).fill(-1);
  for (let cluster = 1; cluster < parent.length; cluster++)
    within[cluster] = chosen[cluster] === 1 ? cluster : within[parent[cluster]!]!;
  const sizes = new Map<number, number>();
  for (const cluster of lastOf) {
    const own = within[cluster]!;
    if (own >= 0) sizes.set(own, (sizes.get(own) ?? 0) + 1);
  }
  const order = [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)! || a - b);
  const index = new Map(order.map((cluster, i) => [cluster, i]));
  return {
    labels: lastOf.map((cluster) => index.get(within[cluster]!) ?? -1),
    probabilities: Float64Array.from(lastOf, (cluster, point) => {
      const own = within[cluster]!;
      return own < 0 ? 0 : Math.min(density[point]!, death[own]!) / death[own]!;
    }),
    births: Float64Array.from(order, (cluster) => birth[cluster]!),
  };
}

function choose({ parent, stability }: CondensedTree, selection: ClusterSelection): Uint8Array {
  const chosen = new Uint8Array(parent.length);
  const ofChildren = new Float64Array(parent.length);
  const split = new Uint8Array(parent.length);
  for (let cluster = parent.length - 1; cluster > 0; cluster--) {
    const keep =
      split[cluster] === 0 ||
      (selection === 'excessOfMass' && stability[cluster]! >= ofChildren[cluster]!);
    if (keep) chosen[cluster] = 1;
    ofChildren[parent[cluster]!]! += keep ? stability[cluster]! : ofChildren[cluster]!;
    split[parent[cluster]!] = 1;
  }
  // A part of a chosen cluster is not a cluster of its own.
  for (let cluster = 1; cluster < parent.length; cluster++) {
    if (chosen[parent[cluster]!] === 1 || chosen[parent[cluster]!] === 2) chosen[cluster] = 2;
  }
  return chosen;
}
