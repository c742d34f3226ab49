import type { Effects, Estimator, TrainingData } from '../estimator.js';
import type { Metric } from '../metric/metrics.js';
import type { Rng } from '../random.js';
import { takeFold, takeTraining } from '../training-data.js';
import { kFold, type Fold } from './folds.js';

/** Folds of several shuffles: each row is tested once a shuffle. */
export interface RepeatedFolds {
  rows: number;
  repeats: number;
  /** By shuffle, then by fold. */
  folds: readonly { repeat: number; fold: Fold }[];
}

/** Classes are spread evenly unless rows come in groups. None for fewer than two rows. */
export function repeatedFolds(
  { x, y, groups }: TrainingData,
  {
    folds,
    repeats,
    classify,
    rng,
  }: { folds: number; repeats: number; classify: boolean; rng: Rng },
): RepeatedFolds {
  const rows = x.rows;
  const one = (repeat: number): Fold[] =>
    rows < 2
      ? []
      : kFold(rows, {
          folds,
          rng: rng.fork(`repeat ${repeat}`),
          ...(groups ? { groups } : classify && { stratify: y }),
        });
  return {
    rows,
    repeats,
    folds: Array.from({ length: repeats }, (_, repeat) =>
      one(repeat).map((fold) => ({ repeat, fold })),
    ).flat(),
  };
}

/** What an estimator says of rows that it was not trained on. */
export interface OutOfFold {
  /** repeats × rows × outputs; NaN where no fold tested the row. */
  said: Float64Array;
  /** The metric by fold, NaN where it is not defined. */
  scores: number[];
}

export interface OutOfFoldJob {
  estimator: Estimator;
  data: TrainingData;
  plan: RepeatedFolds;
  metric: Metric;
  outputs: number;
}

/** One fit a fold, each with draws of its own. Undefined when `stop` came before the last was done. */
export async function outOfFold(
  { estimator, data, plan, metric, outputs }: OutOfFoldJob,
  { rng, stop, pool, kernels }: Omit<Effects, 'progress'>,
): Promise<OutOfFold | undefined> {
  const said = new Float64Array(plan.repeats * plan.rows * outputs).fill(NaN);
  const scores: number[] = [];
  for (const [f, { repeat, fold }] of plan.folds.entries()) {
    const model = await estimator.fit(takeFold(data, fold.train), {
      rng: rng.fork(`fold ${f}`),
      ...(stop && { stop }),
      ...(pool && { pool }),
      ...(kernels && { kernels }),
    });
    // A fit that was cut short would be another one tomorrow.
    if (stop?.stopped) return undefined;
    const held = takeTraining(data, fold.test);
    const out = new Float64Array(held.x.rows * outputs);
    model.predict(held.x, out);
    const at = repeat * plan.rows;
    fold.test.forEach((row, i) => {
      for (let k = 0; k < outputs; k++) said[(at + row) * outputs + k] = out[i * outputs + k]!;
    });
    scores.push(metric.of(held.y, out, held.weights, outputs === 1 ? 2 : outputs));
  }
  return { said, scores };
}
