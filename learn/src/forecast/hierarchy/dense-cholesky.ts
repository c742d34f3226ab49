/**
 * L of L L' in the lower triangle, the rest zeroed. A pivot that is nothing beside its diagonal makes
 * a column of zeros, so a positive semi-definite matrix has a factor too.
 * @param a size × size, row-major, lower triangle read
 */
export function choleskyInPlace(a: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * size + k]! * a[j * size + k]!;
      if (i === j) a[j * size + j] = sum > 1e-13 * a[j * size + j]! ? Math.sqrt(sum) : 0;
      else a[i * size + j] = a[j * size + j]! > 0 ? sum / a[j * size + j]! : 0;
    }
    a.fill(0, j * size + j + 1, (j + 1) * size);
  }
}

/** Solves L L' x = b in place. @param b size × columns, row-major */
export function choleskySolve(
  lower: Float64Array,
  size: number,
  b: Float64Array,
  columns: number,
): void {
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) {
      const value = lower[i * size + k]!;
      for (let c = 0; c < columns; c++) b[i * columns + c]! -= value * b[k * columns + c]!;
    }
    for (let c = 0; c < columns; c++) b[i * columns + c]! /= lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let c = 0; c < columns; c++) b[i * columns + c]! /= lower[i * size + i]!;
    for (let k = 0; k < i; k++) {
      const value = lower[i * size + k]!;
      for (let c = 0; c < columns; c++) b[k * columns + c]! -= value * b[i * columns + c]!;
    }
  }
}
