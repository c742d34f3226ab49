import type { Backtest } from '../choice/backtest.js';
import {
  calibrate,
  heldOut,
  scaleElsewhere,
  type Calibration,
  type HeldOut,
} from './conformal-errors.js';
import { solveSymmetric } from '../../linear/solve.js';
import { bandOf, wayOf, type DeadBand, type Way } from './direction-way.js';
import { lowerBound, upperBound } from '../series/sorted.js';
import { moveNames } from '../series/moves.js';

export type WayProbabilities = Record<Way, number>;

/**
 * P = 1 ÷ (1 + exp(−(intercept + slope × log-odds of the raw probability + moves · weights))).
 * Plain data.
 */
export interface LogOddsCurve {
  intercept: number;
  slope: number;
  /** One a move of `moveNames`. */
  weights: readonly number[];
}

/** A raw probability pair, and the recent moves of the series. */
export interface RawCase {
  down: number;
  notUp: number;
  moves: Float64Array;
}

/** How raw probabilities of "down" and of "not up" became frequencies on past origins. */
export interface WayCurves {
  down: LogOddsCurve;
  notUp: LogOddsCurve;
}

/** One forecast of the past: from where, what was predicted, and what happened. */
export interface PastCase {
  series: number;
  origin: number;
  current: number;
  point: number;
  way: Way;
}

export interface StepView {
  held: HeldOut;
  cases: PastCase[];
  /** Whether the outcome of one origin was known at another. */
  known(origin: number, at: number): boolean;
}

/** The backtest at one step alone, and each of its windows whose outcome is known. */
export function stepView(
  test: Backtest,
  step: number,
  options: { deadBand: DeadBand; multiplicative: boolean },
): StepView {
  const { keys, horizon, origins, current, scales } = test;
  const at = (values: Float64Array) =>
    Float64Array.from({ length: keys.length * origins.length }, (_, cell) => {
      return values[cell * horizon + step]!;
    });
  const actual = at(test.actual);
  const predicted = at(test.predicted);
  const single = { keys, horizon: 1, origins, actual, predicted, current, scales };
  const cases: PastCase[] = [];
  actual.forEach((value, cell) => {
    const now = current[cell]!;
    if (Number.isNaN(value + now + predicted[cell]!)) return;
    cases.push({
      series: Math.floor(cell / origins.length),
      origin: cell % origins.length,
      current: now,
      point: predicted[cell]!,
      way: wayOf(now, value, options.deadBand),
    });
  });
  return {
    held: heldOut(single, options.multiplicative),
    cases,
    known: (origin, moment) => origins[origin]! + step + 1 <= origins[moment]!,
  };
}

/** Errors of one step whose outcomes `uses` names, over all series, as seen from an origin. */
export const calibrateStep = (
  { held }: Pick<StepView, 'held'>,
  uses: (origin: number) => boolean,
  at?: number,
): Calibration => calibrate(held, uses, at);

/**
 * Shares of the predictive distribution below the dead band and not above it; from no error at all
 * every way is alike.
 */
export function rawProbabilities(
  calibration: Pick<Calibration, 'signed' | 'scales' | 'pooled'>,
  { series, current, point }: Pick<PastCase, 'series' | 'current' | 'point'>,
  { deadBand, multiplicative }: { deadBand: DeadBand; multiplicative: boolean },
): { down: number; notUp: number } {
  const { signed, scales } = calibration;
  const errors = signed[0]!;
  if (errors.length === 0) return { down: 1 / 3, notUp: 2 / 3 };
  const scale = scales[series] ?? scaleElsewhere(calibration, [point], multiplicative);
  const band = bandOf(current, deadBand);
  // The error at which an outcome leaves the band: errors are sorted, so counting is a search.
  const errorAt = (value: number) => {
    if (!multiplicative) return (value - point) / scale;
    return value > 0 ? Math.log(value / point) / scale : -Infinity;
  };
  const total = errors.length + 3;
  if (!(scale > 0) || (multiplicative && !(point > 0))) {
    const way = wayOf(current, point, deadBand);
    const certain = (errors.length + 1) / total;
    return {
      down: way === 'down' ? certain : 1 / total,
      notUp: way === 'up' ? 2 / total : (errors.length + 2) / total,
    };
  }
  const below = lowerBound(errors, errorAt(current - band));
  const notAbove = upperBound(errors, errorAt(current + band));
  return { down: (below + 1) / total, notUp: (Math.max(below, notAbove) + 2) / total };
}

