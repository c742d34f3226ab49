import { seriesValues, type SeriesSet } from '../../series.js';
import type { Backtest } from './backtest.js';

/** Errors of one group of forecasts. `NaN` where nothing could be judged. */
export interface Accuracy {
  group: string;
  /** Forecasts that met a known value. */
  points: number;
  /** 200 |y − f| ÷ (|y| + |f|) on average, as in the M competitions; 0 where both are 0. */
  smape: number;
  /** Mean over windows of errors ÷ the seasonal naive error of the history. */
  mase: number;
  /** The same with root mean squares (M5). */
  rmsse: number;
  /** Σ |y − f| ÷ Σ |y|. */
  wape: number;
  /** Σ (f − y) ÷ Σ |y|: above 0 promises too much. */
  bias: number;
  /** Half the sMAPE and half the MASE of the benchmark's (M4); `null` without one. */
  owa: number | null;
  /** Forecast value added: 1 − absolute error ÷ the benchmark's on the same points. */
  valueAdded: number | null;
  intervals: IntervalAccuracy[];
}

export interface IntervalAccuracy {
  level: number;
  coverage: number;
  /** In units of the series (Winkler, 1972). */
  winkler: number;
  /** Winkler score ÷ the seasonal naive error of the history (M4). */
  msis: number;
  /** Mean pinball loss of both ends. */
  pinball: number;
}

export interface Band {
  level: number;
  /** series × origin × horizon */
  lower: Float64Array;
  upper: Float64Array;
}

export interface AccuracyOptions {
  /** How forecasts are put together; a function names the group of a series, such as its level. */
  by?: 'all' | 'series' | 'step' | 'origin' | ((series: number) => string);
  /** Lag of the naive error that MASE and RMSSE divide by; the set's by default. M4 takes 1 for weeks. */
  period?: number;
  /** Another method on the same folds. */
  benchmark?: Backtest;
  bands?: readonly Band[];
}

/**
 * Errors of a backtest, by group. sMAPE, MASE and RMSSE weigh every window alike, WAPE and bias
 * every unit.
 * @param set that was backtested, for the scale of each window's history
 * @throws RangeError when the benchmark has other folds
 */
export function accuracy(
  test: Backtest,
  set: SeriesSet,
  options: AccuracyOptions = {},
): Accuracy[] {
  const { by = 'all', period = set.period, benchmark, bands = [] } = options;
  if (benchmark !== undefined) checkFolds(test, benchmark);
  const scales = naiveErrors(test, set, period);
  const own = sumsBy(test, scales, by, bands);
  const other = benchmark && sumsBy(benchmark, scales, by, []);
  return [...own].map(([group, sums]) => accuracyOf(group, sums, other?.get(group)));
}

/** Sums over windows and points of one group. */
interface Sums {
  points: number;
  absolute: number;
  signed: number;
  size: number;
  smape: Mean;
  mase: Mean;
  rmsse: Mean;
  bands: { level: number; inside: Mean; winkler: Mean; msis: Mean; pinball: Mean }[];
}

interface Mean {
  sum: number;
  count: number;
}

const mean = (): Mean => ({ sum: 0, count: 0 });
const valueOf = ({ sum, count }: Mean) => (count > 0 ? sum / count : NaN);

function put(into: Mean, value: number): void {
  if (!Number.isFinite(value)) return;
  into.sum += value;
  into.count++;
}

function sumsBy(
  test: Backtest,
  scales: ReturnType<typeof naiveErrors>,
  by: NonNullable<AccuracyOptions['by']>,
  bands: readonly Band[],
): Map<string, Sums> {
  const groups = new Map<string, Sums>();
  const groupAt = (name: string): Sums => {
    const found = groups.get(name) ?? {
      points: 0,
      absolute: 0,
      signed: 0,
      size: 0,
      smape: mean(),
      mase: mean(),
      rmsse: mean(),
      bands: bands.map(({ level }) => ({
        level,
        inside: mean(),
        winkler: mean(),
        msis: mean(),
        pinball: mean(),
      })),
    };
    groups.set(name, found);
    return found;
  };
  const { horizon, origins } = test;
  for (let k = 0; k < test.keys.length; k++)
    for (let o = 0; o < origins.length; o++) {
      const cell = k * origins.length + o;
      const from = cell * horizon;
      const scale = { absolute: scales.absolute[cell]!, squared: scales.squared[cell]! };
      if (by === 'step')
        for (let h = 0; h < horizon; h++)
          addWindow(groupAt(`${h + 1}`), test, { from: from + h, to: from + h + 1, scale }, bands);
      else {
        const name =
          typeof by === 'function'
            ? by(k)
            : by === 'series'
              ? test.keys[k]!
              : by === 'origin'
                ? `${origins[o]}`
                : 'all';
        addWindow(groupAt(name), test, { from, to: from + horizon, scale }, bands);
      }
    }
  return groups;
}

