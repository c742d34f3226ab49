import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Estimator, Model } from '../estimator.js';
import { categoryColumn, conform, schemaOf, type ColumnSchema, type Frame } from '../frame.js';
import { logistic, type GeneralisedParameters } from '../linear/generalised.js';
import { sectionOf } from '../loader.js';
import { inRange } from '../parameters.js';
import { admit, classIndex } from '../training-data.js';
import { ageColumn, levelOf } from './hazard.js';

export interface HazardParams extends Partial<GeneralisedParameters> {
  /** Column of how long it has lasted: days of silence, or days since the first purchase. */
  age: string;
  /** Width of a period of it, in its unit. */
  period?: number;
  /** Periods from this one on share one level. */
  periodsMax?: number;
}

interface Clock {
  age: string;
  period: number;
  periodsMax: number;
}

/**
 * Hazard in discrete time (Allison, 1982) of rows that are each one customer at risk at one cut-off,
 * with 1 where it ended within the horizon: a level for each period lasted, with no shape assumed,
 * and the other columns in proportion on the scale of log-odds. An unknown age has a level of none.
 */
export function hazard(params: HazardParams): Estimator {
  const { age, period = 30, periodsMax = 12, ...rest } = params;
  const clock = {
    age,
    period: inRange('period', period, { from: Number.MIN_VALUE }),
    periodsMax: inRange('periodsMax', periodsMax, { from: 1, to: 1000, whole: true }),
  };
  const inner = logistic(rest);
  return {
    async fit(given, effects) {
      const data = admit(given, classIndex(2));
      const columns = schemaOf(data.x);
      const model = await inner.fit({ ...data, x: withPeriods(data.x, clock) }, effects);
      return hazardModel({ columns, clock, inner: model });
    },
  };
}

interface HazardParts {
  columns: readonly ColumnSchema[];
  clock: Clock;
  inner: Model;
}

function hazardModel({ columns, clock, inner }: HazardParts): Model {
  const read = (x: Frame) => withPeriods(conform(x, columns), clock);
  return {
    kind: 'hazard',
    columns,
    outputs: 1,
    predict: (x, out) => inner.predict(read(x), out),
    // The level of the period stands where the age stood, so columns keep their places.
    explain: (x, row) => inner.explain!(read(x), row),
    importance: () => inner.importance!(),
    bytes: () =>
      encodeArtifact({
        kind: 'hazard',
        meta: { columns, clock },
        sections: { inner: inner.bytes() },
      }),
  };
}

export const loadHazard = (artifact: Artifact, loadInner: (bytes: Uint8Array) => Model): Model =>
  hazardModel({
    columns: artifact.meta['columns'] as ColumnSchema[],
    clock: artifact.meta['clock'] as unknown as Clock,
    inner: loadInner(sectionOf(artifact, 'inner', Uint8Array)),
  });

/** The age as the level of its period. */
function withPeriods(x: Frame, { age, period, periodsMax }: Clock): Frame {
  const found = x.columns.find(({ name }) => name === age);
  if (found === undefined || found.kind !== 'number')
    throw new Error(
      `hazard counts its periods in the number column ${age}, which the table lacks; name one with age`,
    );
  const levels = Array.from({ length: periodsMax + 1 }, (_, at) => levelOf(at, periodsMax));
  const names = Array.from(found.values, (value) =>
    Number.isNaN(value) ? null : levelOf(Math.max(0, Math.floor(value / period)), periodsMax),
  );
  return {
    rows: x.rows,
    columns: x.columns.map((column) =>
      column === found ? categoryColumn(ageColumn, names, levels) : column,
    ),
  };
}
