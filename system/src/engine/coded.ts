import type { DuckDBConnection } from '@duckdb/node-api';
import { concatenate, decodeChunk } from './decode.js';
import type { Batch, CodedBatch, CodedColumn, ColumnInfo } from './port.js';
import { isNumeric, simplified } from './types.js';

const TABLE = 'tino_coded';
const LEVEL = 'tino_coded_level';

/**
 * A result with the texts of each column told once: half a million rows of an item and a customer
 * are some thousand texts and half a million whole numbers, which the engine finds in a third of
 * the time that it takes to hand the texts over row by row.
 */
export async function readCoded(
  connection: DuckDBConnection,
  sql: string,
  columns: readonly ColumnInfo[],
): Promise<CodedBatch> {
  const query = simplified(
    sql,
    columns.map(({ type }) => type),
  );
  const names = columns.map((_, index) => `c${index}`);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${TABLE} AS SELECT * FROM (${query}) AS result(${names.join(', ')})`,
  );
  try {
    const found: CodedColumn[] = [];
    let rows = 0;
    for (const [index, { name, type }] of columns.entries()) {
      const column = names[index]!;
      const whole = isNumeric(type)
        ? { values: await numbers(connection, column) }
        : type === 'boolean'
          ? { values: await numbers(connection, `coalesce(CAST(${column} AS DOUBLE), 'NaN')`) }
          : await codesOf(connection, column);
      rows = 'values' in whole ? whole.values.length : whole.codes.length;
      found.push({ name, type, ...whole });
    }
    return { rows, columns: found };
  } finally {
    await connection.run(`DROP TABLE ${TABLE}`);
  }
}

/** Levels in the order in which they are first met: a dictionary of the engine's own. */
async function codesOf(connection: DuckDBConnection, column: string) {
  await connection.run(
    `CREATE TEMP TYPE ${LEVEL} AS ENUM (SELECT ${column} FROM ${TABLE} WHERE ${column} IS NOT NULL
      GROUP BY ${column} ORDER BY min(rowid))`,
  );
  try {
    const levels = await texts(connection, `unnest(enum_range(CAST(NULL AS ${LEVEL})))`);
    const code = `coalesce(CAST(enum_code(CAST(${column} AS ${LEVEL})) AS DOUBLE), -1)`;
    return { levels, codes: Int32Array.from(await numbers(connection, code)) };
  } finally {
    await connection.run(`DROP TYPE ${LEVEL}`);
  }
}

const numbers = async (connection: DuckDBConnection, expression: string) =>
  (await read(connection, `SELECT ${expression} FROM ${TABLE}`, 'number')) as Float64Array;

const texts = async (connection: DuckDBConnection, expression: string) =>
  (await read(connection, `SELECT CAST(${expression} AS VARCHAR)`, 'text')) as string[];

async function read(connection: DuckDBConnection, sql: string, type: 'number' | 'text') {
  const columns = [{ name: 'value', type, sqlType: type === 'text' ? 'VARCHAR' : 'DOUBLE' }];
  const result = await connection.stream(sql);
  const batches: Batch[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return concatenate(batches, columns).columns[0]!.values;
    batches.push(decodeChunk(chunk, columns));
  }
}
