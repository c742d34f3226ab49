/** The port of analytical SQL. Nothing here may be true of one engine only. */

export type SqlType =
  | 'number'
  | 'integer'
  | 'decimal'
  | 'text'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'other';

export interface ColumnInfo {
  name: string;
  type: SqlType;
  /** The engine's own name of the type, such as `DECIMAL(18,2)`. */
  sqlType: string;
}

/**
 * The values of one column. Numbers, integers and decimals are a Float64Array whose NaN is NULL;
 * text, dates (`YYYY-MM-DD`), timestamps (`YYYY-MM-DD HH:MM:SS[.ffffff]`, wall clock, no zone)
 * and all other types (as the engine prints them) are strings.
 */
export type ColumnValues = Float64Array | (string | null)[] | (boolean | null)[];

export interface BatchColumn {
  name: string;
  type: SqlType;
  values: ColumnValues;
}

export interface Batch {
  rows: number;
  columns: BatchColumn[];
}

/** A column of a coded result: texts as whole numbers into `levels`, −1 for NULL. */
export type CodedColumn = { name: string; type: SqlType } & (
  | { values: Float64Array }
  | { codes: Int32Array; levels: string[] }
);

export interface CodedBatch {
  rows: number;
  columns: CodedColumn[];
}

/** A parameter of a statement: `$1`, `$2`, … in its text. */
export type SqlValue = string | number | boolean | null;

/** A column given to `load`; NaN and null are NULL. */
export interface LoadColumn {
  name: string;
  type: Exclude<SqlType, 'other'>;
  values: Float64Array | readonly (SqlValue | undefined)[];
  /** The engine's type where the default of `type` is not meant, such as `DECIMAL(18,4)`. */
  sqlType?: string;
}

export interface Written {
  /** Absolute paths, sorted. */
  files: string[];
  rows: number;
  bytes: number;
}

export interface WriteOptions {
  /** File name without its extension, or the folder's name when partitioned; by default `part`. */
  name?: string;
  /** Columns whose values become folders, `column=value/`. */
  partitionBy?: readonly string[];
}

/** What a statement reads, told from its parsed tree and not from its text. */
export interface StatementReading {
  /** Every base table named anywhere in the statement, common tables left out, sorted. */
  tables: string[];
  /** Every scalar, aggregate and table function called, sorted. */
  functions: string[];
  /** Why the statement may not be feature SQL, in words for its author; empty when it may. */
  refusals: string[];
}

export interface Session {
  /** Creates or replaces a view that only this session sees. */
  define(view: string, sql: string): Promise<void>;
  /** Creates or replaces a view over Parquet files; no files is an EngineError. */
  attach(table: string, files: readonly string[]): Promise<void>;
  /** The columns of a statement, without running it; a mistake is an EngineError with its place. */
  describe(sql: string): Promise<ColumnInfo[]>;
  /** The result as it is produced, in batches of about two thousand rows. */
  rows(
    sql: string,
    params?: readonly SqlValue[],
    options?: { signal?: AbortSignal },
  ): AsyncIterable<Batch>;
  /** A small result as objects; dates and timestamps as text. */
  all(sql: string, params?: readonly SqlValue[]): Promise<Record<string, SqlValue>[]>;
  /** The whole result as one batch of typed columns; knowing how many rows there will be helps. */
  columns(
    sql: string,
    params?: readonly SqlValue[],
    options?: { rowsExpected?: number },
  ): Promise<Batch>;
  /**
   * The whole result with each text told once: numbers, and booleans as 0 and 1, are `values`; all
   * else is `codes` into the texts of `columns`, in the order in which they are first met.
   */
  coded(sql: string): Promise<CodedBatch>;
  /**
   * Writes a result as zstd Parquet into `folder`: beside, synced, renamed into place, folder
   * synced. A crash leaves the old files or the new ones.
   */
  write(sql: string, folder: string, options?: WriteOptions): Promise<Written>;
  /** Creates or replaces a temporary table of this session from columns of equal length. */
  load(name: string, columns: readonly LoadColumn[]): Promise<void>;
  /** Reads a statement without binding or running it. */
  tables(sql: string): Promise<StatementReading>;
  /** Runs a statement for its effect: settings, macros, temporary tables. */
  run(sql: string, params?: readonly SqlValue[]): Promise<void>;
  close(): void;
}

export interface Engine {
  /** A connection of its own: its temporary views and tables are seen by no other session. */
  session(): Promise<Session>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Threads of the engine; 1 makes sums of doubles reproducible. */
  threads?: number;
  memoryLimitMb?: number;
  /** Where intermediate results that do not fit in memory go. */
  tempFolder?: string;
  /** Further settings of the engine, by name. */
  settings?: Readonly<Record<string, string | number | boolean>>;
}
