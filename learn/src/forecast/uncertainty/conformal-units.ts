import type { Backtest } from '../choice/backtest.js';
import { followedChanges } from './conformal-changes.js';
import { meanKnown } from '../series/statistics.js';

/** In what errors are measured, so that those of all series are alike; nothing ahead is read. */
export interface Units {
  /** series × origin */
  units: Float64Array;
  /** By series: of the next forecast. */
  unitsNow: Float64Array;
  /** What stands for the unit of an unknown series: a share of the mean size of its forecast. */
  perSize: number;
}

/**
 * What errors follow of the changes in the history at the origin, as a share of the size of the forecast
 * where errors are multiplicative. Without one, what it is of a typical forecast of that size.
 */
export function unitsOf(test: Backtest, multiplicative: boolean): Units {
  const { keys, origins } = test;
  const { scales, scalesNow } = followedChanges(test);
  const count = origins.length;
  const sizes = sizesOf(test);
  const perSize = geometricMean(scales.map((scale, cell) => scale / sizes[cell]!)) ?? 1;
  const unitOf = (scale: number, size: number) => {
    if (multiplicative) return isUnit(scale / size) ? scale / size : perSize;
    return isUnit(scale) ? scale : size * perSize;
  };
  const units = scales.map((scale, cell) => unitOf(scale, sizes[cell]!));
  const typical = geometricMean(units) ?? 1;
  const complete = units.map((unit) => (isUnit(unit) ? unit : typical));
  const unitsNow = Float64Array.from(keys, (_, k) => {
    let last = (k + 1) * count - 1;
    while (last > k * count && Number.isNaN(sizes[last]!)) last--;
    const now = unitOf(scalesNow?.[k] ?? NaN, sizes[last]!);
    return isUnit(scalesNow?.[k] ?? NaN) && isUnit(now) ? now : (complete[last] ?? typical);
  });
  return { units: complete, unitsNow, perSize: multiplicative ? typical : perSize };
}

const isUnit = (value: number) => value > 0 && value < Infinity;

/** series × origin: mean size of what was predicted. */
function sizesOf({ predicted, horizon, scales }: Backtest): Float64Array {
  return scales.map((_, cell) => {
    let [sum, known] = [0, 0];
    for (let i = cell * horizon; i < (cell + 1) * horizon; i++) {
      if (Number.isNaN(predicted[i]!)) continue;
      sum += Math.abs(predicted[i]!);
      known++;
    }
    return sum / known;
  });
}

function geometricMean(values: Float64Array): number | undefined {
  const logs = values.filter(isUnit).map(Math.log);
  return logs.length > 0 ? Math.exp(meanKnown(logs)) : undefined;
}
