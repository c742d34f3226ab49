import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Model } from '../estimator.js';
import { conform, doubles, type ColumnSchema, type Frame } from '../frame.js';
import { rfm, rfmNames, type RfmCuts, type RfmInput } from './rfm.js';

/** Columns that the three measures are read from. */
export type RfmColumns = Record<keyof RfmCuts, string>;

/** Tells the named segment of a row, as its index in `rfmNames`. */
export interface RfmModel extends Model {
  readonly cuts: RfmCuts;
}

/**
 * Named segments by cut points of three columns, to show, to change and to apply to new rows.
 * @param cuts a number of groups, whose edges are quantiles of these rows, or the edges
 */
export function fitRfm(
  x: Frame,
  { columns, cuts = 5 }: { columns: RfmColumns; cuts?: number | RfmCuts },
): RfmModel {
  return rfmModel({ columns, cuts: rfm(inputOf(x, columns), { cuts }).cuts });
}

export const loadRfm = ({ meta }: Artifact): Model =>
  rfmModel(meta as unknown as { columns: RfmColumns; cuts: RfmCuts });

function rfmModel({ columns, cuts }: { columns: RfmColumns; cuts: RfmCuts }): RfmModel {
  return {
    kind: 'rfm',
    columns: schemaOf(columns),
    outputs: 1,
    cuts,
    predict(x, out) {
      const { names } = rfm(inputOf(x, columns), { cuts });
      names.forEach((name, row) => (out[row] = rfmNames.indexOf(name)));
    },
    bytes: () => encodeArtifact({ kind: 'rfm', meta: { columns, cuts }, sections: {} }),
  };
}

const schemaOf = ({ recencyDays, frequency, monetary }: RfmColumns): ColumnSchema[] =>
  [recencyDays, frequency, monetary].map((name) => ({ kind: 'number', name }));

function inputOf(x: Frame, columns: RfmColumns): RfmInput {
  const [recencyDays, frequency, monetary] = conform(x, schemaOf(columns)).columns.map((column) =>
    column.kind === 'number' ? doubles(column.values) : new Float64Array(x.rows).fill(NaN),
  ) as [Float64Array, Float64Array, Float64Array];
  return { recencyDays, frequency, monetary };
}
