import type { Backtest } from '../choice/backtest.js';
import { overlapOf, type Overlap } from '../choice/overlap.js';
import { shrunkFactors } from './conformal-scales.js';
import { unitsOf, type Units } from './conformal-units.js';
import { meanKnown, medianKnown, quantileSorted } from '../series/statistics.js';

/** Held-out errors of a backtest in the shape that intervals are learned from. */
export interface HeldOut extends Units, Overlap {
  test: Backtest;
  multiplicative: boolean;
  /** series × origin × horizon: actual − predicted, or log(actual ÷ predicted); `NaN` unknown. */
  residuals: Float64Array;
}

export function heldOut(test: Backtest, multiplicative: boolean): HeldOut {
  const residuals = test.actual.map((value, i) => {
    if (!multiplicative) return value - test.predicted[i]!;
    return value > 0 && test.predicted[i]! > 0 ? Math.log(value / test.predicted[i]!) : NaN;
  });
  return { test, multiplicative, residuals, ...unitsOf(test, multiplicative), ...overlapOf(test) };
}

/** Errors of all series in a common scale, from some of the origins. */
export interface Calibration {
  /** One a series: the size of its errors from the origin that was asked for. */
  scales: Float64Array;
  /** Of a series that was not calibrated: a share of the size of its forecast, if not a ratio. */
  pooled: number;
  /** By step: errors ÷ scale, ascending. */
  signed: Float64Array[];
  /** By step: their sizes, ascending. */
  sizes: Float64Array[];
}

/**
 * The scale of a series is its unit times how wrong forecasts were in it, as far as that is more
 * than luck. An error is divided by the scale of its series from origins that it shares no step with:
 * one that had a part in its own would look smaller than the next one will be.
 * @param uses whether an origin's error at a step is known
 * @param at origin whose units the scales are in; by default those of the next forecast
 */
export function calibrate(
  held: HeldOut,
  uses: (origin: number, step: number) => boolean,
  at?: number,
): Calibration {
  const { test, residuals, units, unitsNow, perSize } = held;
  const { horizon } = test;
  const count = test.origins.length;
  const isKnown = (cell: number, h: number) =>
    !Number.isNaN(residuals[cell * horizon + h]!) && uses(cell % count, h);
  const windows = units.map((unit, cell) => {
    let [sum, known] = [0, 0];
    for (let h = 0; h < horizon; h++)
      if (isKnown(cell, h)) {
        sum += Math.abs(residuals[cell * horizon + h]!);
        known++;
      }
    return Math.log(sum / known / unit);
  });
  const { centre, factorOf } = shrunkFactors(windows, count, held);
  const signed = Array.from({ length: horizon }, (_, h) => {
    const errors: number[] = [];
    for (let cell = 0; cell < units.length; cell++) {
      if (!isKnown(cell, h)) continue;
      const scale = units[cell]! * factorOf(Math.floor(cell / count), cell % count);
      errors.push(scale > 0 ? residuals[cell * horizon + h]! / scale : 0);
    }
    return Float64Array.from(errors).sort();
  });
  return {
    scales: Float64Array.from(test.keys, (_, k) => {
      const unit = at === undefined ? unitsNow[k]! : units[k * count + at]!;
      return unit * factorOf(k, -1);
    }),
    pooled: Math.exp(centre) * perSize,
    signed,
    sizes: signed.map((errors) => errors.map(Math.abs).sort()),
  };
}

/** The scale of a series that was not calibrated; that of a typical one where it is forecast as 0. */
export function scaleElsewhere(
  { scales, pooled }: { scales: ArrayLike<number>; pooled: number },
  point: ArrayLike<number>,
  multiplicative: boolean,
): number {
  if (multiplicative) return pooled;
  const size = meanKnown(Float64Array.from(point, Math.abs));
  return size > 0 ? pooled * size : medianKnown(scales);
}

/** The ⌈(n + 1) level⌉-th smallest of n sizes; none when n is too small for the level. */
export const radiusOf = (sizes: Float64Array, level: number): number | undefined =>
  sizes[Math.ceil((sizes.length + 1) * level - 1e-9) - 1];

/** 101 quantiles, ascending. */
export const percentiles = (sorted: Float64Array): number[] =>
  Array.from({ length: 101 }, (_, q) => quantileSorted(sorted, q / 100));
