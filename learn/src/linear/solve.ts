/**
 * Solves A x = b for a symmetric positive semi-definite A (n × n, row-major; its lower triangle is
 * overwritten) by L D Lᵀ. A direction without information (a pivot that vanishes) gets 0.
 */
export function solveSymmetric(a: Float64Array, b: Float64Array, n: number): Float64Array {
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
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) for (let k = 0; k < i; k++) x[i]! -= a[i * n + k]! * x[k]!;
  for (let i = 0; i < n; i++) x[i] = pivots[i]! > 0 ? x[i]! / pivots[i]! : 0;
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= a[k * n + i]! * x[k]!;
    if (pivots[i] === 0) x[i] = 0;
  }
  return x;
}
