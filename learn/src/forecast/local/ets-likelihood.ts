import { isAdmissible } from './ets-admissible.js';
import type { EtsState, Smoothing } from './ets-filter.js';
import type { EtsForm } from './ets-form.js';
import { newTape, sweepAdditive, sweepPlain, sweepTimes, type Tape } from './ets-sweep.js';
import type { Differentiable } from './quasi-newton.js';

/** The bounds of Hyndman and others (2002), kept by logistic maps. */
const SMOOTHING_MIN = 1e-4;
const ALPHA_MAX = 0.9999;
const PHI_MIN = 0.8;
const PHI_MAX = 0.98;

/**
 * The default weight of the prior on the trend. A short series hardly tells a trend that follows
 * every error from one that is steady, and the likelihood then prefers the one that flies off.
 * β ÷ α has the prior Beta(1, 1 + weight), whose mean is the customary first guess of a tenth. It
 * steers the search and counts where forms are compared: what it costs, by its height at its mode.
 */
export const TREND_PRIOR = 8;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const logit = (share: number) => Math.log(share / (1 - share));

/** Smoothing parameters and first states as one vector without bounds, and back. */
export interface EtsVector {
  size: number;
  /** The start of a search: β a tenth of α, γ a twentieth of its room, φ nearly undamped. */
  encode(alpha: number, state: EtsState): Float64Array;
  decode(x: Float64Array): { smoothing: Smoothing; state: EtsState };
  /** Less the logarithm of the prior, twice. */
  objective: Differentiable;
}

/** Where each unknown lies in the vector. */
function layoutOf(form: EtsForm, width: number) {
  const beta = 1;
  const gamma = form.trend ? 2 : 1;
  const phi = gamma + (width > 0 ? 1 : 0);
  const level = phi + (form.damped ? 1 : 0);
  const season = level + (form.trend ? 2 : 1);
  const size = season + Math.max(0, width - 1);
  return { beta, gamma, phi, level, trend: level + 1, season, size };
}

/**
 * The concentrated −2 log-likelihood of one form on one series with its derivatives by the adjoint
 * of the filter: one pass forward, one back, nothing allocated.
 * @param values without a scale of their own; `NaN` is missing and moves the state without error
 * @param unit in what the vector counts the first states
 * @param trendPrior weight of the prior on the trend, 0 for plain maximum likelihood
 */
export function etsVector(
  values: Float64Array,
  period: number,
  form: EtsForm,
  unit: number,
  trendPrior: number,
): EtsVector {
  const width = form.season === 'N' ? 0 : period;
  const at = layoutOf(form, width);
  const total = form.season === 'M' ? width : 0;
  const tape = newTape(values.length, width);
  const smoothing: Smoothing = { alpha: 0, beta: 0, gamma: 0, phi: form.trend ? 1 : 0 };
  const shares: Smoothing = { alpha: 0, beta: 0, gamma: 0, phi: 0 };
  const jury = new Float64Array(period + 2);
  const sweep = form.season === 'N' ? sweepPlain : form.season === 'A' ? sweepAdditive : sweepTimes;
  const read = (x: Float64Array) => {
    readSmoothing(x, form, at, smoothing, shares);
    tape.level = x[at.level]! * unit;
    tape.trend = form.trend ? x[at.trend]! * unit : 0;
    // The last index is what is left, so that a season sums to nothing (or averages 1).
    let rest = total;
    for (let j = 0; j < width - 1; j++) rest -= tape.season[j] = x[at.season + j]! * unit;
    if (width > 0) tape.season[width - 1] = rest;
  };
  const write = (gradient: Float64Array) => {
    writeSmoothing(gradient, form, at, smoothing, shares, tape);
    gradient[at.level] = tape.level * unit;
    if (form.trend) gradient[at.trend] = tape.trend * unit;
    for (let j = 0; j < width - 1; j++)
      gradient[at.season + j] = (tape.season[j]! - tape.season[width - 1]!) * unit;
  };
  return {
    size: at.size,
    objective(x, gradient) {
      read(x);
      if (width > 1 && !isAdmissible(smoothing, period, jury)) return Infinity;
      const value = sweep(values, form, smoothing, tape);
      if (!Number.isFinite(value)) return Infinity;
      write(gradient);
      return value + leanOn(gradient, form, at, shares, trendPrior);
    },
    encode(alpha, state) {
      const x = new Float64Array(at.size);
      x[0] = logit(alpha);
      if (form.trend) x[at.beta] = logit(0.1);
      if (width > 0) x[at.gamma] = logit(0.05);
      if (form.damped) x[at.phi] = logit(0.9);
      x[at.level] = state.level / unit;
      if (form.trend) x[at.trend] = state.trend / unit;
      for (let j = 0; j < width - 1; j++) x[at.season + j] = state.season[j]! / unit;
      return x;
    },
    decode(x) {
      read(x);
      const { level, trend, season } = tape;
      return { smoothing: { ...smoothing }, state: { level, trend, season: season.slice() } };
    },
  };
}

type Layout = ReturnType<typeof layoutOf>;

function readSmoothing(
  x: Float64Array,
  form: EtsForm,
  at: Layout,
  smoothing: Smoothing,
  shares: Smoothing,
): void {
  shares.alpha = logistic(x[0]!);
  smoothing.alpha = SMOOTHING_MIN + (ALPHA_MAX - SMOOTHING_MIN) * shares.alpha;
  if (form.trend) {
    shares.beta = logistic(x[at.beta]!);
    smoothing.beta = SMOOTHING_MIN + (smoothing.alpha - SMOOTHING_MIN) * shares.beta;
  }
  if (form.season !== 'N') {
    shares.gamma = logistic(x[at.gamma]!);
    smoothing.gamma = SMOOTHING_MIN + (1 - smoothing.alpha - SMOOTHING_MIN) * shares.gamma;
  }
  if (form.damped) {
    shares.phi = logistic(x[at.phi]!);
    smoothing.phi = PHI_MIN + (PHI_MAX - PHI_MIN) * shares.phi;
  }
}

/** −2 log prior, its slope added to the gradient. */
function leanOn(
  gradient: Float64Array,
  form: EtsForm,
  at: Layout,
  shares: Smoothing,
  weight: number,
): number {
  if (!form.trend) return 0;
  gradient[at.beta]! += 2 * weight * shares.beta;
  return -2 * weight * Math.log1p(-shares.beta);
}

function writeSmoothing(
  gradient: Float64Array,
  form: EtsForm,
  at: Layout,
  { alpha }: Smoothing,
  shares: Smoothing,
  { byAlpha, byBeta, byGamma, byPhi }: Tape,
): void {
  const slope = (share: number, from: number, to: number) => (to - from) * share * (1 - share);
  // The bounds of β and γ move with α.
  const along = byAlpha + byBeta * shares.beta - byGamma * shares.gamma;
  gradient[0] = along * slope(shares.alpha, SMOOTHING_MIN, ALPHA_MAX);
  if (form.trend) gradient[at.beta] = byBeta * slope(shares.beta, SMOOTHING_MIN, alpha);
  if (form.season !== 'N')
    gradient[at.gamma] = byGamma * slope(shares.gamma, SMOOTHING_MIN, 1 - alpha);
  if (form.damped) gradient[at.phi] = byPhi * slope(shares.phi, PHI_MIN, PHI_MAX);
}
