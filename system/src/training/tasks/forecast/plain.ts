import type { Covariates } from '@tino/learn';
import type { SeriesData } from './data.js';
import type { FamilyJob } from './job.js';

/** What is known ahead as a table, because a function cannot travel to a thread. */
interface CovariateTable {
  names: readonly string[];
  kinds: Covariates['kinds'];
  /** Step of the first column of the table. */
  first: number;
  steps: number;
  /** series × step × covariate */
  values: Float64Array;
}

interface PlainData {
  data: SeriesData;
  table: CovariateTable | null;
}

/** A job without functions. */
export interface PlainJob extends Omit<FamilyJob, 'now' | 'origins'> {
  now: PlainData;
  origins: { step: number; fits: boolean; data: PlainData }[];
}

export const plainJob = (job: FamilyJob): PlainJob => ({
  ...job,
  now: flatten(job.now, job.declaration.horizon),
  origins: job.origins.map((origin) => ({
    ...origin,
    data: flatten(origin.data, job.declaration.horizon),
  })),
});

export const jobOf = (plain: PlainJob): FamilyJob => ({
  ...plain,
  now: unflatten(plain.now),
  origins: plain.origins.map((origin) => ({ ...origin, data: unflatten(origin.data) })),
});

function flatten(data: SeriesData, horizon: number): PlainData {
  const { covariates, ...set } = data.set;
  if (covariates === undefined) return { data, table: null };
  const { names, kinds } = covariates;
  const first = Math.min(...data.set.starts);
  const steps = data.end + horizon - first + 1;
  const values = new Float64Array(data.keys.length * steps * names.length);
  let at = 0;
  for (let series = 0; series < data.keys.length; series++)
    for (let step = 0; step < steps; step++)
      for (let c = 0; c < names.length; c++) values[at++] = covariates.at(series, first + step, c);
  return { data: { ...data, set }, table: { names, kinds, first, steps, values } };
}

function unflatten({ data, table }: PlainData): SeriesData {
  if (table === null) return data;
  const { names, kinds, first, steps, values } = table;
  const covariates: Covariates = {
    names,
    kinds,
    // Outside of the table nothing was said, which reads as in the table: 0.
    at: (series, step, covariate) =>
      step < first || step >= first + steps
        ? 0
        : values[(series * steps + step - first) * names.length + covariate]!,
  };
  return { ...data, set: { ...data.set, covariates } };
}
