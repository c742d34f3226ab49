import type { DuckDBConnection, DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { readCoded } from './coded.js';
import { decodeChunk, toObjects, WholeResult } from './decode.js';
import { EngineError, toEngineError } from './errors.js';
import { loadColumns } from './load.js';
import type { Disk } from './place.js';
import type {
  Batch,
  CodedBatch,
  ColumnInfo,
  LoadColumn,
  Session,
  SqlValue,
  StatementReading,
  WriteOptions,
  Written,
} from './port.js';
import { identifier, inlined, literal } from './quote.js';
import { readStatement } from './reading.js';
import { kindOf, simplified, withoutSemicolon } from './types.js';
import { writeParquet } from './write.js';

type Driver = typeof import('@duckdb/node-api');

/**
 * One DuckDB connection. Calls made at the same time wait for each other; while the rows of a
 * statement are being read any other call is refused, as it would end that reading.
 */
export class DuckSession implements Session {
  private last: Promise<unknown> = Promise.resolve();
  private reading = false;
  private closed = false;

  constructor(
    private readonly driver: Driver,
    private readonly connection: DuckDBConnection,
    private readonly disk: Disk,
    private readonly onClose: () => void,
  ) {}

  define(view: string, sql: string): Promise<void> {
    const text = `CREATE OR REPLACE TEMP VIEW ${identifier(view)} AS `;
    return this.alone(sql, async () => {
      // Prepared by itself first, so that a mistake's place is that of the author's text.
      await this.prepare(sql);
      await this.connection.run(text + withoutSemicolon(sql));
    });
  }

  async attach(table: string, files: readonly string[]): Promise<void> {
    if (files.length === 0) {
      throw new EngineError('NO_FILES', `table ${table} has no files; build it first`);
    }
    const list = files.map(literal).join(', ');
    // Parts written before a column was added lack it, and mean NULL by that.
    const source = `read_parquet([${list}], union_by_name = true, hive_partitioning = false)`;
    await this.define(table, `SELECT * FROM ${source}`);
  }

  describe(sql: string): Promise<ColumnInfo[]> {
    return this.alone(sql, () => this.prepare(sql));
  }

  async *rows(
    sql: string,
    params: readonly SqlValue[] = [],
    { signal }: { signal?: AbortSignal } = {},
  ): AsyncIterable<Batch> {
    const release = await this.reserve();
    const interrupt = () => this.connection.interrupt();
    try {
      throwIfAborted(signal);
      signal?.addEventListener('abort', interrupt);
      const columns = await this.prepare(sql, params);
      for await (const chunk of this.stream(sql, params, columns)) {
        throwIfAborted(signal);
        yield decodeChunk(chunk, columns);
      }
    } catch (cause) {
      throw toEngineError(cause, sql);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      release();
    }
  }

  async all(sql: string, params: readonly SqlValue[] = []): Promise<Record<string, SqlValue>[]> {
    return toObjects(await this.columns(sql, params));
  }

  columns(
    sql: string,
    params: readonly SqlValue[] = [],
    { rowsExpected }: { rowsExpected?: number } = {},
  ): Promise<Batch> {
    return this.alone(sql, async () => {
      const columns = await this.prepare(sql, params);
      const whole = new WholeResult(columns, rowsExpected);
      for await (const chunk of this.stream(sql, params, columns)) whole.take(chunk);
      return whole.batch();
    });
  }

  coded(sql: string): Promise<CodedBatch> {
    return this.alone(sql, async () => readCoded(this.connection, sql, await this.prepare(sql)));
  }

  write(sql: string, folder: string, options: WriteOptions = {}): Promise<Written> {
    return this.alone(sql, async () => {
      await this.prepare(sql);
      return await writeParquet(this.connection, withoutSemicolon(sql), folder, options, this.disk);
    });
  }

  load(name: string, columns: readonly LoadColumn[]): Promise<void> {
    return this.alone('', () => loadColumns(this.driver, this.connection, name, columns));
  }

  tables(sql: string): Promise<StatementReading> {
    return this.alone(sql, async () => {
      const reader = await this.connection.runAndReadAll(
        'SELECT json_serialize_sql(CAST($1 AS VARCHAR))',
        [sql],
      );
      return readStatement(String(reader.getRows()[0]![0]));
    });
  }

  run(sql: string, params: readonly SqlValue[] = []): Promise<void> {
    return this.alone(sql, async () => {
      await this.connection.run(sql, ...this.bound(params));
    });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.connection.closeSync();
    this.onClose();
  }

  /** Runs `work` after the calls before it; every failure leaves as an EngineError. */
  private async alone<T>(sql: string, work: () => Promise<T>): Promise<T> {
    const release = await this.reserve(false);
    try {
      return await work();
    } catch (cause) {
      throw toEngineError(cause, sql);
    } finally {
      release();
    }
  }

  private async reserve(reading = true): Promise<() => void> {
    if (this.reading) {
      throw new EngineError(
        'SESSION_BUSY',
        'the rows of another statement are being read in this session; open another session',
      );
    }
    const before = this.last;
    let free!: () => void;
    this.last = new Promise<void>((resolve) => (free = resolve));
    this.reading = reading;
    await before;
    if (this.closed) {
      free();
      throw new EngineError('CLOSED', 'the session is closed; open another');
    }
    return () => {
      if (reading) this.reading = false;
      free();
    };
  }

  /** The columns of a query; a mistake has its place in the text as it was written. */
  private async prepare(sql: string, params: readonly SqlValue[] = []): Promise<ColumnInfo[]> {
    const columns = await this.bind(sql);
    if (columns) return columns;
    // A parameter's type decides a column's: bound again with the values in their places.
    const written = params.length > 0 ? await this.bind(inlined(sql, params)) : undefined;
    if (written) return written;
    throw new EngineError('SQL_BIND', 'a parameter has no type; cast it, as in $1::DATE');
  }

  private async bind(sql: string): Promise<ColumnInfo[] | undefined> {
    const { StatementType, DuckDBTypeId } = this.driver;
    const prepared = await this.connection.prepare(sql);
    try {
      if (prepared.statementType !== StatementType.SELECT) {
        throw new EngineError('SQL_NOT_A_QUERY', 'the statement gives no rows; write a SELECT');
      }
      const indices = Array.from({ length: prepared.columnCount }, (_, index) => index);
      if (indices.some((index) => prepared.columnTypeId(index) === DuckDBTypeId.INVALID)) return;
      return indices.map((index) => {
        const sqlType = String(prepared.columnType(index));
        return { name: prepared.columnName(index), type: kindOf(sqlType), sqlType };
      });
    } finally {
      prepared.destroySync();
    }
  }

  private async *stream(
    sql: string,
    params: readonly SqlValue[],
    columns: readonly ColumnInfo[],
  ): AsyncIterable<DuckDBDataChunk> {
    const query = simplified(
      sql,
      columns.map(({ type }) => type),
    );
    const result = await this.connection.stream(query, ...this.bound(params));
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk;
    }
  }

  private bound(params: readonly SqlValue[]): [DuckDBValue[], DuckDBType[]] {
    const { BIGINT, DOUBLE, VARCHAR, BOOLEAN, SQLNULL } = this.driver;
    const types = params.map((value) => {
      if (value === null) return SQLNULL;
      if (typeof value === 'number') return Number.isSafeInteger(value) ? BIGINT : DOUBLE;
      return typeof value === 'boolean' ? BOOLEAN : VARCHAR;
    });
    const values = params.map((value) => (Number.isSafeInteger(value) ? BigInt(value!) : value));
    return [values, types];
  }
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EngineError('INTERRUPTED', 'the statement was stopped');
}
