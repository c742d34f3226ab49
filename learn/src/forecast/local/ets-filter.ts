import type { EtsForm } from './ets-form.js';

export interface EtsState {
  level: number;
  trend: number;
  /** By phase; phase 0 is the first point. */
  season: Float64Array;
}

export interface Smoothing {
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
}

// A perfect fit would be minus infinity and beat everything by chance of rounding.
export const VARIANCE_MIN = 1e-18;

/**
 * Runs the filter over `values`, moving `state` to the end of the series, and returns the
 * concentrated −2 log-likelihood (up to a constant). A missing value moves the state without an
 * error. `fitted` is filled with the forecasts one step ahead.
 */
export function filterEts(
  values: Float64Array,
  form: EtsForm,
  { alpha, beta, gamma, phi }: Smoothing,
  state: EtsState,
  fitted?: Float64Array,
): number {
  const { season } = state;
  const period = season.length;
  const additive = form.season === 'A';
  const multiplicative = form.season === 'M';
  let { level, trend } = state;
  let squares = 0;
  let logs = 0;
  let count = 0;
  for (let t = 0; t < values.length; t++) {
    const phase = period > 0 ? t % period : 0;
    const base = level + phi * trend;
    const index = period > 0 ? season[phase]! : 0;
    const expected = multiplicative ? base * index : additive ? base + index : base;
    if (fitted !== undefined) fitted[t] = expected;
    const error = values[t]! - expected;
    trend *= phi;
    level = base;
    if (Number.isNaN(error)) continue;
    // A multiplicative season shares the error out in the units of level and of index.
    const levelError = multiplicative ? error / index : error;
    level += alpha * levelError;
    if (form.trend) trend += beta * levelError;
    if (multiplicative) season[phase] = index + (gamma * error) / base;
    else if (additive) season[phase] = index + gamma * error;
    count++;
    if (form.multiplicativeError) {
      if (expected <= 1e-8) return Infinity;
      squares += (error / expected) ** 2;
      logs += Math.log(expected);
    } else squares += error * error;
  }
  state.level = level;
  state.trend = trend;
  return concentrated(squares, logs, count);
}

/** −2 log-likelihood with the variance at its best value, without n + n log 2π. */
export const concentrated = (squares: number, logs: number, count: number): number =>
  count * Math.log(Math.max(squares / count, VARIANCE_MIN)) + 2 * logs;

/** Continues from the state at the end of `length` points. */
export function continueEts(
  form: EtsForm,
  phi: number,
  { level, trend, season }: EtsState,
  length: number,
  out: Float64Array,
): void {
  let sum = 0;
  let power = phi;
  for (let h = 0; h < out.length; h++) {
    sum += power;
    power *= phi;
    const base = level + sum * trend;
    const index = season.length > 0 ? season[(length + h) % season.length]! : 0;
    out[h] = form.season === 'M' ? base * index : form.season === 'A' ? base + index : base;
  }
}
