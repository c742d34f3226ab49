import { takeRows } from '../frame.js';
import { seriesValues, type Covariates, type SeriesSet } from '../series.js';
import type { ForecastModel } from './forecaster.js';
import { fitLine } from './local/line.js';
import { bridged, firstKnown } from './series/missing.js';
import { medianKnown } from './series/statistics.js';
import { stl } from './local/stl.js';

/** A forecast taken apart, in units of the series: the five parts sum to it at every step. */
export interface ForecastParts {
  forecast: Float64Array;
  /** A line through what is left without the other parts. */
  trend: Float64Array;
  season: Float64Array;
  /** What known calendar columns move. */
  calendar: Float64Array;
  /** What other columns known ahead move. */
  covariates: Float64Array;
  remainder: Float64Array;
}

/**
 * Takes apart the forecast of any model from outside: covariates by forecasting once more with
 * their typical values, the season as that of the history (loess; Cleveland et al., 1990) at the
 * phases ahead, the trend as a line through the rest.
 * @param calendar names of known covariates that belong to the calendar
 */
export function forecastParts(
  model: ForecastModel,
  history: SeriesSet,
  index: number,
  horizon: number,
  { calendar = [] }: { calendar?: readonly string[] } = {},
): ForecastParts {
  const set = onlySeries(history, index);
  const of = (given: SeriesSet) => {
    const out = new Float64Array(horizon);
    model.forecast(given, horizon, out);
    return out;
  };
  const forecast = of(set);
  const names = set.covariates?.names ?? [];
  const known = names.filter((_, c) => set.covariates!.kinds[c] === 'known');
  const inCalendar = new Set(calendar);
  const plain = known.length === 0 ? forecast : of(typical(set, new Set(known)));
  const others = known.filter((name) => !inCalendar.has(name));
  const withCalendar = others.length === 0 ? forecast : of(typical(set, new Set(others)));
  const season = seasonAhead(seriesValues(set, 0), set.period, horizon);
  const level = plain.map((value, h) => value - season[h]!);
  const { intercept, slope } = horizon > 1 ? fitLine(level) : { intercept: level[0]!, slope: 0 };
  const trend = level.map((_, h) => intercept + slope * (h + 1));
  return {
    forecast,
    trend,
    season,
    calendar: withCalendar.map((value, h) => value - plain[h]!),
    covariates: forecast.map((value, h) => value - withCalendar[h]!),
    remainder: level.map((value, h) => value - trend[h]!),
  };
}

/** A forecast beside the one with another plan. */
export interface WhatIf {
  /** series × horizon */
  planned: Float64Array;
  changed: Float64Array;
  /** changed − planned */
  difference: Float64Array;
}

/**
 * What another value of a column known ahead would do: both forecasts from the same model and the
 * same history.
 * @param change the value of a known covariate at a future step (calendar index) instead of the
 *   planned one
 * @throws Error when nothing is known ahead
 */
export function whatIf(
  model: ForecastModel,
  history: SeriesSet,
  horizon: number,
  change: (at: { key: string; step: number; name: string }, planned: number) => number,
): WhatIf {
  if (history.covariates === undefined || !history.covariates.kinds.includes('known'))
    throw new Error('no covariate is known ahead, so there is no plan to change');
  const planned = new Float64Array(history.keys.length * horizon);
  const changed = new Float64Array(planned.length);
  model.forecast(history, horizon, planned);
  const other = withFuture(history, (series, step, name, value) =>
    change({ key: history.keys[series]!, step, name }, value),
  );
  model.forecast(other, horizon, changed);
  return { planned, changed, difference: changed.map((value, i) => value - planned[i]!) };
}

function withFuture(
  set: SeriesSet,
  change: (series: number, step: number, name: string, value: number) => number,
): SeriesSet {
  const given = set.covariates;
  if (given === undefined) return set;
  const covariates: Covariates = {
    ...given,
    at(series, step, covariate) {
      const value = given.at(series, step, covariate);
      const end = set.starts[series]! + set.offsets[series + 1]! - set.offsets[series]!;
      return step < end || given.kinds[covariate] !== 'known'
        ? value
        : change(series, step, given.names[covariate]!, value);
    },
  };
  return { ...set, covariates };
}

/** The future with the median of the past in some columns. */
function typical(set: SeriesSet, columns: ReadonlySet<string>): SeriesSet {
  const { names, at } = set.covariates!;
  const middle = new Map(
    names.flatMap((name, c) => {
      if (!columns.has(name)) return [];
      const past = seriesValues(set, 0).map((_, t) => at(0, set.starts[0]! + t, c));
      return [[name, medianKnown(past)] as const];
    }),
  );
  return withFuture(set, (_, __, name, value) => middle.get(name) ?? value);
}

/** The season of the last cycle at the phases ahead; zeros without two cycles. */
function seasonAhead(values: Float64Array, period: number, horizon: number): Float64Array {
  const out = new Float64Array(horizon);
  const y = bridged(values.subarray(firstKnown(values)));
  if (period < 2 || y.length < 2 * period) return out;
  const { season } = stl(y, period);
  const last = season.subarray(season.length - period);
  return out.map((_, h) => last[h % period]!);
}

function onlySeries(set: SeriesSet, index: number): SeriesSet {
  const { covariates, statics } = set;
  return {
    keys: [set.keys[index]!],
    values: seriesValues(set, index),
    offsets: Int32Array.of(0, set.offsets[index + 1]! - set.offsets[index]!),
    starts: Int32Array.of(set.starts[index]!),
    period: set.period,
    ...(statics && { statics: takeRows(statics, Int32Array.of(index)) }),
    ...(covariates && {
      covariates: {
        ...covariates,
        at: (_: number, step: number, covariate: number) => covariates.at(index, step, covariate),
      },
    }),
  };
}
