import type { Frame } from '../frame.js';
import { inRange, oneOf } from '../parameters.js';
import { objectiveNames, type ObjectiveName } from './objective.js';

export interface BoostingParameters {
  objective: ObjectiveName;
  /** Of softmax only. */
  classes: number;
  rounds: number;
  learningRate: number;
  leaves: number;
  depthMax: number;
  minDataInLeaf: number;
  minHessianInLeaf: number;
  minGain: number;
  l2: number;
  bins: number;
  rowSample: number;
  columnSample: number;
  alpha: number | null;
  earlyStoppingRounds: number;
  validationFraction: number;
  categorySmoothing: number;
  categoriesMax: number;
  /** By column name: 1 rises, -1 falls. */
  monotone: Record<string, number>;
}

/** Defaults and meanings, the one place where both stand. */
export const boostingTable: {
  [Name in keyof BoostingParameters]: { default: BoostingParameters[Name]; says: string };
} = {
  objective: { default: 'squared', says: `the loss: ${objectiveNames.join(', ')}` },
  classes: { default: 2, says: 'classes of softmax' },
  rounds: { default: 200, says: 'trees (of each class)' },
  learningRate: { default: 0.1, says: 'share of each tree that counts, 0..1' },
  leaves: { default: 31, says: 'most leaves of a tree' },
  depthMax: { default: 0, says: 'most splits from root to leaf; 0 for no limit' },
  minDataInLeaf: { default: 20, says: 'least rows of a leaf' },
  minHessianInLeaf: { default: 1e-3, says: 'least sum of second derivatives of a leaf' },
  minGain: { default: 0, says: 'a split must gain more than this' },
  l2: { default: 1, says: 'penalty on squared leaf values' },
  bins: { default: 255, says: 'most bins of a column, with the one of missing values' },
  rowSample: { default: 1, says: 'share of rows of each round, 0..1' },
  columnSample: { default: 1, says: 'share of columns of each tree, 0..1' },
  alpha: {
    default: null,
    says: 'level of quantile (0.5), ordinary share of huber (0.9), power of tweedie (1.5)',
  },
  earlyStoppingRounds: {
    default: 0,
    says: 'end after as many rounds without a better validation loss; 0 for never',
  },
  validationFraction: { default: 0.1, says: 'share of rows held out for early stopping' },
  categorySmoothing: { default: 10, says: 'pulls rare levels of a category to the middle' },
  categoriesMax: { default: 32, says: 'most levels on the smaller side of a split' },
  monotone: { default: {}, says: 'by column name: 1 when the prediction may only rise, -1 fall' },
};

const alphas: Partial<Record<ObjectiveName, { default: number; from: number; to: number }>> = {
  quantile: { default: 0.5, from: 1e-6, to: 1 - 1e-6 },
  huber: { default: 0.9, from: 1e-6, to: 1 },
  tweedie: { default: 1.5, from: 1.01, to: 1.99 },
};

/** Fills in the defaults and refuses what is out of range. */
export function boostingParameters(
  given: Partial<BoostingParameters>,
): Omit<BoostingParameters, 'alpha'> & { alpha: number } {
  const defaults = Object.fromEntries(
    Object.entries(boostingTable).map(([name, entry]) => [name, entry.default]),
  ) as unknown as BoostingParameters;
  const all = { ...defaults, ...given };
  oneOf('objective', all.objective, objectiveNames);
  inRange('classes', all.classes, { from: 2, whole: true });
  inRange('rounds', all.rounds, { from: 1, whole: true });
  inRange('learningRate', all.learningRate, { from: 1e-6, to: 1 });
  inRange('leaves', all.leaves, { from: 2, whole: true });
  inRange('depthMax', all.depthMax, { from: 0, whole: true });
  inRange('minDataInLeaf', all.minDataInLeaf, { from: 1, whole: true });
  inRange('bins', all.bins, { from: 3, to: 255, whole: true });
  inRange('rowSample', all.rowSample, { from: 1e-6, to: 1 });
  inRange('columnSample', all.columnSample, { from: 1e-6, to: 1 });
  inRange('earlyStoppingRounds', all.earlyStoppingRounds, { from: 0, whole: true });
  inRange('validationFraction', all.validationFraction, { from: 0.01, to: 0.9 });
  inRange('categoriesMax', all.categoriesMax, { from: 1, whole: true });
  for (const name of ['l2', 'minGain', 'minHessianInLeaf', 'categorySmoothing'] as const)
    inRange(name, all[name], { from: 0 });
  const range = alphas[all.objective];
  const alpha = all.alpha ?? range?.default ?? 0.5;
  if (range) inRange(`alpha of ${all.objective}`, alpha, range);
  return { ...all, alpha };
}

/** One sign a column. */
export function monotoneSigns(x: Frame, monotone: Record<string, number>): Int8Array {
  const signs = new Int8Array(x.columns.length);
  for (const [name, sign] of Object.entries(monotone)) {
    const index = x.columns.findIndex((column) => column.name === name);
    if (index < 0) throw new RangeError(`monotone names column ${name}, which the frame lacks`);
    if (x.columns[index]!.kind !== 'number')
      throw new RangeError(`monotone names column ${name}, which is no number`);
    if (![-1, 0, 1].includes(sign))
      throw new RangeError(`monotone of ${name} is ${sign}, expected 1, 0 or -1`);
    signs[index] = sign;
  }
  return signs;
}
