/**
 * Sparse LDL' of a symmetric positive definite matrix whose pattern stays while its values change:
 * minimum degree order, elimination tree, up-looking factor (Davis, Direct Methods for Sparse
 * Linear Systems, 2006, chapters 4 and 7).
 */
export interface SparseCholesky {
  size: number;
  /** Non-zeros of L below the diagonal. */
  fill: number;
  /**
   * Factors the matrix that `entry` describes.
   * @param values as the entries of the pattern were given
   * @throws Error when the matrix is not positive definite
   */
  factor(values: Float64Array): SparseFactor;
}

export interface SparseFactor {
  /** Solves in place. @param x size × columns, row-major */
  solve(x: Float64Array, columns: number): void;
}

/** Above so many multiplications one factor would take the better part of a minute. */
const FLOPS_MAX = 2e10;

/**
 * @param rows upper triangle with the diagonal, `rows[e] <= columns[e]`; entries of one place add up
 * @throws Error when the factor would fill in beyond what can be computed in seconds
 */
export function sparseCholesky(
  size: number,
  rows: Int32Array,
  columns: Int32Array,
): SparseCholesky {
  const order = minimumDegree(size, rows, columns);
  const place = new Int32Array(size);
  order.forEach((node, k) => (place[node] = k));
  const upper = upperColumns(size, rows, columns, place);
  const { parent, offsets } = symbolic(size, upper);
  let flops = 0;
  for (let k = 0; k < size; k++) flops += (offsets[k + 1]! - offsets[k]!) ** 2;
  if (flops > FLOPS_MAX)
    throw new Error(
      `groups overlap too much to be reconciled: ${size} sums fill ${offsets[size]} places and ${flops.toExponential(1)} multiplications; leave out a crossed level`,
    );
  return {
    size,
    fill: offsets[size]!,
    factor: (values) => numeric({ size, order, upper, parent, offsets }, values),
  };
}

/** Columns of the permuted upper triangle; `source` says which entry each value comes from. */
interface Upper {
  offsets: Int32Array;
  rows: Int32Array;
  source: Int32Array;
}

function upperColumns(
  size: number,
  rows: Int32Array,
  columns: Int32Array,
  place: Int32Array,
): Upper {
  const offsets = new Int32Array(size + 1);
  const columnOf = (e: number) => Math.max(place[rows[e]!]!, place[columns[e]!]!);
  for (let e = 0; e < rows.length; e++) offsets[columnOf(e) + 1]!++;
  for (let k = 0; k < size; k++) offsets[k + 1]! += offsets[k]!;
  const next = offsets.slice(0, size);
  const out = new Int32Array(rows.length);
  const source = new Int32Array(rows.length);
  for (let e = 0; e < rows.length; e++) {
    const at = next[columnOf(e)]!++;
    out[at] = Math.min(place[rows[e]!]!, place[columns[e]!]!);
    source[at] = e;
  }
  return { offsets, rows: out, source };
}

/** Elimination tree and column counts of L. */
function symbolic(size: number, upper: Upper) {
  const parent = new Int32Array(size).fill(-1);
  const flag = new Int32Array(size).fill(-1);
  const offsets = new Int32Array(size + 1);
  for (let k = 0; k < size; k++) {
    flag[k] = k;
    for (let p = upper.offsets[k]!; p < upper.offsets[k + 1]!; p++)
      for (let i = upper.rows[p]!; flag[i] !== k; i = parent[i]!) {
        if (parent[i] === -1) parent[i] = k;
        offsets[i + 1]!++;
        flag[i] = k;
      }
  }
  for (let k = 0; k < size; k++) offsets[k + 1]! += offsets[k]!;
  return { parent, offsets };
}

interface Analysis {
  size: number;
  order: Int32Array;
  upper: Upper;
  parent: Int32Array;
  offsets: Int32Array;
}

