import { seriesValues, type SeriesSet } from '../../series.js';
import type { Backtest } from '../choice/backtest.js';
import type { Calibration } from './conformal-errors.js';
import {
  calibrated,
  calibrateStep,
  fitCurves,
  rawProbabilities,
  stepView,
  type PastCase,
  type RawCase,
  type WayCurves,
  type WayProbabilities,
} from './direction-calibration.js';
import {
  decide,
  groupBySeries,
  likelyWay,
  poolOf,
  recordOf,
  type CallPool,
  type Candidate,
  type Direction,
  type DirectionRecord,
} from './direction-record.js';
import { ways, type DeadBand, type Way } from './direction-way.js';
import { placeOf } from '../series/key-places.js';
import { moveNames, movesOf } from '../series/moves.js';
import { partnersOf } from '../global/partners.js';

export interface DirectionOptions {
  /** Steps ahead, from 0. */
  step: number;
  deadBand: DeadBand;
  /** Errors are ratios: prices. */
  multiplicative?: boolean;
  /** Least probability of a way that may be called, above one half. */
  probabilityMin?: number;
}

type Settings = Required<DirectionOptions> & { period: number };

/** A direction that was given at an origin with what was known at it, and what happened. */
export interface PastDirection extends Direction {
  series: number;
  origin: number;
  happened: Way;
  /** Frequencies of the ways in all outcomes known at the origin: the climate. */
  climate: WayProbabilities;
}

/** What a backtest teaches about directions at one step. */
export interface Directions {
  options: Settings;
  keys: readonly string[];
  calibration: Pick<Calibration, 'signed' | 'scales' | 'pooled'>;
  curves: WayCurves;
  /** One a series. */
  records: readonly DirectionRecord[];
  pool: CallPool;
  /** By key the series that moved most alike before the first origin. */
  partners: Readonly<Record<string, string>>;
  /** Every direction of the backtest, in the order of time, each from its own past alone. */
  past: readonly PastDirection[];
}

const PROBABILITY_MIN = 0.55;

/**
 * Learns to give directions: the predictive distribution of past errors over the dead band,
 * calibrated on what happened (Cox, 1958), and the record of calls: those of all series together
 * must beat chance, and a series' own must not speak against it. The past is
 * gone through in the order of time; at each origin only outcomes that were over count.
 * @param set that was backtested: its recent moves are hints beside the forecast
 */
export function learnDirections(
  test: Backtest,
  set: SeriesSet,
  given: DirectionOptions,
): Directions {
  const options = settingsOf(test, set, given);
  const partners = partnersOf(set, test.origins[0] ?? -1);
  const place = new Map(set.keys.map((key, i) => [key, i]));
  const history = historyReader(set, (key) => place.get(key) ?? -1, partners, options);
  const view = stepView(test, options.step, options);
  const byOrigin = Array.from(test.origins, (_, o) =>
    view.cases.filter(({ origin }) => origin === o),
  );
  const raws = byOrigin.map((cases, o) => {
    const errors = calibrateStep(view, (origin) => view.known(origin, o), o);
    return cases.map((one): RawCase => {
      const moves = history(test.keys[one.series]!, test.origins[o]!);
      return { ...rawProbabilities(errors, one, options), moves };
    });
  });
  const past: PastDirection[] = [];
  const candidates: Candidate[] = [];
  let curves: WayCurves | undefined;
  for (let o = 0; o < byOrigin.length; o++) {
    const over = byOrigin.flatMap((_, origin) => (view.known(origin, o) ? [origin] : []));
    const outcomes = over.flatMap((origin) => byOrigin[origin]!);
    curves = curvesOf(
      over.flatMap((origin) => raws[origin]!),
      outcomes,
      curves,
    );
    const climate = climateOf(outcomes);
    const before = candidates.filter(({ origin }) => view.known(origin, o));
    const settled = groupBySeries(before);
    const pool = poolOf([...settled.values()].map(recordOf));
    for (const [i, one] of byOrigin[o]!.entries()) {
      const probabilities = calibrated(raws[o]![i]!, curves);
      const record = recordOf(settled.get(one.series) ?? []);
      past.push({
        ...decide(probabilities, record, pool, options.probabilityMin),
        series: one.series,
        origin: o,
        happened: one.way,
        climate,
      });
      const likely = likelyWay(probabilities, options.probabilityMin);
      candidates.push({ series: one.series, origin: o, likely, happened: one.way });
    }
  }
  const settled = groupBySeries(candidates);
  const records = test.keys.map((_, k) => recordOf(settled.get(k) ?? []));
  return {
    options,
    keys: test.keys,
    calibration: calibrateStep(view, () => true),
    curves: curvesOf(raws.flat(), byOrigin.flat(), curves),
    records,
    pool: poolOf(records),
    partners,
    past,
  };
}

