import {
  partialDependence,
  permutation,
  seeded,
  takeRows,
  quantiles,
  type Column,
  type Model,
} from '@tino/learn';
import type { VersionAnswer } from '../contract/models.js';
import type { TabularJob, TabularResult } from './job.js';

export type Dependence = VersionAnswer['dependence'][number];

const COLUMNS_MAX = 8;
const ROWS_MAX = 200;
const POINTS = 12;
const LEVELS_MAX = 8;

/** What the model says on average as one column changes, for the columns that weigh most. */
export function dependenceOf(
  model: Model,
  job: TabularJob,
  importance: TabularResult['importance'],
): Dependence[] {
  const rng = seeded(job.seed).fork('dependence');
  const x = takeRows(job.x, permutation(job.x.rows, rng).subarray(0, ROWS_MAX));
  return importance
    .filter(({ share }) => share > 0)
    .slice(0, COLUMNS_MAX)
    .flatMap(({ column }) => {
      const values = gridOf(job.x.columns.find(({ name }) => name === column)!);
      if (values.length < 2) return [];
      const predicted = partialDependence(model, x, column, values);
      return [{ column, points: values.map((value, i) => ({ value, predicted: predicted[i]! })) }];
    });
}

/** Quantiles of a number between its extremes; the most frequent levels of a category. */
function gridOf(column: Column): (number | string)[] {
  if (column.kind === 'number') {
    const known = column.values.filter(Number.isFinite);
    if (known.length === 0) return [];
    const levels = Array.from({ length: POINTS }, (_, i) => 0.02 + (0.96 * i) / (POINTS - 1));
    return [...new Set(quantiles(known, levels))];
  }
  const counts = new Int32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code]!++;
  return [...counts.keys()]
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, LEVELS_MAX)
    .map((code) => column.levels[code]!);
}
