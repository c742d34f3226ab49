import type { Overlap } from '../choice/overlap.js';
import { meanKnown } from '../series/statistics.js';

// A window e³ times as wrong as others, or never wrong at all, says no more than that.
const SPREAD_MAX = 3;

/**
 * How wrong forecasts of each series are in its unit, drawn to what they are in all series as far
 * as luck between windows explains the differences between series (empirical Bayes).
 * @param windows series × origin: logarithms of the size of errors; `NaN` unknown, −Infinity none
 * @returns the logarithm for all, and the factor of a series without one of its windows and those
 *   that overlap it; of the next forecast (−1) on average without one, as scales that had a part in
 *   what they divide are small
 */
export function shrunkFactors(
  windows: Float64Array,
  count: number,
  { overlaps, apart }: Overlap,
): { centre: number; factorOf: (series: number, without: number) => number } {
  const positive = windows.filter((log) => Number.isFinite(log));
  const centre = meanKnown(positive);
  // Forecasts that were never wrong have no scale.
  if (positive.length === 0) return { centre: -Infinity, factorOf: () => 0 };
  const moves = windows.map((log) => Math.max(-SPREAD_MAX, Math.min(SPREAD_MAX, log - centre)));
  const series = Array.from({ length: windows.length / count }, (_, k) =>
    moves.subarray(k * count, (k + 1) * count),
  );
  const trust = windowsOfTrust(series, { overlaps, apart });
  const shrunk = (total: number, known: number) =>
    Math.exp(known > 0 ? centre + (total * apart) / (known * apart + trust) : centre);
  const factors = series.map((own) => {
    const all = totalOf(own);
    const others = Array.from(own, (_, o) => totalOf(own, (other) => !overlaps(o, other)));
    const left = meanKnown(others.map(({ known }, o) => (Number.isNaN(own[o]!) ? NaN : known)));
    return {
      without: others.map(({ sum, known }) => shrunk(sum, known)),
      // The next forecast is one more that had no part in its scale: what others were divided by.
      next: shrunk((all.sum * left) / all.known, left),
    };
  });
  const factorOf = (k: number, without: number) =>
    without < 0 ? factors[k]!.next : factors[k]!.without[without]!;
  return { centre, factorOf };
}

/** Of the known windows that are wanted: their sum, and how many they are. */
function totalOf(own: Float64Array, wants: (origin: number) => boolean = () => true) {
  let [sum, known] = [0, 0];
  for (let o = 0; o < own.length; o++) {
    if (Number.isNaN(own[o]!) || !wants(o)) continue;
    sum += own[o]!;
    known++;
  }
  return { sum, known };
}

/**
 * How many windows of its own a series needs to be believed as much as all others: the variance
 * within series ÷ that between them (one-way analysis of variance, by moments). Windows that overlap
 * differ less than others, so that only the rest are compared.
 */
function windowsOfTrust(series: readonly Float64Array[], { overlaps, apart }: Overlap): number {
  const judged = series.map((own) => totalOf(own)).filter(({ known }) => known > 0);
  let [squares, spare] = [0, 0];
  for (const own of series) {
    const { known } = totalOf(own);
    for (let a = 0; a < own.length; a++)
      for (let b = 0; b < a; b++) {
        const move = own[a]! - own[b]!;
        if (Number.isNaN(move) || overlaps(a, b)) continue;
        squares += move ** 2 / known;
        spare += 2 / known;
      }
  }
  // Without repeated windows nothing tells luck from merit, so all is taken for luck.
  if (spare === 0 || judged.length === 1) return Infinity;
  const within = squares / spare;
  const means = judged.map(({ sum, known }) => sum / known);
  const middle = meanKnown(means);
  const spread = means.reduce((sum, mean) => sum + (mean - middle) ** 2, 0) / (means.length - 1);
  const luck = within * meanKnown(judged.map(({ known }) => 1 / (known * apart)));
  return spread > luck ? within / (spread - luck) : Infinity;
}
