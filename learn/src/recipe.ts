import { classPrior, mean, median } from './baseline/constant.js';
import { boosting } from './boosting/boost.js';
import type { ObjectiveName } from './boosting/objective.js';
import { boostingTable } from './boosting/parameters.js';
import type { Estimator } from './estimator.js';
import { logistic, poisson } from './linear/generalised.js';
import { elasticNetTable, likelihoodTable, ridgeTable } from './linear/parameters.js';
import { elasticNet, ridge } from './linear/regression.js';
import { bgNbd } from './value/bg-nbd-estimator.js';

export type Task = 'regress' | 'classify';

/** An estimator as plain data. */
export interface Recipe {
  kind: string;
  params: Record<string, unknown>;
}

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
  frequency: { default: 'repeats', says: 'repeats: without the first purchase; or all' },
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
  ridge: { task: ['regress'], params: ridgeTable, make: (params) => ridge(params) },
  elasticNet: { task: ['regress'], params: elasticNetTable, make: (params) => elasticNet(params) },
  poisson: { task: ['regress'], params: likelihoodTable, make: (params) => poisson(params) },
  logistic: {
    task: ['classify'],
    params: likelihoodTable,
    make: (params, { classes }) => logistic({ ...params, classes }),
  },
  bgNbd: {
    task: ['regress'],
    params: bgNbdTable,
    make: (params) => bgNbd({ horizonDays: bgNbdTable.horizonDays.default, ...params }),
  },
  mean: { task: ['regress'], params: {}, make: () => mean() },
  median: { task: ['regress'], params: {}, make: () => median() },
  prior: { task: ['classify'], params: {}, make: (_, { classes }) => classPrior({ classes }) },
};

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

/** A parameter whose default is null takes null or a number. */
function checkType(name: string, value: unknown, example: unknown): void {
  if (value === null && name.endsWith('logAboveSkewness')) return;
  if (example === null && value === null) return;
  const wanted = example === null ? 'number' : typeof example;
  const ok = typeof value === wanted && value !== null && !Number.isNaN(value);
  if (!ok) throw new TypeError(`${name} is ${JSON.stringify(value)}, expected a ${wanted}`);
}
