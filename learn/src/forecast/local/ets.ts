import { addSeason, findSeasonality, removeSeason } from './decompose.js';
import { countParameters, etsForms, isStableForm, type EtsForm } from './ets-form.js';
import { continueEts, filterEts, type EtsState, type Smoothing } from './ets-filter.js';
import { etsVector, TREND_PRIOR } from './ets-likelihood.js';
import { startState } from './ets-start.js';
import type { LocalMethod, Parts } from './local-method.js';
import { countKnown, scaleOf } from '../series/statistics.js';
import { quasiNewton } from './quasi-newton.js';

interface EtsOptions {
  /**
   * A form such as `ANN`, `AAdA`, `MAM`, or `auto`: the smallest AICc of those the series allows.
   */
  model: string;
  /** Weight of the prior on a steady trend; 0 is plain maximum likelihood. */
  trendPrior: number;
}

// Beyond it the seasonal states outnumber what a likelihood can choose among, so a longer season
// is removed by classical decomposition first.
const PERIOD_MAX = 24;
const POINTS_MIN = 5;

/**
 * Exponential smoothing. Fewer than 5 known points: fixed smoothing α = 0.5 without trend or
 * season. A seasonal form needs two periods; multiplicative forms need positive values.
 */
export const ets = ({ model, trendPrior }: EtsOptions): LocalMethod =>
  named('ets', model, trendPrior);

/** Simple exponential smoothing: level only. */
export const ses = (): LocalMethod => named('ses', 'ANN');

/** Holt's linear trend, damped or not. */
export const holt = ({ damped }: { damped: boolean }): LocalMethod =>
  named('holt', damped ? 'AAdN' : 'AAN');

function named(kind: string, model: string, trendPrior = TREND_PRIOR): LocalMethod {
  if (model !== 'auto' && !etsForms.some((form) => form.name === model))
    throw new Error(
      `ets model ${model} is unknown; it is auto or one of ${etsForms.map((f) => f.name).join(', ')}`,
    );
  return {
    kind,
    fit(values, period) {
      const { adjusted, inner } = adjustEts(values, period);
      return writeEts(fitEts(adjusted, inner, model, trendPrior));
    },
    forecast(values, period, fitted, out, _around, parts) {
      const { adjusted, inner, season } = adjustEts(values, period);
      const { form, smoothing, state, scale } = readEts(adjusted, inner, fitted);
      const scaled = adjusted.map((value) => value / scale);
      filterEts(scaled, form, smoothing, state);
      continueEts(form, smoothing.phi, state, scaled.length, out);
      for (let h = 0; h < out.length; h++) out[h]! *= scale;
      if (parts !== undefined) partsOf(form, smoothing.phi, state, scale, out, parts);
      addSeason(out, season, values.length, parts);
    },
    trace(values, period, parameters, out) {
      const { adjusted, inner, season } = adjustEts(values, period);
      const { form, smoothing, state, scale } = readEts(adjusted, inner, {
        parameters,
        fresh: false,
      });
      const scaled = adjusted.map((value) => value / scale);
      filterEts(scaled, form, smoothing, state, out);
      for (let t = 0; t < out.length; t++) out[t]! *= scale;
      addSeason(out, season, 0);
    },
    usedInstead: (values) => {
      const known = countKnown(values);
      return known < POINTS_MIN
        ? `smoothing with α = 0.5: ${known} known points, ${kind} needs ${POINTS_MIN}`
        : undefined;
    },
  };
}

export function writeEts({ form, smoothing, state, scale }: EtsFit): Float64Array {
  const { alpha, beta, gamma, phi } = smoothing;
  const head = [etsForms.indexOf(form), alpha, beta, gamma, phi, state.level, state.trend];
  return Float64Array.from([...head, scale, ...state.season]);
}

function readEts(
  adjusted: Float64Array,
  period: number,
  { parameters, fresh }: { parameters: Float64Array; fresh: boolean },
) {
  const form = etsForms[parameters[0]!]!;
  const [, alpha, beta, gamma, phi, level, trend, own] = parameters;
  const scale = fresh ? scaleOf(adjusted) : own!;
  const state = fresh
    ? startState(
        adjusted.map((value) => value / scale),
        period,
        form,
      )
    : { level: level!, trend: trend!, season: parameters.slice(8) };
  const smoothing = { alpha: alpha!, beta: beta!, gamma: gamma!, phi: phi! };
  return { form, smoothing, state, scale };
}

/** The level as it is, what the trend adds to it, and the season the rest. */
function partsOf(
  form: EtsForm,
  phi: number,
  state: EtsState,
  scale: number,
  out: Float64Array,
  parts: Parts,
): void {
  const level = new Float64Array(out.length).fill(state.level * scale);
  parts['level'] = level;
  if (!form.trend && form.season === 'N') return;
  const still = { ...state, season: new Float64Array(0) };
  const base = new Float64Array(out.length);
  continueEts({ ...form, season: 'N' }, phi, still, 0, base);
  if (form.trend) parts['trend'] = base.map((value) => value * scale - level[0]!);
  if (form.season !== 'N') parts['season'] = out.map((value, h) => value - base[h]! * scale);
}

