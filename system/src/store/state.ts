/** The state of the house: what happened, what is true now, what is to be done. */

/** Anything that answers SQL at PostgreSQL 15's level with `$1`, `$2`, … as parameters. */
export interface Queryable {
  /**
   * Rows as objects: int8 and numeric arrive as numbers, timestamptz as Date, jsonb as its value,
   * date as text. A list as a parameter is a PostgreSQL array, another object is JSON; a list for
   * a jsonb column is text made with `JSON.stringify`.
   */
  query<T = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<T[]>;
}

export interface State extends Queryable {
  readonly kind: 'pglite' | 'postgres';
  /**
   * Runs `work` in one transaction: committed and on disk when the promise resolves, rolled back
   * when `work` throws. Inside, use only the handed `tx`, never the state itself.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Calls `heard` for each notification of a channel; the answer stops listening. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  /** Tells all listeners of a channel, in every process that shares the state. */
  notify(channel: string, payload?: string): Promise<void>;
  close(): Promise<void>;
}

/** Embedded in a folder, or a PostgreSQL server by its address. */
export type StateOptions = { folder: string } | { url: string };
