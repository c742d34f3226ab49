import { Client, Pool, types as defaultTypes, type CustomTypesConfig, type PoolClient } from 'pg';
import { encodeParameter, parsers } from './encode.js';
import { StateError } from './errors.js';
import type { Connection } from './migrate.js';
import type { State } from './state.js';

const CONNECTIONS_MAX = 10;
const RECONNECT_MS = 1_000;

const types: CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[id]) ||
    defaultTypes.getTypeParser(id, format as 'text')) as CustomTypesConfig['getTypeParser'],
};

/** A PostgreSQL server, which many processes may share. */
export class PostgresState implements State {
  readonly kind = 'postgres';
  private readonly heard = new Map<string, Set<(payload: string) => void>>();
  private listener: Promise<Client> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  private constructor(
    private readonly url: string,
    private readonly pool: Pool,
  ) {}

  static async open(url: string): Promise<PostgresState> {
    const pool = new Pool({ connectionString: url, max: CONNECTIONS_MAX, types });
    // A connection lost while idle is replaced at the next query, which then tells what is wrong.
    pool.on('error', () => undefined);
    const state = new PostgresState(url, pool);
    await state.query('SELECT 1').catch(async (cause: unknown) => {
      await pool.end();
      throw cause;
    });
    return state;
  }

  query<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    if (this.closed) return Promise.reject(new StateError('CLOSED', 'the state is closed'));
    return ask<T>(this.pool, sql, params);
  }

  async transaction<T>(work: (tx: Connection) => Promise<T>): Promise<T> {
    if (this.closed) throw new StateError('CLOSED', 'the state is closed');
    const client = await this.pool.connect().catch(fail);
    let broken = false;
    try {
      await ask(client, 'BEGIN');
      const result = await work({
        query: (sql, params) => ask(client, sql, params),
        script: async (sql) => void (await client.query(sql).catch(fail)),
      });
      await ask(client, 'COMMIT');
      return result;
    } catch (cause) {
      await ask(client, 'ROLLBACK').catch(() => (broken = true));
      throw cause;
    } finally {
      client.release(broken);
    }
  }

  async listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    const own = (payload: string) => heard(payload);
    const listeners = this.heard.get(channel) ?? new Set();
    this.heard.set(channel, listeners.add(own));
    await this.hear(channel);
    return async () => {
      listeners.delete(own);
      if (listeners.size > 0 || this.closed || !this.listener) return;
      const client = await this.listener;
      await client.query(`UNLISTEN ${client.escapeIdentifier(channel)}`).catch(fail);
    };
  }

  async notify(channel: string, payload = ''): Promise<void> {
    await this.query('SELECT pg_notify($1, $2)', [channel, payload]);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.retry);
    await (await this.listener?.catch(() => undefined))?.end();
    await this.pool.end();
  }

  private async hear(channel: string): Promise<void> {
    const client = await (this.listener ??= this.connectListener());
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`).catch(fail);
  }

  /** A connection of its own, as LISTEN lasts as long as its connection. */
  private async connectListener(): Promise<Client> {
    const client = new Client({ connectionString: this.url });
    client.on('notification', ({ channel, payload = '' }) => {
      for (const heard of this.heard.get(channel) ?? []) heard(payload);
    });
    client.on('error', () => this.reconnect());
    await client.connect().catch((cause: unknown) => {
      this.listener = undefined;
      throw cause;
    });
    return client;
  }

  private reconnect(): void {
    this.listener = undefined;
    if (this.closed) return;
    this.retry = setTimeout(() => {
      Promise.all([...this.heard.keys()].map((channel) => this.hear(channel))).catch(() =>
        this.reconnect(),
      );
    }, RECONNECT_MS);
    this.retry.unref();
  }
}

async function ask<T>(
  target: Pool | PoolClient,
  sql: string,
  params: readonly unknown[] = [],
): Promise<T[]> {
  const { rows } = await target.query(sql, params.map(encodeParameter)).catch(fail);
  return rows as T[];
}

function fail(cause: { message: string; code?: string; constraint?: string }): never {
  throw new StateError('QUERY', cause.message, cause.code, cause.constraint);
}
