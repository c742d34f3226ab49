import { addSeason, findSeasonality, removeSeason, seasonalIndices } from './decompose.js';
import {
  continueEts,
  etsForms,
  filterEts,
  type EtsForm,
  type EtsState,
  type Smoothing,
} from './ets-filter.js';
import type { LocalMethod } from './local.js';
import { bridged } from './missing.js';
import { nelderMead } from './simplex.js';
import { countKnown, scaleOf } from './statistics.js';

interface EtsOptions {
  /**
   * A form such as `ANN`, `AAdA`, `MAM`, or `auto`: the smallest AICc of those the series allows.
   */
  model: string;
}

// Beyond it the seasonal states outnumber what a likelihood can choose among, so a longer season
// is removed by classical decomposition first.
const PERIOD_MAX = 24;
const POINTS_MIN = 5;

/**
 * Exponential smoothing. Fewer than 5 known points: fixed smoothing α = 0.5 without trend or
 * season. A seasonal form needs two periods; multiplicative forms need positive values.
 */
export const ets = ({ model }: EtsOptions): LocalMethod => named('ets', model);

/** Simple exponential smoothing: level only. */
export const ses = (): LocalMethod => named('ses', 'ANN');

/** Holt's linear trend, damped or not. */
export const holt = ({ damped }: { damped: boolean }): LocalMethod =>
  named('holt', damped ? 'AAdN' : 'AAN');

function named(kind: string, model: string): LocalMethod {
  if (model !== 'auto' && !etsForms.some((form) => form.name === model))
    throw new Error(
      `ets model ${model} is unknown; it is auto or one of ${etsForms.map((f) => f.name).join(', ')}`,
    );
  return {
    kind,
    fit(values, period) {
      const { adjusted, inner } = adjust(values, period);
      return fitScaled(adjusted, inner, model);
    },
    forecast(values, period, { parameters, fresh }, out) {
      const { adjusted, inner, season } = adjust(values, period);
      const form = etsForms[parameters[0]!]!;
      const smoothing = readSmoothing(parameters);
      const scale = fresh ? scaleOf(adjusted) : parameters[7]!;
      const scaled = adjusted.map((value) => value / scale);
      const states = fresh
        ? initialState(scaled, inner, form)
        : { level: parameters[5]!, trend: parameters[6]!, season: parameters.slice(8) };
      filterEts(scaled, form, smoothing, states);
      continueEts(form, smoothing.phi, states, scaled.length, out);
      for (let h = 0; h < out.length; h++) out[h]! *= scale;
      addSeason(out, season, values.length);
    },
  };
}

function adjust(values: Float64Array, period: number) {
  if (period <= PERIOD_MAX) return { adjusted: values, inner: period, season: undefined };
  const season = findSeasonality(values, period);
  return { adjusted: removeSeason(values, season), inner: 1, season };
}

const readSmoothing = (p: Float64Array): Smoothing => ({
  alpha: p[1]!,
  beta: p[2]!,
  gamma: p[3]!,
  phi: p[4]!,
});

/** form, alpha, beta, gamma, phi, first level, first trend, scale, first seasonal states. */
function fitScaled(values: Float64Array, period: number, model: string): Float64Array {
  const scale = scaleOf(values);
  const scaled = values.map((value) => value / scale);
  const known = countKnown(scaled);
  if (known < POINTS_MIN) return Float64Array.of(0, 0.5, 0, 0, 1, scaled[0]!, 0, scale);
  const positive = scaled.every((value) => Number.isNaN(value) || value > 0);
  const seasonal = period > 1 && scaled.length >= 2 * period && known > period + 6;
  const allowed = etsForms.filter(
    (form) =>
      (model === 'auto' ? period > 1 || form.season === 'N' : form.name === model) &&
      (positive || (!form.multiplicativeError && form.season !== 'M')) &&
      (seasonal || form.season === 'N') &&
      known > parameterCount(form, period) + 1,
  );
  if (allowed.length === 0) allowed.push(etsForms[0]!);
  let best = { criterion: Infinity, parameters: new Float64Array(0) };
  for (const form of allowed) {
    const candidate = optimise(scaled, period, form);
    const k = parameterCount(form, period);
    const criterion = candidate.value + 2 * k + (2 * k * (k + 1)) / Math.max(known - k - 1, 1);
    if (criterion < best.criterion || best.parameters.length === 0)
      best = { criterion, parameters: candidate.parameters(scale) };
  }
  return best.parameters;
}

const parameterCount = (form: EtsForm, period: number) =>
  3 + (form.trend ? 2 : 0) + (form.damped ? 1 : 0) + (form.season === 'N' ? 0 : period);

function optimise(values: Float64Array, period: number, form: EtsForm) {
  const initial = initialState(values, period, form);
  const state: EtsState = { level: 0, trend: 0, season: new Float64Array(initial.season.length) };
  const decode = (x: Float64Array) => {
    let i = 0;
    const alpha = 0.0001 + 0.9998 * logistic(x[i++]!);
    const level = initial.level + 0.2 * x[i++]!;
    const beta = form.trend ? alpha * logistic(x[i++]!) : 0;
    const trend = form.trend ? initial.trend + 0.02 * x[i++]! : 0;
    const gamma = form.season === 'N' ? 0 : (1 - alpha) * logistic(x[i++]!);
    const phi = form.damped ? 0.8 + 0.18 * logistic(x[i++]!) : form.trend ? 1 : 0;
    return { smoothing: { alpha, beta, gamma, phi }, level, trend };
  };
  const start = [-0.5, 0];
  if (form.trend) start.push(-2.2, 0);
  if (form.season !== 'N') start.push(-2.2);
  if (form.damped) start.push(1.5);
  const { x, value } = nelderMead(
    (x) => {
      const { smoothing, level, trend } = decode(x);
      state.level = level;
      state.trend = trend;
      state.season.set(initial.season);
      return filterEts(values, form, smoothing, state);
    },
    start,
    { step: 0.6, evaluationsMax: 60 * start.length, tolerance: 1e-6 },
  );
  return {
    value,
    parameters(scale: number) {
      const { smoothing, level, trend } = decode(x);
      const { alpha, beta, gamma, phi } = smoothing;
      const head = [etsForms.indexOf(form), alpha, beta, gamma, phi, level, trend, scale];
      return Float64Array.from([...head, ...initial.season]);
    },
  };
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Season by classical decomposition, level and trend by a line through the first ten adjusted
 * points.
 */
function initialState(values: Float64Array, period: number, form: EtsForm): EtsState {
  const filled = bridged(values);
  const seasonal = form.season !== 'N' && filled.length >= 2 * period;
  const season = seasonal
    ? seasonalIndices(filled, period, form.season === 'A' ? 'additive' : 'multiplicative').indices
    : new Float64Array(form.season === 'N' ? 0 : period).fill(form.season === 'M' ? 1 : 0);
  const adjusted = filled.map((value, t) =>
    form.season === 'N'
      ? value
      : form.season === 'A'
        ? value - season[t % period]!
        : value / Math.max(season[t % period]!, 1e-4),
  );
  const count = Math.min(10, adjusted.length);
  const middle = (count - 1) / 2;
  let mean = 0;
  let slope = 0;
  let spread = 0;
  for (let t = 0; t < count; t++) {
    mean += adjusted[t]! / count;
    slope += (t - middle) * adjusted[t]!;
    spread += (t - middle) ** 2;
  }
  slope = spread > 0 && form.trend ? slope / spread : 0;
  return { level: mean - slope * (middle + 1), trend: slope, season };
}
