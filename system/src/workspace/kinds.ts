import { forecastKinds, recipeKinds } from '@tino/learn';
import type { Task } from './types.js';

const LINEAR = 'linear';

/** The kind of `learn` that a declared kind stands for. */
export const kindFor = (kind: string, task: 'classify' | 'regress'): string =>
  kind !== LINEAR ? kind : task === 'classify' ? 'logistic' : 'ridge';

const LOCAL = 'local';
const localKinds = ['etsAverage', 'theta', 'etsTheta', 'regression', 'intermittent'];

/** The kinds of forecaster of `learn` that a declared kind stands for. */
export const forecastersFor = (kind: string): readonly string[] =>
  kind === LOCAL ? localKinds : [kind];

/** Recipes of `learn` that a task may try. */
export function candidateKinds(task: Task): string[] {
  if (task === 'forecast') return [...Object.keys(forecastKinds), LOCAL];
  if (task !== 'classify' && task !== 'regress') return [];
  const own = Object.entries(recipeKinds)
    .filter(([, kind]) => (kind.task as readonly string[]).includes(task))
    .map(([name]) => name);
  return [...own, LINEAR];
}
