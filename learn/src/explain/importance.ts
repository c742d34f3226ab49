import type { Model } from '../estimator.js';
import type { Column, Frame } from '../frame.js';
import type { Metric } from '../metric/metrics.js';
import { permutation, type Rng } from '../random.js';

export interface ColumnImportance {
  column: string;
  /** How much worse the metric gets when the column is shuffled, from 0 up for a useful column. */
  loss: number;
  /** Standard deviation over the repeats. */
  deviation: number;
}

/** Breiman 2001, on rows not trained on. Columns that say the same share their importance. */
export function permutationImportance(
  model: Model,
  x: Frame,
  y: ArrayLike<number>,
  metric: Metric,
  { rng, repeats = 5 }: { rng: Rng; repeats?: number },
): ColumnImportance[] {
  const classes = model.outputs === 1 ? 2 : model.outputs;
  const out = new Float64Array(x.rows * model.outputs);
  const measure = (columns: readonly Column[]) => {
    model.predict({ rows: x.rows, columns }, out);
    const found = metric.of(y, out, undefined, classes);
    return metric.better === 'lower' ? found : -found;
  };
  const whole = measure(x.columns);
  return model.columns.map(({ name }) => {
    const losses = Array.from({ length: repeats }, () => {
      const order = permutation(x.rows, rng);
      return (
        measure(
          x.columns.map((column) => (column.name === name ? shuffled(column, order) : column)),
        ) - whole
      );
    });
    const loss = losses.reduce((a, b) => a + b, 0) / repeats;
    const squares = losses.reduce((sum, value) => sum + (value - loss) ** 2, 0);
    return { column: name, loss, deviation: Math.sqrt(squares / Math.max(1, repeats - 1)) };
  });
}

const shuffled = (column: Column, order: Int32Array): Column =>
  column.kind === 'number'
    ? { ...column, values: column.values.map((_, row) => column.values[order[row]!]!) }
    : { ...column, codes: column.codes.map((_, row) => column.codes[order[row]!]!) };
