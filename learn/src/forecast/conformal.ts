import type { Backtest } from './backtest.js';
import { quantileSorted } from './statistics.js';

export interface ConformalOptions {
  /** Shares of outcomes that intervals shall hold, 0..1. */
  levels?: readonly number[];
  /** Residuals as log(actual ÷ predicted): for prices and other positive values. */
  multiplicative?: boolean;
  /** Windows' worth of trust in the scale of all series against a series' own. */
  shrink?: number;
}

/** Intervals learned from held-out windows. Plain data: travels as JSON. */
export interface Conformal {
  multiplicative: boolean;
  horizon: number;
  keys: readonly string[];
  /** Size of each series' residuals, shrunk to that of all. */
  scales: readonly number[];
  /** Of a series that was not calibrated. */
  scalePooled: number;
  levels: readonly LevelRadii[];
  /** By step: 101 quantiles of residual ÷ scale. */
  quantiles: readonly (readonly number[])[];
}

type LevelRadii =
  | {
      level: number;
      /** By step, in scales. */
      radii: readonly number[];
      /**
       * By step: share of windows inside when calibrated on the other origins; `null` with one
       * origin.
       */
      coverage: readonly (number | null)[];
    }
  | { level: number; reason: string };

export type LevelInterval =
  | { level: number; lower: Float64Array; upper: Float64Array }
  | { level: number; reason: string };

/**
 * Split conformal intervals by step (Vovk et al., 2005), on residuals divided by the size of each
 * series' own. A level needs level ÷ (1 − level) residuals at a step, or it is left out with the
 * reason.
 */
