import type { Backtest } from '../choice/backtest.js';
import { calibrate, heldOut, percentiles, radiusOf, scaleElsewhere } from './conformal-errors.js';
import {
  radiusAt,
  scoreByLeavingOut,
  scoreInTime,
  type IntervalRecord,
} from './conformal-score.js';
import { placeOf } from '../series/key-places.js';

export interface ConformalOptions {
  /** Shares of outcomes that intervals shall hold, 0..1. */
  levels?: readonly number[];
  /** Residuals as log(actual ÷ predicted): for prices and other positive values. */
  multiplicative?: boolean;
  /**
   * Follows a drift of the errors: the level aimed at moves with the hits and misses of past
   * origins (Gibbs and Candès, 2024), and coverage is measured in the order of time.
   */
  adaptive?: boolean;
}

/** Intervals learned from held-out windows. Plain data: travels as JSON. */
export interface Conformal {
  multiplicative: boolean;
  horizon: number;
  keys: readonly string[];
  /** Size of each series' errors: its seasonal naive error times what it makes of that. */
  scales: readonly number[];
  /** Of a series that was not calibrated: a share of the size of its forecast, if not a ratio. */
  pooled: number;
  levels: readonly LevelRadii[];
  /** By step: 101 quantiles of residual ÷ scale. */
  quantiles: readonly (readonly number[])[];
}

type LevelRadii =
  | ({
      level: number;
      /** By step, in scales. */
      radii: readonly number[];
    } & IntervalRecord)
  | { level: number; reason: string };

export type LevelInterval =
  | {
      level: number;
      lower: Float64Array;
      upper: Float64Array;
      /** By step, on held-out windows of all series: share inside; `null` with one origin. */
      coverage: readonly (number | null)[];
      /** By step: the Winkler score to expect, in units of the series; `null` with one origin. */
      winkler: readonly (number | null)[];
    }
  | { level: number; reason: string };

/**
 * Conformal intervals by step (Vovk et al., 2005), on errors divided by the scale of each series
 * (normalised as by Papadopoulos et al., 2008). A level needs level ÷ (1 − level) residuals at a step, or it is left out with the reason.
 * A higher level is nowhere narrower than a lower one.
 */
export function conformal(test: Backtest, options: ConformalOptions = {}): Conformal {
  const { levels = [0.8, 0.95], multiplicative = false, adaptive = false } = options;
  const held = heldOut(test, multiplicative);
  const all = calibrate(held, () => true);
  const sorted = levels.toSorted((a, b) => a - b);
  const steps = Array.from({ length: test.horizon }, (_, h) => h);
  const results = adaptive
    ? scoreInTime(held, sorted)
    : scoreByLeavingOut(held, sorted).map((record) => ({ record, rates: null }));
  const widest = new Float64Array(test.horizon);
  const radii = sorted.map((level, l): LevelRadii => {
    const { record, rates } = results[l]!;
    const short = steps.find((h) => radiusOf(all.sizes[h]!, level) === undefined);
    if (short !== undefined)
      return {
        level,
        reason: `not enough calibration points: ${all.sizes[short]!.length} at step ${short + 1}, the level needs ${Math.ceil(level / (1 - level) - 1e-9)}`,
      };
    for (const h of steps)
      widest[h] = Math.max(widest[h]!, radiusAt(all.sizes[h]!, rates?.[h] ?? 1 - level));
    return { level, radii: [...widest], ...record };
  });
  return {
    multiplicative,
    horizon: test.horizon,
    keys: test.keys,
    scales: [...all.scales],
    pooled: all.pooled,
    levels: radii,
    quantiles: all.signed.map(percentiles),
  };
}

/**
 * Intervals around the forecast of one series; beyond the calibrated horizon its last step is used.
 */
export function intervalsOf(
  calibrated: Conformal,
  key: string,
  point: Float64Array,
  { floor = -Infinity }: { floor?: number } = {},
): LevelInterval[] {
  const scale = scaleFor(calibrated, key, point);
  return calibrated.levels.map((entry): LevelInterval => {
    if ('reason' in entry) return entry;
    const last = entry.radii.length - 1;
    const lower = new Float64Array(point.length);
    const upper = new Float64Array(point.length);
    for (let h = 0; h < point.length; h++) {
      const radius = scale * entry.radii[Math.min(h, last)]!;
      const [low, high] = calibrated.multiplicative
        ? [point[h]! * Math.exp(-radius), point[h]! * Math.exp(radius)]
        : [point[h]! - radius, point[h]! + radius];
      lower[h] = Math.max(floor, low);
      upper[h] = Math.max(floor, high);
    }
    const unit = (h: number) => (calibrated.multiplicative ? Math.abs(point[h]!) : scale);
    return {
      level: entry.level,
      lower,
      upper,
      coverage: Array.from(point, (_, h) => entry.coverage[Math.min(h, last)]!),
      winkler: Array.from(point, (_, h) => {
        const score = entry.winkler[Math.min(h, last)]!;
        return score === null ? null : score * unit(h);
      }),
    };
  });
}

/**
 * A sample of what may happen at one step (from 0) instead of `point`: 101 quantiles, ascending.
 */
export function outcomesOf(
  calibrated: Conformal,
  key: string,
  step: number,
  point: number,
): Float64Array {
  const scale = scaleFor(calibrated, key, [point]);
  const errors = calibrated.quantiles[Math.min(step, calibrated.quantiles.length - 1)]!;
  return Float64Array.from(errors, (error) =>
    calibrated.multiplicative ? point * Math.exp(error * scale) : point + error * scale,
  );
}

const scaleFor = (calibrated: Conformal, key: string, point: ArrayLike<number>): number =>
  calibrated.scales[placeOf(calibrated.keys, key)] ??
  scaleElsewhere(calibrated, point, calibrated.multiplicative);
