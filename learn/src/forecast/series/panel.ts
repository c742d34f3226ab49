import type { Column } from '../../frame.js';
import { seriesValues, type Covariates, type SeriesSet } from '../../series.js';

/** Some series of a set, in the order of `rows`. */
export function takeSeries(set: SeriesSet, rows: ArrayLike<number>): SeriesSet {
  const list = Array.from(rows);
  const { covariates, statics } = set;
  const take = (column: Column): Column =>
    column.kind === 'number'
      ? { ...column, values: Float64Array.from(list, (row) => column.values[row]!) }
      : { ...column, codes: Int32Array.from(list, (row) => column.codes[row]!) };
  return {
    ...flat(list.map((row) => seriesValues(set, row))),
    keys: list.map((row) => set.keys[row]!),
    starts: Int32Array.from(list, (row) => set.starts[row]!),
    period: set.period,
    ...(statics && { statics: { rows: list.length, columns: statics.columns.map(take) } }),
    ...(covariates && {
      covariates: {
        ...covariates,
        at: (series: number, step: number, covariate: number) =>
          covariates.at(list[series]!, step, covariate),
      },
    }),
  };
}

/** The set as it was known `steps` before the end of each series; past covariates are hidden after. */
export function withoutTail(set: SeriesSet, steps: number): SeriesSet {
  const parts = set.keys.map((_, i) => {
    const values = seriesValues(set, i);
    return values.subarray(0, Math.max(0, values.length - steps));
  });
  const cut = flat(parts);
  const covariates = set.covariates && hidden(set.covariates, set.starts, parts);
  return { ...set, ...cut, ...(covariates && { covariates }) };
}

const hidden = (
  covariates: Covariates,
  starts: Int32Array,
  parts: readonly Float64Array[],
): Covariates => ({
  ...covariates,
  at: (series, step, covariate) =>
    covariates.kinds[covariate] === 'past' && step >= starts[series]! + parts[series]!.length
      ? NaN
      : covariates.at(series, step, covariate),
});

/** A set as plain data, for a worker: known covariates as a table over the steps of each series. */
export type PackedSet = Omit<SeriesSet, 'covariates' | 'statics'> & {
  covariates?: { names: string[]; table: Float64Array };
};

/** Some series with their known covariates up to their ends, and nothing else. */
export function packed(set: SeriesSet, rows: readonly number[]): PackedSet {
  const { covariates: given, statics: _, ...plain } = takeSeries(set, rows);
  const known = given?.kinds.flatMap((kind, c) => (kind === 'known' ? [c] : [])) ?? [];
  if (given === undefined || known.length === 0) return plain;
  const table = new Float64Array(plain.values.length * known.length);
  for (let i = 0; i < rows.length; i++)
    for (let t = plain.offsets[i]!; t < plain.offsets[i + 1]!; t++)
      known.forEach((c, k) => {
        const step = plain.starts[i]! + t - plain.offsets[i]!;
        table[t * known.length + k] = given.at(i, step, c);
      });
  return { ...plain, covariates: { names: known.map((c) => given.names[c]!), table } };
}

export function unpacked({ covariates: given, ...plain }: PackedSet): SeriesSet {
  if (given === undefined) return plain;
  const { names, table } = given;
  const covariates: Covariates = {
    names,
    kinds: names.map(() => 'known'),
    at: (series, step, covariate) => {
      const t = plain.offsets[series]! + step - plain.starts[series]!;
      return t < plain.offsets[series + 1]! ? table[t * names.length + covariate]! : NaN;
    },
  };
  return { ...plain, covariates };
}

function flat(parts: readonly Float64Array[]): { values: Float64Array; offsets: Int32Array } {
  const offsets = new Int32Array(parts.length + 1);
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length));
  const values = new Float64Array(offsets[parts.length]!);
  parts.forEach((part, i) => values.set(part, offsets[i]));
  return { values, offsets };
}
