import type { Backtest } from './backtest.js';
import { calibrate, heldOut, type Calibration, type HeldOut } from './conformal-errors.js';
import { wayOf, type DeadBand, type Way } from './direction-way.js';

export type WayProbabilities = Record<Way, number>;

/** P = 1 ÷ (1 + exp(−(intercept + slope × log-odds of the raw probability))). Plain data. */
export interface LogOddsCurve {
  intercept: number;
  slope: number;
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

/** Errors of one step whose outcomes `uses` names, over all series. */
export const calibrateStep = (
  { held }: Pick<StepView, 'held'>,
  uses: (origin: number) => boolean,
): Calibration => calibrate(held, 3, uses);

/**
 * Shares of the predictive distribution below the dead band and not above it; from no error at all
 * every way is alike.
 */
export function rawProbabilities(
  { signed, scales, pooled }: Pick<Calibration, 'signed' | 'scales' | 'pooled'>,
  { series, current, point }: Pick<PastCase, 'series' | 'current' | 'point'>,
  { deadBand, multiplicative }: { deadBand: DeadBand; multiplicative: boolean },
): { down: number; notUp: number } {
  const errors = signed[0]!;
  if (errors.length === 0) return { down: 1 / 3, notUp: 2 / 3 };
  const scale = scales[series] ?? pooled;
  const count: WayProbabilities = { up: 1, flat: 1, down: 1 };
  for (const error of errors)
    count[
      wayOf(
        current,
        multiplicative ? point * Math.exp(error * scale) : point + error * scale,
        deadBand,
      )
    ]++;
  const total = errors.length + 3;
  return { down: count.down / total, notUp: (count.down + count.flat) / total };
}

/** Calibrated probabilities that sum to one. */
export function calibrated(
  raw: { down: number; notUp: number },
  { down: lower, notUp: upper }: WayCurves,
): WayProbabilities {
  const down = atCurve(lower, raw.down);
  // Two curves may cross where the raw ones nearly touch: then nothing is flat.
  const notUp = Math.max(down, atCurve(upper, raw.notUp));
  return { up: 1 - notUp, flat: notUp - down, down };
}

const atCurve = ({ intercept, slope }: LogOddsCurve, probability: number) =>
  1 / (1 + Math.exp(-(intercept + slope * logOdds(probability))));

const logOdds = (probability: number) => Math.log(probability / (1 - probability));

/** Fits both curves on past cases. */
export const fitCurves = (
  raws: readonly { down: number; notUp: number }[],
  ways: readonly Way[],
): WayCurves => ({
  down: fitCurve(
    raws.map(({ down }) => down),
    ways.map((way) => (way === 'down' ? 1 : 0)),
  ),
  notUp: fitCurve(
    raws.map(({ notUp }) => notUp),
    ways.map((way) => (way === 'up' ? 0 : 1)),
  ),
});

/** What the raw probabilities are trusted with, in cases: the weight of "they are right". */
const TRUST = 4;

/**
 * Logistic regression on the log-odds (Cox, 1958), by Newton's method, drawn to intercept 0 and
 * slope 1 so that few cases change little; the slope is never below 0.
 */
function fitCurve(probabilities: readonly number[], happened: readonly number[]): LogOddsCurve {
  const x = probabilities.map(logOdds);
  let intercept = 0;
  let slope = 1;
  for (let step = 0; step < 25; step++) {
    const prior = TRUST / 4;
    let [g0, g1] = [prior * -intercept, prior * (1 - slope)];
    let [h00, h01, h11] = [prior, 0, prior];
    for (let i = 0; i < x.length; i++) {
      const p = 1 / (1 + Math.exp(-(intercept + slope * x[i]!)));
      const error = happened[i]! - p;
      const weight = p * (1 - p);
      g0 += error;
      g1 += error * x[i]!;
      h00 += weight;
      h01 += weight * x[i]!;
      h11 += weight * x[i]! ** 2;
    }
    const determinant = h00 * h11 - h01 * h01;
    const d0 = (h11 * g0 - h01 * g1) / determinant;
    const d1 = (h00 * g1 - h01 * g0) / determinant;
    // A full step may overshoot where the cases are nearly separable.
    const damping = Math.min(1, 2 / (Math.abs(d0) + Math.abs(d1) + 1e-300));
    intercept += damping * d0;
    slope += damping * d1;
    if (Math.abs(d0) + Math.abs(d1) < 1e-10) break;
  }
  return slope >= 0 ? { intercept, slope } : { intercept: baseRate(happened), slope: 0 };
}

const baseRate = (happened: readonly number[]) => {
  const share = (happened.reduce((sum, one) => sum + one, 0) + 1) / (happened.length + 2);
  return logOdds(share);
};
