import { fitLine } from './line.js';
import type { Parts } from './local-method.js';
import { bridged } from '../series/missing.js';

export interface Seasonality {
  form: 'additive' | 'multiplicative';
  /** One per phase; phase 0 is the first point. Additive ones average 0, multiplicative ones 1. */
  indices: Float64Array;
}

// The test below asks for so much of a long season that a few years of weeks never pass it.
const PERIOD_LONG = 24;
const CORRELATION_MIN = 0.4;

/**
 * Whether there is a season. Up to 24 steps: the autocorrelation at the seasonal lag is significant
 * at 90 % (the test of the M3 and M4 competitions; Makridakis, Wheelwright and Hyndman, 1998), from
 * three periods on. Longer: values about their line correlate by 0.4 with those a period before,
 * from two periods on.
 */
function isSeasonal(values: Float64Array, period: number): boolean {
  if (period < 2 || values.length < (period > PERIOD_LONG ? 2 : 3) * period) return false;
  const y = bridged(values);
  if (period > PERIOD_LONG) return repeats(y, period) > CORRELATION_MIN;
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const covariance = (lag: number) => {
    let sum = 0;
    for (let t = lag; t < y.length; t++) sum += (y[t]! - mean) * (y[t - lag]! - mean);
    return sum;
  };
  const variance = covariance(0);
  if (variance <= 0) return false;
  let squares = 0;
  for (let lag = 1; lag < period; lag++) squares += (covariance(lag) / variance) ** 2;
  const limit = 1.645 * Math.sqrt((1 + 2 * squares) / y.length);
  return Math.abs(covariance(period) / variance) > limit;
}

/** Correlation of the values about their line with those a period before. */
function repeats(y: Float64Array, period: number): number {
  const { intercept, slope } = fitLine(y);
  const about = y.map((value, t) => value - intercept - slope * (t + 1));
  let product = 0;
  let now = 0;
  let before = 0;
  for (let t = period; t < about.length; t++) {
    product += about[t]! * about[t - period]!;
    now += about[t]! ** 2;
    before += about[t - period]! ** 2;
  }
  return now > 0 && before > 0 ? product / Math.sqrt(now * before) : 0;
}

/** Classical decomposition by centred moving averages. Needs two periods and no missing value. */
export function seasonalIndices(
  y: Float64Array,
  period: number,
  form: Seasonality['form'],
): Seasonality {
  const trend = centredAverage(y, period);
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(trend[t]!)) continue;
    sums[t % period]! += form === 'additive' ? y[t]! - trend[t]! : y[t]! / trend[t]!;
    counts[t % period]!++;
  }
  const neutral = form === 'additive' ? 0 : 1;
  const indices = sums.map((sum, phase) => (counts[phase]! > 0 ? sum / counts[phase]! : neutral));
  const mean = indices.reduce((sum, value) => sum + value, 0) / period;
  return {
    form,
    indices: indices.map((value) => (form === 'additive' ? value - mean : value / mean)),
  };
}

/**
 * Moving average over one period, with half weights at both ends when it is even; `NaN` at the
 * ends.
 */
function centredAverage(y: Float64Array, period: number): Float64Array {
  const half = Math.floor(period / 2);
  const out = new Float64Array(y.length).fill(NaN);
  for (let t = half; t + half < y.length; t++) {
    let sum = 0;
    for (let k = -half; k <= half; k++)
      sum += y[t + k]! * (period % 2 === 0 && Math.abs(k) === half ? 0.5 : 1);
    out[t] = sum / period;
  }
  return out;
}

/** Seasonality of a series that passes the test, multiplicative where every value is positive. */
export function findSeasonality(values: Float64Array, period: number): Seasonality | undefined {
  if (!isSeasonal(values, period)) return undefined;
  const y = bridged(values);
  const seasonality = seasonalIndices(
    y,
    period,
    y.every((value) => value > 0) ? 'multiplicative' : 'additive',
  );
  // An index near nothing would blow the adjusted series up: such a season is additive.
  return seasonality.form === 'multiplicative' && seasonality.indices.some((index) => index < 0.05)
    ? seasonalIndices(y, period, 'additive')
    : seasonality;
}

export function removeSeason(values: Float64Array, season: Seasonality | undefined): Float64Array {
  if (season === undefined) return values;
  const { form, indices } = season;
  return values.map((value, t) =>
    form === 'additive'
      ? value - indices[t % indices.length]!
      : value / indices[t % indices.length]!,
  );
}

/**
 * Puts the season back on forecasts that begin at step `from` of the series; `parts` learns what it
 * added.
 */
export function addSeason(
  out: Float64Array,
  season: Seasonality | undefined,
  from: number,
  parts?: Parts,
): void {
  if (season === undefined) return;
  const { form, indices } = season;
  const before = parts === undefined ? out : out.slice();
  for (let h = 0; h < out.length; h++) {
    const index = indices[(from + h) % indices.length]!;
    out[h] = form === 'additive' ? out[h]! + index : out[h]! * index;
  }
  if (parts !== undefined) parts['season'] = out.map((value, h) => value - before[h]!);
}