/** Calibrated probabilities that sum to one. */
export function calibrated(raw: RawCase, { down: lower, notUp: upper }: WayCurves) {
  const down = atCurve(lower, raw.down, raw.moves);
  // Two curves may cross where the raw ones nearly touch: then nothing is flat.
  const notUp = Math.max(down, atCurve(upper, raw.notUp, raw.moves));
  return { up: 1 - notUp, flat: notUp - down, down };
}

function atCurve(curve: LogOddsCurve, probability: number, moves: Float64Array): number {
  let sum = curve.intercept + curve.slope * logOdds(probability);
  curve.weights.forEach((weight, i) => (sum += weight * moves[i]!));
  return 1 / (1 + Math.exp(-sum));
}

const logOdds = (probability: number) => Math.log(probability / (1 - probability));

/**
 * Fits both curves on past cases.
 * @param start curves of fewer cases, from where the search is short
 */
export const fitCurves = (
  raws: readonly RawCase[],
  ways: readonly Way[],
  start?: WayCurves,
): WayCurves => ({
  down: fitCurve(
    { raws, of: ({ down }) => down, happened: (i) => ways[i] === 'down' },
    start?.down,
  ),
  notUp: fitCurve(
    { raws, of: ({ notUp }) => notUp, happened: (i) => ways[i] !== 'up' },
    start?.notUp,
  ),
});

/** How firmly "the raw probability is right" is believed, in cases: for intercept and slope. */
const TRUST = 1;
/** And that a move says nothing more. */
const TRUST_MOVE = 20;
const ROUNDS = 25;

/**
 * Logistic regression on the log-odds and the moves (Cox, 1958), by Newton's method, drawn to
 * intercept 0, slope 1 and no weight on moves, so that few cases change little.
 */
function fitCurve(
  {
    raws,
    of,
    happened,
  }: {
    raws: readonly RawCase[];
    of(raw: RawCase): number;
    happened(index: number): boolean;
  },
  start: LogOddsCurve | undefined,
): LogOddsCurve {
  const size = moveNames.length + 2;
  const prior = Float64Array.from({ length: size }, (_, j) => (j < 2 ? TRUST : TRUST_MOVE));
  const at = new Float64Array(size);
  at[1] = 1;
  if (start !== undefined) at.set([start.intercept, start.slope, ...start.weights]);
  const x = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = at.map((value, j) => prior[j]! * ((j === 1 ? 1 : 0) - value));
    const hessian = new Float64Array(size * size);
    for (let j = 0; j < size; j++) hessian[j * size + j] = prior[j]!;
    raws.forEach((raw, i) => {
      x[0] = 1;
      x[1] = logOdds(of(raw));
      x.set(raw.moves, 2);
      let sum = 0;
      for (let j = 0; j < size; j++) sum += at[j]! * x[j]!;
      const p = 1 / (1 + Math.exp(-sum));
      const error = (happened(i) ? 1 : 0) - p;
      for (let j = 0; j < size; j++) {
        gradient[j]! += error * x[j]!;
        const weighted = p * (1 - p) * x[j]!;
        for (let k = 0; k <= j; k++) hessian[j * size + k]! += weighted * x[k]!;
      }
    });
    const step = solveSymmetric(hessian, gradient, size);
    const length = step.reduce((total, value) => total + Math.abs(value), 0);
    // A full step may overshoot where the cases are nearly separable.
    const damping = Math.min(1, 2 / (length + 1e-300));
    for (let j = 0; j < size; j++) at[j]! += damping * step[j]!;
    if (length < 1e-9) break;
  }
  return { intercept: at[0]!, slope: at[1]!, weights: [...at.subarray(2)] };
}
