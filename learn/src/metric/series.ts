import { mae, rmse } from './regression.js';

/**
 * Errors over those of the seasonal naive forecast inside `history` (Hyndman and Koehler 2006):
 * below 1 is better than it. NaN when the history is too short or never moves.
 */
export const mase = (
  y: ArrayLike<number>,
  predicted: ArrayLike<number>,
  history: ArrayLike<number>,
  period: number,
): number => mae(y, predicted) / seasonalChange(history, period, Math.abs);

/** The same with squares, as in the M5 competition (Makridakis et al. 2022). */
export const rmsse = (
  y: ArrayLike<number>,
  predicted: ArrayLike<number>,
  history: ArrayLike<number>,
  period: number,
): number =>
  rmse(y, predicted) / Math.sqrt(seasonalChange(history, period, (change) => change * change));

function seasonalChange(
  history: ArrayLike<number>,
  period: number,
  size: (change: number) => number,
): number {
  let sum = 0;
  let count = 0;
  for (let i = period; i < history.length; i++) {
    const change = history[i]! - history[i - period]!;
    if (Number.isNaN(change)) continue;
    sum += size(change);
    count++;
  }
  return sum > 0 ? sum / count : NaN;
}

/** Share of rows inside [lower, upper]. */
export function coverage(
  y: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): number {
  let inside = 0;
  for (let row = 0; row < y.length; row++)
    if (y[row]! >= lower[row]! && y[row]! <= upper[row]!) inside++;
  return inside / y.length;
}

/**
 * Mean width of the interval plus 2 / (1 - level) times what lies outside, in units of y
 * (Winkler 1972).
 */
export function winkler(
  y: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  level: number,
): number {
  let sum = 0;
  for (let row = 0; row < y.length; row++) {
    const outside = Math.max(lower[row]! - y[row]!, y[row]! - upper[row]!, 0);
    sum += upper[row]! - lower[row]! + (2 / (1 - level)) * outside;
  }
  return sum / y.length;
}
