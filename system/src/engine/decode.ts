import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Batch, BatchColumn, ColumnInfo, ColumnValues, SqlValue } from './port.js';
import { isNumeric } from './types.js';

/** A chunk of a simplified query (see types.ts) as typed columns. */
export function decodeChunk(chunk: DuckDBDataChunk, columns: readonly ColumnInfo[]): Batch {
  const rows = chunk.rowCount;
  return {
    rows,
    columns: columns.map(({ name, type }, index) => ({
      name,
      type,
      values: decodeColumn(chunk, index, isNumeric(type), rows),
    })),
  };
}

function decodeColumn(
  chunk: DuckDBDataChunk,
  index: number,
  numeric: boolean,
  rows: number,
): ColumnValues {
  const vector = chunk.getColumnVector(index);
  if (numeric) {
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row++) values[row] = vector.getItem(row) as number;
    return values;
  }
  const values = Array.from<string | null>({ length: rows });
  for (let row = 0; row < rows; row++) values[row] = vector.getItem(row) as string | null;
  return values;
}

/** Batches of the same columns as one; the batches are not kept. */
export function concatenate(batches: readonly Batch[], columns: readonly ColumnInfo[]): Batch {
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  return {
    rows,
    columns: columns.map(({ name, type }, index) => {
      const parts = batches.map((batch) => batch.columns[index]!.values);
      return { name, type, values: isNumeric(type) ? joinNumbers(parts, rows) : joinItems(parts) };
    }),
  };
}

function joinNumbers(parts: readonly ColumnValues[], rows: number): Float64Array {
  const joined = new Float64Array(rows);
  let at = 0;
  for (const part of parts as Float64Array[]) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const joinItems = (parts: readonly ColumnValues[]): (string | null)[] =>
  (parts as (string | null)[][]).flat();

/** A batch as objects; NaN, which is NULL in a batch, is null in an object. */
export function toObjects(batch: Batch): Record<string, SqlValue>[] {
  return Array.from({ length: batch.rows }, (_, row) =>
    Object.fromEntries(batch.columns.map((column) => [column.name, valueAt(column, row)])),
  );
}

function valueAt(column: BatchColumn, row: number): SqlValue {
  const value = column.values[row]!;
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}
