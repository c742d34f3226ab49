import { arima } from './local/arima.js';
import type { CesSeason } from './local/ces-filter.js';
import { ces } from './local/ces.js';
import { etsAverage } from './local/ets-average.js';
import { TREND_PRIOR } from './local/ets-likelihood.js';
import { ets, holt, ses } from './local/ets.js';
import { transformed, type Transformation } from './local/boxcox.js';
import { fourier } from './local/fourier.js';
import { adida, byDemand, croston, imapa, sba, tsb } from './local/intermittent.js';
import type { LocalMethod } from './local/local-method.js';
import { mstl } from './local/mstl.js';
import { regression } from './local/regression.js';
import { drift, mean, naive, seasonalNaive } from './local/simple.js';
import { theta } from './local/theta.js';

export interface ParameterKind {
  default: unknown;
  says: string;
}

export interface ForecastKind {
  /** `local`: one fit a series. `global`: one model that learns over all of them. */
  scope: 'local' | 'global';
  /** Known points from which it does what its name says; with fewer it falls back as documented. */
  pointsMin: number;
  params: Record<string, ParameterKind>;
}

const everyLocal: Record<string, ParameterKind> = {
  floor: {
    default: null,
    says: "forecasts never go below it; null: 0 where the series never did; 'none' for no floor",
  },
  ceiling: { default: null, says: 'forecasts never go above it; null for none' },
  strict: {
    default: false,
    says: 'a key never seen is an error, not forecast by pooled parameters',
  },
};
const smoothing: Record<string, ParameterKind> = {
  alpha: { default: 0.1, says: 'smoothing of sizes and intervals, 0..1' },
};
const transform: Record<string, ParameterKind> = {
  transform: {
    default: 'none',
    says: 'none, log or boxcox (its exponent by Guerrero); positive series only',
  },
};
const steady: Record<string, ParameterKind> = {
  trendPrior: {
    default: TREND_PRIOR,
    says: 'weight of the prior on a steady trend; 0 is plain maximum likelihood',
  },
};
const localKind = (
  pointsMin: number,
  params: Record<string, ParameterKind> = {},
): ForecastKind => ({
  scope: 'local',
  pointsMin,
  params: { ...params, ...everyLocal },
});

