import type { TrainingData } from '../estimator.js';
import { metricOf } from '../metric/metrics.js';
import type { Rng } from '../random.js';
import { takeTargets, type Targets } from '../training-data.js';
import { kFold } from '../validate/folds.js';
import { linkInPlace } from './link.js';
import type { BoostingSettings } from './defaults.js';
import type { Objective } from './scores.js';

/** Rows to grow on and rows to judge by. */
export interface HeldOut {
  training: Int32Array;
  validation: Int32Array;
}

/**
 * The rows that the data marks, or a fold: groups kept whole, classes spread evenly. Without early
 * stopping, or with too few rows for it, none but the marked are held out. Each `member` has
 * another fold.
 */
export function holdOut(
  { earlyStoppingRounds, validationFraction }: BoostingSettings,
  objective: Objective,
  { x, y, groups, validation }: TrainingData,
  rng: Rng,
  member = 0,
): HeldOut {
  const { rows } = x;
  if (validation) return divide(rows, validation);
  const folds = Math.max(2, Math.round(1 / validationFraction));
  if (earlyStoppingRounds > 0 && rows >= 2 * folds) {
    const isClass = objective.link === 'logit' || objective.link === 'softmax';
    const all = kFold(rows, {
      folds,
      rng: rng.fork('validation'),
      ...(groups ? { groups } : isClass ? { stratify: y } : {}),
    });
    const fold = all[member % all.length];
    if (fold) return { training: fold.train, validation: fold.test };
  }
  return divide(rows, new Uint8Array(rows));
}

function divide(rows: number, held: Uint8Array): HeldOut {
  let count = 0;
  for (let row = 0; row < rows; row++) if (held[row] === 1) count++;
  if (count === rows)
    throw new RangeError(`no row to train on: all ${rows} rows are marked as validation`);
  const training = new Int32Array(rows - count);
  const validation = new Int32Array(count);
  for (let row = 0, inside = 0, outside = 0; row < rows; row++)
    if (held[row] === 1) validation[outside++] = row;
    else training[inside++] = row;
  return { training, validation };
}

/** How good the scores are on the held-out rows; lower is better. */
export function makeJudge(
  { metric }: BoostingSettings,
  objective: Objective,
  data: Targets,
  rows: Int32Array,
): (scores: readonly Float64Array[]) => number {
  if (metric === 'loss') return (scores) => objective.loss(scores, data, rows);
  const { of, better, needs } = metricOf(metric);
  const isClass = objective.link === 'logit' || objective.link === 'softmax';
  if (isClass !== (needs === 'probability'))
    throw new RangeError(
      `metric ${metric} needs a ${needs}, which ${objective.name} does not predict`,
    );
  const { y, weights } = takeTargets(data, rows);
  const { outputs, link } = objective;
  const predicted = new Float64Array(rows.length * outputs);
  return (scores) => {
    rows.forEach((row, i) => {
      for (let k = 0; k < outputs; k++) predicted[i * outputs + k] = scores[k]![row]!;
    });
    linkInPlace(link, predicted, outputs);
    const found = of(y, predicted, weights, Math.max(outputs, 2));
    return better === 'higher' ? -found : found;
  };
}
