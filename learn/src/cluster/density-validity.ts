import { squaredDistance, type Points } from './points.js';

/**
 * Density-based clustering validation (Moulavi, Jaskowiak, Campello, Zimek and Sander, 2014), −1..1:
 * whether clusters of any shape are denser inside than in between. Noise (labels below 0) counts as
 * rows without a cluster; `NaN` with fewer than two clusters of at least two rows. Takes rows²
 * steps.
 */
export function densityValidity(points: Points, labels: ArrayLike<number>): number {
  if (labels.length !== points.rows)
    throw new RangeError(`labels has ${labels.length} rows, expected ${points.rows}`);
  const members = new Map<number, number[]>();
  for (let row = 0; row < points.rows; row++) {
    if (labels[row]! < 0) continue;
    const own = members.get(labels[row]!);
    if (own === undefined) members.set(labels[row]!, [row]);
    else own.push(row);
  }
  const clusters = [...members.values()].filter((rows) => rows.length > 1);
  if (clusters.length < 2) return NaN;
  const apart = new Float64Array(points.rows);
  for (const rows of clusters) for (const row of rows) apart[row] = coreDistance(points, rows, row);
  const reach: Reach = (a, b) => {
    const plain = distance(points, a, b);
    return { length: Math.max(apart[a]!, apart[b]!, plain), plain };
  };
  const inside = clusters.map((rows) => sparsest(rows, reach));
  let validity = 0;
  clusters.forEach((rows, i) => {
    let nearest = Infinity;
    inside.forEach(({ inner }, j) => {
      if (i === j) return;
      for (const a of inside[i]!.inner)
        for (const b of inner) nearest = Math.min(nearest, reach(a, b).length);
    });
    const { edge } = inside[i]!;
    const widest = Math.max(nearest, edge);
    if (widest > 0) validity += (rows.length / points.rows) * ((nearest - edge) / widest);
  });
  return validity;
}

/** Two rows as far apart as the sparser of them is from its own cluster, and plainly. */
type Reach = (a: number, b: number) => { length: number; plain: number };

const distance = ({ values, dimensions }: Points, a: number, b: number): number =>
  Math.sqrt(squaredDistance(values, a * dimensions, values, b * dimensions, dimensions));

/** Inverse density of a row among its cluster: the mean of distance^−dimensions, back as a distance. */
function coreDistance(points: Points, rows: readonly number[], row: number): number {
  let sum = 0;
  for (const other of rows)
    if (other !== row) sum += (1 / distance(points, row, other)) ** points.dimensions;
  return (sum / (rows.length - 1)) ** (-1 / points.dimensions);
}

/**
 * The longest edge between inner rows of the spanning tree (those with more than one edge), and
 * those rows; of a tree without inner edges, all of it.
 */
function sparsest(rows: readonly number[], reach: Reach): { edge: number; inner: number[] } {
  const edges = treeOf(rows, reach);
  const degree = new Int32Array(rows.length);
  for (const { a, b } of edges) {
    degree[a]!++;
    degree[b]!++;
  }
  const between = edges.filter(({ a, b }) => degree[a]! > 1 && degree[b]! > 1);
  const inner = rows.filter((_, at) => degree[at]! > 1);
  const told = between.length > 0 ? between : edges;
  return {
    edge: told.reduce((most, { length }) => Math.max(most, length), 0),
    inner: inner.length > 0 ? inner : [...rows],
  };
}

/**
 * Prim's minimum spanning tree; `a` and `b` are places in `rows`. Many edges are as long as a sparse
 * row's core distance: of those the plainly shorter, so that the order of rows does not matter.
 */
function treeOf(rows: readonly number[], reach: Reach) {
  const best = new Float64Array(rows.length).fill(Infinity);
  const shortest = new Float64Array(rows.length).fill(Infinity);
  const shorter = (length: number, plain: number, at: number) =>
    length < best[at]! || (length === best[at] && plain < shortest[at]!);
  const from = new Int32Array(rows.length);
  const done = new Uint8Array(rows.length);
  const edges: { a: number; b: number; length: number }[] = [];
  let last = 0;
  done[0] = 1;
  while (edges.length < rows.length - 1) {
    let next = -1;
    for (let at = 0; at < rows.length; at++) {
      if (done[at] === 1) continue;
      const { length, plain } = reach(rows[last]!, rows[at]!);
      if (shorter(length, plain, at)) {
        best[at] = length;
        shortest[at] = plain;
        from[at] = last;
      }
      if (next < 0 || shorter(best[at]!, shortest[at]!, next)) next = at;
    }
    done[next] = 1;
    edges.push({ a: from[next]!, b: next, length: best[next]! });
    last = next;
  }
  return edges;
}
