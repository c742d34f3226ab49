import { metricOf, type Metric } from '../metric/metrics.js';
import { inRange } from '../parameters.js';
import type { Recipe, Task } from '../recipe-type.js';
import type { Scale } from './blend.js';

/** Plain data, of `ensemble` and of `stacked`. */
export interface MemberParameters {
  members: readonly Recipe[];
  /** A metric's name; `loss` is log loss, or root mean squared error. */
  metric: string;
  folds: number;
}

export interface EnsembleParameters extends MemberParameters {
  steps: number;
  bags: number;
}

export interface StackedParameters extends MemberParameters {
  /** Penalty on squared weights of members, which are numbers of one scale. */
  l2: number;
}

const memberTable = {
  members: { default: [], says: 'recipes to blend; none for a linear model and boosted trees' },
  metric: { default: 'loss', says: 'what decides; loss is log loss or squared error' },
  folds: {
    default: 5,
    says: 'parts of the rows, each predicted by members that learned the others',
  },
};

/** Defaults and meanings, the one place where both stand. */
export const ensembleTable = {
  ...memberTable,
  steps: { default: 15, says: 'members added to one bag, with replacement' },
  bags: { default: 8, says: 'selections among random halves of the members, averaged' },
};

export const stackedTable = {
  ...memberTable,
  l2: { default: 1, says: 'penalty on squared weights of members' },
};

/** What both kinds settle before they see data. */
export interface BlendSettings {
  members: readonly { name: string; recipe: Recipe }[];
  task: Task;
  classes: number;
  outputs: number;
  metric: Metric;
  scale: Scale;
  folds: number;
}

export const metricOrLoss = (name: string, task: Task): Metric =>
  metricOf(name !== 'loss' ? name : task === 'classify' ? 'logLoss' : 'rmse');

/** Judged on a log scale, where models with a log link belong. */
export const onLogScale = ({ name }: Metric): boolean =>
  name === 'poissonDeviance' || name === 'rmsle';

/** Where what is said of new rows is averaged. */
export const scaleOf = (task: Task, outputs: number, metric: Metric): Scale =>
  task === 'classify'
    ? outputs === 1
      ? 'logit'
      : 'probability'
    : onLogScale(metric)
      ? 'log'
      : 'identity';

/** Fills in the defaults and refuses what is out of range. */
export function blendSettings(
  { members = [], metric: metricName = 'loss', folds = 5 }: Partial<MemberParameters>,
  { task, classes }: { task: Task; classes: number },
): BlendSettings {
  inRange('folds', folds, { from: 2, whole: true });
  const metric = metricOrLoss(metricName, task);
  if ((metric.needs === 'probability') !== (task === 'classify'))
    throw new RangeError(`metric is ${metric.name}, which does not measure how to ${task}`);
  const outputs = task === 'classify' && classes > 2 ? classes : 1;
  const recipes = members.length > 0 ? members : usual(task, onLogScale(metric));
  return {
    members: recipes.map((recipe, m) => ({ name: `${recipe.kind} ${m}`, recipe })),
    task,
    classes,
    outputs,
    metric,
    scale: scaleOf(task, outputs, metric),
    folds,
  };
}

/** A line and trees err in different places. */
const usual = (task: Task, counts: boolean): Recipe[] => [
  { kind: task === 'classify' ? 'logistic' : counts ? 'poisson' : 'ridge', params: {} },
  { kind: 'boosting', params: counts ? { objective: 'poisson' } : {} },
];
