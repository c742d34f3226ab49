import type { Backtest } from '@tino/learn';
import type { ForecastDeclaration } from '../../../workspace/types.js';

type Metric = ForecastDeclaration['metric'];

/**
 * The deciding metric of one origin of a backtest over all its series; `NaN` where nothing is
 * known. `wape` weighs by size, `mase` and `rmsse` (Hyndman and Koehler, 2006) count each series
 * alike, `smape` is in 0..2.
 */
function scoreAt(test: Backtest, metric: Metric, origin: number): number {
  const total = { error: 0, size: 0, sum: 0, count: 0 };
  for (let k = 0; k < test.keys.length; k++) {
    const cell = k * test.origins.length + origin;
    const own = errorsOf(test, cell);
    if (own.count === 0) continue;
    total.error += own.absolute;
    total.size += own.size;
    const scale = test.scales[cell]!;
    const value =
      metric === 'smape'
        ? own.symmetric / own.count
        : metric === 'rmsse'
          ? Math.sqrt(own.squares / own.count) / scale
          : own.absolute / own.count / scale;
    if (!Number.isFinite(value)) continue;
    total.sum += value;
    total.count++;
  }
  return metric === 'wape' ? total.error / total.size : total.sum / total.count;
}

/** By origin, oldest first; only those in `origins` when given. */
export const scoresOf = (
  test: Backtest,
  metric: Metric,
  origins: readonly number[] = [...test.origins.keys()],
): number[] => origins.map((origin) => scoreAt(test, metric, origin));

export function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/**
 * Typical error of one series: Σ|error| ÷ Σ|actual| over its held-out windows; null when unknown.
 */
export function typicalError(test: Backtest, series: number): number | null {
  let error = 0;
  let size = 0;
  for (let o = 0; o < test.origins.length; o++) {
    const own = errorsOf(test, series * test.origins.length + o);
    error += own.absolute;
    size += own.size;
  }
  return size > 0 ? error / size : null;
}

function errorsOf({ horizon, actual, predicted }: Backtest, cell: number) {
  const errors = { absolute: 0, squares: 0, symmetric: 0, size: 0, count: 0 };
  for (let i = cell * horizon; i < (cell + 1) * horizon; i++) {
    const error = Math.abs(actual[i]! - predicted[i]!);
    if (Number.isNaN(error)) continue;
    const both = Math.abs(actual[i]!) + Math.abs(predicted[i]!);
    errors.absolute += error;
    errors.squares += error * error;
    errors.symmetric += both > 0 ? (2 * error) / both : 0;
    errors.size += Math.abs(actual[i]!);
    errors.count++;
  }
  return errors;
}
