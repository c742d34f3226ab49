import type { Effects, Estimator, Model, TrainingData } from '../estimator.js';
import type { Recipe } from '../recipe-type.js';
import { admit, anyNumber, classIndex, notNegative } from '../training-data.js';
import { outOfFold, repeatedFolds } from '../validate/out-of-fold.js';
import { onLogScale, type BlendSettings } from './parameters.js';

/** A member, and what it said of rows that it was not trained on. */
export interface Heard {
  name: string;
  estimator: Estimator;
  /** rows × outputs; empty where there was no other row to learn from. */
  said: Float64Array;
}

/** Targets that the metric can measure; members have no common scale for an offset. */
export function admitBlend(given: TrainingData, settings: BlendSettings): TrainingData {
  const { task, classes, metric } = settings;
  const rule =
    task === 'classify' ? classIndex(classes) : onLogScale(metric) ? notNegative : anyNumber;
  const data = admit(given, rule);
  if (data.offset) throw new RangeError('a blend of several models takes no offset; leave it out');
  return data;
}

/**
 * Every member on the same folds. One whose turn a `stop` forestalls is left out, but for the first,
 * which then stands alone.
 */
export async function hear(
  data: TrainingData,
  settings: BlendSettings,
  make: (recipe: Recipe) => Estimator,
  effects: Effects,
): Promise<Heard[]> {
  const { members, task, folds, metric, outputs } = settings;
  const { rng, progress } = effects;
  const classify = task === 'classify';
  const plan = repeatedFolds(data, { folds, repeats: 1, classify, rng: rng.fork('folds') });
  const heard: Heard[] = [];
  for (const [m, { name, recipe }] of members.entries()) {
    const estimator = make(recipe);
    const job = { estimator, data, plan, metric, outputs };
    const found = await outOfFold(job, { ...effects, rng: rng.fork(name) });
    progress?.((0.8 * (m + 1)) / members.length);
    const isKnown = found?.said.every(Number.isFinite) === true;
    if (isKnown) heard.push({ name, estimator, said: found.said });
    else if (m === 0) heard.push({ name, estimator, said: new Float64Array(0) });
  }
  // With one that was not measured there is no comparison: it is the only one, or it goes.
  const measured = heard.filter(({ said }) => said.length > 0);
  return measured.length > 0 ? measured : heard;
}

/** The members, on all rows. */
export async function fitMembers(
  data: TrainingData,
  heard: readonly Heard[],
  effects: Effects,
): Promise<Model[]> {
  const { rng, progress, ...lent } = effects;
  const models: Model[] = [];
  for (const { name, estimator } of heard)
    models.push(await estimator.fit(data, { ...lent, rng: rng.fork(`${name}, whole`) }));
  progress?.(1);
  return models;
}
