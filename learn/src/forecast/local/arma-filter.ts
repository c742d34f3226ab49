import { autocovariances, errorWeights, type Arma } from './arma.js';

/** What a filter needs besides the series; made once for many fits. */
export interface ArmaScratch {
  state: Float64Array;
  gain: Float64Array;
  rank: Float64Array;
  weights: Float64Array;
  matrix: Float64Array;
  gamma: Float64Array;
}

export const armaScratch = (phis: number, thetas: number): ArmaScratch => {
  const r = Math.max(phis, thetas + 1, 1);
  return {
    state: new Float64Array(r + 1),
    gain: new Float64Array(r + 1),
    rank: new Float64Array(r + 1),
    weights: new Float64Array(r + 1),
    matrix: new Float64Array((phis + 1) ** 2),
    gamma: new Float64Array(phis + 1),
  };
};

/** Below it a step's variance is that of the steps to come. */
const STEADY = 1e-12;

/**
 * Exact innovations of a stationary process: the Kalman filter in the form of Chandrasekhar (Morf,
 * Sidhu and Kailath, 1974), whose covariance moves by one rank a step, so that a step costs as many
 * operations as there are coefficients. Once the variance is steady the gain stays.
 *
 * Several columns go through one filter (the series, then its regressors): `columns[c][t]` is
 * replaced by its innovation in `innovations[c][t]`, over √F when `standardised`. Answers Σ log F,
 * infinite when there is no stationary start.
 */
export function filterArma(
  columns: readonly Float64Array[],
  arma: Arma,
  scratch: ArmaScratch,
  innovations: readonly Float64Array[],
  standardised = true,
): number {
  const first = startOf(arma, scratch);
  return first > 0 ? run(arma, first, scratch, columns, innovations, standardised) : Infinity;
}

/** First gain times variance (T P Z′) into `gain` and `rank`; answers the first variance. */
function startOf(arma: Arma, { gain, rank, weights, matrix, gamma }: ArmaScratch): number {
  const { phi, theta } = arma;
  const r = gain.length - 1;
  errorWeights(arma, weights.subarray(0, theta.length + 1));
  if (!autocovariances(arma, weights, matrix, gamma)) return NaN;
  // Covariance of the i-th state with the value: what it will still add i steps on.
  const column = rank;
  for (let i = 0; i < r; i++) {
    let sum = i === 0 ? gamma[0]! : 0;
    if (i > 0) {
      for (let j = i; j < phi.length; j++) sum += phi[j]! * gamma[j - i + 1]!;
      for (let j = i - 1; j < theta.length; j++) sum += theta[j]! * weights[j - i + 1]!;
    }
    column[i] = sum;
  }
  column[r] = 0;
  for (let i = 0; i < r; i++)
    gain[i] = (i < phi.length ? phi[i]! : 0) * column[0]! + column[i + 1]!;
  return column[0]!;
}

function run(
  { phi }: Arma,
  first: number,
  { state, gain, rank }: ArmaScratch,
  columns: readonly Float64Array[],
  innovations: readonly Float64Array[],
  standardised: boolean,
): number {
  const n = columns[0]!.length;
  const r = gain.length - 1;
  const p = phi.length;
  const states = columns.map((_, c) => (c === 0 ? state.fill(0) : new Float64Array(r + 1)));
  let variance = first;
  // gain is K F; rank is L, with P(t + 1) − P(t) = L M L′.
  for (let i = 0; i < r; i++) {
    gain[i]! /= variance;
    rank[i] = gain[i]!;
  }
  rank[r] = 0;
  let middle = -variance;
  let logs = 0;
  let steady = false;
  for (let t = 0; t < n; t++) {
    const root = standardised ? Math.sqrt(variance) : 1;
    logs += Math.log(variance);
    for (let c = 0; c < columns.length; c++) {
      const a = states[c]!;
      const innovation = columns[c]![t]! - a[0]!;
      innovations[c]![t] = innovation / root;
      const lead = a[0]!;
      for (let i = 0; i < p; i++) a[i] = phi[i]! * lead + a[i + 1]! + gain[i]! * innovation;
      for (let i = p; i < r; i++) a[i] = a[i + 1]! + gain[i]! * innovation;
    }
    if (steady) continue;
    const top = rank[0]!;
    const moved = variance + top * top * middle;
    if (!(moved > 0)) return Infinity;
    const kept = variance / moved;
    const drawn = (middle * top) / moved;
    let most = 0;
    for (let i = 0; i < r; i++) {
      const shifted = i < p ? phi[i]! * top + rank[i + 1]! : rank[i + 1]!;
      const now = gain[i]! * kept + shifted * drawn;
      const left = shifted - now * top;
      gain[i] = now;
      rank[i] = left;
      if (left > most) most = left;
      else if (-left > most) most = -left;
    }
    middle += (middle * middle * top * top) / variance;
    steady = Math.abs(middle) * most ** 2 < STEADY;
    variance = moved;
  }
  return logs;
}

/** The state after a filter, led on without errors: forecasts of the process itself. */
export function continueArma({ phi }: Arma, state: Float64Array, out: Float64Array): void {
  const r = state.length - 1;
  const a = state.slice();
  for (let h = 0; h < out.length; h++) {
    const lead = a[0]!;
    out[h] = lead;
    for (let i = 0; i < r; i++) a[i] = (i < phi.length ? phi[i]! * lead : 0) + a[i + 1]!;
  }
}
