import type { Model } from '../estimator.js';
import { metricOf } from '../metric/metrics.js';
import { inRange, oneOf } from '../parameters.js';
import { objectiveNames, type ObjectiveName } from './objective.js';
import type { OwnObjective } from './scores.js';

/** Plain data: what a declaration can hold. */
export interface BoostingParameters {
  objective: ObjectiveName;
  /** Of softmax only. */
  classes: number;
  rounds: number | null;
  learningRate: number | null;
  growth: 'leafWise' | 'symmetric';
  boostingOrder: 'plain' | 'ordered';
  leaves: number;
  depthMax: number;
  minDataInLeaf: number;
  minHessianInLeaf: number;
  minGain: number;
  l1: number;
  l2: number;
  maxDelta: number;
  pathSmoothing: number;
  bins: number;
  sampling: 'bagging' | 'goss';
  rowSample: number | null;
  rowSampleEvery: number;
  gossTop: number;
  gossRest: number;
  columnSample: number | null;
  columnSampleByNode: number;
  dropRate: number;
  dropSkip: number;
  dropMax: number;
  alpha: number | null;
  rankedAt: number;
  /** By class index. */
  classWeights: 'none' | 'balanced' | Record<string, number>;
  metric: string;
  earlyStoppingRounds: number | null;
  validationFraction: number | null;
  members: number | null;
  leafModel: 'auto' | 'constant' | 'linear';
  linearL2: number;
  categories: 'sets' | 'ordered';
  orderedFrom: number;
  categorySmoothing: number;
  categoriesMax: number;
  categoryRowsMin: number;
  /** By column name: 1 rises, -1 falls. */
  monotone: Record<string, number>;
  /** Lists of column names. */
  interactions: readonly (readonly string[])[];
}

/** What `boosting` takes: the parameters, and two that are no plain data. */
export interface BoostingOptions extends Partial<Omit<BoostingParameters, 'objective'>> {
  objective?: ObjectiveName | OwnObjective;
  /** Grows its rounds on top of this model's: a booster of the same columns and objective. */
  startFrom?: Model;
}

/** Checked parameters; what is null is chosen when the data is known. */
export interface OpenSettings extends Omit<BoostingParameters, 'alpha' | 'objective'> {
  objective: ObjectiveName | OwnObjective;
  alpha: number;
  startFrom?: Model;
}

/**
 * Defaults and meanings, the one place where both stand. A default of null is what stands in
 * brackets where `rounds` is given, and what the data asks for where it is not.
 */