function numeric({ size, order, upper, parent, offsets }: Analysis, given: Float64Array) {
  const rows = new Int32Array(offsets[size]!);
  const values = new Float64Array(offsets[size]!);
  const diagonal = new Float64Array(size);
  const next = offsets.slice(0, size);
  const y = new Float64Array(size);
  const pattern = new Int32Array(size);
  const flag = new Int32Array(size).fill(-1);
  for (let k = 0; k < size; k++) {
    let top = size;
    flag[k] = k;
    for (let p = upper.offsets[k]!; p < upper.offsets[k + 1]!; p++) {
      let i = upper.rows[p]!;
      y[i]! += given[upper.source[p]!]!;
      let length = 0;
      for (; flag[i] !== k; i = parent[i]!) {
        pattern[length++] = i;
        flag[i] = k;
      }
      while (length > 0) pattern[--top] = pattern[--length]!;
    }
    let pivot = y[k]!;
    y[k] = 0;
    for (; top < size; top++) {
      const i = pattern[top]!;
      const value = y[i]!;
      y[i] = 0;
      for (let p = offsets[i]!; p < next[i]!; p++) y[rows[p]!]! -= values[p]! * value;
      const scaled = value / diagonal[i]!;
      pivot -= scaled * value;
      rows[next[i]!] = k;
      values[next[i]!] = scaled;
      next[i]!++;
    }
    if (!(pivot > 0))
      throw new Error(
        `the covariance of the sums is not positive definite: pivot ${pivot} at sum ${order[k]}`,
      );
    diagonal[k] = pivot;
  }
  return solver({ size, order, offsets, rows, values, diagonal });
}

interface Factored {
  size: number;
  order: Int32Array;
  offsets: Int32Array;
  rows: Int32Array;
  values: Float64Array;
  diagonal: Float64Array;
}

function solver({ size, order, offsets, rows, values, diagonal }: Factored): SparseFactor {
  return {
    solve(x, columns) {
      const z = new Float64Array(x.length);
      for (let k = 0; k < size; k++)
        z.set(x.subarray(order[k]! * columns, (order[k]! + 1) * columns), k * columns);
      for (let k = 0; k < size; k++)
        for (let p = offsets[k]!; p < offsets[k + 1]!; p++) {
          const to = rows[p]! * columns;
          const value = values[p]!;
          for (let c = 0; c < columns; c++) z[to + c]! -= value * z[k * columns + c]!;
        }
      for (let k = size - 1; k >= 0; k--) {
        const at = k * columns;
        for (let c = 0; c < columns; c++) z[at + c]! /= diagonal[k]!;
        for (let p = offsets[k]!; p < offsets[k + 1]!; p++) {
          const from = rows[p]! * columns;
          const value = values[p]!;
          for (let c = 0; c < columns; c++) z[at + c]! -= value * z[from + c]!;
        }
      }
      for (let k = 0; k < size; k++)
        x.set(z.subarray(k * columns, (k + 1) * columns), order[k]! * columns);
    },
  };
}

/**
 * Eliminates the node of least degree first (Tinney and Walker, 1967). Once the rest is half full
 * its order no longer matters much, and it is kept as it is.
 */
function minimumDegree(size: number, rows: Int32Array, columns: Int32Array): Int32Array {
  const graph = Array.from({ length: size }, () => new Set<number>());
  for (let e = 0; e < rows.length; e++)
    if (rows[e] !== columns[e]) {
      graph[rows[e]!]!.add(columns[e]!);
      graph[columns[e]!]!.add(rows[e]!);
    }
  const buckets: number[][] = [];
  const put = (node: number) => (buckets[graph[node]!.size] ??= []).push(node);
  for (let node = size - 1; node >= 0; node--) put(node);
  const gone = new Uint8Array(size);
  const order = new Int32Array(size);
  let done = 0;
  let degree = 0;
  while (done < size) {
    const node = buckets[degree]?.pop();
    if (node === undefined) {
      degree++;
      continue;
    }
    // A node stands in the bucket of each degree it has had; only the present one counts.
    if (gone[node] === 1 || graph[node]!.size !== degree) continue;
    if (2 * degree > size - done) break;
    gone[node] = 1;
    order[done++] = node;
    const around = [...graph[node]!];
    for (const one of around) {
      const own = graph[one]!;
      own.delete(node);
      for (const other of around) if (other !== one) own.add(other);
      put(one);
      degree = Math.min(degree, own.size);
    }
    graph[node]!.clear();
  }
  for (let node = 0; node < size; node++) if (gone[node] === 0) order[done++] = node;
  return order;
}
