import type { Surroundings } from './local-method.js';

/** Pairs of a sine and a cosine: how many of one period. */
export interface Waves {
  period: number;
  harmonics: number;
}

/** Columns of a regression over the steps of one series and beyond its end. */
export interface Design {
  /** What the column belongs to in a decomposition. */
  names: string[];
  columns: Float64Array[];
}

/**
 * A line, waves and known covariates, by the calendar index, so that a series that is cut at its
 * start keeps its phases.
 * @param length known steps and the horizon
 * @throws Error when a covariate is unknown beyond the first `known` steps
 */
export function designOf(
  length: number,
  known: number,
  { trend, waves }: { trend: boolean; waves: readonly Waves[] },
  { start, covariates }: Surroundings,
): Design {
  const names: string[] = [];
  const columns: Float64Array[] = [];
  const add = (name: string, at: (step: number) => number) => {
    names.push(name);
    columns.push(Float64Array.from({ length }, (_, t) => at(t)));
  };
  if (trend) add('trend', (t) => (start + t) / 100);
  for (const { period, harmonics } of waves)
    for (let k = 1; k <= harmonics; k++) {
      const angle = (t: number) => (2 * Math.PI * k * ((start + t) % period)) / period;
      add(`season of ${period}`, (t) => Math.cos(angle(t)));
      // At half the period a sine is nothing at every step.
      if (2 * k < period) add(`season of ${period}`, (t) => Math.sin(angle(t)));
    }
  for (const covariate of covariates) {
    add(covariate.name, covariate.at);
    const column = columns.at(-1)!;
    for (let t = known; t < length; t++)
      if (Number.isNaN(column[t]!))
        throw new Error(
          `covariate ${covariate.name} has no value at calendar index ${start + t}, ${t - known + 1} steps ahead; give the known values for the whole horizon`,
        );
  }
  return { names, columns };
}

/** Adds up what each column gives over the horizon, by name. */
export function sharesOf(
  { names, columns }: Design,
  coefficients: ArrayLike<number>,
  from: number,
): Map<string, Float64Array> {
  const shares = new Map<string, Float64Array>();
  columns.forEach((column, c) => {
    const ahead = column.subarray(from);
    const share = shares.get(names[c]!) ?? new Float64Array(ahead.length);
    for (let h = 0; h < ahead.length; h++) share[h]! += coefficients[c]! * ahead[h]!;
    shares.set(names[c]!, share);
  });
  return shares;
}
