/** One member of the family of exponential smoothing (Hyndman, Koehler, Ord and Snyder, 2008). */
export interface EtsForm {
  /** Three or four letters: error A or M, trend N, A or Ad, season N, A or M. */
  name: string;
  multiplicativeError: boolean;
  trend: boolean;
  damped: boolean;
  season: 'N' | 'A' | 'M';
}

/**
 * The family without its unstable members (additive error with multiplicative season) and without
 * multiplicative trends. The place in this list is what a saved model keeps: add only at the end.
 */
export const etsForms: readonly EtsForm[] = ['A', 'M'].flatMap((error) =>
  ['N', 'A', 'Ad'].flatMap((trend) =>
    (['N', 'A', 'M'] as const)
      .filter((season) => error === 'M' || season !== 'M')
      .map((season) => ({
        name: error + trend + season,
        multiplicativeError: error === 'M',
        trend: trend !== 'N',
        damped: trend === 'Ad',
        season,
      })),
  ),
);

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

/**
 * Runs the filter over `values`, moving `state` to the end of the series, and returns the
 * concentrated −2 log-likelihood (up to a constant). A missing value moves the state without an
 * error.
 */
export function filterEts(
  values: Float64Array,
  form: EtsForm,
  { alpha, beta, gamma, phi }: Smoothing,
  state: EtsState,
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
    const fitted = multiplicative ? base * index : additive ? base + index : base;
    const error = values[t]! - fitted;
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
      if (fitted <= 1e-8) return Infinity;
      squares += (error / fitted) ** 2;
      logs += Math.log(fitted);
    } else squares += error * error;
  }
  state.level = level;
  state.trend = trend;
  // A perfect fit would be minus infinity and beat everything by chance of rounding.
  return count * Math.log(Math.max(squares / count, 1e-18)) + 2 * logs;
}

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
