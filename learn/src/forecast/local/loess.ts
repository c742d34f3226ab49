/** How a smoother looks: an odd number of neighbours and the degree of the local polynomial. */
export interface LoessWindow {
  width: number;
  degree: 0 | 1;
}

/**
 * Local regression at evenly spaced points with tricube weights (Cleveland, Cleveland, McRae and
 * Terpenning, 1990). Writes the smooth at positions −`beyond` … n − 1 + `beyond` into `out`.
 */
export function loess(
  y: Float64Array,
  { width, degree }: LoessWindow,
  beyond: number,
  out: Float64Array,
): void {
  const n = y.length;
  const span = Math.min(width, n);
  const half = (width - 1) >> 1;
  const weights = new Float64Array(span);
  const centred = width <= n ? kernel(width) : undefined;
  for (let at = -beyond; at < n + beyond; at++) {
    const left = Math.max(0, Math.min(at - half, n - span));
    if (centred !== undefined && left === at - half) {
      // Away from the ends the window is symmetric, so the slope adds nothing to the middle.
      let sum = 0;
      for (let j = 0; j < width; j++) sum += centred[j]! * y[left + j]!;
      out[at + beyond] = sum;
      continue;
    }
    const reach = Math.max(at - left, left + span - 1 - at) + (width > n ? (width - n) >> 1 : 0);
    weigh(weights, at - left, reach, degree);
    let sum = 0;
    for (let j = 0; j < span; j++) sum += weights[j]! * y[left + j]!;
    out[at + beyond] = sum;
  }
}

function kernel(width: number): Float64Array {
  const weights = new Float64Array(width);
  weigh(weights, (width - 1) >> 1, (width - 1) >> 1, 0);
  return weights;
}

/** Weights of the points of a window for the fit at `at`, which sum to one. */
function weigh(weights: Float64Array, at: number, reach: number, degree: 0 | 1): void {
  let total = 0;
  for (let j = 0; j < weights.length; j++) {
    const distance = Math.abs(j - at);
    const share = distance / reach;
    const rest = 1 - share * share * share;
    const inner = distance <= 0.001 * reach ? 1 : rest * rest * rest;
    const weight = distance > 0.999 * reach ? 0 : inner;
    weights[j] = weight;
    total += weight;
  }
  let mean = 0;
  for (let j = 0; j < weights.length; j++) {
    weights[j]! /= total;
    mean += weights[j]! * j;
  }
  if (degree === 0) return;
  let spread = 0;
  for (let j = 0; j < weights.length; j++) spread += weights[j]! * (j - mean) ** 2;
  if (Math.sqrt(spread) <= 0.001 * (weights.length - 1)) return;
  const slope = (at - mean) / spread;
  for (let j = 0; j < weights.length; j++) weights[j]! *= 1 + slope * (j - mean);
}
