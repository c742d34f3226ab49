import type { Pool, TrainingData } from './estimator.js';
import { fitHere, type FittedSeries, type SeriesTask } from './forecast/local/fit-series.js';
import { unpacked } from './forecast/series/panel.js';
import { localOf } from './forecast/recipe.js';
import { seeded } from './random.js';
import { estimatorOf } from './recipe.js';
import type { Recipe, Task } from './recipe-type.js';

/** One fit, as plain data: what a worker needs to do it. */
export interface FitTask {
  recipe: Recipe;
  task: Task;
  /** Of a classifier. */
  classes: number;
  data: TrainingData;
  seed: number | string;
}

/** What a pool can be asked for by name: functions of their input alone, so that it does not matter who runs them. */
const tasks = {
  /** Fits the recipe; the bytes of the model. */
  async fit({ recipe, task, classes, data, seed }: FitTask): Promise<Uint8Array> {
    const model = await estimatorOf(recipe, { task, classes }).fit(data, { rng: seeded(seed) });
    return model.bytes();
  },
  /** Fits the series of a part of a set, each by itself. */
  fitSeries({ recipe, set }: SeriesTask): FittedSeries {
    return fitHere(
      localOf(recipe).method,
      unpacked(set),
      set.keys.map((_, i) => i),
    );
  },
};

type TaskName = keyof typeof tasks;
type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0];
type TaskResult<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]>>;

/**
 * The task's result for each input, in order: by the pool's workers, or one after another without a
 * pool. Inputs and results are copied between threads. The first failure in order of the inputs is thrown.
 */
export async function mapTasks<Name extends TaskName>(
  pool: Pool | undefined,
  name: Name,
  inputs: readonly TaskInput<Name>[],
): Promise<TaskResult<Name>[]> {
  // Every worker runs `runTask`, so that the results are of this task.
  if (pool) return (await pool.map(name, inputs)) as TaskResult<Name>[];
  const results: TaskResult<Name>[] = [];
  for (const input of inputs) results.push((await runTask(name, input)) as TaskResult<Name>);
  return results;
}

/** One task by name: what a pool's worker calls. */
export function runTask(name: string, input: unknown): Promise<unknown> {
  if (!Object.hasOwn(tasks, name))
    throw new Error(`task ${name} is unknown; there are ${Object.keys(tasks).join(', ')}`);
  // `mapTasks` saw to it that the input is that of the task.
  const task = tasks[name as TaskName] as (input: unknown) => Promise<unknown>;
  return task(input);
}
