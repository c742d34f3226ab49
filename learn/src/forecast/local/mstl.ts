import { ets } from './ets.js';
import { TREND_PRIOR } from './ets-likelihood.js';
import type { LocalMethod } from './local-method.js';
import { bridged } from '../series/missing.js';
import { stl } from './stl.js';
import { theta } from './theta.js';

interface MstlOptions {
  /** Steps of each season; `null` is the period of the series. */
  periods: readonly number[] | null;
  /** What continues the series without its seasons. */
  trend: 'ets' | 'theta';
}

export interface Seasons {
  periods: number[];
  /** One a period, each as long as the series. */
  seasons: Float64Array[];
  trend: Float64Array;
  remainder: Float64Array;
}

/**
 * Several seasons one inside the other (Bandara, Hyndman and Bergmeir, 2021): each is found by STL
 * on the series without the others, twice over. Periods without two whole cycles are left out.
 */
export function manySeasons(y: Float64Array, asked: readonly number[]): Seasons {
  const periods = [...new Set(asked)]
    .filter((period) => period > 1 && y.length >= 2 * period)
    .sort((a, b) => a - b);
  const seasons = periods.map(() => new Float64Array(y.length));
  const adjusted = y.slice();
  let trend: Float64Array = adjusted;
  for (let round = 0; round < (periods.length > 1 ? 2 : 1); round++)
    periods.forEach((period, i) => {
      const season = seasons[i]!;
      for (let t = 0; t < y.length; t++) adjusted[t]! += season[t]!;
      const parts = stl(adjusted, period, { seasonWindow: 7 + 4 * (i + 1) });
      season.set(parts.season);
      for (let t = 0; t < y.length; t++) adjusted[t]! -= season[t]!;
      trend = parts.trend;
    });
  return { periods, seasons, trend, remainder: adjusted.map((value, t) => value - trend[t]!) };
}

/**
 * The seasons of the last cycles repeated on a forecast of the rest. Gaps are bridged; a series
 * without two cycles of any period is forecast without a season. Parameters: those of the trend.
 */
export const mstl = ({ periods, trend }: MstlOptions): LocalMethod => {
  const inner =
    trend === 'theta'
      ? theta({ dynamic: true, theta: null })
      : ets({ model: 'auto', trendPrior: TREND_PRIOR });
  const split = (values: Float64Array, period: number) => {
    const y = bridged(values);
    const found = manySeasons(y, periods ?? [period]);
    const adjusted = y.slice();
    for (const season of found.seasons)
      for (let t = 0; t < y.length; t++) adjusted[t]! -= season[t]!;
    return { ...found, adjusted };
  };
  return {
    kind: 'mstl',
    fit: (values, period, around) => inner.fit(split(values, period).adjusted, 1, around),
    forecast(values, period, fitted, out, around, parts) {
      const found = split(values, period);
      inner.forecast(found.adjusted, 1, fitted, out, around, parts);
      found.seasons.forEach((season, i) => {
        const ahead = repeated(season, found.periods[i]!, out.length);
        for (let h = 0; h < out.length; h++) out[h]! += ahead[h]!;
        if (parts !== undefined) parts[`season of ${found.periods[i]}`] = ahead;
      });
    },
    trace(values, period, parameters, out, around) {
      const found = split(values, period);
      inner.trace?.(found.adjusted, 1, parameters, out, around);
      for (const season of found.seasons)
        for (let t = 0; t < out.length; t++) out[t]! += season[t]!;
    },
    usedInstead(values, period, parameters) {
      const { periods: found, adjusted } = split(values, period);
      return found.length === 0
        ? `${trend} without a season: ${values.length} points hold no two periods`
        : inner.usedInstead?.(adjusted, 1, parameters);
    },
  };
};

/** The last cycle, again and again. */
function repeated(season: Float64Array, period: number, horizon: number): Float64Array {
  const from = season.length - period;
  return Float64Array.from({ length: horizon }, (_, h) => season[from + (h % period)]!);
}
