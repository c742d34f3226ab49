/** What is known about one series besides its values. */
export interface Surroundings {
  /** Calendar index of its first value. */
  start: number;
  /** Covariates known ahead; `at` counts steps from the first value. */
  covariates: readonly { name: string; at(step: number): number }[];
}

/** Parts of a forecast by name (level, trend, season, a covariate); they sum to it. */
export type Parts = Record<string, Float64Array>;

/** A way to forecast one series from itself. */
export interface LocalMethod {
  kind: string;
  /**
   * Parameters of one series that begins with a known value; the first one is a form (a whole
   * number), so that parameters of one form can be pooled. Gaps are `NaN`.
   */
  fit(values: Float64Array, period: number, around: Surroundings): Float64Array;
  /**
   * Filters `values` and fills `out`. `fresh` says that the parameters were fitted on another
   * series or another start: what belongs to the start (initial states, scale) must be estimated
   * again. A method that knows parts of its forecast puts them into `parts`.
   */
  forecast(
    values: Float64Array,
    period: number,
    fitted: { parameters: Float64Array; fresh: boolean },
    out: Float64Array,
    around: Surroundings,
    parts?: Parts,
  ): void;
  /** Forecasts one step ahead within the series; without it, each is made from its own past. */
  trace?(
    values: Float64Array,
    period: number,
    parameters: Float64Array,
    out: Float64Array,
    around: Surroundings,
  ): void;
  /** What answered when the series was too short or too even for what the method is named for. */
  usedInstead?(values: Float64Array, period: number, parameters: Float64Array): string | undefined;
}
