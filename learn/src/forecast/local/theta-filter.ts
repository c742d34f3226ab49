import { leastBetween } from './golden-section.js';
import { fitLine } from './line.js';

/** One theta model: θ = ∞ has weight 1, θ = 1 has weight 0. */
export interface ThetaFit {
  alpha: number;
  /** 1 − 1 ÷ θ: how much of the line is added. */
  weight: number;
  /** Smoothed value before the first point. */
  level: number;
}

const ALPHA_MIN = 0.1;
const ALPHA_MAX = 0.99;

/** Intercept and slope known before each point: of the whole series, or renewed at every point. */
interface Lines {
  intercepts: Float64Array;
  slopes: Float64Array;
  /** First point (from 0) whose error counts. */
  from: number;
}

export function linesOf(y: Float64Array, dynamic: boolean): Lines {
  const n = y.length;
  const intercepts = new Float64Array(n + 1);
  const slopes = new Float64Array(n + 1);
  if (!dynamic) {
    const { intercept, slope } = fitLine(y);
    return { intercepts: intercepts.fill(intercept), slopes: slopes.fill(slope), from: 0 };
  }
  const line = { mean: 0, intercept: y[0]!, slope: 0 };
  for (let t = 0; t <= n; t++) {
    intercepts[t] = line.intercept;
    slopes[t] = line.slope;
    if (t < n) renew(line, y[t]!, t + 1);
  }
  // The line needs two points before it says anything.
  return { intercepts, slopes, from: 2 };
}

/** Equations 15 to 17 of Fiorucci et al. (2016): the line through `count` points, one at a time. */
function renew(line: { mean: number; intercept: number; slope: number }, y: number, count: number) {
  const before = line.mean;
  line.mean += (y - line.mean) / count;
  line.slope =
    count === 1 ? 0 : ((count - 2) * line.slope + (6 / count) * (y - before)) / (count + 1);
  line.intercept = line.mean - ((count + 1) / 2) * line.slope;
}

/**
 * Least squares of the errors one step ahead. Given α the forecast is linear in the first level and
 * in the weight of the line, so both are solved for and only α is searched.
 * @param weight fixed (0.5 is θ = 2), or `null` to be found between 0 and 1
 */
export function fitTheta(y: Float64Array, dynamic: boolean, weight: number | null): ThetaFit {
  const lines = linesOf(y, dynamic);
  const sums: Sums = { rr: 0, dd: 0, gg: 0, dg: 0, rd: 0, rg: 0 };
  const objective = (alpha: number) => {
    gather(y, lines, alpha, sums);
    return solve(sums, weight).squares;
  };
  const { x: alpha } = leastBetween(objective, ALPHA_MIN, ALPHA_MAX);
  gather(y, lines, alpha, sums);
  return { alpha, ...solve(sums, weight) };
}

/** Products of r (value less smoothed), d (what is left of the first level) and g (the line). */
interface Sums {
  rr: number;
  dd: number;
  gg: number;
  dg: number;
  rd: number;
  rg: number;
}

function gather(y: Float64Array, { intercepts, slopes, from }: Lines, alpha: number, sums: Sums) {
  const keep = 1 - alpha;
  let smoothed = 0;
  let decay = 1;
  let rr = 0;
  let dd = 0;
  let gg = 0;
  let dg = 0;
  let rd = 0;
  let rg = 0;
  for (let t = 0; t < y.length; t++) {
    const value = y[t]!;
    if (t >= from) {
      const r = value - smoothed;
      const g = decay * intercepts[t]! + ((1 - decay * keep) / alpha) * slopes[t]!;
      rr += r * r;
      dd += decay * decay;
      gg += g * g;
      dg += decay * g;
      rd += r * decay;
      rg += r * g;
    }
    smoothed += alpha * (value - smoothed);
    decay *= keep;
  }
  sums.rr = rr;
  sums.dd = dd;
  sums.gg = gg;
  sums.dg = dg;
  sums.rd = rd;
  sums.rg = rg;
}

function solve({ rr, dd, gg, dg, rd, rg }: Sums, fixed: number | null) {
  const determinant = dd * gg - dg * dg;
  const free = determinant > 1e-12 * dd * gg ? (dd * rg - dg * rd) / determinant : 0.5;
  const weight = fixed ?? Math.min(1, Math.max(0, free));
  const level = dd > 0 ? (rd - weight * dg) / dd : 0;
  const squares =
    rr +
    level * level * dd +
    weight * weight * gg +
    2 * (level * weight * dg - level * rd - weight * rg);
  return { weight, level, squares };
}

/**
 * Forecasts one step ahead into `fitted` and, fed with its own forecasts beyond the end, `out`;
 * `trend` receives the share of the line in `out` (equations 12 to 14).
 */
export function runTheta(
  y: Float64Array,
  { alpha, weight, level }: ThetaFit,
  dynamic: boolean,
  out: Float64Array,
  parts?: { fitted: Float64Array; trend: Float64Array },
): void {
  const { intercepts, slopes } = linesOf(y, dynamic);
  const n = y.length;
  const line = { mean: 0, intercept: intercepts[n]!, slope: slopes[n]! };
  for (let t = 0; t < n; t++) line.mean += y[t]! / n;
  let smoothed = level;
  let decay = 1;
  for (let t = 0; t < n + out.length; t++) {
    const { intercept, slope } = t < n ? { intercept: intercepts[t]!, slope: slopes[t]! } : line;
    const drift = weight * (decay * intercept + ((1 - decay * (1 - alpha)) / alpha) * slope);
    const expected = smoothed + drift;
    const value = t < n ? y[t]! : expected;
    if (t >= n) out[t - n] = expected;
    if (parts !== undefined && t < n) parts.fitted[t] = expected;
    if (parts !== undefined && t >= n) parts.trend[t - n] = drift;
    smoothed += alpha * (value - smoothed);
    decay *= 1 - alpha;
    if (dynamic && t >= n) renew(line, value, t + 1);
  }
}
