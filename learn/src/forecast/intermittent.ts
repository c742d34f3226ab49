import type { LocalMethod } from './local.js';

interface IntermittentOptions {
  /** Smoothing of demand sizes and of intervals (or of the probability of demand), 0..1. */
  alpha: number;
}

/**
 * For sales that are mostly zero: smooths the size of a demand and the interval between demands
 * apart, and forecasts size ÷ interval (Croston, 1972). Missing steps say nothing and count for
 * nothing. A series that never sold forecasts 0.
 */
export const croston = (options: IntermittentOptions): LocalMethod =>
  intermittent('croston', (values) => sizeByInterval(values, options.alpha));

/** Croston without its upward bias: × (1 − α ÷ 2) (Syntetos and Boylan, 2005). */
export const sba = (options: IntermittentOptions): LocalMethod =>
  intermittent('sba', (values) => sizeByInterval(values, options.alpha) * (1 - options.alpha / 2));

/**
 * Smooths the probability of a demand at every step, so that a dead product fades (Teunter,
 * Syntetos and Babai, 2011).
 */
export const tsb = (options: IntermittentOptions): LocalMethod =>
  intermittent('tsb', (values) => sizeByProbability(values, options.alpha));

const intermittent = (kind: string, rate: (values: Float64Array) => number): LocalMethod => ({
  kind,
  fit: () => Float64Array.of(0),
  forecast: (values, _period, _fitted, out) => void out.fill(rate(values)),
});

function sizeByInterval(values: Float64Array, alpha: number): number {
  let size = NaN;
  let interval = NaN;
  let since = 1;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value === 0) {
      since++;
      continue;
    }
    size = Number.isNaN(size) ? value : size + alpha * (value - size);
    interval = Number.isNaN(interval) ? since : interval + alpha * (since - interval);
    since = 1;
  }
  return Number.isNaN(size) ? 0 : size / interval;
}

function sizeByProbability(values: Float64Array, alpha: number): number {
  let size = NaN;
  let probability = NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const happened = value === 0 ? 0 : 1;
    if (happened === 1) size = Number.isNaN(size) ? value : size + alpha * (value - size);
    probability = Number.isNaN(probability)
      ? Math.max(happened, 0.5)
      : probability + alpha * (happened - probability);
  }
  return Number.isNaN(size) ? 0 : size * probability;
}