export function adjustEts(values: Float64Array, period: number) {
  if (period <= PERIOD_MAX) return { adjusted: values, inner: period, season: undefined };
  const season = findSeasonality(values, period);
  return { adjusted: removeSeason(values, season), inner: 1, season };
}

/** One form fitted to one series that was divided by `scale`. */
export interface EtsFit {
  form: EtsForm;
  smoothing: Smoothing;
  /** Before the first point, of the scaled series. */
  state: EtsState;
  scale: number;
  /**
   * −2 log-likelihood of the scaled series with the variance at its best value, up to a constant,
   * and what the prior on the trend adds.
   */
  deviance: number;
  /** Corrected Akaike criterion from `deviance`. */
  criterion: number;
}

/** The form of smallest AICc among those allowed, or the one that `model` names. */
export function fitEts(
  values: Float64Array,
  period: number,
  model: string,
  trendPrior: number,
): EtsFit {
  const all = fitForms(values, period, model, trendPrior);
  return all.reduce((best, one) => (one.criterion < best.criterion ? one : best));
}

/** Every form that is allowed, or the one that `model` names. */
export function fitForms(
  values: Float64Array,
  period: number,
  model: string,
  trendPrior: number,
): EtsFit[] {
  const scale = scaleOf(values);
  const scaled = values.map((value) => value / scale);
  const known = countKnown(scaled);
  if (known < POINTS_MIN) return [tooShort(scaled, scale)];
  return allowedForms(scaled, period, model).map((form) => {
    const fitted = { ...fitForm(scaled, period, form, trendPrior), scale };
    const k = countParameters(form, period);
    const criterion = fitted.deviance + 2 * k + (2 * k * (k + 1)) / (known - k - 1);
    const astray = model === 'auto' && fliesOff(scaled, period, fitted);
    return { ...fitted, criterion: astray ? Infinity : criterion };
  });
}

// Ten times all that was ever seen is no season and no trend.
const REACH_MAX = 10;

/**
 * Whether a form leaves the range of its series within a season: an index driven to nothing can.
 */
function fliesOff(
  scaled: Float64Array,
  period: number,
  { form, smoothing, state }: Pick<EtsFit, 'form' | 'smoothing' | 'state'>,
): boolean {
  const end = { ...state, season: state.season.slice() };
  filterEts(scaled, form, smoothing, end);
  const ahead = new Float64Array(Math.max(period, 6));
  continueEts(form, smoothing.phi, end, scaled.length, ahead);
  const largest = scaled.reduce(
    (most, value) => (Math.abs(value) > most ? Math.abs(value) : most),
    0,
  );
  return ahead.some((value) => !(Math.abs(value) <= REACH_MAX * largest));
}

function tooShort(scaled: Float64Array, scale: number): EtsFit {
  const state = { level: scaled[0]!, trend: 0, season: new Float64Array(0) };
  const smoothing = { alpha: 0.5, beta: 0, gamma: 0, phi: 0 };
  return { form: etsForms[0]!, smoothing, state, scale, deviance: NaN, criterion: NaN };
}

function allowedForms(scaled: Float64Array, period: number, model: string): EtsForm[] {
  const known = countKnown(scaled);
  const positive = scaled.every((value) => Number.isNaN(value) || value > 0);
  const allowed = etsForms.filter(
    (form) =>
      (model === 'auto' ? isStableForm(form) : form.name === model) &&
      (positive || (!form.multiplicativeError && form.season !== 'M')) &&
      (form.season === 'N' || (period > 1 && scaled.length > period)) &&
      known > countParameters(form, period) + 1,
  );
  return allowed.length > 0 ? allowed : [etsForms[0]!];
}

// Where the first search is most likely to end is tried first; each start costs one pass.
const ALPHAS = [0.05, 0.3, 0.8];

function fitForm(scaled: Float64Array, period: number, form: EtsForm, trendPrior: number) {
  const state = startState(scaled, period, form);
  const unit = spreadOf(scaled, form, state);
  const vector = etsVector(scaled, period, form, unit, trendPrior);
  const gradient = new Float64Array(vector.size);
  let begin = { x: vector.encode(0.5, state), value: Infinity };
  for (const alpha of ALPHAS) {
    const x = vector.encode(alpha, state);
    const value = vector.objective(x, gradient);
    if (value < begin.value) begin = { x, value };
  }
  const { x, value } = quasiNewton(vector.objective, begin.x, { iterationsMax: 200 });
  return { form, ...vector.decode(x), deviance: value };
}

/** The typical error at the start: the unit in which the search moves the first states. */
function spreadOf(scaled: Float64Array, form: EtsForm, state: EtsState): number {
  const fitted = new Float64Array(scaled.length);
  const smoothing = { alpha: 0.3, beta: 0, gamma: 0, phi: form.trend ? 1 : 0 };
  const plain = { ...form, multiplicativeError: false };
  filterEts(scaled, plain, smoothing, { ...state, season: state.season.slice() }, fitted);
  let squares = 0;
  let count = 0;
  for (let t = 0; t < scaled.length; t++) {
    const error = scaled[t]! - fitted[t]!;
    if (Number.isNaN(error)) continue;
    squares += error * error;
    count++;
  }
  return Math.max(Math.sqrt(squares / count), 1e-6);
}