function addWindow(
  sums: Sums,
  { actual, predicted }: Backtest,
  window: { from: number; to: number; scale: { absolute: number; squared: number } },
  bands: readonly Band[],
): void {
  const { from, to, scale } = window;
  const own = { absolute: mean(), squared: mean(), symmetric: mean() };
  for (let i = from; i < to; i++) {
    const error = predicted[i]! - actual[i]!;
    if (Number.isNaN(error)) continue;
    const both = Math.abs(actual[i]!) + Math.abs(predicted[i]!);
    sums.points++;
    sums.absolute += Math.abs(error);
    sums.signed += error;
    sums.size += Math.abs(actual[i]!);
    put(own.absolute, Math.abs(error));
    put(own.squared, error * error);
    put(own.symmetric, both > 0 ? (200 * Math.abs(error)) / both : 0);
    bands.forEach((band, b) => addBand(sums.bands[b]!, band, i, actual[i]!, scale.absolute));
  }
  put(sums.smape, valueOf(own.symmetric));
  put(sums.mase, valueOf(own.absolute) / scale.absolute);
  put(sums.rmsse, Math.sqrt(valueOf(own.squared) / scale.squared));
}

function addBand(
  sums: Sums['bands'][number],
  { level, lower, upper }: Band,
  i: number,
  y: number,
  scale: number,
): void {
  const [low, high] = [lower[i]!, upper[i]!];
  if (Number.isNaN(low + high)) return;
  const winkler = high - low + (2 / (1 - level)) * Math.max(low - y, y - high, 0);
  put(sums.inside, y >= low && y <= high ? 1 : 0);
  put(sums.winkler, winkler);
  put(sums.msis, winkler / scale);
  // The Winkler score is the two ends' pinball losses × 4 ÷ (1 − level) on average.
  put(sums.pinball, (winkler * (1 - level)) / 4);
}

function accuracyOf(group: string, sums: Sums, other: Sums | undefined): Accuracy {
  const smape = valueOf(sums.smape);
  const mase = valueOf(sums.mase);
  return {
    group,
    points: sums.points,
    smape,
    mase,
    rmsse: valueOf(sums.rmsse),
    wape: sums.size > 0 ? sums.absolute / sums.size : NaN,
    bias: sums.size > 0 ? sums.signed / sums.size : NaN,
    owa: other ? (smape / valueOf(other.smape) + mase / valueOf(other.mase)) / 2 : null,
    valueAdded: other ? 1 - sums.absolute / sums.points / (other.absolute / other.points) : null,
    intervals: sums.bands.map(({ level, inside, winkler, msis, pinball }) => ({
      level,
      coverage: valueOf(inside),
      winkler: valueOf(winkler),
      msis: valueOf(msis),
      pinball: valueOf(pinball),
    })),
  };
}

function checkFolds(test: Backtest, other: Backtest): void {
  const same =
    test.horizon === other.horizon &&
    test.keys.length === other.keys.length &&
    test.origins.length === other.origins.length &&
    test.origins.every((origin, o) => origin === other.origins[o]);
  if (!same)
    throw new RangeError(
      `the benchmark has ${other.keys.length} series, ${other.origins.length} origins of horizon ${other.horizon}, expected the same folds: ${test.keys.length}, ${test.origins.length} of ${test.horizon}`,
    );
}

/** series × origin: mean absolute and mean squared seasonal difference of the history. */
function naiveErrors(
  { keys, origins }: Backtest,
  set: SeriesSet,
  period: number,
): { absolute: Float64Array; squared: Float64Array } {
  if (keys.length !== set.keys.length)
    throw new RangeError(`the set has ${set.keys.length} series, the backtest ${keys.length}`);
  const absolute = new Float64Array(keys.length * origins.length).fill(NaN);
  const squared = absolute.slice();
  for (let k = 0; k < keys.length; k++) {
    const values = seriesValues(set, k);
    const sums = { absolute: mean(), squared: mean() };
    let t = period;
    for (let o = 0; o < origins.length; o++) {
      for (; t < values.length && set.starts[k]! + t <= origins[o]!; t++) {
        const change = values[t]! - values[t - period]!;
        put(sums.absolute, Math.abs(change));
        put(sums.squared, change * change);
      }
      absolute[k * origins.length + o] = valueOf(sums.absolute);
      squared[k * origins.length + o] = valueOf(sums.squared);
    }
  }
  return { absolute, squared };
}
