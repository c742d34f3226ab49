import {
  calibrated,
  estimatorOf,
  metricOf,
  seeded,
  foldOf,
  takeRows,
  transformedTarget,
  type Estimator,
  type Fold,
  type Model,
  type Recipe,
} from '@tino/learn';
import { autoEstimator, type AutoReports } from './auto.js';
import type { Entry } from './candidates.js';
import type { JobEffects, TabularJob, Tried } from './job.js';

const CALIBRATION_FOLDS = 3;

/** What is lent to the fits of one training. */
export interface FitEffects extends JobEffects {
  reports: AutoReports;
}

/** The estimator of the fit that `label` names. */
export type Make = (label: string, effects: FitEffects) => Estimator;

export const estimator =
  (recipe: Recipe, job: TabularJob): Make =>
  (label, { clock, reports }) => {
    if (recipe.kind === 'auto') return autoEstimator({ recipe, job, label, clock, reports });
    const inner = estimatorOf(recipe, { task: job.task, classes: 2 });
    return job.task === 'regress' ? transformedTarget(inner, job.target) : inner;
  };

/** Its probabilities are as they will be served: a constant's are, and a search sees to its own. */
export const isCalibrated = ({ kind }: Recipe, { task }: TabularJob): boolean =>
  task === 'regress' || kind === 'prior' || kind === 'auto';

/** As it will be served: a classifier's probabilities are calibrated. */
export const served = (recipe: Recipe, job: TabularJob): Make => {
  const make = estimator(recipe, job);
  if (isCalibrated(recipe, job)) return make;
  return (label, effects) =>
    calibrated(make(label, effects), { method: job.calibrate, folds: CALIBRATION_FOLDS });
};

export async function fitOn(
  make: Make,
  job: TabularJob,
  rows: Int32Array | null,
  label: string,
  effects: FitEffects,
): Promise<Model> {
  const data = {
    x: rows === null ? job.x : foldOf(job.x, rows),
    y: rows === null ? job.y : Float64Array.from(rows, (row) => job.y[row]!),
    groups: rows === null ? job.groups : Int32Array.from(rows, (row) => job.groups[row]!),
  };
  const { stop, pool } = effects;
  const rng = seeded(job.seed).fork(label);
  return make(label, effects).fit(data, { rng, stop, ...(pool && { pool }) });
}

/** Fits on each fold's training rows and says what it makes of the others. */
export async function tryEntry(
  entry: Entry,
  make: Make,
  job: TabularJob,
  effects: FitEffects,
  told: (fold: number, value: number) => void,
): Promise<Tried> {
  const began = effects.clock();
  const said = new Float64Array(job.x.rows).fill(NaN);
  const scores: number[] = [];
  let error: string | null = null;
  try {
    for (const [f, fold] of job.folds.entries()) {
      if (effects.stop.stopped) break;
      scores.push(await tryFold(make, job, fold, said, `${entry.name}/${f}`, effects));
      told(f, scores[f]!);
    }
  } catch (cause) {
    error = cause instanceof Error ? cause.message : String(cause);
  }
  return { ...entry, scores, said, error, seconds: (effects.clock() - began) / 1000 };
}

async function tryFold(
  make: Make,
  job: TabularJob,
  { train, test }: Fold,
  said: Float64Array,
  label: string,
  effects: FitEffects,
): Promise<number> {
  const model = await fitOn(make, job, train, label, effects);
  const out = new Float64Array(test.length);
  model.predict(takeRows(job.x, test), out);
  test.forEach((row, i) => (said[row] = out[i]!));
  return metricOf(job.metric).of(
    Float64Array.from(test, (row) => job.y[row]!),
    out,
  );
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