/** Every kind of forecaster with its parameters and their defaults. */
export const forecastKinds: Readonly<Record<string, ForecastKind>> = {
  naive: localKind(1),
  seasonalNaive: localKind(1),
  drift: localKind(2),
  mean: localKind(1, { window: { default: null, says: 'last steps to average, null for all' } }),
  ses: localKind(5, transform),
  holt: localKind(6, {
    damped: { default: true, says: 'the trend fades with the horizon' },
    ...transform,
  }),
  ets: localKind(5, {
    model: { default: 'auto', says: 'auto (smallest AICc), or a form such as ANN, AAdA, MAM' },
    ...steady,
    ...transform,
  }),
  etsAverage: localKind(5, { ...steady, ...transform }),
  theta: localKind(4, {
    dynamic: { default: true, says: 'the trend line is renewed at every point' },
    theta: { default: null, says: 'null to optimise, 2 for the classical method' },
    ...transform,
  }),
  ces: localKind(6, {
    season: { default: 'auto', says: 'auto (smallest AICc), none, simple, partial or full' },
    ...transform,
  }),
  arima: localKind(8, {
    order: { default: null, says: '[p, d, q] or [p, d, q, P, D, Q]; null: searched by AICc' },
    ...transform,
  }),
  mstl: localKind(1, {
    periods: { default: null, says: 'steps of each season, such as [24, 168]; null: the period' },
    trend: { default: 'ets', says: 'what continues the rest: ets or theta' },
    ...transform,
  }),
  regression: localKind(4, {
    trend: { default: true, says: 'a straight line over the calendar' },
    harmonics: { default: null, says: 'waves of the season; null: as many as the points carry' },
    penalty: { default: 1, says: 'ridge on standardised columns' },
    ...transform,
  }),
  fourier: localKind(12, {
    periods: { default: null, says: 'steps of each season, such as [24, 168]; null: the period' },
    harmonicsMax: { default: 10, says: 'waves a season at most' },
    ...transform,
  }),
  croston: localKind(1, smoothing),
  sba: localKind(1, smoothing),
  tsb: localKind(1, smoothing),
  adida: localKind(1),
  imapa: localKind(1),
  intermittent: localKind(1, smoothing),
  combination: {
    scope: 'local',
    pointsMin: 1,
    params: {
      members: {
        default: [
          { kind: 'ets', params: {} },
          { kind: 'theta', params: {} },
          { kind: 'seasonalNaive', params: {} },
        ],
        says: 'recipes of the members; a floor is given to each',
      },
      how: { default: 'median', says: 'median or mean of the members' },
    },
  },
  auto: {
    scope: 'global',
    pointsMin: 1,
    params: {
      horizon: { default: null, says: 'steps that will be asked for; null: by the period' },
      origins: {
        default: null,
        says: 'windows held out at the end of each series, with a fit each; null: two fits, and up to six windows where histories are long',
      },
      members: { default: null, says: 'recipes to weigh; null: those that suit the frequency' },
      periods: {
        default: null,
        says: 'steps of each season, such as [24, 168]; null: the period',
      },
      aligned: {
        default: null,
        says: 'known covariate by which the same moment of a past season is found',
      },
      sampleMax: {
        default: 5000,
        says: 'series held out at most; others take the pooled weights',
      },
      floor: everyLocal['floor']!,
      ceiling: everyLocal['ceiling']!,
    },
  },
  scum: { scope: 'local', pointsMin: 1, params: {} },
  etsTheta: { scope: 'local', pointsMin: 1, params: {} },
  global: {
    scope: 'global',
    pointsMin: 0,
    params: {
      lags: { default: null, says: 'steps back; null: 1, 2, 3 and the season' },
      windows: {
        default: null,
        says: 'lengths of rolling mean and deviation; null: 4 and the season',
      },
      expanding: { default: false, says: 'mean and deviation of all the past' },
      strategy: {
        default: 'multiOutput',
        says: "'multiOutput': one model for all steps of a block; 'direct': a model a step; 'recursive'",
      },
      block: {
        default: 4,
        says: 'steps forecast before any is fed back; recursive takes 1',
      },
      anchor: {
        default: 'mean',
        says: "level that is learned around: 'mean' of a season, 'last' value, same 'season' a cycle ago, 'both'",
      },
      scale: {
        default: 'size',
        says: "what targets are divided by: mean 'size' or mean 'change' since a cycle ago",
      },
      seasonalLag: {
        default: true,
        says: 'value and change of the same phase one and two seasons ago',
      },
      periods: {
        default: null,
        says: 'steps of each season, such as [24, 168]; null: the period',
      },
      aligned: {
        default: null,
        says: 'known covariate by which the same moment of a past season is found, such as days to a feast',
      },
      analogues: { default: 5, says: 'training series that stand in for one without history' },
      rowsMax: { default: 100_000, says: 'training rows; more are sampled' },
      floor: { default: null, says: 'forecasts never go below it: 0 for sales, null for no floor' },
      objective: {
        default: 'huber',
        says: "'huber' near the mean and robust, 'squared' for the mean, 'absolute' for the median",
      },
      rounds: { default: 100, says: 'trees' },
      learningRate: { default: 0.08, says: 'share of each tree that is kept' },
      leaves: { default: 15, says: 'leaves a tree' },
      minDataInLeaf: { default: 20, says: 'rows a leaf' },
      columnSample: { default: 1, says: 'share of the columns that a tree may read' },
      rowSample: { default: 1, says: 'share of the rows that a tree grows on' },
      l2: { default: 1, says: 'ridge on leaf values' },
    },
  },
};

