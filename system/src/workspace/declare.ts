import type {
  Candidate,
  ClassifyDeclaration,
  ColumnDeclaration,
  Cutoffs,
  EntityDeclaration,
  ForecastDeclaration,
  Gate,
  Guardrail,
  HeldCycles,
  HeldGroups,
  InsightDeclaration,
  OrderedPrices,
  PriceDeclaration,
  PriceExclusion,
  RegressDeclaration,
  Rhythm,
  Parameter,
  Scalar,
  RfmRules,
  SegmentDeclaration,
  SourceDeclaration,
  Span,
  Spine,
  WorkspaceDeclaration,
} from './types.js';

export const defineWorkspace = (declaration: WorkspaceDeclaration): WorkspaceDeclaration =>
  declaration;

// ── time ──
export const days = (n: number): Span => ({ days: n });
export const weeks = (n: number): Span => ({ days: 7 * n });
/** First of each month. */
export const monthlyCutoffs = (span: { from: string; to?: string }): Cutoffs => ({
  every: 'month',
  ...span,
});
/** Each Monday. */
export const weeklyCutoffs = (span: { from: string; to?: string }): Cutoffs => ({
  every: 'week',
  ...span,
});
export const everyMinutes = (minutes: number): Rhythm => ({ kind: 'every', minutes });
export const hourly = (minute = 0): Rhythm => ({ kind: 'hourly', minute });
/** `at` is local time, "HH:MM". */
export const daily = (at: string): Rhythm => ({ kind: 'daily', at });
/** Weekday 1 (Monday) to 7. */
export const weekly = (weekday: number, at: string): Rhythm => ({ kind: 'weekly', weekday, at });
export const monthly = (day: number, at: string): Rhythm => ({ kind: 'monthly', day, at });

// ── sources ──
type SourceInput = Omit<SourceDeclaration, 'files' | 'key'> & {
  files: string | string[];
  key?: string | string[];
};
export const source = ({ files, key = [], ...rest }: SourceInput): SourceDeclaration => ({
  ...rest,
  files: list(files),
  key: list(key),
});
export const entity = (
  key: string | string[],
  noun?: EntityDeclaration['noun'],
): EntityDeclaration => ({ key: list(key), ...(noun && { noun }) });

// ── insights ──
type Look<L extends InsightDeclaration['look']> = Omit<
  Extract<InsightDeclaration, { look: L }>,
  'look'
>;
/** Why a total moved between the last period and the one before it. */
export const whyMoved = (d: Look<'total'>): InsightDeclaration => ({ ...d, look: 'total' });
/** What makes something happen more or less often, within the last period. */
export const whatMakes = (d: Look<'rate'>): InsightDeclaration => ({ ...d, look: 'rate' });
/** What is bought together, within the last period. */
export const boughtTogether = (
  d: Omit<Look<'pairs'>, 'basketsMin'> & { basketsMin?: number },
): InsightDeclaration => ({ basketsMin: 20, ...d, look: 'pairs' });

/** Who comes back after a first purchase, by the period of it; twelve cohorts unless told otherwise. */
export const whoStays = (
  d: Omit<Look<'cohorts'>, 'cohorts'> & { cohorts?: number },
): InsightDeclaration => ({ cohorts: 12, ...d, look: 'cohorts' });
/** Who went from one segment to another within a month; `model` is one of the same part. */
export const whoMoved = (d: Look<'moves'>): InsightDeclaration => ({ ...d, look: 'moves' });

type ColumnOptions = Omit<ColumnDeclaration, 'type'>;
const column =
  (type: ColumnDeclaration['type']) =>
  (options: ColumnOptions = {}): ColumnDeclaration => ({ type, ...options });
export const text = column('text');
export const category = column('category');
export const integer = column('integer');
export const number = column('number');
/** Amounts: DECIMAL(18,2). */
export const money = column('money');
/** Prices of one unit: DECIMAL(18,4). */
export const unitPrice = column('unitPrice');
/** DECIMAL(18,3). */
export const quantity = column('quantity');
export const boolean = column('boolean');
export const date = column('date');
export const timestamp = column('timestamp');

// ── candidates ──
export interface Grid {
  grid: Record<string, Scalar[]>;
}
/** Every combination is tried by cross validation or rolling origin. */
export const grid = (values: Record<string, Scalar[]>): Grid => ({ grid: values });

