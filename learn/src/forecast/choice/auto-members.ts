import type { SeriesSet } from '../../series.js';
import type { ForecastRecipe } from '../forecaster.js';
import { countKnown } from '../series/statistics.js';

/** What nothing that is served may lose to. */
export const BASELINE: ForecastRecipe = { kind: 'seasonalNaive', params: {} };

// Smoothing holds a seasonal state a phase and ARIMA searches seasonal orders: beyond a year of
// months they take long and say little, and loess takes their place.
const SHORT_PERIOD_MAX = 12;
// With fewer series or points there is little that one could learn from another.
const GLOBAL_SERIES_MIN = 8;
const GLOBAL_POINTS_MIN = 1000;

/**
 * Steps to hold out where the horizon is not told: two short seasons, or a year and a half of
 * months.
 */
export const defaultHorizon = (period: number): number =>
  period > 1 ? Math.min(2 * period, 18) : 6;

/** Steps of each season, and the known covariate that aligns them; `null` for the set's own. */
export interface Seasons {
  periods: number[] | null;
  aligned: string | null;
}

/**
 * Members for the frequency of a set: smoothing, theta and ARIMA for each series by itself; with
 * enough series also one booster over all of them, seen from different levels.
 */
export function defaultMembers(
  set: SeriesSet,
  horizon: number,
  seasons: Seasons,
): ForecastRecipe[] {
  const { period } = set;
  const { periods } = seasons;
  const plain = (kind: string): ForecastRecipe => ({ kind, params: {} });
  const members = [
    BASELINE,
    plain('theta'),
    { kind: 'theta', params: { dynamic: false, theta: 2 } },
    plain('etsAverage'),
    plain('ces'),
  ];
  if (period > SHORT_PERIOD_MAX || periods !== null)
    members.push({ kind: 'mstl', params: { periods } });
  if (period <= SHORT_PERIOD_MAX) members.push(plain('arima'));
  if (set.covariates?.kinds.includes('known')) members.push(plain('regression'));
  if (set.keys.length >= GLOBAL_SERIES_MIN && countKnown(set.values) >= GLOBAL_POINTS_MIN)
    members.push(...globalMembers(period, horizon, seasons));
  return members;
}

function globalMembers(
  period: number,
  horizon: number,
  { periods, aligned }: Seasons,
): ForecastRecipe[] {
  const shared = {
    block: horizon,
    periods,
    aligned,
    ...(periods !== null && { windows: [4, ...periods], lags: lagsOf(periods) }),
    rounds: 200,
    columnSample: 0.6,
    rowSample: 0.7,
  };
  const member = (params: Record<string, unknown>): ForecastRecipe => ({
    kind: 'global',
    params: { ...shared, ...params },
  });
  return [
    member({ anchor: 'last', scale: 'change', expanding: true }),
    member({ anchor: 'mean', scale: 'size' }),
    // Seasonal differences have long tails, and members are judged by absolute errors.
    ...(period > 1
      ? (['change', 'size'] as const).map((scale) =>
          member({ anchor: 'season', scale, objective: 'absolute' }),
        )
      : []),
  ];
}

/** The last steps, and each season with the step before it. */
const lagsOf = (periods: readonly number[]): number[] => [
  ...new Set([1, 2, 3, ...periods.flatMap((period) => [period, period + 1])]),
];
