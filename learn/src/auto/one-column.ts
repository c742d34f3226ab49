import type { Effects, Estimator, TrainingData } from '../estimator.js';
import type { Metric } from '../metric/metrics.js';
import { permutation } from '../random.js';
import { admit, takeTraining, type TargetRule } from '../training-data.js';
import { outOfFold, repeatedFolds } from '../validate/out-of-fold.js';

const CHOSEN_ON_ROWS = 3000;
const FOLDS = 3;

export interface OneColumnOptions {
  /** Fits one column. */
  inner: Estimator;
  target: TargetRule;
  metric: Metric;
  outputs: number;
  classify: boolean;
}

/**
 * The model of the one column that alone says most on held-out rows. On few rows it is hard to
 * beat: a choice among columns costs less than a coefficient for each.
 */
export const oneColumn = (options: OneColumnOptions): Estimator => ({
  async fit(given, effects) {
    const data = admit(given, options.target);
    const chosen = data.x.columns.length > 1 ? await bestColumn(data, options, effects) : 0;
    return options.inner.fit(only(data, chosen), { ...effects, rng: effects.rng.fork('fit') });
  },
});

const only = (data: TrainingData, column: number): TrainingData => ({
  ...data,
  x: { rows: data.x.rows, columns: data.x.columns.slice(column, column + 1) },
});

async function bestColumn(
  data: TrainingData,
  { inner, metric, outputs, classify }: OneColumnOptions,
  effects: Effects,
): Promise<number> {
  const rng = effects.rng.fork('column');
  const { rows } = data.x;
  const seen =
    rows > CHOSEN_ON_ROWS
      ? takeTraining(data, permutation(rows, rng).subarray(0, CHOSEN_ON_ROWS).sort())
      : data;
  const plan = repeatedFolds(seen, { folds: FOLDS, repeats: 1, classify, rng });
  const sign = metric.better === 'higher' ? 1 : -1;
  let best = 0;
  let most = -Infinity;
  for (let column = 0; column < data.x.columns.length && !effects.stop?.stopped; column++) {
    const job = { estimator: inner, data: only(seen, column), plan, metric, outputs };
    const { pool, kernels } = effects;
    const found = await outOfFold(job, {
      rng,
      ...(pool && { pool }),
      ...(kernels && { kernels }),
    });
    const scores = found!.scores.filter(Number.isFinite);
    const value = (sign * scores.reduce((sum, score) => sum + score, 0)) / scores.length;
    if (value > most) {
      most = value;
      best = column;
    }
  }
  return best;
}
