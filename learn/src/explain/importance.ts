import type { Model } from '../estimator.js';
import type { Column, Frame } from '../frame.js';
import type { Metric } from '../metric/metrics.js';
import { permutation, type Rng } from '../random.js';
import { correlatedGroups } from './correlation.js';

export interface ColumnImportance {
  column: string;
  /** How much worse the metric gets when the column is shuffled, from 0 up for a useful column. */
  loss: number;
  /** Standard deviation over the repeats. */
  deviation: number;
}

export interface GroupImportance extends Omit<ColumnImportance, 'column'> {
  /** Columns that were shuffled together. */
  columns: string[];
}

interface PermutationOptions {
  rng: Rng;
  repeats?: number;
}

/** Breiman 2001, on rows not trained on. Columns that say the same share their importance. */
export function permutationImportance(
  model: Model,
  x: Frame,
  y: ArrayLike<number>,
  metric: Metric,
  options: PermutationOptions,
): ColumnImportance[] {
  const alone = model.columns.map(({ name }) => [name]);
  return lossesOf(model, x, y, metric, alone, options).map(({ columns, ...found }) => ({
    column: columns[0]!,
    ...found,
  }));
}

/**
 * The same with correlated columns shuffled together, in one order: what is lost when none of them is
 * known. One by one each would seem useless, because the others still say it. See `correlatedGroups`.
 */
export function groupedImportance(
  model: Model,
  x: Frame,
  y: ArrayLike<number>,
  metric: Metric,
  { correlation = 0.7, ...options }: PermutationOptions & { correlation?: number },
): GroupImportance[] {
  const read = new Set(model.columns.map(({ name }) => name));
  const columns = x.columns.filter(({ name }) => read.has(name));
  const groups = correlatedGroups({ rows: x.rows, columns }, correlation);
  return lossesOf(model, x, y, metric, groups, options);
}

function lossesOf(
  model: Model,
  x: Frame,
  y: ArrayLike<number>,
  metric: Metric,
  groups: readonly string[][],
  { rng, repeats = 5 }: PermutationOptions,
): GroupImportance[] {
  const classes = model.outputs === 1 ? 2 : model.outputs;
  const out = new Float64Array(x.rows * model.outputs);
  const measure = (columns: readonly Column[]) => {
    model.predict({ rows: x.rows, columns }, out);
    const found = metric.of(y, out, undefined, classes);
    return metric.better === 'lower' ? found : -found;
  };
  const whole = measure(x.columns);
  return groups.map((names) => {
    const losses = Array.from({ length: repeats }, () => {
      const order = permutation(x.rows, rng);
      const mixed = x.columns.map((column) =>
        names.includes(column.name) ? shuffled(column, order) : column,
      );
      return measure(mixed) - whole;
    });
    const loss = losses.reduce((a, b) => a + b, 0) / repeats;
    const squares = losses.reduce((sum, value) => sum + (value - loss) ** 2, 0);
    return { columns: names, loss, deviation: Math.sqrt(squares / Math.max(1, repeats - 1)) };
  });
}

const shuffled = (column: Column, order: Int32Array): Column =>
  column.kind === 'number'
    ? { ...column, values: column.values.map((_, row) => column.values[order[row]!]!) }
    : { ...column, codes: column.codes.map((_, row) => column.codes[order[row]!]!) };
