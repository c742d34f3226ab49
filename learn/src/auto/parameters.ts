import { calibrationMethods, type CalibrationMethod } from '../calibrate/calibrator.js';
import { metricOrLoss } from '../ensemble/parameters.js';
import type { Metric } from '../metric/metrics.js';
import { inRange, oneOf } from '../parameters.js';
import type { Recipe, Task } from '../recipe-type.js';

export interface AutoParameters {
  /** A metric's name; `loss` is log loss, or root mean squared error. */
  metric: string;
  /** Tried after the constant and the best single column, the simplest first. */
  candidates: readonly Recipe[];
  /** Which candidates where none are given. */
  portfolio: 'full' | 'small';
  folds: number;
  repeats: number;
  searchRows: number;
  calibrate: CalibrationMethod;
  replay: readonly string[];
}

/** Defaults and meanings, the one place where both stand. */
export const autoTable: {
  [Name in keyof AutoParameters]: { default: AutoParameters[Name]; says: string };
} = {
  metric: { default: 'loss', says: 'what decides; loss is log loss or squared error' },
  candidates: { default: [], says: 'recipes, the simplest first; none for a portfolio by size' },
  portfolio: {
    default: 'full',
    says: 'full: what is worth trying on a table of this size; small: the small models only',
  },
  folds: { default: 0, says: 'folds of the search; 0 for a number by size' },
  repeats: { default: 0, says: 'shuffles of the folds; 0 for a number by size' },
  searchRows: { default: 100_000, says: 'most rows of the search; the chosen learn from all' },
  calibrate: {
    default: 'none',
    says: 'calibration of a classifier on held-out rows: platt, beta, isotonic, temperature, none',
  },
  replay: {
    default: [],
    says: 'what replayOf says of a report, to make it again; all is tried when empty',
  },
};

export interface AutoSettings extends Omit<AutoParameters, 'metric'> {
  task: Task;
  outputs: number;
  metric: Metric;
}

/** Fills in the defaults and refuses what is out of range. */
export function autoSettings(
  given: Partial<AutoParameters>,
  { task, classes }: { task: Task; classes: number },
): AutoSettings {
  const defaults = Object.fromEntries(
    Object.entries(autoTable).map(([name, entry]) => [name, entry.default]),
  ) as unknown as AutoParameters;
  const all = { ...defaults, ...given };
  oneOf('portfolio', all.portfolio, ['full', 'small']);
  oneOf('calibrate', all.calibrate, calibrationMethods);
  if (task === 'regress' && all.calibrate !== 'none')
    throw new RangeError(`calibrate is ${all.calibrate}, which is for classifiers; leave it out`);
  for (const name of ['folds', 'repeats'] as const)
    inRange(name, all[name], { from: 0, whole: true });
  inRange('searchRows', all.searchRows, { from: 100, whole: true });
  const metric = metricOrLoss(all.metric, task);
  if ((metric.needs === 'probability') !== (task === 'classify'))
    throw new RangeError(`metric is ${metric.name}, which does not measure how to ${task}`);
  return { ...all, metric, task, outputs: task === 'classify' && classes > 2 ? classes : 1 };
}
