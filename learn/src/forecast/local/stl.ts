import { loess } from './loess.js';

export interface Stl {
  trend: Float64Array;
  season: Float64Array;
  remainder: Float64Array;
}

interface StlOptions {
  /** Odd number of periods that a seasonal index looks at. */
  seasonWindow?: number;
  /** Rounds in which outliers lose weight are not made; these are the inner ones. */
  rounds?: number;
}

const odd = (x: number) => {
  const up = Math.ceil(x);
  return up % 2 === 1 ? up : up + 1;
};

/**
 * Seasonal-trend decomposition by loess (Cleveland, Cleveland, McRae and Terpenning, 1990) without
 * jumps: season of degree 0, trend and low pass of degree 1, the default windows of the paper.
 * Needs two periods and no missing value; the three parts sum to `y`.
 */
export function stl(
  y: Float64Array,
  period: number,
  { seasonWindow = 11, rounds = 2 }: StlOptions = {},
): Stl {
  const n = y.length;
  if (period < 2 || n < 2 * period)
    throw new RangeError(`a decomposition of period ${period} has ${n} points, needs two periods`);
  const trendWindow = odd((1.5 * period) / (1 - 1.5 / seasonWindow));
  const trend = new Float64Array(n);
  const season = new Float64Array(n);
  const cycle = new Float64Array(n + 2 * period);
  const low = new Float64Array(n);
  const rest = new Float64Array(n);
  for (let round = 0; round < rounds; round++) {
    for (let t = 0; t < n; t++) rest[t] = y[t]! - trend[t]!;
    smoothCycles(rest, period, seasonWindow, cycle);
    const passed = average(average(average(cycle, period), period), 3);
    loess(passed, { width: odd(period), degree: 1 }, 0, low);
    for (let t = 0; t < n; t++) {
      season[t] = cycle[t + period]! - low[t]!;
      rest[t] = y[t]! - season[t]!;
    }
    loess(rest, { width: trendWindow, degree: 1 }, 0, trend);
  }
  return { trend, season, remainder: y.map((value, t) => value - trend[t]! - season[t]!) };
}

/** Each phase smoothed over the periods, and led on by one period at both ends. */
function smoothCycles(y: Float64Array, period: number, width: number, out: Float64Array): void {
  for (let phase = 0; phase < period; phase++) {
    const count = Math.floor((y.length - 1 - phase) / period) + 1;
    const phaseValues = Float64Array.from({ length: count }, (_, k) => y[phase + k * period]!);
    const smooth = new Float64Array(count + 2);
    loess(phaseValues, { width, degree: 0 }, 1, smooth);
    for (let k = 0; k < count + 2; k++) out[phase + k * period] = smooth[k]!;
  }
}

/** Moving average of `width` points: `width` − 1 shorter. */
function average(y: Float64Array, width: number): Float64Array {
  const out = new Float64Array(y.length - width + 1);
  let sum = 0;
  for (let t = 0; t < y.length; t++) {
    sum += y[t]!;
    if (t >= width) sum -= y[t - width]!;
    if (t >= width - 1) out[t - width + 1] = sum / width;
  }
  return out;
}

/**
 * How much of what is left without the trend is season: 0 none, 1 all (Wang, Smith and Hyndman,
 * 2006).
 */
export function seasonalStrength({ season, remainder }: Stl): number {
  const both = season.map((value, t) => value + remainder[t]!);
  const whole = variance(both);
  return whole > 0 ? Math.max(0, Math.min(1, 1 - variance(remainder) / whole)) : 0;
}

function variance(y: Float64Array): number {
  let mean = 0;
  for (const value of y) mean += value / y.length;
  let sum = 0;
  for (const value of y) sum += (value - mean) ** 2;
  return sum / (y.length - 1);
}
