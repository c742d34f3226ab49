import { autoOf, type AutoEstimator } from './auto/auto.js';
import { oneColumn } from './auto/one-column.js';
import { autoTable, type AutoParameters } from './auto/parameters.js';
import { classPrior, mean, median } from './baseline/constant.js';
import { boosting } from './boosting/boost.js';
import type { ObjectiveName } from './boosting/objective.js';
import { boostingTable } from './boosting/parameters.js';
import { encoded } from './encode/encoded.js';
import { ensembleOf } from './ensemble/ensemble.js';
import {
  ensembleTable,
  metricOrLoss,
  onLogScale,
  stackedTable,
  type EnsembleParameters,
  type StackedParameters,
} from './ensemble/parameters.js';
import { stackedOf } from './ensemble/stacked.js';
import type { Estimator } from './estimator.js';
import { gamma, logistic, poisson } from './linear/generalised.js';
import { elasticNetTable, likelihoodTable, ridgeTable } from './linear/parameters.js';
import { elasticNet, ridge } from './linear/regression.js';
import { oneOf } from './parameters.js';
import type { Recipe, Task } from './recipe-type.js';
import { anyNumber, classIndex, notNegative } from './training-data.js';
import { bgNbdChance } from './value/bg-nbd-chance.js';
import { bgNbd } from './value/bg-nbd-estimator.js';
import { hazard } from './value/hazard-estimator.js';

export interface RecipeKind {
  task: Task[];
  params: Record<string, { default: unknown; says: string }>;
}

interface Kind extends RecipeKind {
  make: (params: Record<string, unknown>, task: { task: Task; classes: number }) => Estimator;
}

const bgNbdTable = {
  horizonDays: { default: 90, says: 'days over which the target is measured' },
  recency: { default: 'sinceLast', says: 'sinceLast: days from the last purchase; or firstToLast' },
  recencyColumn: { default: 'recency_days', says: 'column of the recency' },
  frequency: { default: 'repeats', says: 'repeats: without the first purchase; or all' },
  label: {
    default: 'silence',
    says: 'what 1 says of the horizon to classify: silence, no purchase in it; or purchase',
  },
};

const hazardTable = {
  age: { default: 'days_since_purchase', says: 'column of how long it has lasted' },
  period: { default: 30, says: 'width of a period of it, in its unit' },
  periodsMax: { default: 12, says: 'periods from this one on share one level' },
  ...likelihoodTable,
};

/** A linear model, whose categories are indicators of its own or numbers of an encoder. */
function linear(task: Task[], params: RecipeKind['params'], make: Kind['make']): Kind {
  return {
    task,
    params: {
      ...params,
      categories: {
        default: 'indicators',
        says: 'how levels become numbers: indicators, or one number each: target, frequency',
      },
    },
    make({ categories = 'indicators', ...rest }, about) {
      const inner = make(rest, about);
      const encoding = oneOf('categories', String(categories), [
        'indicators',
        'target',
        'frequency',
      ]);
      if (encoding === 'indicators') return inner;
      const classes = about.task === 'classify' ? about.classes : 2;
      return encoded(inner, { encoding: encoding as 'target' | 'frequency', classes });
    },
  };
}

const oneColumnTable = {
  metric: { default: 'loss', says: 'what decides; loss is log loss or squared error' },
};

// Each `make` is called with parameters whose names and types the table has settled.
const kinds: Record<string, Kind> = {
  boosting: {
    task: ['regress', 'classify'],
    params: Object.fromEntries(
      Object.entries(boostingTable).filter(([name]) => name !== 'classes'),
    ),
    make: (params, task) => boosting({ ...params, ...boostingTask(params['objective'], task) }),
  },
  ridge: linear(['regress'], ridgeTable, (params) => ridge(params)),
  elasticNet: linear(['regress'], elasticNetTable, (params) => elasticNet(params)),
  poisson: linear(['regress'], likelihoodTable, (params) => poisson(params)),
  gamma: linear(['regress'], likelihoodTable, (params) => gamma(params)),
  logistic: linear(['classify'], likelihoodTable, (params, { classes }) =>
    logistic({ ...params, classes }),
  ),
  bgNbd: {
    task: ['regress', 'classify'],
    params: bgNbdTable,
    make: (given, { task }) => {
      const params = { horizonDays: bgNbdTable.horizonDays.default, ...given };
      return task === 'regress' ? bgNbd(params) : bgNbdChance(params);
    },
  },
  hazard: {
    task: ['classify'],
    params: hazardTable,
    make: (params) => hazard({ age: hazardTable.age.default, ...params }),
  },
  mean: { task: ['regress'], params: {}, make: () => mean() },
  median: { task: ['regress'], params: {}, make: () => median() },
  oneColumn: {
    task: ['regress', 'classify'],
    params: oneColumnTable,
    make: (params, task) => bestColumn(String(params['metric'] ?? 'loss'), task),
  },
  auto: {
    task: ['regress', 'classify'],
    params: autoTable,
    make: (params, task) => autoOf(params, task, (recipe) => estimatorOf(recipe, task)),
  },
  ensemble: {
    task: ['regress', 'classify'],
    params: ensembleTable,
    make: (params, task) => ensembleOf(params, task, (recipe) => estimatorOf(recipe, task)),
  },
  stacked: {
    task: ['regress', 'classify'],
    params: stackedTable,
    make: (params, task) => stackedOf(params, task, (recipe) => estimatorOf(recipe, task)),
  },
  prior: { task: ['classify'], params: {}, make: (_, { classes }) => classPrior({ classes }) },
};

