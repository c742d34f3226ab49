import type { DuckDBConnection, DuckDBDataChunk, DuckDBType } from '@duckdb/node-api';
import { EngineError } from './errors.js';
import type { LoadColumn, SqlValue } from './port.js';
import { identifier } from './quote.js';
import { defaultSqlType } from './types.js';

type Driver = typeof import('@duckdb/node-api');
type StagedType = 'DOUBLE' | 'BOOLEAN' | 'VARCHAR';

const STAGING = 'tino_load_staging';
const CHUNK_ROWS = 2048;

/**
 * Columns of Node as a temporary table. Values go in as DOUBLE, BOOLEAN or VARCHAR and are cast by
 * the engine, so that a date or a decimal is read by one parser only, and a bad one is an error.
 */
export async function loadColumns(
  driver: Driver,
  connection: DuckDBConnection,
  name: string,
  columns: readonly LoadColumn[],
): Promise<void> {
  const rows = columnLength(columns);
  const staged = columns.map(stagedType);
  const definitions = staged.map((type, index) => `${identifier(`c${index}`)} ${type}`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${STAGING} (${definitions.join(', ')})`);
  try {
    await append(driver, connection, columns, staged, rows);
    const cast = columns.map(
      (column, index) =>
        `CAST(${identifier(`c${index}`)} AS ${typeOf(column)}) AS ${identifier(column.name)}`,
    );
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE ${identifier(name)} AS SELECT ${cast.join(', ')} FROM ${STAGING}`,
    );
  } finally {
    await connection.run(`DROP TABLE IF EXISTS ${STAGING}`);
  }
}

const typeOf = (column: LoadColumn): string => column.sqlType ?? defaultSqlType[column.type];

function columnLength(columns: readonly LoadColumn[]): number {
  const first = columns[0];
  if (!first) throw new EngineError('BAD_COLUMNS', 'a table needs at least one column');
  for (const column of columns) {
    if (column.values.length !== first.values.length) {
      throw new EngineError(
        'BAD_COLUMNS',
        `column ${column.name} has ${column.values.length} values, column ${first.name} has ${first.values.length}; give columns of equal length`,
      );
    }
  }
  return first.values.length;
}

/** The type that carries the values in; a column of mixed values is refused, not guessed. */
function stagedType(column: LoadColumn): StagedType {
  if (column.values instanceof Float64Array) return numberStage(column);
  const seen = new Set<string>();
  for (const value of column.values) if (value != null) seen.add(typeof value);
  if (seen.size > 1) {
    throw new EngineError(
      'BAD_COLUMNS',
      `column ${column.name} mixes ${[...seen].sort().join(' and ')}; give values of one type`,
    );
  }
  if (seen.has('number')) return numberStage(column);
  return seen.has('boolean') ? 'BOOLEAN' : 'VARCHAR';
}

function numberStage(column: LoadColumn): StagedType {
  if (column.type !== 'integer') return 'DOUBLE';
  for (const value of column.values) {
    // CAST would round 3.5 to 4 without a word.
    if (typeof value === 'number' && !Number.isNaN(value) && !Number.isInteger(value)) {
      throw new EngineError('BAD_COLUMNS', `column ${column.name} is integer and holds ${value}`);
    }
  }
  return 'DOUBLE';
}

async function append(
  driver: Driver,
  connection: DuckDBConnection,
  columns: readonly LoadColumn[],
  staged: readonly StagedType[],
  rows: number,
): Promise<void> {
  const types: DuckDBType[] = staged.map((type) => driver[type]);
  const appender = await connection.createAppender(STAGING, 'main', 'temp');
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const chunk = driver.DuckDBDataChunk.create(types, Math.min(CHUNK_ROWS, rows - start));
    columns.forEach((column, index) => fill(chunk, index, column.values, start));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function fill(
  chunk: DuckDBDataChunk,
  index: number,
  values: ArrayLike<SqlValue | undefined>,
  start: number,
): void {
  const count = chunk.rowCount;
  const items = Array.from<SqlValue>({ length: count });
  for (let row = 0; row < count; row++) {
    const value = values[start + row];
    items[row] = value === undefined || Number.isNaN(value) ? null : value;
  }
  chunk.setColumnValues(index, items);
}
