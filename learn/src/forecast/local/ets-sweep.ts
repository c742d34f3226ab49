import { concentrated, VARIANCE_MIN, type Smoothing } from './ets-filter.js';
import type { EtsForm } from './ets-form.js';

/**
 * What the pass forward leaves for the pass back. `level`, `trend` and `season` hold the first
 * states on the way in and the derivatives by them on the way out.
 */
export interface Tape {
  level: number;
  trend: number;
  season: Float64Array;
  base: Float64Array;
  index: Float64Array;
  error: Float64Array;
  slope: Float64Array;
  squares: number;
  logs: number;
  count: number;
  byAlpha: number;
  byBeta: number;
  byGamma: number;
  byPhi: number;
}

export const newTape = (n: number, width: number): Tape => ({
  level: 0,
  trend: 0,
  season: new Float64Array(width),
  base: new Float64Array(n),
  index: new Float64Array(width > 0 ? n : 0),
  error: new Float64Array(n),
  slope: new Float64Array(n),
  squares: 0,
  logs: 0,
  count: 0,
  byAlpha: 0,
  byBeta: 0,
  byGamma: 0,
  byPhi: 0,
});

type Sweep = (values: Float64Array, form: EtsForm, smoothing: Smoothing, tape: Tape) => number;
/** False outside the domain of the form. */
type Ahead = (values: Float64Array, form: EtsForm, smoothing: Smoothing, tape: Tape) => boolean;
type Back = (
  values: Float64Array,
  form: EtsForm,
  smoothing: Smoothing,
  tape: Tape,
  factor: number,
) => void;

function sweepOf(ahead: Ahead, back: Back): Sweep {
  return (values, form, smoothing, tape) => {
    if (!ahead(values, form, smoothing, tape)) return Infinity;
    const { squares, logs, count } = tape;
    // At a perfect fit the likelihood is held at its floor, where it has no slope.
    back(values, form, smoothing, tape, squares / count > VARIANCE_MIN ? (2 * count) / squares : 0);
    return concentrated(squares, logs, count);
  };
}

/** d value ÷ d forecast at one step, the direct part. */
const pull = (multiplicative: boolean, y: number, error: number, factor: number): number => {
  if (!multiplicative) return -factor * error;
  const expected = y - error;
  return ((-factor * error * y) / (expected * expected) + 2) / expected;
};

const aheadPlain: Ahead = (values, form, { alpha, beta, phi }, tape) => {
  const { error: errors, slope: slopes } = tape;
  const n = values.length;
  const times = form.multiplicativeError;
  let { level, trend } = tape;
  let squares = 0;
  let product = 1;
  let logs = 0;
  let count = 0;
  for (let t = 0; t < n; t++) {
    slopes[t] = trend;
    trend *= phi;
    level += trend;
    const error = values[t]! - level;
    errors[t] = error;
    if (error !== error) continue;
    count++;
    if (times) {
      if (level <= 1e-8) return false;
      const relative = error / level;
      squares += relative * relative;
      // One logarithm for many factors; the product is emptied before it can overflow.
      product *= level;
      if (product > 1e100 || product < 1e-100) {
        logs += Math.log(product);
        product = 1;
      }
    } else squares += error * error;
    level += alpha * error;
    trend += beta * error;
  }
  logs += Math.log(product);
  tape.squares = squares;
  tape.logs = logs;
  tape.count = count;
  return true;
};

const backPlain: Back = (values, form, { alpha, beta, phi }, tape, factor) => {
  const { error: errors, slope: slopes } = tape;
  const n = values.length;
  const times = form.multiplicativeError;
  let byLevel = 0;
  let byTrend = 0;
  let byAlpha = 0;
  let byBeta = 0;
  let byPhi = 0;
  for (let t = n - 1; t >= 0; t--) {
    const error = errors[t]!;
    if (error === error) {
      byAlpha += byLevel * error;
      byBeta += byTrend * error;
      byLevel += pull(times, values[t]!, error, factor) - alpha * byLevel - beta * byTrend;
    }
    byTrend += byLevel;
    byPhi += byTrend * slopes[t]!;
    byTrend *= phi;
  }
  tape.level = byLevel;
  tape.trend = byTrend;
  tape.byAlpha = byAlpha;
  tape.byBeta = byBeta;
  tape.byPhi = byPhi;
};

/** The likelihood of a form with no season. */
export const sweepPlain = sweepOf(aheadPlain, backPlain);

const aheadAdditive: Ahead = (values, form, { alpha, beta, gamma, phi }, tape) => {
  const { error: errors, slope: slopes, season } = tape;
  const n = values.length;
  const period = season.length;
  const times = form.multiplicativeError;
  let { level, trend } = tape;
  let squares = 0;
  let product = 1;
  let logs = 0;
  let count = 0;
  for (let t = 0, phase = 0; t < n; t++, phase = phase + 1 === period ? 0 : phase + 1) {
    slopes[t] = trend;
    trend *= phi;
    level += trend;
    const expected = level + season[phase]!;
    const error = values[t]! - expected;
    errors[t] = error;
    if (error !== error) continue;
    count++;
    if (times) {
      if (expected <= 1e-8) return false;
      const relative = error / expected;
      squares += relative * relative;
      product *= expected;
      if (product > 1e100 || product < 1e-100) {
        logs += Math.log(product);
        product = 1;
      }
    } else squares += error * error;
    level += alpha * error;
    trend += beta * error;
    season[phase] = season[phase]! + gamma * error;
  }
  logs += Math.log(product);
  tape.squares = squares;
  tape.logs = logs;
  tape.count = count;
  return true;
};

