import type { Backtest } from './backtest.js';
import { quantileSorted } from './statistics.js';

/** Held-out errors of a backtest in the shape that intervals are learned from. */
export interface HeldOut {
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
  return { test, multiplicative, residuals };
}

/** Errors of all series in a common unit, from some of the origins. */
export interface Calibration {
  /** One a series: the size of its errors, shrunk to that of all. */
  scales: Float64Array;
  /** Of a series that was not calibrated. */
  pooled: number;
  /** By step: errors ÷ scale, ascending. */
  signed: Float64Array[];
  /** By step: their sizes, ascending. */
  sizes: Float64Array[];
}

/**
 * An error is divided by the scale of its series at the other origins: one that had a part in its
 * own unit would look smaller than the next one will be.
 * @param shrink windows' worth of trust in the scale of all series
 * @param uses whether an origin's error at a step is known
 */
export function calibrate(
  { test, residuals }: HeldOut,
  shrink: number,
  uses: (origin: number, step: number) => boolean,
): Calibration {
  const { horizon } = test;
  const count = test.origins.length;
  const squares = new Float64Array(test.keys.length * count);
  const knowns = new Float64Array(squares.length);
  for (let cell = 0; cell < squares.length; cell++)
    for (let h = 0; h < horizon; h++) {
      const residual = residuals[cell * horizon + h]!;
      if (Number.isNaN(residual) || !uses(cell % count, h)) continue;
      squares[cell]! += residual * residual;
      knowns[cell]!++;
    }
  const sum = (from: Float64Array, k: number) =>
    from.subarray(k * count, (k + 1) * count).reduce((total, value) => total + value, 0);
  const own = test.keys.map((_, k) => ({ squares: sum(squares, k), known: sum(knowns, k) }));
  const pooled = typicalSize(own);
  const scaleOf = (total: number, known: number) => {
    const windows = known / horizon;
    return windows + shrink === 0 || (known === 0 && pooled === 0)
      ? pooled
      : Math.sqrt((total / horizon + shrink * pooled ** 2) / (windows + shrink));
  };
  const scales = Float64Array.from(own, ({ squares: s, known }) => scaleOf(s, known));
  // One series alone has one unit whatever it is, and split conformal holds as it stands.
  const alone = own.filter(({ known }) => known > 0).length === 1;
  const others = squares.map((s, cell) => {
    if (alone) return scales[Math.floor(cell / count)]!;
    const all = own[Math.floor(cell / count)]!;
    return scaleOf(all.squares - s, all.known - knowns[cell]!);
  });
  const signed = Array.from({ length: horizon }, (_, h) => {
    const errors: number[] = [];
    for (let cell = 0; cell < squares.length; cell++) {
      const residual = residuals[cell * horizon + h]!;
      if (Number.isNaN(residual) || !uses(cell % count, h)) continue;
      errors.push(others[cell]! > 0 ? residual / others[cell]! : 0);
    }
    return Float64Array.from(errors).sort();
  });
  return { scales, pooled, signed, sizes: signed.map((errors) => errors.map(Math.abs).sort()) };
}

/** Geometric mean over series, so that one large series does not set the size for all. */
function typicalSize(own: readonly { squares: number; known: number }[]): number {
  const variances = own
    .map(({ squares, known }) => squares / known)
    .filter((variance) => variance > 0);
  const logs = variances.reduce((sum, variance) => sum + Math.log(variance), 0);
  return variances.length > 0 ? Math.sqrt(Math.exp(logs / variances.length)) : 0;
}

/** The ⌈(n + 1) level⌉-th smallest of n sizes; none when n is too small for the level. */
export const radiusOf = (sizes: Float64Array, level: number): number | undefined =>
  sizes[Math.ceil((sizes.length + 1) * level - 1e-9) - 1];

/** 101 quantiles, ascending. */
export const percentiles = (sorted: Float64Array): number[] =>
  Array.from({ length: 101 }, (_, q) => quantileSorted(sorted, q / 100));
