import { takeRows, type SeriesSet } from '@tino/learn';
import type { SeriesData } from './data.js';

/** The history as it was known after one step: what a forecast made then could read. */
export interface Origin {
  /** Index of the last step that was over. */
  step: number;
  data: SeriesData;
  /**
   * Whether models are fitted here; between two such origins the earlier fit reads the longer
   * history.
   */
  fits: boolean;
}

export const valuesOf = (set: SeriesSet, index: number): Float64Array =>
  set.values.subarray(set.offsets[index], set.offsets[index + 1]);

/** The value of one series at a step of the common calendar; `NaN` outside its life. */
export const valueAt = (set: SeriesSet, index: number, step: number): number =>
  valuesOf(set, index)[step - set.starts[index]!] ?? NaN;

/** Some series of a set, with their attributes and covariates. */
export function takeSeries(set: SeriesSet, indices: readonly number[]): SeriesSet {
  const parts = indices.map((index) => valuesOf(set, index));
  const offsets = new Int32Array(indices.length + 1);
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length));
  const values = new Float64Array(offsets[parts.length]!);
  parts.forEach((part, i) => values.set(part, offsets[i]));
  const { statics, covariates } = set;
  return {
    keys: indices.map((index) => set.keys[index]!),
    values,
    offsets,
    starts: Int32Array.from(indices, (index) => set.starts[index]!),
    period: set.period,
    ...(statics && { statics: takeRows(statics, indices) }),
    ...(covariates && {
      covariates: {
        ...covariates,
        at: (series: number, step: number, covariate: number) =>
          covariates.at(indices[series]!, step, covariate),
      },
    }),
  };
}