type Params = Record<string, Parameter>;

/** A recipe of `learn` by its kind; parameters are values, a `grid()`, or both. */
export function candidate(kind: string, ...options: (Params | Grid)[]): Candidate {
  const result: Candidate = { kind, params: {}, grid: {} };
  for (const option of options) {
    if (isGrid(option)) Object.assign(result.grid, option.grid);
    else Object.assign(result.params, option);
  }
  return result;
}
const isGrid = (option: Params | Grid): option is Grid => typeof option['grid'] === 'object';
const recipe =
  (kind: string) =>
  (...options: (Params | Grid)[]) =>
    candidate(kind, ...options);
export const boosting = recipe('boosting');
export const logistic = recipe('logistic');
export const ridge = recipe('ridge');
export const poisson = recipe('poisson');
/** The linear model that belongs to the task: ridge for values, logistic for classes. */
export const linear = recipe('linear');
/**
 * Tries linear models, trees and ensembles of them for `minutes` at most (5), and keeps the simplest
 * that is as good as the best. What was tried is kept with the version, and tried again from there.
 * For forecasts: local methods and global models weighed by what they did on held-out windows.
 */
export const auto = recipe('auto');
/** Candidates blended with shares of greedy selection on rows that they did not see. */
export const ensemble = (members: Candidate[], ...options: (Params | Grid)[]): Candidate =>
  candidate('ensemble', { members }, ...options);
/** A linear model of what candidates say of rows that they did not see. */
export const stacked = (members: Candidate[], ...options: (Params | Grid)[]): Candidate =>
  candidate('stacked', { members }, ...options);
/** What customers buy before they leave: their value (regress) or the chance of silence (classify). */
export const bgNbd = recipe('bgNbd');
/** The chance by how long it has lasted, period by period, and by the other columns. */
export const hazard = recipe('hazard');
export const seasonalNaive = recipe('seasonalNaive');
export const naive = recipe('naive');
export const ets = recipe('ets');
/** All forms of smoothing weighted by their likelihood, at the price of choosing one. */
export const etsAverage = recipe('etsAverage');
export const theta = recipe('theta');
export const ces = recipe('ces');
export const arima = recipe('arima');
/** Several seasons by loess; `fourier` has them as waves, with known covariates beside. */
export const mstl = recipe('mstl');
export const fourier = recipe('fourier');
/** Line, season and known covariates. */
export const regression = recipe('regression');
/** The method that suits a demand which is mostly zero. */
export const intermittent = recipe('intermittent');
/** The median of ETS, theta, CES and ARIMA; `etsTheta` is the mean of two, at a tenth of the time. */
export const scum = recipe('scum');
export const etsTheta = recipe('etsTheta');
/**
 * The methods that fit each series by itself, in one word: smoothing, theta, their mean, a
 * regression on known covariates, and what suits demand that is mostly zero.
 */
export const local = recipe('local');
/** One booster over all series, on lags, calendar, covariates and attributes. */
export const globalBoosting = recipe('global');
export { globalBoosting as global };

// ── spines ──
export const calendarSpine = (sql: string): Spine => ({ kind: 'calendar', sql });
export const eventSpine = (spine: {
  sql: string;
  source: string;
  at: string;
  with?: Record<string, string[]>;
}): Spine => ({ kind: 'event', with: {}, ...spine });
export const rowsSpine = (source: string): Spine => ({ kind: 'rows', source });

// ── models ──
type Input<T, Defaults extends keyof T> = Omit<T, 'task' | Defaults> & Partial<Pick<T, Defaults>>;
const someGain: Gate = { minGain: 0.005 };

export const classify = (
  d: Omit<Input<ClassifyDeclaration, 'gate' | 'folds' | 'calibrate'>, 'spine'> & {
    spine: string | Spine;
  },
): ClassifyDeclaration => ({
  gate: someGain,
  folds: 4,
  calibrate: 'platt',
  ...d,
  task: 'classify',
  spine: spineOf(d.spine),
});
export const regress = (
  d: Omit<Input<RegressDeclaration, 'gate' | 'folds'>, 'spine'> & { spine: string | Spine },
): RegressDeclaration => ({
  gate: someGain,
  folds: 4,
  ...d,
  task: 'regress',
  spine: spineOf(d.spine),
});
/** What the groups of `rfm` are called where a declaration does not say. */
const rfmWords: RfmRules['names'] = {
  champions: { pt: 'Campeões', en: 'Champions' },
  loyal: { pt: 'Fiéis', en: 'Loyal' },
  new: { pt: 'Novos', en: 'New' },
  promising: { pt: 'Promissores', en: 'Promising' },
  needAttention: { pt: 'Pedem atenção', en: 'Need attention' },
  atRisk: { pt: 'Em risco', en: 'At risk' },
  hibernating: { pt: 'Adormecidos', en: 'Hibernating' },
};

