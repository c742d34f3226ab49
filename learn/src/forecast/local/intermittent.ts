import { leastBetween } from './golden-section.js';
import { demandOf } from './intermittent-class.js';
import type { LocalMethod } from './local-method.js';

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
  intermittent('croston', options, (values) => sizeByInterval(values, options.alpha));

/** Croston without its upward bias: × (1 − α ÷ 2) (Syntetos and Boylan, 2005). */
export const sba = (options: IntermittentOptions): LocalMethod =>
  intermittent(
    'sba',
    options,
    (values) => sizeByInterval(values, options.alpha) * (1 - options.alpha / 2),
  );

/**
 * Smooths the probability of a demand at every step, so that a dead product fades (Teunter,
 * Syntetos and Babai, 2011).
 */
export const tsb = (options: IntermittentOptions): LocalMethod =>
  intermittent('tsb', options, (values) => sizeByProbability(values, options.alpha));

/**
 * Sums over blocks as long as the mean interval, smooths the sums and shares the forecast out again
 * (Nikolopoulos and others, 2011). The oldest steps that fill no block are left out.
 */
export const adida = (): LocalMethod =>
  intermittent('adida', undefined, (values) => aggregated(values, longestBlock(values)));

/**
 * The mean of such forecasts over every length up to the mean interval (Petropoulos and Kourentzes,
 * 2015).
 */
export const imapa = (): LocalMethod =>
  intermittent('imapa', undefined, (values) => {
    const most = longestBlock(values);
    let sum = 0;
    for (let block = 1; block <= most; block++) sum += aggregated(values, block);
    return sum / most;
  });

// A product silent for so many of its intervals is fading, which only TSB sees.
const SILENCE_MAX = 3;

/**
 * The method that suits the demand (Syntetos, Boylan and Croston, 2005): simple smoothing where it
 * is smooth, SBA where it is erratic or intermittent, IMAPA where it is lumpy, and TSB where it has
 * been silent for more than three of its intervals.
 */
export const byDemand = (options: IntermittentOptions): LocalMethod => ({
  ...intermittent('intermittent', options, (values) => chosen(values).rate(values, options.alpha)),
  usedInstead: (values) => chosen(values.filter((value) => !Number.isNaN(value))).name,
});

function chosen(values: Float64Array): {
  name: string;
  rate: (values: Float64Array, alpha: number) => number;
} {
  const { kind, silence } = demandOf(values);
  if (silence > SILENCE_MAX)
    return { name: `tsb: silent for ${silence.toFixed(1)} intervals`, rate: sizeByProbability };
  if (kind === 'smooth' || kind === 'none')
    return { name: `simple smoothing: ${kind} demand`, rate: (all) => smoothed(all) };
  if (kind === 'lumpy') {
    const { kind: name, forecast } = imapa();
    return {
      name: `${name}: lumpy demand`,
      rate: (all) => {
        const out = new Float64Array(1);
        forecast(all, 1, { parameters: out, fresh: false }, out, { start: 0, covariates: [] });
        return out[0]!;
      },
    };
  }
  return {
    name: `sba: ${kind} demand`,
    rate: (all, alpha) => sizeByInterval(all, alpha) * (1 - alpha / 2),
  };
}

function intermittent(
  kind: string,
  options: IntermittentOptions | undefined,
  rate: (values: Float64Array) => number,
): LocalMethod {
  if (options !== undefined && !(options.alpha > 0 && options.alpha <= 1))
    throw new RangeError(`alpha of ${kind} is ${options.alpha}, expected above 0 and up to 1`);
  return {
    kind,
    fit: () => Float64Array.of(0),
    forecast: (values, _period, _fitted, out) =>
      void out.fill(rate(values.filter((value) => !Number.isNaN(value)))),
  };
}

function sizeByInterval(values: Float64Array, alpha: number): number {
  let size = NaN;
  let interval = NaN;
  let since = 1;
  for (const value of values) {
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
    const happened = value === 0 ? 0 : 1;
    if (happened === 1) size = Number.isNaN(size) ? value : size + alpha * (value - size);
    probability = Number.isNaN(probability)
      ? Math.max(happened, 0.5)
      : probability + alpha * (happened - probability);
  }
  return Number.isNaN(size) ? 0 : size * probability;
}

function longestBlock(values: Float64Array): number {
  const { interval } = demandOf(values);
  return Number.isFinite(interval) ? Math.max(1, Math.round(interval)) : 1;
}

function aggregated(values: Float64Array, block: number): number {
  const count = Math.floor(values.length / block);
  const from = values.length - count * block;
  const sums = new Float64Array(count);
  for (let t = from; t < values.length; t++) sums[Math.floor((t - from) / block)]! += values[t]!;
  return smoothed(sums) / block;
}

// The customary range for sums of intermittent demand: neither deaf nor jumpy.
const ALPHA_MIN = 0.1;
const ALPHA_MAX = 0.3;

/** Simple smoothing from the first value, α of least squares. */
function smoothed(values: Float64Array): number {
  let level = values[0] ?? 0;
  const run = (alpha: number) => {
    level = values[0] ?? 0;
    let squares = 0;
    for (let t = 1; t < values.length; t++) {
      const error = values[t]! - level;
      squares += error * error;
      level += alpha * error;
    }
    return squares;
  };
  run(leastBetween(run, ALPHA_MIN, ALPHA_MAX).x);
  return level;
}
