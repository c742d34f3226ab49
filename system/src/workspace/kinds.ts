import { forecastKinds, recipeKinds } from '@tino/learn';
import type { Task } from './types.js';

/** Recipes of `learn` that a task may try. */
export function candidateKinds(task: Task): string[] {
  if (task === 'forecast') return Object.keys(forecastKinds);
  if (task !== 'classify' && task !== 'regress') return [];
  return Object.entries(recipeKinds)
    .filter(([, kind]) => (kind.task as readonly string[]).includes(task))
    .map(([name]) => name);
}