function settingsOf(test: Backtest, set: SeriesSet, given: DirectionOptions): Settings {
  const options: Settings = {
    multiplicative: false,
    probabilityMin: PROBABILITY_MIN,
    period: set.period,
    ...given,
  };
  if (!Number.isInteger(options.step) || options.step < 0 || options.step >= test.horizon)
    throw new RangeError(`step is ${options.step}, expected a whole number below ${test.horizon}`);
  if (!(options.probabilityMin > 0.5 && options.probabilityMin < 1))
    throw new RangeError(
      `probabilityMin is ${options.probabilityMin}, expected above 0.5 and below 1`,
    );
  return options;
}

/**
 * The direction of one series from its last value and its forecast at the learned step.
 * @param set histories up to now, of this series and of its partner
 */
export function directionOf(
  { options, keys, calibration, curves, records, pool, partners }: Directions,
  set: SeriesSet,
  key: string,
  { current, point }: { current: number; point: number },
): Direction {
  const series = placeOf(keys, key);
  const moves = historyReader(
    set,
    (name) => placeOf(set.keys, name),
    partners,
    options,
  )(key, Infinity);
  const raw = { ...rawProbabilities(calibration, { series, current, point }, options), moves };
  const record = records[series] ?? recordOf([]);
  return decide(calibrated(raw, curves), record, pool, options.probabilityMin);
}

/** Scores of past directions beside forecasts that are never in doubt, and the climate. */
export interface DirectionScores {
  /** Directions given, calls among them, and calls that came true. */
  directions: number;
  calls: number;
  hits: number;
  /** Mean squared error of the three probabilities (Brier, 1950), 0..2. */
  brier: number;
  /** Of the frequencies known at each origin. */
  brierClimate: number;
}

export function scoreDirections(past: readonly PastDirection[]): DirectionScores {
  const called = past.filter((one) => one.called !== null);
  const brier = (of: (one: PastDirection) => WayProbabilities) =>
    past.reduce((sum, one) => sum + brierOf(of(one), one.happened), 0) / past.length;
  return {
    directions: past.length,
    calls: called.length,
    hits: called.filter((one) => one.called === one.happened).length,
    brier: brier(({ probabilities }) => probabilities),
    brierClimate: brier(({ climate }) => climate),
  };
}

/** Σ (probability − what happened)² over the three ways. */
export const brierOf = (probabilities: WayProbabilities, happened: Way): number =>
  ways.reduce((sum, way) => sum + (probabilities[way] - (way === happened ? 1 : 0)) ** 2, 0);

/** Reads the moves of a series up to a calendar step. */
function historyReader(
  set: SeriesSet,
  placeOf: (key: string) => number,
  partners: Readonly<Record<string, string>>,
  { step, multiplicative, period }: Settings,
): (key: string, until: number) => Float64Array {
  const endOf = (i: number) => set.starts[i]! + set.offsets[i + 1]! - set.offsets[i]! - 1;
  const upTo = (i: number, end: number) => {
    const values = seriesValues(set, i).subarray(0, Math.max(0, end + 1 - set.starts[i]!));
    return multiplicative ? values.map((value) => (value > 0 ? Math.log(value) : NaN)) : values;
  };
  return (key, until) => {
    const moves = new Float64Array(moveNames.length);
    const own = placeOf(key);
    if (own < 0) return moves;
    const end = Math.min(until, endOf(own));
    const partner = partners[key] === undefined ? -1 : placeOf(partners[key]);
    const beside = partner < 0 || endOf(partner) < end ? new Float64Array(0) : upTo(partner, end);
    movesOf(upTo(own, end), beside, { period, ahead: step + 1 }, moves);
    return moves;
  };
}

const curvesOf = (
  raws: readonly RawCase[],
  cases: readonly PastCase[],
  start?: WayCurves,
): WayCurves =>
  fitCurves(
    raws,
    cases.map(({ way }) => way),
    start,
  );

/** One outcome of each way is added, so that few of them are never sure. */
function climateOf(cases: readonly PastCase[]): WayProbabilities {
  const share = (way: Way) =>
    (cases.filter((one) => one.way === way).length + 1) / (cases.length + ways.length);
  return { up: share('up'), flat: share('flat'), down: share('down') };
}
