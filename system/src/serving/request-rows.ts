import type { ColumnSchema, Frame, Model } from '@tino/learn';
import { TinoError } from '../contract/error.js';
import type { SignatureColumn } from '../training/package.js';

/** Reads rows of features as JSON gave them into a frame that a model can predict from. */
export interface RowReader {
  /** A mistake is an error that names the row and the column. */
  read(rows: readonly Record<string, unknown>[]): Frame;
}

interface ReaderColumn {
  name: string;
  /** Undefined for a number. */
  codes: Map<string, number> | undefined;
  levels: readonly string[];
}

/**
 * The columns of the signature with the codes that the model knows, so that nothing is looked up twice.
 * Null is unknown; an absent column, one too many, text in a number and a level never seen are refused.
 */
export function rowReader(
  name: string,
  signature: readonly SignatureColumn[],
  model: Pick<Model, 'columns'>,
): RowReader {
  const schemas = new Map(model.columns.map((column) => [column.name, column]));
  const columns = signature.map((column) => readerColumn(column, schemas.get(column.name)));
  const known = new Set(columns.map((column) => column.name));
  return {
    read(rows) {
      for (const [r, row] of rows.entries())
        for (const column of Object.keys(row))
          if (!known.has(column))
            throw new TinoError('UNKNOWN_FIELD', {
              row: r,
              column,
              model: name,
              known: [...known].join(', '),
            });
      return { rows: rows.length, columns: columns.map((column) => readColumn(column, rows)) };
    },
  };
}

function readerColumn(column: SignatureColumn, schema: ColumnSchema | undefined): ReaderColumn {
  if (column.type === 'number') return { name: column.name, codes: undefined, levels: [] };
  const levels = schema?.kind === 'category' ? schema.levels : (column.levels ?? []);
  return {
    name: column.name,
    codes: new Map(levels.map((level, code) => [level, code])),
    levels,
  };
}

function readColumn(
  { name, codes, levels }: ReaderColumn,
  rows: readonly Record<string, unknown>[],
): Frame['columns'][number] {
  if (codes === undefined) {
    const values = new Float64Array(rows.length);
    for (let r = 0; r < rows.length; r++) values[r] = numberOf(rows[r]!, name, r);
    return { kind: 'number', name, values };
  }
  const read = new Int32Array(rows.length);
  for (let r = 0; r < rows.length; r++) read[r] = codeOf(rows[r]!, name, r, codes);
  return { kind: 'category', name, codes: read, levels };
}

function numberOf(row: Record<string, unknown>, column: string, r: number): number {
  const value = row[column];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value === null) return NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === undefined) throw new TinoError('MISSING_FIELD', { row: r, column });
  throw new TinoError('NOT_A_NUMBER', { row: r, column, value: shown(value) });
}

function codeOf(
  row: Record<string, unknown>,
  column: string,
  r: number,
  codes: ReadonlyMap<string, number>,
): number {
  const value = row[column];
  if (value === null) return -1;
  if (value === undefined) throw new TinoError('MISSING_FIELD', { row: r, column });
  // A code such as a city's number may come as JSON's number.
  const level =
    typeof value === 'string' || typeof value === 'number' ? codes.get(String(value)) : undefined;
  if (level !== undefined) return level;
  const some = [...codes.keys()].slice(0, 20).join(', ');
  throw new TinoError('UNKNOWN_CATEGORY', { row: r, column, value: shown(value), known: some });
}

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? String(value);