export const boostingTable: {
  [Name in keyof BoostingParameters]: { default: BoostingParameters[Name]; says: string };
} = {
  objective: { default: 'squared', says: `the loss: ${objectiveNames.join(', ')}` },
  classes: { default: 2, says: 'classes of softmax' },
  rounds: {
    default: null,
    says: 'trees (of each class); null: as many as help on held-out rows, by several members',
  },
  learningRate: { default: null, says: 'share of each tree that counts, 0..1 (0.1)' },
  growth: {
    default: 'leafWise',
    says: 'leafWise: the best leaf next; symmetric: one split for all leaves of a level',
  },
  boostingOrder: {
    default: 'plain',
    says: 'ordered: splits by residuals of models that have not seen the row, at some twice the work',
  },
  leaves: { default: 31, says: 'most leaves of a tree' },
  depthMax: { default: 0, says: 'most splits from root to leaf; 0 for no limit' },
  minDataInLeaf: { default: 20, says: 'least rows of a leaf' },
  minHessianInLeaf: { default: 1e-3, says: 'least sum of second derivatives of a leaf' },
  minGain: { default: 0, says: 'a split must gain more than this' },
  l1: { default: 0, says: 'penalty on the size of leaf values' },
  l2: { default: 1, says: 'penalty on squared leaf values' },
  maxDelta: { default: 0, says: 'most that a leaf may add, before the learning rate; 0 for any' },
  pathSmoothing: {
    default: 0,
    says: 'rows at which a leaf counts as much as the node above it; 0 for no smoothing',
  },
  bins: { default: 255, says: 'most bins of a column, with the one of missing values' },
  sampling: {
    default: 'bagging',
    says: 'how rows are drawn: bagging by chance; goss keeps those of large gradient',
  },
  rowSample: { default: null, says: 'bagging: share of rows of each round, 0..1 (1)' },
  rowSampleEvery: { default: 1, says: 'bagging: rounds that share one sample' },
  gossTop: { default: 0.2, says: 'goss: share of rows kept for their large gradient' },
  gossRest: { default: 0.1, says: 'goss: share of rows drawn from the others, and weighted up' },
  columnSample: { default: null, says: 'share of columns of each tree, 0..1 (1)' },
  columnSampleByNode: { default: 1, says: 'share of them that each split chooses from, 0..1' },
  dropRate: { default: 0, says: 'DART: share of earlier trees left out of a round; 0 for none' },
  dropSkip: { default: 0.5, says: 'DART: share of rounds that leave out none' },
  dropMax: { default: 50, says: 'DART: most rounds left out at once' },
  alpha: {
    default: null,
    says: 'level of quantile (0.5), ordinary share of huber (0.9), power of tweedie (1.5)',
  },
  rankedAt: { default: 30, says: 'lambdarank: places at the top of a list that count' },
  classWeights: {
    default: 'none',
    says: 'none; balanced: each class weighs the same; or a weight by class index',
  },
  metric: { default: 'loss', says: 'what early stopping watches: loss, or the name of a metric' },
  earlyStoppingRounds: {
    default: null,
    says: 'end after as many rounds without a better validation metric; 0 for never (0)',
  },
  validationFraction: {
    default: null,
    says: 'share of rows held out for early stopping, where the data marks none (0.1)',
  },
  members: {
    default: null,
    says: 'boosters whose scores are averaged, each with its own samples and held-out rows (1)',
  },
  leafModel: {
    default: 'auto',
    says: 'constant; linear: a line over the numbers on the path; auto: with rounds null the better',
  },
  linearL2: { default: 1, says: 'penalty on squared slopes of standardised numbers in a leaf' },
  categories: {
    default: 'sets',
    says: 'sets: splits by sets of levels; ordered: columns of many levels by target statistics',
  },
  orderedFrom: { default: 16, says: 'ordered: least levels of a column that is no set any more' },
  categorySmoothing: { default: 10, says: 'pulls rare levels of a category to the middle' },
  categoryRowsMin: {
    default: 20,
    says: 'least rows of a group of levels that is told apart, where there are more than four levels',
  },
  categoriesMax: { default: 32, says: 'most levels on the smaller side of a split' },
  monotone: { default: {}, says: 'by column name: 1 when the prediction may only rise, -1 fall' },
  interactions: {
    default: [],
    says: 'lists of columns that may meet on a path; one in no list stands alone; none for any',
  },
};

const alphas: Partial<Record<ObjectiveName, { default: number; from: number; to: number }>> = {
  quantile: { default: 0.5, from: 1e-6, to: 1 - 1e-6 },
  huber: { default: 0.9, from: 1e-6, to: 1 },
  tweedie: { default: 1.5, from: 1.01, to: 1.99 },
};

const share = { from: 1e-6, to: 1 };
const ranges: Partial<
  Record<keyof BoostingParameters, { from: number; to?: number; whole?: boolean }>
> = {
  classes: { from: 2, whole: true },
  rounds: { from: 1, whole: true },
  learningRate: share,
  leaves: { from: 2, whole: true },
  depthMax: { from: 0, whole: true },
  minDataInLeaf: { from: 1, whole: true },
  minHessianInLeaf: { from: 0 },
  minGain: { from: 0 },
  l1: { from: 0 },
  l2: { from: 0 },
  maxDelta: { from: 0 },
  pathSmoothing: { from: 0 },
  bins: { from: 3, to: 255, whole: true },
  rowSample: share,
  rowSampleEvery: { from: 1, whole: true },
  gossTop: share,
  gossRest: share,
  columnSample: share,
  columnSampleByNode: share,
  dropRate: { from: 0, to: 1 },
  dropSkip: { from: 0, to: 1 },
  dropMax: { from: 1, whole: true },
  rankedAt: { from: 1, whole: true },
  earlyStoppingRounds: { from: 0, whole: true },
  validationFraction: { from: 0.01, to: 0.9 },
  members: { from: 1, whole: true },
  linearL2: { from: 0 },
  orderedFrom: { from: 2, whole: true },
  categorySmoothing: { from: 0 },
  categoriesMax: { from: 1, whole: true },
  categoryRowsMin: { from: 1, whole: true },
};