/**
 * Groups by recency, frequency and money, whose cut points a person sets: edges by measure, or in how
 * many groups of one size to cut (5).
 * @param columns the feature that each measure is read from
 */
export const rfm = (
  columns: RfmRules['columns'],
  { cuts = 5, names = {} }: Partial<Pick<RfmRules, 'cuts' | 'names'>> = {},
): RfmRules => ({ kind: 'rfm', columns, cuts, names: { ...rfmWords, ...names } });

export const segment = (
  d: Omit<Input<SegmentDeclaration, 'clusters' | 'shapeless' | 'membersMin'>, 'spine'> & {
    spine: string | Spine;
  },
): SegmentDeclaration => ({
  clusters: { min: 3, max: 8 },
  shapeless: 'refuse',
  membersMin: 5,
  ...d,
  task: 'segment',
  spine: spineOf(d.spine),
});
export const forecast = (
  d: Input<ForecastDeclaration, 'gate' | 'origins' | 'intervals' | 'levels'>,
): ForecastDeclaration => ({
  gate: someGain,
  origins: 4,
  intervals: [0.8, 0.95],
  levels: {},
  ...d,
  task: 'forecast',
});
export const price = (
  d: Input<PriceDeclaration, 'objective' | 'exploration' | 'cycle' | 'approval' | 'holdOut'>,
): PriceDeclaration => ({
  objective: 'margin',
  exploration: { policy: 'thompson', arms: 9, width: 0.1 },
  cycle: days(7),
  approval: { mode: 'manual' },
  holdOut: 0.1,
  ...d,
  task: 'price',
});

export const percent = (value: number) => ({ kind: 'percent' as const, value });
export const moneyBand = (value: number) => ({ kind: 'money' as const, value });

// ── guardrails ──
/** Price is at least cost ÷ (1 − percent / 100): runs last, whatever its place in the list. */
export const minimumMargin = (percentOfPrice: number): Guardrail => ({
  rule: 'minimumMargin',
  percent: percentOfPrice,
});
export const maximumChange = (percentOfCurrent: number): Guardrail => ({
  rule: 'maximumChange',
  percent: percentOfCurrent,
});
/** Relative to the item's usual price: band(0.7, 1.5). */
export const band = (low: number, high: number): Guardrail => ({ rule: 'band', low, high });
export const ending = (...cents: number[]): Guardrail => ({ rule: 'ending', cents });

/** Prices in order: `ordered({ within: ['product'], by: 'litres', ratio: 1.2 })` for sizes. */
export const ordered = ({
  within,
  by,
  ratio = 1,
  gap = 0,
}: Omit<OrderedPrices, 'ratio' | 'gap'> & Partial<OrderedPrices>): OrderedPrices => ({
  within,
  by,
  ratio,
  gap,
});
/** Leaves items alone that are on sale for fewer days, by the column `since` of the items. */
export const newItems = (daysOnSale: number): PriceExclusion => ({
  exclude: 'new',
  days: daysOnSale,
});
/** Leaves items alone by a column: `itemsWhere('regulated', true)`. */
export const itemsWhere = (
  name: string,
  ...values: (string | number | boolean)[]
): PriceExclusion => ({ exclude: 'attribute', name, values });

/** Whole groups of items keep their prices: `heldGroups({ by: 'restaurant_id', share: 0.2 })`. */
export const heldGroups = (groups: { by: string; share: number }): HeldGroups => ({
  hold: 'groups',
  ...groups,
});
/** Switchback: prices stay for whole cycles, of all items or by themselves for each group `by`. */
export const heldCycles = (cycles: { by?: string; share: number }): HeldCycles => ({
  hold: 'cycles',
  ...cycles,
});

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
const spineOf = (spine: string | Spine): Spine =>
  typeof spine === 'string' ? calendarSpine(spine) : spine;
