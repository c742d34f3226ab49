import { seasonalStrength, stl } from './stl.js';

/** 5 % point of the test of a level that stays (Kwiatkowski, Phillips, Schmidt and Shin, 1992). */
const KPSS_LIMIT = 0.463;
const STRENGTH_LIMIT = 0.64;

/** Sum of squared partial sums over n² times the long-run variance with Bartlett's weights. */
export function kpss(y: Float64Array): number {
  const n = y.length;
  const lags = Math.trunc((3 * Math.sqrt(n)) / 13);
  let mean = 0;
  for (let t = 0; t < n; t++) mean += y[t]! / n;
  let partial = 0;
  let sums = 0;
  let longRun = 0;
  for (let t = 0; t < n; t++) {
    partial += y[t]! - mean;
    sums += partial * partial;
    longRun += (y[t]! - mean) ** 2;
  }
  for (let lag = 1; lag <= lags; lag++) {
    let product = 0;
    for (let t = lag; t < n; t++) product += (y[t]! - mean) * (y[t - lag]! - mean);
    longRun += 2 * (1 - lag / (lags + 1)) * product;
  }
  return longRun > 0 ? sums / (n * longRun) : 0;
}

export function difference(y: Float64Array, lag: number): Float64Array {
  return Float64Array.from({ length: Math.max(0, y.length - lag) }, (_, t) => y[t + lag]! - y[t]!);
}

export const isConstant = (y: Float64Array): boolean => y.every((value) => value === y[0]);

/**
 * How often to difference before an ARMA is fitted, as auto.arima does (Hyndman and Khandakar,
 * 2008): once over the season where its strength by STL passes 0.64, then at most twice over a step
 * while KPSS rejects a steady level at 5 %. Strength is the default of `nsdiffs` in R's forecast and
 * of statsforecast; the OCSB test, its default before, is not needed for the same steps.
 */
export function differencingOf(y: Float64Array, period: number): { d: number; D: number } {
  const seasonal =
    period > 1 &&
    y.length >= 2 * period + 2 &&
    !isConstant(y) &&
    seasonalStrength(stl(y, period)) > STRENGTH_LIMIT;
  const D = seasonal && !isConstant(difference(y, period)) ? 1 : 0;
  let rest = D === 1 ? difference(y, period) : y;
  let d = 0;
  while (d < 2 && rest.length > 4 && !isConstant(rest) && kpss(rest) > KPSS_LIMIT) {
    const next = difference(rest, 1);
    if (isConstant(next)) break;
    rest = next;
    d++;
  }
  return { d, D };
}
