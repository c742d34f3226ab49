import type { Explanations, Model } from '../estimator.js';
import type { Frame } from '../frame.js';

/** One reason of a prediction, on the scale of the raw score. */
export interface Reason {
  column: string;
  contribution: number;
  direction: 'raises' | 'lowers';
}

export interface ReasonOptions {
  most?: number;
  /** Reasons of one direction only, as a refusal that has to be explained. */
  direction?: Reason['direction'] | 'both';
}

/** The columns that moved a prediction most, the largest contribution first; none that moved nothing. */
export function reasonCodes(
  columns: readonly { name: string }[],
  contributions: ArrayLike<number>,
  { most = 4, direction = 'both' }: ReasonOptions = {},
): Reason[] {
  if (columns.length !== contributions.length)
    throw new RangeError(`${contributions.length} contributions for ${columns.length} columns`);
  return columns
    .map(({ name }, c): Reason => {
      const contribution = contributions[c]!;
      return { column: name, contribution, direction: contribution > 0 ? 'raises' : 'lowers' };
    })
    .filter((reason) => reason.contribution !== 0)
    .filter((reason) => direction === 'both' || reason.direction === direction)
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, most);
}

/** Contributions of all rows: by the model's own way for many rows, else one by one. */
export function explainRows(model: Model, x: Frame): Explanations {
  if (model.explainRows) return model.explainRows(x);
  if (!model.explain) throw new TypeError(`a model of kind ${model.kind} cannot explain`);
  const width = model.columns.length;
  const contributions = new Float64Array(x.rows * width);
  let base = 0;
  for (let row = 0; row < x.rows; row++) {
    const one = model.explain(x, row);
    base = one.base;
    contributions.set(one.contributions, row * width);
  }
  return { base: Float64Array.of(base), contributions };
}
