import type { Backtest } from '../choice/backtest.js';
import { meanKnown } from '../series/statistics.js';

/**
 * By how much a series changes, as far as errors follow it: between the change from one step to the
 * next and the seasonal one, log by log. The share of the season is the slope of held-out errors on
 * it over all series, drawn to 1 by one residual variance (ridge regression, Hoerl and Kennard,
 * 1970) and kept within 0..1. Where few seasons have passed or those of series differ, the seasonal
 * change by itself says little of errors, and is another thing for short series than for long ones.
 * @returns `scales` and `scalesNow` so blended; as they are where the changes by step are not known
 */
export function followedChanges(test: Backtest): Pick<Backtest, 'scales' | 'scalesNow'> {
  const { scales, scalesNow, steps, stepsNow } = test;
  if (steps === undefined) return scalesNow === undefined ? { scales } : { scales, scalesNow };
  const ratios = scales.map((scale, cell) => seasonRatio(scale, steps[cell]!));
  const { slope, typical } = slopeOf(ratios, errorRatios(test, steps), test.origins.length);
  const blend = (scale: number, step: number) => {
    if (!(step > 0)) return scale;
    const ratio = seasonRatio(scale, step);
    return step * Math.exp(slope * (Number.isNaN(ratio) ? typical : ratio));
  };
  return {
    scales: scales.map((scale, cell) => blend(scale, steps[cell]!)),
    ...(scalesNow && {
      scalesNow: scalesNow.map((scale, k) => (stepsNow ? blend(scale, stepsNow[k]!) : scale)),
    }),
  };
}

/** `NaN` where either is unknown, or both are one and the same as no season has passed. */
function seasonRatio(scale: number, step: number): number {
  const ratio = Math.log(scale / step);
  return Number.isFinite(ratio) && ratio !== 0 ? ratio : NaN;
}

/** series × origin: logarithm of the mean size of the errors in changes by step. */
function errorRatios({ actual, predicted, horizon }: Backtest, steps: Float64Array): Float64Array {
  return steps.map((step, cell) => {
    const [from, to] = [cell * horizon, (cell + 1) * horizon];
    const said = predicted.subarray(from, to);
    const errors = actual.subarray(from, to).map((value, h) => Math.abs(value - said[h]!));
    return Math.log(meanKnown(errors) / step);
  });
}

/** Over series, each by the mean of its windows: those of one series are alike, and may overlap. */
function slopeOf(
  ratios: Float64Array,
  errors: Float64Array,
  origins: number,
): { slope: number; typical: number } {
  const known = ratios.map((ratio, cell) => (Number.isFinite(errors[cell]!) ? ratio : NaN));
  const meansOf = (values: Float64Array) =>
    Float64Array.from({ length: values.length / origins }, (_, k) => {
      const isKnown = (__: number, o: number) => !Number.isNaN(known[k * origins + o]!);
      return meanKnown(values.subarray(k * origins, (k + 1) * origins).filter(isKnown));
    }).filter((mean) => !Number.isNaN(mean));
  const [x, y] = [meansOf(known), meansOf(errors)];
  if (x.length === 0) return { slope: 1, typical: 0 };
  const [typical, centre] = [meanKnown(x), meanKnown(y)];
  let [spread, joint, residual] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - typical, y[i]! - centre];
    spread += dx * dx;
    joint += dx * dy;
    residual += (dy - dx) ** 2 / x.length;
  }
  const slope = spread + residual > 0 ? (joint + residual) / (spread + residual) : 1;
  return { slope: Math.max(0, Math.min(1, slope)), typical };
}
