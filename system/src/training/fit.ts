import {
  calibrated,
  estimatorOf,
  metricOf,
  seeded,
  takeRows,
  transformedTarget,
  type Estimator,
  type Fold,
  type Model,
  type Recipe,
} from '@tino/learn';
import type { Entry } from './candidates.js';
import type { JobEffects, TabularJob, Tried } from './job.js';

const CALIBRATION_FOLDS = 3;

export const estimator = (recipe: Recipe, { task, target }: TabularJob): Estimator => {
  const inner = estimatorOf(recipe, { task, classes: 2 });
  return task === 'regress' ? transformedTarget(inner, target) : inner;
};

/** As it will be served: a classifier's probabilities are calibrated. */
export const served = (recipe: Recipe, job: TabularJob): Estimator =>
  job.task === 'classify' && recipe.kind !== 'prior'
    ? calibrated(estimator(recipe, job), { method: job.calibrate, folds: CALIBRATION_FOLDS })
    : estimator(recipe, job);

export async function fitOn(
  made: Estimator,
  job: TabularJob,
  rows: Int32Array | null,
  { label, stop }: { label: string; stop: JobEffects['stop'] },
): Promise<Model> {
  const data = {
    x: rows === null ? job.x : takeRows(job.x, rows),
    y: rows === null ? job.y : Float64Array.from(rows, (row) => job.y[row]!),
    groups: rows === null ? job.groups : Int32Array.from(rows, (row) => job.groups[row]!),
  };
  return made.fit(data, { rng: seeded(job.seed).fork(label), stop });
}

/** Fits on each fold's training rows and says what it makes of the others. */
export async function tryEntry(
  entry: Entry,
  made: Estimator,
  job: TabularJob,
  effects: JobEffects,
  told: (fold: number, value: number) => void,
): Promise<Tried> {
  const began = effects.clock();
  const said = new Float64Array(job.x.rows).fill(NaN);
  const scores: number[] = [];
  let error: string | null = null;
  try {
    for (const [f, fold] of job.folds.entries()) {
      if (effects.stop.stopped) break;
      scores.push(
        await tryFold(made, job, fold, said, { label: `${entry.name}/${f}`, ...effects }),
      );
      told(f, scores[f]!);
    }
  } catch (cause) {
    error = cause instanceof Error ? cause.message : String(cause);
  }
  return { ...entry, scores, said, error, seconds: (effects.clock() - began) / 1000 };
}

async function tryFold(
  made: Estimator,
  job: TabularJob,
  { train, test }: Fold,
  said: Float64Array,
  options: { label: string; stop: JobEffects['stop'] },
): Promise<number> {
  const model = await fitOn(made, job, train, options);
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