/** The column that alone says most, by the linear model that belongs to the task. */
function bestColumn(name: string, { task, classes }: { task: Task; classes: number }): Estimator {
  const metric = metricOrLoss(name, task);
  const counts = task === 'regress' && onLogScale(metric);
  const classify = task === 'classify';
  return oneColumn({
    inner: classify ? logistic({ classes }) : counts ? poisson() : ridge(),
    target: classify ? classIndex(classes) : counts ? notNegative : anyNumber,
    metric,
    outputs: classify && classes > 2 ? classes : 1,
    classify,
  });
}

/**
 * Candidates from a constant to wide trees, tried until `stop`; the simplest that is as good as the
 * best, or an ensemble. The model's `report` says what was tried and what was skipped, and why.
 */
export const auto = ({
  task = 'regress',
  classes = 2,
  ...parameters
}: Partial<AutoParameters & { task: Task; classes: number }> = {}): AutoEstimator =>
  autoOf(parameters, { task, classes }, (recipe) => estimatorOf(recipe, { task, classes }));

/**
 * Recipes blended with shares of greedy selection on rows that they did not see; see `auto` for a
 * search that finds the recipes as well. `members` are by default a linear model and boosted trees.
 */
export const ensemble = ({
  task = 'regress',
  classes = 2,
  ...parameters
}: Partial<EnsembleParameters & { task: Task; classes: number }> = {}): Estimator =>
  ensembleOf(parameters, { task, classes }, (recipe) => estimatorOf(recipe, { task, classes }));

/** Recipes under a linear model of what they say of rows that they did not see. */
export const stacked = ({
  task = 'regress',
  classes = 2,
  ...parameters
}: Partial<StackedParameters & { task: Task; classes: number }> = {}): Estimator =>
  stackedOf(parameters, { task, classes }, (recipe) => estimatorOf(recipe, { task, classes }));

/** Classes settle the objective of a classifier; a regressor may have any but a classifier's. */
function boostingTask(objective: unknown, { task, classes }: { task: Task; classes: number }) {
  const own = classes === 2 ? 'logistic' : 'softmax';
  const wrong =
    task === 'regress'
      ? objective === 'logistic' || objective === 'softmax' || objective === 'lambdarank'
      : objective !== undefined && objective !== own;
  if (wrong)
    throw new RangeError(
      `boosting.objective is ${String(objective)}, which cannot ${task}` +
        (task === 'classify' ? `; leave it out for ${own}` : ''),
    );
  return task === 'regress' ? {} : { classes, objective: own as ObjectiveName };
}

/** What can be asked for, with defaults: for checks, search spaces and help. */
export const recipeKinds: Record<string, RecipeKind> = Object.fromEntries(
  Object.entries(kinds).map(([name, { task, params }]) => [name, { task, params }]),
);

/** The estimator of a recipe; an unknown kind or parameter is an error that names what there is. */
export function estimatorOf(recipe: Recipe, task: { task: Task; classes: number }): Estimator {
  const known = Object.entries(kinds).filter(([, kind]) => kind.task.includes(task.task));
  const kind = known.find(([name]) => name === recipe.kind)?.[1];
  if (!kind) {
    const names = known.map(([name]) => name).join(', ');
    throw new Error(`recipe kind ${recipe.kind} cannot ${task.task}; there are ${names}`);
  }
  for (const [name, value] of Object.entries(recipe.params)) {
    const parameter = Object.hasOwn(kind.params, name) ? kind.params[name] : undefined;
    if (!parameter) {
      const names = Object.keys(kind.params).join(', ') || 'none';
      throw new Error(`recipe ${recipe.kind} has no parameter ${name}; there are ${names}`);
    }
    checkType(`${recipe.kind}.${name}`, value, parameter.default);
  }
  return kind.make(recipe.params, task);
}

/** Weights of classes are a word or a record; a parameter whose default is null takes null or a number. */
function checkType(name: string, value: unknown, example: unknown): void {
  if (value === null && name.endsWith('logAboveSkewness')) return;
  if (name === 'boosting.classWeights' && kindOf(value) === 'object') return;
  if (example === null && value === null) return;
  const wanted = example === null ? 'number' : kindOf(example);
  const ok = kindOf(value) === wanted && !Number.isNaN(value);
  if (!ok) throw new TypeError(`${name} is ${JSON.stringify(value)}, expected a ${wanted}`);
}

const kindOf = (value: unknown) =>
  Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
