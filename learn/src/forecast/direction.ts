import type { Backtest } from './backtest.js';
import type { Calibration } from './conformal-errors.js';
import {
  calibrated,
  calibrateStep,
  fitCurves,
  rawProbabilities,
  stepView,
  type PastCase,
  type WayCurves,
  type WayProbabilities,
} from './direction-calibration.js';
import { ways, type DeadBand, type Way } from './direction-way.js';

/** How past calls went, and how often the most frequent way happened: what a call must beat. */
export interface DirectionRecord {
  calls: number;
  hits: number;
  /** Share of the most frequent way among all outcomes, 0..1. */
  naiveRate: number;
}

export interface Direction {
  probabilities: WayProbabilities;
  /** `null` abstains. */
  called: Way | null;
  reason:
    | 'likely and proven'
    | 'no way is likely enough'
    | 'past calls did not beat chance'
    | 'no past calls';
  record: DirectionRecord;
}

export interface DirectionOptions {
  /** Steps ahead, from 0. */
  step: number;
  deadBand: DeadBand;
  /** Errors are ratios: prices. */
  multiplicative?: boolean;
  /** Least probability of a way that may be called, 0..1. */
  probabilityMin?: number;
}

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
  options: Required<DirectionOptions>;
  keys: readonly string[];
  calibration: Pick<Calibration, 'signed' | 'scales' | 'pooled'>;
  curves: WayCurves;
  /** One a series. */
  records: readonly DirectionRecord[];
  /** Every direction of the backtest, in the order of time, each from its own past alone. */
  past: readonly PastDirection[];
}

const PROBABILITY_MIN = 0.55;

/**
 * Learns to give directions: the predictive distribution of past errors over the dead band,
 * calibrated on what happened (Cox, 1958), and the record of each series' own calls. The past is
 * gone through in the order of time; at each origin only outcomes that were over count.
 */
export function learnDirections(test: Backtest, given: DirectionOptions): Directions {
  const options = { multiplicative: false, probabilityMin: PROBABILITY_MIN, ...given };
  if (!Number.isInteger(options.step) || options.step < 0 || options.step >= test.horizon)
    throw new RangeError(`step is ${options.step}, expected a whole number below ${test.horizon}`);
  const view = stepView(test, options.step, options);
  const byOrigin = Array.from(test.origins, (_, o) =>
    view.cases.filter(({ origin }) => origin === o),
  );
  const raws = byOrigin.map((cases, o) => {
    const errors = calibrateStep(view, (origin) => view.known(origin, o));
    return cases.map((one) => rawProbabilities(errors, one, options));
  });
  const past: PastDirection[] = [];
  const candidates: Candidate[] = [];
  for (let o = 0; o < byOrigin.length; o++) {
    const over = byOrigin.flatMap((_, origin) => (view.known(origin, o) ? [origin] : []));
    const outcomes = over.flatMap((origin) => byOrigin[origin]!);
    const curves = curvesOf(
      over.flatMap((origin) => raws[origin]!),
      outcomes,
    );
    const climate = climateOf(outcomes);
    const settled = groupBySeries(candidates.filter(({ origin }) => view.known(origin, o)));
    byOrigin[o]!.forEach((one, i) => {
      const probabilities = calibrated(raws[o]![i]!, curves);
      const record = recordOf(settled.get(one.series) ?? []);
      past.push({
        ...decide(probabilities, record, options.probabilityMin),
        series: one.series,
        origin: o,
        happened: one.way,
        climate,
      });
      const likely = likelyWay(probabilities, options.probabilityMin);
      candidates.push({ series: one.series, origin: o, likely, happened: one.way });
    });
  }
  const settled = groupBySeries(candidates);
  return {
    options,
    keys: test.keys,
    calibration: calibrateStep(view, () => true),
    curves: curvesOf(raws.flat(), byOrigin.flat()),
    records: test.keys.map((_, k) => recordOf(settled.get(k) ?? [])),
    past,
  };
}

/** The direction of one series from its last value and its forecast at the learned step. */
export function directionOf(
  { options, keys, calibration, curves, records }: Directions,
  key: string,
  { current, point }: { current: number; point: number },
): Direction {
  const series = keys.indexOf(key);
  const raw = rawProbabilities(calibration, { series, current, point }, options);
  const record = records[series] ?? recordOf([]);
  return decide(calibrated(raw, curves), record, options.probabilityMin);
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

/** A call that would have been made on its probability alone. */
interface Candidate {
  series: number;
  origin: number;
  likely: Way | undefined;
  happened: Way;
}

function groupBySeries(candidates: readonly Candidate[]): Map<number, Candidate[]> {
  const groups = new Map<number, Candidate[]>();
  for (const one of candidates) {
    const own = groups.get(one.series);
    if (own === undefined) groups.set(one.series, [one]);
    else own.push(one);
  }
  return groups;
}

function recordOf(candidates: readonly Candidate[]): DirectionRecord {
  const called = candidates.filter(({ likely }) => likely !== undefined);
  const most = Math.max(
    ...ways.map((way) => candidates.filter(({ happened }) => happened === way).length),
  );
  return {
    calls: called.length,
    hits: called.filter(({ likely, happened }) => likely === happened).length,
    naiveRate: candidates.length > 0 ? most / candidates.length : 1,
  };
}

const likelyWay = (probabilities: WayProbabilities, least: number) =>
  ways.find((way) => probabilities[way] >= least);

function decide(
  probabilities: WayProbabilities,
  record: DirectionRecord,
  least: number,
): Direction {
  const likely = likelyWay(probabilities, least);
  const proven = wilsonLower(record.hits, record.calls) > record.naiveRate;
  const reason =
    likely === undefined
      ? 'no way is likely enough'
      : record.calls === 0
        ? 'no past calls'
        : proven
          ? 'likely and proven'
          : 'past calls did not beat chance';
  return { probabilities, called: proven && likely !== undefined ? likely : null, reason, record };
}

const curvesOf = (
  raws: readonly { down: number; notUp: number }[],
  cases: readonly PastCase[],
): WayCurves =>
  fitCurves(
    raws,
    cases.map(({ way }) => way),
  );

/** One outcome of each way is added, so that few of them are never sure. */
function climateOf(cases: readonly PastCase[]): WayProbabilities {
  const share = (way: Way) =>
    (cases.filter((one) => one.way === way).length + 1) / (cases.length + ways.length);
  return { up: share('up'), flat: share('flat'), down: share('down') };
}

/** Lower end of the 90 % interval of a rate (Wilson, 1927). */
function wilsonLower(hits: number, calls: number): number {
  if (calls === 0) return 0;
  const z = 1.645;
  const rate = hits / calls;
  const centre = rate + z ** 2 / (2 * calls);
  const half = z * Math.sqrt((rate * (1 - rate)) / calls + z ** 2 / (4 * calls ** 2));
  return (centre - half) / (1 + z ** 2 / calls);
}