const backAdditive: Back = (values, form, { alpha, beta, gamma, phi }, tape, factor) => {
  const { error: errors, slope: slopes, season } = tape;
  const n = values.length;
  const period = season.length;
  const times = form.multiplicativeError;
  let byLevel = 0;
  let byTrend = 0;
  let byAlpha = 0;
  let byBeta = 0;
  let byGamma = 0;
  let byPhi = 0;
  season.fill(0);
  for (
    let t = n - 1, phase = t % period;
    t >= 0;
    t--, phase = phase === 0 ? period - 1 : phase - 1
  ) {
    const error = errors[t]!;
    if (error === error) {
      const bySeason = season[phase]!;
      byAlpha += byLevel * error;
      byBeta += byTrend * error;
      byGamma += bySeason * error;
      const move =
        pull(times, values[t]!, error, factor) -
        alpha * byLevel -
        beta * byTrend -
        gamma * bySeason;
      byLevel += move;
      season[phase] = bySeason + move;
    }
    byTrend += byLevel;
    byPhi += byTrend * slopes[t]!;
    byTrend *= phi;
  }
  tape.level = byLevel;
  tape.trend = byTrend;
  tape.byAlpha = byAlpha;
  tape.byBeta = byBeta;
  tape.byGamma = byGamma;
  tape.byPhi = byPhi;
};

/** The likelihood of a form with additive season. */
export const sweepAdditive = sweepOf(aheadAdditive, backAdditive);

const aheadTimes: Ahead = (values, form, { alpha, beta, gamma, phi }, tape) => {
  const { error: errors, slope: slopes, base: bases, index: indices, season } = tape;
  const n = values.length;
  const period = season.length;
  const times = form.multiplicativeError;
  let { level, trend } = tape;
  let squares = 0;
  let product = 1;
  let logs = 0;
  let count = 0;
  for (let t = 0, phase = 0; t < n; t++, phase = phase + 1 === period ? 0 : phase + 1) {
    slopes[t] = trend;
    trend *= phi;
    level += trend;
    const index = season[phase]!;
    const expected = level * index;
    const error = values[t]! - expected;
    bases[t] = level;
    indices[t] = index;
    errors[t] = error;
    if (error !== error) continue;
    // A level or an index at or below nothing turns the season over.
    if (level <= 1e-8 || index <= 1e-8) return false;
    count++;
    if (times) {
      const relative = error / expected;
      squares += relative * relative;
      product *= expected;
      if (product > 1e100 || product < 1e-100) {
        logs += Math.log(product);
        product = 1;
      }
    } else squares += error * error;
    season[phase] = index + (gamma * error) / level;
    const levelError = error / index;
    level += alpha * levelError;
    trend += beta * levelError;
  }
  logs += Math.log(product);
  tape.squares = squares;
  tape.logs = logs;
  tape.count = count;
  return true;
};

const backTimes: Back = (values, form, { alpha, beta, gamma, phi }, tape, factor) => {
  const { error: errors, slope: slopes, base: bases, index: indices, season } = tape;
  const n = values.length;
  const period = season.length;
  const times = form.multiplicativeError;
  let byLevel = 0;
  let byTrend = 0;
  let byAlpha = 0;
  let byBeta = 0;
  let byGamma = 0;
  let byPhi = 0;
  season.fill(0);
  for (
    let t = n - 1, phase = t % period;
    t >= 0;
    t--, phase = phase === 0 ? period - 1 : phase - 1
  ) {
    const error = errors[t]!;
    if (error === error) {
      const base = bases[t]!;
      const index = indices[t]!;
      const bySeason = season[phase]!;
      const levelError = error / index;
      const indexError = error / base;
      byAlpha += byLevel * levelError;
      byBeta += byTrend * levelError;
      byGamma += bySeason * indexError;
      const byLevelError = alpha * byLevel + beta * byTrend;
      const byIndexError = gamma * bySeason;
      const byExpected =
        pull(times, values[t]!, error, factor) - byLevelError / index - byIndexError / base;
      season[phase] = bySeason + byExpected * base - (byLevelError * levelError) / index;
      byLevel += byExpected * index - (byIndexError * indexError) / base;
    }
    byTrend += byLevel;
    byPhi += byTrend * slopes[t]!;
    byTrend *= phi;
  }
  tape.level = byLevel;
  tape.trend = byTrend;
  tape.byAlpha = byAlpha;
  tape.byBeta = byBeta;
  tape.byGamma = byGamma;
  tape.byPhi = byPhi;
};

/** The likelihood of a form with multiplicative season. */
export const sweepTimes = sweepOf(aheadTimes, backTimes);
