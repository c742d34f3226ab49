/** L D Lᵀ of a symmetric positive semi-definite matrix; a pivot of 0 is a direction without information. */
export interface Factor {
  n: number;
  /** n × n; the unit lower triangle lies below the diagonal. */
  lower: Float64Array;
  pivots: Float64Array;
}

/** Factorises `a` (n × n, row-major), of which the lower triangle is read and overwritten. */
export function factorise(a: Float64Array, n: number): Factor {
  const pivots = new Float64Array(n);
  const row = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const diagonal = a[j * n + j]!;
    let pivot = diagonal;
    for (let k = 0; k < j; k++) {
      row[k] = a[j * n + k]! * pivots[k]!;
      pivot -= a[j * n + k]! * row[k]!;
    }
    const alive = pivot > 1e-11 * diagonal && pivot > 0;
    pivots[j] = alive ? pivot : 0;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * row[k]!;
      a[i * n + j] = alive ? sum / pivot : 0;
    }
  }
  return { n, lower: a, pivots };
}

/** x of A x = b; 0 in a direction without information. */
export function solveFactorised({ n, lower, pivots }: Factor, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) for (let k = 0; k < i; k++) x[i]! -= lower[i * n + k]! * x[k]!;
  for (let i = 0; i < n; i++) x[i] = pivots[i]! > 0 ? x[i]! / pivots[i]! : 0;
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k * n + i]! * x[k]!;
    if (pivots[i] === 0) x[i] = 0;
  }
  return x;
}

/** Both at once: solves A x = b and overwrites the lower triangle of A. */
export const solveSymmetric = (a: Float64Array, b: Float64Array, n: number): Float64Array =>
  solveFactorised(factorise(a, n), b);
