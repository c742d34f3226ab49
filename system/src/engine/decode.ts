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

/**
 * Takes the chunks of a simplified query one after another into one array a column. Where the rows
 * are known beforehand the numbers are written once, to where they stay.
 */
export class WholeResult {
  private rows = 0;
  private capacity: number;
  private readonly values: (Float64Array | (string | null)[])[];

  constructor(
    private readonly columns: readonly ColumnInfo[],
    rowsExpected = 2048,
  ) {
    this.capacity = rowsExpected;
    this.values = columns.map(({ type }) =>
      isNumeric(type) ? new Float64Array(rowsExpected) : [],
    );
  }

  take(chunk: DuckDBDataChunk): void {
    const rows = chunk.rowCount;
    if (this.rows + rows > this.capacity) this.grow(this.rows + rows);
    for (const [index, values] of this.values.entries()) {
      const vector = chunk.getColumnVector(index);
      if (values instanceof Float64Array)
        for (let row = 0; row < rows; row++)
          values[this.rows + row] = vector.getItem(row) as number;
      else for (let row = 0; row < rows; row++) values.push(vector.getItem(row) as string | null);
    }
    this.rows += rows;
  }

  batch(): Batch {
    const { rows } = this;
    const whole = (values: Float64Array | (string | null)[]) =>
      values.length === rows ? values : values.slice(0, rows);
    return {
      rows,
      columns: this.columns.map(({ name, type }, index) => ({
        name,
        type,
        values: whole(this.values[index]!),
      })),
    };
  }

  private grow(rows: number): void {
    this.capacity = Math.max(rows, 2 * this.capacity);
    for (const [index, values] of this.values.entries()) {
      if (!(values instanceof Float64Array)) continue;
      const larger = new Float64Array(this.capacity);
      larger.set(values);
      this.values[index] = larger;
    }
  }
}

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
