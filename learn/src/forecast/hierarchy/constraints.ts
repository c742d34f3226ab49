import { choleskyInPlace, choleskySolve } from './dense-cholesky.js';
import type { LowRankCovariance } from './covariance.js';
import type { Hierarchy } from './hierarchy.js';
import { sparseCholesky, type SparseCholesky, type SparseFactor } from './sparse-cholesky.js';

/**
 * That each aggregate equals its children: C y = 0, one row an aggregate, +1 at itself and −1 at
 * each child.
 */
export interface Constraints {
  hierarchy: Hierarchy;
  cholesky: SparseCholesky;
  /** By entry of the pattern of C D C': the node whose weight it adds, and the sign. */
  weighed: Int32Array;
  signs: Float64Array;
}

export function constraintsOf(hierarchy: Hierarchy): Constraints {
  const { aggregates, childOffsets, children, nodes } = hierarchy;
  const rowsOf: number[][] = nodes.map((_, node) => (node < aggregates ? [node] : []));
  for (let a = 0; a < aggregates; a++)
    for (let c = childOffsets[a]!; c < childOffsets[a + 1]!; c++) rowsOf[children[c]!]!.push(a);
  const rows: number[] = [];
  const columns: number[] = [];
  const weighed: number[] = [];
  const signs: number[] = [];
  rowsOf.forEach((list, node) => {
    for (const i of list)
      for (const j of list) {
        if (i > j) continue;
        rows.push(i);
        columns.push(j);
        weighed.push(node);
        // C is +1 only where the node is the row's own.
        signs.push((i === node) === (j === node) ? 1 : -1);
      }
  });
  return {
    hierarchy,
    cholesky: sparseCholesky(aggregates, Int32Array.from(rows), Int32Array.from(columns)),
    weighed: Int32Array.from(weighed),
    signs: Float64Array.from(signs),
  };
}

/** C y. @param y nodes × columns */
export function multiply({ hierarchy }: Constraints, y: Float64Array, columns: number) {
  const { aggregates, childOffsets, children } = hierarchy;
  const out = y.slice(0, aggregates * columns);
  for (let a = 0; a < aggregates; a++)
    for (let c = childOffsets[a]!; c < childOffsets[a + 1]!; c++)
      for (let h = 0; h < columns; h++) out[a * columns + h]! -= y[children[c]! * columns + h]!;
  return out;
}

/** C' x. @param x aggregates × columns */
export function multiplyTransposed(
  { hierarchy }: Constraints,
  x: Float64Array,
  columns: number,
): Float64Array {
  const { aggregates, childOffsets, children, nodes } = hierarchy;
  const out = new Float64Array(nodes.length * columns);
  out.set(x);
  for (let a = 0; a < aggregates; a++)
    for (let c = childOffsets[a]!; c < childOffsets[a + 1]!; c++)
      for (let h = 0; h < columns; h++) out[children[c]! * columns + h]! -= x[a * columns + h]!;
  return out;
}

/**
 * Projects forecasts on what adds up, some bottom series held at zero. With W = D + V V' the system
 * G W G' is sparse + low rank; it is solved by Woodbury's identity on the sparse factor, so T
 * residuals of n series take n T² steps and n T numbers.
 */
export interface Projection {
  /**
   * ŷ − W G' (G W G')⁻¹ G ŷ, where G holds the sums and the series at zero.
   * @param y nodes × columns; replaced by the projected
   * @param multipliers nodes × columns: receives the force that holds each series at zero, in
   *   units of y ÷ variance; positive where it would rather be above
   */
  apply(y: Float64Array, columns: number, multipliers?: Float64Array): void;
  /** Diagonal of W − W G' (G W G')⁻¹ G W: variances of the projected errors. */
  variances(): Float64Array;
}

export function projection(
  constraints: Constraints,
  { own, shared, rank }: LowRankCovariance,
  held: Uint8Array,
): Projection {
  const { hierarchy, cholesky, weighed, signs } = constraints;
  const free = own.map((value, node) => (held[node] === 1 ? 0 : value));
  const factor = cholesky.factor(signs.map((sign, e) => sign * free[weighed[e]!]!));
  const sparse = { constraints, own, held, factor };
  const U = restricted(constraints, shared, rank, held);
  const Y = U.slice();
  solveSparse(sparse, Y, rank);
  const inner = gram(U, Y, hierarchy.nodes.length, rank);
  choleskyInPlace(inner, rank);
  const solve = (r: Float64Array, columns: number) => {
    solveSparse(sparse, r, columns);
    if (rank === 0) return;
    const z = crossed(U, rank, r, columns);
    choleskySolve(inner, rank, z, columns);
    subtractProduct(Y, rank, z, columns, r);
  };
  return {
    apply(y, columns, multipliers) {
      // The second round mends what Woodbury's identity loses where shrinkage is slight.
      const forces = new Float64Array(y.length);
      for (let round = 0; round < 2; round++) {
        const r = restricted(constraints, y, columns, held);
        solve(r, columns);
        for (let i = 0; i < r.length; i++) forces[i]! += r[i]!;
        subtractWeighted({ constraints, own, shared, rank, held }, r, columns, y);
      }
      multipliers?.set(forces);
    },
    variances() {
      // Given the shared part z, errors vary by D alone; z itself has covariance (I + U' Y)⁻¹.
      const out = sparseVariances(sparse);
      const moved = shared.slice();
      subtractWeighted({ constraints, own, shared, rank: 0, held }, Y, rank, moved);
      const z = new Float64Array(rank);
      for (let node = 0; node < out.length; node++) {
        const row = moved.subarray(node * rank, (node + 1) * rank);
        z.set(row);
        choleskySolve(inner, rank, z, 1);
        for (let i = 0; i < rank; i++) out[node]! += row[i]! * z[i]!;
      }
      return out;
    },
  };
}

