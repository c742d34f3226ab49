import { meanKnown } from '../series/statistics.js';

// A window e³ times as wrong as others, or never wrong at all, says no more than that.
const SPREAD_MAX = 3;

/**
 * How wrong forecasts of each series are in its unit, drawn to what they are in all series as far
 * as luck between windows explains the differences between series (empirical Bayes).
 * @param windows series × origin: logarithms of the size of errors; `NaN` unknown, −Infinity none
 * @returns the logarithm for all, and the factor of a series without one of its origins; of the next
 *   forecast (−1) on average without one, as scales that had a part in what they divide are small
 */
export function shrunkFactors(
  windows: Float64Array,
  count: number,
): { centre: number; factorOf: (series: number, without: number) => number } {
  const positive = windows.filter((log) => Number.isFinite(log));
  const centre = meanKnown(positive);
  // Forecasts that were never wrong have no scale.
  if (positive.length === 0) return { centre: -Infinity, factorOf: () => 0 };
  const moves = windows.map((log) => Math.max(-SPREAD_MAX, Math.min(SPREAD_MAX, log - centre)));
  const series = Array.from({ length: windows.length / count }, (_, k) => {
    const own = moves.subarray(k * count, (k + 1) * count).filter((move) => !Number.isNaN(move));
    return { sum: own.reduce((total, move) => total + move, 0), own };
  });
  const trust = windowsOfTrust(series.map(({ own }) => own));
  const shrunk = (total: number, known: number) =>
    Math.exp(known > 0 ? centre + total / (known + trust) : centre);
  const factorOf = (k: number, without: number) => {
    const { sum, own } = series[k]!;
    // The next forecast is one more that had no part in its scale: what others were divided by.
    if (without < 0) return shrunk((sum * (own.length - 1)) / own.length, own.length - 1);
    const left = moves[k * count + without]!;
    return Number.isNaN(left) ? shrunk(sum, own.length) : shrunk(sum - left, own.length - 1);
  };
  return { centre, factorOf };
}

/**
 * How many windows of its own a series needs to be believed as much as all others: the variance
 * within series ÷ that between them (one-way analysis of variance, by moments).
 */
function windowsOfTrust(series: readonly Float64Array[]): number {
  const known = series.filter(({ length }) => length > 0);
  const means = known.map((own) => meanKnown(own));
  const spare = known.reduce((sum, own) => sum + own.length - 1, 0);
  // Without repeated windows nothing tells luck from merit, so all is taken for luck.
  if (spare === 0 || known.length === 1) return Infinity;
  const squares = known.reduce(
    (sum, own, k) => sum + own.reduce((total, move) => total + (move - means[k]!) ** 2, 0),
    0,
  );
  const within = squares / spare;
  const middle = meanKnown(means);
  const spread = means.reduce((sum, mean) => sum + (mean - middle) ** 2, 0) / (known.length - 1);
  const between = spread - within * meanKnown(known.map(({ length }) => 1 / length));
  return between > 0 ? within / between : Infinity;
}
