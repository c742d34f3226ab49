import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Model } from '../estimator.js';
import { conform, takeRows, type ColumnSchema, type Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { encodeColumns, type CategoryCode } from './code.js';

const KIND = 'encoded';

interface EncodedParts {
  columns: readonly ColumnSchema[];
  codes: readonly CategoryCode[];
  inner: Model;
}

export function encodedModel(parts: EncodedParts): Model {
  const { columns, codes, inner } = parts;
  const codeOf = new Map(codes.map((code) => [code.column, code]));
  const encode = (x: Frame): Frame => ({
    rows: x.rows,
    columns: encodeColumns(conform(x, columns).columns, codeOf),
  });
  const fold = folder(parts);
  return {
    kind: KIND,
    columns,
    outputs: inner.outputs,
    predict: (x, out) => inner.predict(encode(x), out),
    ...(inner.explain && {
      explain(x: Frame, row: number) {
        const found = inner.explain!(encode(takeRows(x, [row])), 0);
        return { ...found, contributions: fold(found.contributions) };
      },
    }),
    ...(inner.importance && { importance: () => fold(inner.importance!()) }),
    bytes: () =>
      encodeArtifact({
        kind: KIND,
        meta: { columns, codes: codes.map(({ column, names }) => ({ column, names })) },
        sections: {
          inner: inner.bytes(),
          ...Object.fromEntries(codes.map(({ table }, i) => [`table ${i}`, table])),
        },
      }),
  };
}

/** Sums over the numbers that a column became. */
function folder({ columns, codes, inner }: EncodedParts) {
  const place = new Map(columns.map(({ name }, c) => [name, c]));
  for (const { column, names } of codes)
    for (const name of names)
      place.set(
        name,
        columns.findIndex((one) => one.name === column),
      );
  const placeOf = inner.columns.map(({ name }) => place.get(name)!);
  return (values: Float64Array): Float64Array => {
    const sums = new Float64Array(columns.length);
    values.forEach((value, c) => (sums[placeOf[c]!]! += value));
    return sums;
  };
}

export const loadEncoded = (artifact: Artifact, loadInner: (bytes: Uint8Array) => Model): Model =>
  encodedModel({
    columns: artifact.meta['columns'] as ColumnSchema[],
    codes: (artifact.meta['codes'] as Omit<CategoryCode, 'table'>[]).map((code, i) => ({
      ...code,
      table: sectionOf(artifact, `table ${i}`, Float64Array),
    })),
    inner: loadInner(sectionOf(artifact, 'inner', Uint8Array)),
  });
