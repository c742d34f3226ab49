/**
 * Coefficients from partial autocorrelations, each in (−1, 1): every such vector is stationary
 * (Barndorff-Nielsen and Schou, 1973; Monahan, 1984). Works in place.
 */
export function fromPartial(partial: Float64Array, work: Float64Array): void {
  for (let k = 1; k < partial.length; k++) {
    const last = partial[k]!;
    for (let j = 0; j < k; j++) work[j] = partial[j]! - last * partial[k - 1 - j]!;
    for (let j = 0; j < k; j++) partial[j] = work[j]!;
  }
}

/** Whether 1 − c₁z − c₂z² … has every root farther out than `radius`, by the step-down. */
export function rootsBeyond(coefficients: Float64Array, radius: number): boolean {
  const c = coefficients.map((value, j) => value * radius ** (j + 1));
  for (let k = c.length - 1; k >= 0; k--) {
    const last = c[k]!;
    if (!(Math.abs(last) < 1)) return false;
    const keep = 1 - last * last;
    const before = c.slice(0, k);
    for (let j = 0; j < k; j++) c[j] = (before[j]! + last * before[k - 1 - j]!) / keep;
  }
  return true;
}

/**
 * The product of a polynomial of one step and one of `period` steps: (1 − Σ aⱼ zʲ)(1 − Σ bⱼ zʲᵖ) =
 * 1 − Σ outⱼ zʲ.
 */
export function multiply(
  plain: Float64Array,
  seasonal: Float64Array,
  period: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let i = 0; i < plain.length; i++) out[i] = plain[i]!;
  for (let j = 0; j < seasonal.length; j++) {
    const at = (j + 1) * period;
    out[at - 1]! += seasonal[j]!;
    for (let i = 0; i < plain.length; i++) out[at + i]! -= seasonal[j]! * plain[i]!;
  }
}

/** An ARMA process: w = Σ φ w + e + Σ θ e, with variance of e one. */
export interface Arma {
  phi: Float64Array;
  theta: Float64Array;
}

/** Weights of past errors: 1, ψ₁ … up to `count` of them. */
export function errorWeights({ phi, theta }: Arma, out: Float64Array): void {
  for (let k = 0; k < out.length; k++) {
    let sum = k === 0 ? 1 : k <= theta.length ? theta[k - 1]! : 0;
    for (let j = 1; j <= Math.min(k, phi.length); j++) sum += phi[j - 1]! * out[k - j]!;
    out[k] = sum;
  }
}

/**
 * Autocovariances γ(0) … γ(p) (Brockwell and Davis, 1991, section 3.3, third method): the p + 1
 * linear equations γ(k) − Σ φⱼ γ(|k − j|) = Σ θⱼ ψ(j − k), by elimination with pivots. False when
 * they cannot be told apart, as at a unit root.
 */
export function autocovariances(
  { phi, theta }: Arma,
  weights: Float64Array,
  matrix: Float64Array,
  out: Float64Array,
): boolean {
  const size = phi.length + 1;
  matrix.fill(0, 0, size * size);
  for (let k = 0; k < size; k++) {
    matrix[k * size + k]! += 1;
    for (let j = 1; j < size; j++) matrix[k * size + Math.abs(k - j)]! -= phi[j - 1]!;
    let sum = k === 0 ? 1 : 0;
    for (let j = Math.max(1, k); j <= theta.length; j++) sum += theta[j - 1]! * weights[j - k]!;
    out[k] = sum;
  }
  return eliminate(matrix, out, size);
}

/** Solves in place; false when singular. */
export function eliminate(matrix: Float64Array, right: Float64Array, size: number): boolean {
  for (let c = 0; c < size; c++) {
    let pivot = c;
    for (let r = c + 1; r < size; r++)
      if (Math.abs(matrix[r * size + c]!) > Math.abs(matrix[pivot * size + c]!)) pivot = r;
    const lead = matrix[pivot * size + c]!;
    if (!(Math.abs(lead) > 1e-12)) return false;
    if (pivot !== c) {
      for (let k = c; k < size; k++) {
        const kept = matrix[c * size + k]!;
        matrix[c * size + k] = matrix[pivot * size + k]!;
        matrix[pivot * size + k] = kept;
      }
      const kept = right[c]!;
      right[c] = right[pivot]!;
      right[pivot] = kept;
    }
    for (let r = c + 1; r < size; r++) {
      const factor = matrix[r * size + c]! / lead;
      if (factor === 0) continue;
      for (let k = c + 1; k < size; k++) matrix[r * size + k]! -= factor * matrix[c * size + k]!;
      right[r]! -= factor * right[c]!;
    }
  }
  for (let r = size - 1; r >= 0; r--) {
    for (let k = r + 1; k < size; k++) right[r]! -= matrix[r * size + k]! * right[k]!;
    right[r]! /= matrix[r * size + r]!;
  }
  return true;
}