/**
 * G y as nodes × columns: rows of aggregates hold C y, those of held series the value itself, and
 * those of free ones 0.
 */
function restricted(
  constraints: Constraints,
  y: Float64Array,
  columns: number,
  held: Uint8Array,
): Float64Array {
  const out = new Float64Array(constraints.hierarchy.nodes.length * columns);
  if (columns === 0) return out;
  out.set(multiply(constraints, y, columns));
  for (let node = constraints.hierarchy.aggregates; node < held.length; node++)
    if (held[node] === 1) out.set(y.subarray(node * columns, (node + 1) * columns), node * columns);
  return out;
}

interface Sparse {
  constraints: Constraints;
  own: Float64Array;
  held: Uint8Array;
  factor: SparseFactor;
}

/** Solves (G D G') x = r in place, the held series eliminated first. */
function solveSparse({ constraints, own, held, factor }: Sparse, r: Float64Array, columns: number) {
  if (columns === 0) return;
  const { aggregates, childOffsets, children } = constraints.hierarchy;
  for (let a = 0; a < aggregates; a++)
    for (let c = childOffsets[a]!; c < childOffsets[a + 1]!; c++) {
      const child = children[c]!;
      if (held[child] === 0) continue;
      for (let h = 0; h < columns; h++) r[a * columns + h]! += r[child * columns + h]!;
    }
  const x = r.subarray(0, aggregates * columns);
  factor.solve(x, columns);
  for (let node = aggregates; node < held.length; node++)
    if (held[node] === 1) for (let h = 0; h < columns; h++) r[node * columns + h]! /= own[node]!;
  for (let a = 0; a < aggregates; a++)
    for (let c = childOffsets[a]!; c < childOffsets[a + 1]!; c++) {
      const child = children[c]!;
      if (held[child] === 0) continue;
      for (let h = 0; h < columns; h++) r[child * columns + h]! += x[a * columns + h]!;
    }
}

/** y −= W G' r. */
function subtractWeighted(
  {
    constraints,
    own,
    shared,
    rank,
    held,
  }: { constraints: Constraints; held: Uint8Array } & Pick<
    LowRankCovariance,
    'own' | 'shared' | 'rank'
  >,
  r: Float64Array,
  columns: number,
  y: Float64Array,
): void {
  const { aggregates } = constraints.hierarchy;
  const back = multiplyTransposed(constraints, r.subarray(0, aggregates * columns), columns);
  for (let node = aggregates; node < held.length; node++)
    if (held[node] === 1)
      for (let h = 0; h < columns; h++) back[node * columns + h]! += r[node * columns + h]!;
  for (let node = 0; node < held.length; node++)
    for (let h = 0; h < columns; h++)
      y[node * columns + h]! -= own[node]! * back[node * columns + h]!;
  if (rank > 0) subtractProduct(shared, rank, crossed(shared, rank, back, columns), columns, y);
}

/** Diagonal of D − D G' (G D G')⁻¹ G D, in blocks so that n² is never held. */
function sparseVariances(sparse: Sparse): Float64Array {
  const { constraints, own, held } = sparse;
  const out = new Float64Array(held.length);
  const width = 64;
  for (let from = 0; from < held.length; from += width) {
    const columns = Math.min(width, held.length - from);
    const block = new Float64Array(held.length * columns);
    for (let c = 0; c < columns; c++) block[(from + c) * columns + c] = own[from + c]!;
    const forces = restricted(constraints, block, columns, held);
    solveSparse(sparse, forces, columns);
    subtractWeighted({ constraints, own, shared: own, rank: 0, held }, forces, columns, block);
    for (let c = 0; c < columns; c++) out[from + c] = Math.max(0, block[(from + c) * columns + c]!);
  }
  return out;
}

/** I + U' Y, rank × rank. */
function gram(U: Float64Array, Y: Float64Array, rows: number, rank: number): Float64Array {
  const out = new Float64Array(rank * rank);
  for (let n = 0; n < rows; n++) {
    const at = n * rank;
    for (let i = 0; i < rank; i++) {
      const value = U[at + i]!;
      if (value === 0) continue;
      for (let j = 0; j <= i; j++) out[i * rank + j]! += value * Y[at + j]!;
    }
  }
  for (let i = 0; i < rank; i++) out[i * rank + i]! += 1;
  return out;
}

/** A' x. @param a n × rank @param x n × columns */
function crossed(a: Float64Array, rank: number, x: Float64Array, columns: number): Float64Array {
  const out = new Float64Array(rank * columns);
  for (let n = 0; n * rank < a.length; n++)
    for (let i = 0; i < rank; i++) {
      const value = a[n * rank + i]!;
      if (value === 0) continue;
      for (let h = 0; h < columns; h++) out[i * columns + h]! += value * x[n * columns + h]!;
    }
  return out;
}

/** y −= A z. */
function subtractProduct(
  a: Float64Array,
  rank: number,
  z: Float64Array,
  columns: number,
  y: Float64Array,
): void {
  for (let n = 0; n * rank < a.length; n++)
    for (let i = 0; i < rank; i++) {
      const value = a[n * rank + i]!;
      if (value === 0) continue;
      for (let h = 0; h < columns; h++) y[n * columns + h]! -= value * z[i * columns + h]!;
    }
}
