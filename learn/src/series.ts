/** Many series as flat values and offsets: series `i` is `values[offsets[i] .. offsets[i + 1])`. */
export interface SeriesSet {
  /** One key a series, in order. */
  keys: readonly string[];
  /** Oldest first; `NaN` is missing, which is not zero. */
  values: Float64Array;
  /** keys + 1 */
  offsets: Int32Array;
  /** Index on the common calendar of each series' first point. */
  starts: Int32Array;
  /** Seasonal period in steps: 52 weekly, 12 monthly, 7 daily, 1 none. */
  period: number;
  /** Attributes that do not move: one row a series. */
  statics?: import('./frame.js').Frame;
  /** Calendar index of the first row of the known covariates. */
  covariates?: Covariates;
}

/**
 * Known ahead (promotion, holiday), per series or shared by all: `rows` per series × step.
 * A covariate is `known` (given also for the horizon) or `past` (never for the horizon).
 */
export interface Covariates {
  names: readonly string[];
  kinds: readonly ('known' | 'past')[];
  /** `at(series, step, covariate)`: step on the common calendar; `NaN` when not known. */
  at(series: number, step: number, covariate: number): number;
}

export const seriesCount = (set: SeriesSet): number => set.keys.length;

export const seriesValues = (set: SeriesSet, index: number): Float64Array =>
  set.values.subarray(set.offsets[index], set.offsets[index + 1]);

export function seriesSet(
  list: readonly { key: string; start: number; values: ArrayLike<number> }[],
  period: number,
): SeriesSet {
  const offsets = new Int32Array(list.length + 1);
  list.forEach((series, i) => (offsets[i + 1] = offsets[i]! + series.values.length));
  const values = new Float64Array(offsets[list.length]!);
  list.forEach((series, i) => values.set(series.values, offsets[i]));
  return {
    keys: list.map((series) => series.key),
    values,
    offsets,
    starts: Int32Array.from(list, (s) => s.start),
    period,
  };
}
