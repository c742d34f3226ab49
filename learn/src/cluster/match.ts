import { squaredDistance } from './points.js';

/**
 * The cheapest way to give every row a column of its own (Hungarian method; Kuhn, 1955, in the
 * O(n³) form of Jonker and Volgenant). Rows beyond the number of columns get −1.
 * @param cost rows × columns, row-major
 */
export function cheapestAssignment(cost: Float64Array, rows: number, columns: number): Int32Array {
  const n = Math.max(rows, columns);
  const at = (i: number, j: number) => (i < rows && j < columns ? cost[i * columns + j]! : 0);
  const rowPrice = new Float64Array(n + 1);
  const columnPrice = new Float64Array(n + 1);
  // Index n is the column from which each search starts.
  const rowOf = new Int32Array(n + 1).fill(-1);
  for (let row = 0; row < n; row++) {
    const least = new Float64Array(n).fill(Infinity);
    const before = new Int32Array(n).fill(n);
    const done = new Uint8Array(n + 1);
    let column = n;
    rowOf[n] = row;
    while (rowOf[column]! >= 0) {
      done[column] = 1;
      const i = rowOf[column]!;
      let delta = Infinity;
      let next = n;
      for (let j = 0; j < n; j++) {
        if (done[j] === 1) continue;
        const reduced = at(i, j) - rowPrice[i]! - columnPrice[j]!;
        if (reduced < least[j]!) {
          least[j] = reduced;
          before[j] = column;
        }
        if (least[j]! < delta) {
          delta = least[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= n; j++)
        if (done[j] === 1) {
          rowPrice[rowOf[j]!]! += delta;
          columnPrice[j]! -= delta;
        } else if (j < n) least[j]! -= delta;
      column = next;
    }
    for (; column !== n; column = before[column]!) rowOf[column] = rowOf[before[column]!]!;
  }
  const assigned = new Int32Array(rows).fill(-1);
  for (let j = 0; j < columns; j++) if (rowOf[j]! >= 0 && rowOf[j]! < rows) assigned[rowOf[j]!] = j;
  return assigned;
}

/**
 * Which old cluster each new one is, by the rows they share: `names[new] = old`. A new cluster
 * without an old one gets a number after all old ones, so that no name is used again for another
 * thing.
 */
export function matchLabels(previous: ArrayLike<number>, next: ArrayLike<number>): Int32Array {
  if (previous.length !== next.length)
    throw new RangeError(`previous has ${previous.length} rows and next ${next.length}`);
  let olds = 0;
  let news = 0;
  for (let row = 0; row < next.length; row++) {
    olds = Math.max(olds, previous[row]! + 1);
    news = Math.max(news, next[row]! + 1);
  }
  const cost = new Float64Array(news * olds);
  for (let row = 0; row < next.length; row++)
    if (previous[row]! >= 0 && next[row]! >= 0) cost[next[row]! * olds + previous[row]!]!--;
  return named(cheapestAssignment(cost, news, olds), olds);
}

/** The same by the distance between centres, k × dimensions each, of one space. */
export function matchCentres(
  previous: Float64Array,
  next: Float64Array,
  dimensions: number,
): Int32Array {
  const olds = previous.length / dimensions;
  const news = next.length / dimensions;
  const cost = new Float64Array(news * olds);
  for (let i = 0; i < news; i++)
    for (let j = 0; j < olds; j++)
      cost[i * olds + j] = squaredDistance(
        next,
        i * dimensions,
        previous,
        j * dimensions,
        dimensions,
      );
  return named(cheapestAssignment(cost, news, olds), olds);
}

function named(assigned: Int32Array, olds: number): Int32Array {
  let unused = olds;
  return assigned.map((old) => (old >= 0 ? old : unused++));
}