export function conformal(test: Backtest, options: ConformalOptions = {}): Conformal {
  const { levels = [0.8, 0.95], multiplicative = false, shrink = 3 } = options;
  const residuals = residualsOf(test, multiplicative);
  const all = calibrate(test, residuals, shrink, -1);
  const sorted = levels.toSorted((a, b) => a - b);
  const steps = Array.from({ length: test.horizon }, (_, h) => h);
  const widest = new Float64Array(test.horizon);
  const coverages = coverageByLeavingOut(test, residuals, shrink, sorted);
  const radii = sorted.map((level, l): LevelRadii => {
    const by = steps.map((h) => radiusOf(all.sizes[h]!, level));
    const short = steps.find((h) => by[h] === undefined);
    if (short !== undefined)
      return {
        level,
        reason: `not enough calibration points: ${all.sizes[short]!.length} at step ${short + 1}, the level needs ${Math.ceil(level / (1 - level) - 1e-9)}`,
      };
    by.forEach((radius, h) => (widest[h] = Math.max(widest[h]!, radius!)));
    return { level, radii: [...widest], coverage: coverages[l]! };
  });
  return {
    multiplicative,
    horizon: test.horizon,
    keys: test.keys,
    scales: [...all.scales],
    scalePooled: all.pooled,
    levels: radii,
    quantiles: all.signed.map((errors) =>
      Array.from({ length: 101 }, (_, q) => quantileSorted(errors, q / 100)),
    ),
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
  const scale = scaleFor(calibrated, key);
  return calibrated.levels.map((entry): LevelInterval => {
    if ('reason' in entry) return entry;
    const lower = new Float64Array(point.length);
    const upper = new Float64Array(point.length);
    for (let h = 0; h < point.length; h++) {
      const radius = scale * entry.radii[Math.min(h, entry.radii.length - 1)]!;
      const [low, high] = calibrated.multiplicative
        ? [point[h]! * Math.exp(-radius), point[h]! * Math.exp(radius)]
        : [point[h]! - radius, point[h]! + radius];
      lower[h] = Math.max(floor, low);
      upper[h] = Math.max(floor, high);
    }
    return { level: entry.level, lower, upper };
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
  const scale = scaleFor(calibrated, key);
  const errors = calibrated.quantiles[Math.min(step, calibrated.quantiles.length - 1)]!;
  return Float64Array.from(errors, (error) =>
    calibrated.multiplicative ? point * Math.exp(error * scale) : point + error * scale,
  );
}

const scaleFor = ({ keys, scales, scalePooled }: Conformal, key: string) =>
  scales[keys.indexOf(key)] ?? scalePooled;

function residualsOf({ actual, predicted }: Backtest, multiplicative: boolean): Float64Array {
  return actual.map((value, i) => {
    if (!multiplicative) return value - predicted[i]!;
    return value > 0 && predicted[i]! > 0 ? Math.log(value / predicted[i]!) : NaN;
  });
}

/** Scales, and normalised residuals by step, over all origins but `without`. */
function calibrate(test: Backtest, residuals: Float64Array, shrink: number, without: number) {
  const { horizon, origins } = test;
  const width = origins.length * horizon;
  const own = test.keys.map((_, k) => {
    let squares = 0;
    let count = 0;
    for (let i = 0; i < width; i++) {
      const residual = residuals[k * width + i]!;
      if (Number.isNaN(residual) || Math.floor(i / horizon) === without) continue;
      squares += residual * residual;
      count++;
    }
    return { squares, windows: count / horizon, variance: count > 0 ? squares / count : NaN };
  });
  const known = own.filter(({ variance }) => variance > 0);
  // The typical size is the geometric mean, so that one large series does not set it for all.
  const logs = known.reduce((sum, { variance }) => sum + Math.log(variance), 0);
  const pooled = known.length > 0 ? Math.sqrt(Math.exp(logs / known.length)) : 0;
  const scales = Float64Array.from(own, ({ variance, windows }) =>
    Number.isNaN(variance)
      ? pooled
      : Math.sqrt((windows * variance + shrink * pooled ** 2) / (windows + shrink)),
  );
  const signed: Float64Array[] = [];
  const sizes: Float64Array[] = [];
  for (let h = 0; h < horizon; h++) {
    const errors: number[] = [];
    for (let k = 0; k < test.keys.length; k++)
      for (let o = 0; o < origins.length; o++) {
        const residual = residuals[(k * origins.length + o) * horizon + h]!;
        if (o === without || Number.isNaN(residual)) continue;
        errors.push(scales[k]! > 0 ? residual / scales[k]! : 0);
      }
    signed.push(Float64Array.from(errors).sort());
    sizes.push(Float64Array.from(errors, Math.abs).sort());
  }
  return { scales, pooled, signed, sizes };
}

/** The ⌈(n + 1) level⌉-th smallest of n sizes; none when n is too small for the level. */
function radiusOf(sizes: Float64Array, level: number): number | undefined {
  return sizes[Math.ceil((sizes.length + 1) * level - 1e-9) - 1];
}

function coverageByLeavingOut(
  test: Backtest,
  residuals: Float64Array,
  shrink: number,
  levels: readonly number[],
): (number | null)[][] {
  const { horizon, origins } = test;
  const inside = levels.map(() => new Float64Array(horizon));
  const counts = levels.map(() => new Float64Array(horizon));
  for (let o = 0; origins.length > 1 && o < origins.length; o++) {
    const { scales, sizes } = calibrate(test, residuals, shrink, o);
    for (const [l, level] of levels.entries())
      for (let h = 0; h < horizon; h++) {
        const radius = radiusOf(sizes[h]!, level);
        if (radius === undefined) continue;
        for (let k = 0; k < test.keys.length; k++) {
          const residual = residuals[(k * origins.length + o) * horizon + h]!;
          if (Number.isNaN(residual)) continue;
          counts[l]![h]!++;
          if (Math.abs(residual) <= radius * scales[k]!) inside[l]![h]!++;
        }
      }
  }
  return inside.map((row, l) =>
    Array.from(row, (count, h) => (counts[l]![h]! > 0 ? count / counts[l]![h]! : null)),
  );
}