/** Fills in the defaults and refuses what is out of range or does not go together. */
export function boostingSettings(given: BoostingOptions): OpenSettings {
  const defaults = Object.fromEntries(
    Object.entries(boostingTable).map(([name, entry]) => [name, entry.default]),
  ) as unknown as BoostingParameters;
  const all = { ...defaults, ...given };
  for (const [name, range] of Object.entries(ranges)) {
    const value = all[name as keyof typeof ranges] as number | null;
    if (value !== null) inRange(name, value, range);
  }
  oneOf('categories', all.categories, ['sets', 'ordered']);
  oneOf('growth', all.growth, ['leafWise', 'symmetric']);
  oneOf('boostingOrder', all.boostingOrder, ['plain', 'ordered']);
  oneOf('leafModel', all.leafModel, ['auto', 'constant', 'linear']);
  oneOf('sampling', all.sampling, ['bagging', 'goss']);
  if (all.metric !== 'loss') metricOf(all.metric);
  if (typeof all.objective === 'string') oneOf('objective', all.objective, objectiveNames);
  const alphaRange = typeof all.objective === 'string' ? alphas[all.objective] : undefined;
  const alpha = all.alpha ?? alphaRange?.default ?? 0.5;
  if (alphaRange) inRange(`alpha of ${String(all.objective)}`, alpha, alphaRange);
  checkTogether(all);
  return { ...all, alpha };
}

function checkTogether(all: Omit<OpenSettings, 'alpha'>): void {
  checkSampling(all);
  if (all.boostingOrder === 'ordered') checkOrdered(all);
  const { objective, monotone, categories } = all;
  if (categories === 'ordered' && (objective === 'softmax' || all.startFrom))
    throw new RangeError(
      "categories 'ordered' has one statistic a level, which neither the classes of softmax nor " +
        "the levels of startFrom share; leave it at 'sets'",
    );
  if (all.leafModel !== 'linear') return;
  if (objective === 'absolute' || objective === 'quantile')
    throw new RangeError(
      `leafModel linear fits lines by second derivatives, and ${objective} has none; leave it out`,
    );
  const [constrained] = Object.keys(monotone);
  if (constrained !== undefined)
    throw new RangeError(
      `leafModel linear cannot keep ${constrained} monotone: a line may turn; leave out one of both`,
    );
}

/** What supporting models of prefixes cannot follow. */
function checkOrdered(all: Omit<OpenSettings, 'alpha'>): void {
  const refused = [
    ['sampling', all.sampling, all.sampling === 'goss'],
    ['rowSample', all.rowSample, (all.rowSample ?? 1) < 1],
    ['dropRate', all.dropRate, all.dropRate > 0],
    ['leafModel', all.leafModel, all.leafModel === 'linear'],
    ['l1', all.l1, all.l1 > 0],
    ['maxDelta', all.maxDelta, all.maxDelta > 0],
    ['pathSmoothing', all.pathSmoothing, all.pathSmoothing > 0],
    ['startFrom', 'a model', all.startFrom !== undefined],
    [
      'objective',
      all.objective,
      ['absolute', 'quantile', 'lambdarank'].includes(String(all.objective)),
    ],
  ] as const;
  for (const [name, value, isRefused] of refused)
    if (isRefused)
      throw new RangeError(
        `boostingOrder is ordered, which learns leaves from the first rows of an order by second ` +
          `derivatives, but ${name} is ${String(value)}; leave out one of both`,
      );
}

function checkSampling(all: Omit<OpenSettings, 'alpha'>): void {
  const { sampling, gossTop, gossRest, rowSample, objective, dropRate } = all;
  if (sampling === 'goss') {
    inRange('gossTop + gossRest', gossTop + gossRest, { from: 0, to: 1 });
    if (rowSample !== null && rowSample < 1)
      throw new RangeError(
        `rowSample is ${rowSample}, but goss draws rows its own way; leave out one`,
      );
    if (objective === 'absolute' || objective === 'quantile')
      throw new RangeError(
        `sampling goss prefers large gradients, and those of ${objective} are all alike; use bagging`,
      );
  }
  if (dropRate > 0 && (all.earlyStoppingRounds ?? 0) > 0)
    throw new RangeError(
      `earlyStoppingRounds is ${all.earlyStoppingRounds} with dropRate ${dropRate}: later rounds ` +
        'change earlier trees, so that no best round can be kept; set one of them to 0',
    );
}
