import type { Effects } from '../../estimator.js';
import { seriesValues, type Covariates, type SeriesSet } from '../../series.js';
import type { ForecastModel, Forecaster } from '../forecaster.js';
import { lastKnown } from '../series/missing.js';
import { changeOf } from '../series/statistics.js';

export interface BacktestPlan {
  /** Steps forecast from each origin. */
  horizon: number;
  /** How many origins; the last one leaves one whole horizon to be judged. */
  origins: number;
  /** Steps between origins. */
  step: number;
  /** Steps between the last known one and the first forecast: what arrives late. 0 by default. */
  gap?: number;
  /** Steps of history that a fit sees; all of it (expanding) by default. */
  window?: number;
  /**
   * Fits anew at every so many origins; between them the standing model reads the longer history.
   * 1 by default; `Infinity` fits once, at the first.
   */
  refitEvery?: number;
}

/** What was forecast and what happened, from each origin. Plain data. */
export interface Backtest {
  keys: readonly string[];
  horizon: number;
  /** Calendar index of the last step that each origin knew, oldest first. */
  origins: Int32Array;
  /** series × origin × horizon; `NaN` where nothing is known. */
  actual: Float64Array;
  predicted: Float64Array;
  /** series × origin: the last known value at the origin. */
  current: Float64Array;
  /** series × origin: mean absolute seasonal difference of the history, the unit of MASE. */
  scales: Float64Array;
  /** By series: that of all that is known, where the next forecast starts; else as at an origin. */
  scalesNow?: Float64Array;
  /** series × origin: mean absolute change from one step to the next, of the history. */
  steps?: Float64Array;
  /** By series: that of all that is known. */
  stepsNow?: Float64Array;
  /** Calendar steps that a window speaks of; the horizon by default. */
  span?: number;
}

/** Rolling origin: fitted again at each one, on nothing after it. */
export function backtest(
  forecaster: Forecaster,
  set: SeriesSet,
  plan: BacktestPlan,
  effects: Effects,
): Promise<Backtest>;
export function backtest<Name extends string>(
  forecasters: Record<Name, Forecaster>,
  set: SeriesSet,
  plan: BacktestPlan,
  effects: Effects,
): Promise<Record<Name, Backtest>>;
export async function backtest(
  given: Forecaster | Record<string, Forecaster>,
  set: SeriesSet,
  plan: BacktestPlan,
  effects: Effects,
): Promise<Backtest | Record<string, Backtest>> {
  if (typeof given['fit'] === 'function')
    return backtestOne(given as Forecaster, set, plan, effects);
  const results: Record<string, Backtest> = {};
  const entries = Object.entries(given as Record<string, Forecaster>);
  for (const [i, [name, forecaster]] of entries.entries())
    results[name] = await backtestOne(forecaster, set, plan, {
      ...effects,
      rng: effects.rng.fork(name),
      progress: (done) => effects.progress?.((i + done) / entries.length),
    });
  return results;
}

async function backtestOne(
  forecaster: Forecaster,
  set: SeriesSet,
  plan: BacktestPlan,
  effects: Effects,
): Promise<Backtest> {
  const origins = originsOf(set, plan);
  const { horizon, gap = 0, window, refitEvery = 1 } = plan;
  const series = set.keys.length;
  const cells = series * origins.length;
  const actual = new Float64Array(cells * horizon).fill(NaN);
  const predicted = new Float64Array(cells * horizon).fill(NaN);
  const current = new Float64Array(cells).fill(NaN);
  const scales = new Float64Array(cells).fill(NaN);
  const steps = scales.slice();
  const reach = gap + horizon;
  const out = new Float64Array(series * reach);
  let model: ForecastModel | undefined;
  for (const [o, origin] of origins.entries()) {
    const history = historyAt(set, origin, window);
    if (model === undefined || o % refitEvery === 0)
      model = await forecaster.fit(history, {
        ...effects,
        rng: effects.rng.fork(`origin ${origin}`),
        progress: (done) => effects.progress?.((o + done) / origins.length),
      });
    model.forecast(history, reach, out);
    for (let i = 0; i < series; i++) {
      const cell = i * origins.length + o;
      predicted.set(out.subarray(i * reach + gap, (i + 1) * reach), cell * horizon);
      const values = seriesValues(set, i);
      for (let h = 0; h < horizon; h++)
        actual[cell * horizon + h] = values[origin + gap + 1 + h - set.starts[i]!] ?? NaN;
      const known = seriesValues(history, i);
      current[cell] = known[lastKnown(known)] ?? NaN;
      scales[cell] = changeOf(known, set.period);
      steps[cell] = changeOf(known, 1);
    }
  }
  const now = (lag: number) =>
    Float64Array.from(set.keys, (_, i) => changeOf(seriesValues(set, i), lag));
  const known = { scales, scalesNow: now(set.period), steps, stepsNow: now(1) };
  return { keys: set.keys, horizon, origins, actual, predicted, current, ...known };
}

function originsOf(set: SeriesSet, plan: BacktestPlan): Int32Array {
  const { horizon, origins, step, gap = 0, window = 1, refitEvery = 1 } = plan;
  for (const [name, value, least] of [
    ['horizon', horizon, 1],
    ['origins', origins, 1],
    ['step', step, 1],
    ['gap', gap, 0],
    ['window', window, 1],
    ['refitEvery', refitEvery === Infinity ? 1 : refitEvery, 1],
  ] as const)
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`${name} is ${value}, expected a whole number from ${least}`);
  let first = Infinity;
  let end = -Infinity;
  for (let i = 0; i < set.keys.length; i++) {
    first = Math.min(first, set.starts[i]!);
    end = Math.max(end, set.starts[i]! + set.offsets[i + 1]! - set.offsets[i]!);
  }
  const needed = gap + horizon + (origins - 1) * step + 1;
  if (!(end - first >= needed))
    throw new Error(
      `the longest history spans ${Math.max(0, end - first)} steps; ${origins} origins of horizon ${horizon} every ${step}${gap > 0 ? ` after a gap of ${gap}` : ''} need ${needed}`,
    );
  return Int32Array.from(
    { length: origins },
    (_, o) => end - 1 - gap - horizon - (origins - 1 - o) * step,
  );
}

/**
 * The set as it was known at calendar step `origin`: every series ends there, with `NaN` where it
 * had stopped before, empty where it had not begun. Past covariates are hidden after it.
 * @param window steps up to the origin that are kept; all by default
 */
export function historyAt(set: SeriesSet, origin: number, window = Infinity): SeriesSet {
  const count = set.keys.length;
  const offsets = new Int32Array(count + 1);
  const starts = set.starts.map((start) =>
    Math.min(Math.max(start, origin + 1 - Math.min(window, origin + 1 - start)), origin + 1),
  );
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + origin + 1 - starts[i]!;
  const values = new Float64Array(offsets[count]!).fill(NaN);
  for (let i = 0; i < count; i++) {
    const skipped = Math.max(0, starts[i]! - set.starts[i]!);
    const length = offsets[i + 1]! - offsets[i]!;
    values.set(seriesValues(set, i).subarray(skipped, skipped + length), offsets[i]);
  }
  const covariates = set.covariates && hideFuture(set.covariates, origin);
  return { ...set, values, offsets, starts, ...(covariates && { covariates }) };
}

const hideFuture = (covariates: Covariates, origin: number): Covariates => ({
  ...covariates,
  at: (series, step, covariate) =>
    covariates.kinds[covariate] === 'past' && step > origin
      ? NaN
      : covariates.at(series, step, covariate),
});