const plain = (kind: string) => ({ kind, params: {} });

/** Combinations that have a name: the same as `combination` with these parameters. */
export const namedCombinations: Readonly<Record<string, Record<string, unknown>>> = {
  /**
   * Simple combination of univariate models, sixth in the M4 competition (Petropoulos and
   * Svetunkov, 2020).
   */
  scum: { members: ['ets', 'theta', 'ces', 'arima'].map(plain), how: 'median' },
  etsTheta: { members: ['etsAverage', 'theta'].map(plain), how: 'mean' },
};

type Params = Readonly<Record<string, unknown>>;
const number = (value: unknown) => value as number;
const maybeNumber = (value: unknown) => value as number | null;

const plainMethods: Readonly<Record<string, (params: Params) => LocalMethod>> = {
  naive,
  seasonalNaive,
  drift,
  mean: (params) => mean({ window: maybeNumber(params['window']) }),
  ses,
  holt: (params) => holt({ damped: params['damped'] === true }),
  ets: (params) =>
    ets({ model: String(params['model']), trendPrior: number(params['trendPrior']) }),
  etsAverage: (params) => etsAverage({ trendPrior: number(params['trendPrior']) }),
  theta: (params) =>
    theta({ dynamic: params['dynamic'] === true, theta: maybeNumber(params['theta']) }),
  ces: (params) => ces({ season: params['season'] as CesSeason | 'auto' }),
  arima: (params) => arima({ order: params['order'] as number[] | null }),
  mstl: (params) =>
    mstl({
      periods: params['periods'] as number[] | null,
      trend: params['trend'] as 'ets' | 'theta',
    }),
  regression: (params) =>
    regression({
      trend: params['trend'] === true,
      harmonics: maybeNumber(params['harmonics']),
      penalty: number(params['penalty']),
    }),
  fourier: (params) =>
    fourier({
      periods: params['periods'] as number[] | null,
      harmonicsMax: number(params['harmonicsMax']),
    }),
  croston: (params) => croston({ alpha: number(params['alpha']) }),
  sba: (params) => sba({ alpha: number(params['alpha']) }),
  tsb: (params) => tsb({ alpha: number(params['alpha']) }),
  adida,
  imapa,
  intermittent: (params) => byDemand({ alpha: number(params['alpha']) }),
};

/** The local methods by kind; parameters are complete and checked. */
export const localMethods: Readonly<Record<string, (params: Params) => LocalMethod>> =
  Object.fromEntries(
    Object.entries(plainMethods).map(([kind, make]) => [
      kind,
      (params: Params) =>
        transformed(make(params), (params['transform'] ?? 'none') as Transformation),
    ]),
  );

/** The parameters of a recipe over the defaults of its kind; an unknown name is an error. */
export function completeParams(
  kind: string,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const known = forecastKinds[kind];
  if (known === undefined)
    throw new Error(
      `forecaster ${kind} is unknown; it is one of ${Object.keys(forecastKinds).join(', ')}`,
    );
  for (const name of Object.keys(given))
    if (!Object.hasOwn(known.params, name))
      throw new Error(
        `forecaster ${kind} has no parameter ${name}; it has ${Object.keys(known.params).join(', ')}`,
      );
  for (const [name, value] of Object.entries(given)) {
    const expected = known.params[name]!.default;
    if (expected !== null && value !== undefined && typeof value !== typeof expected)
      throw new TypeError(
        `parameter ${name} of forecaster ${kind} is ${JSON.stringify(value)}, expected a ${typeof expected} such as ${JSON.stringify(expected)}`,
      );
  }
  const defaults = Object.entries(known.params).map(([name, parameter]) => [
    name,
    given[name] ?? parameter.default,
  ]);
  return Object.fromEntries(defaults) as Record<string, unknown>;
}
