import { AsyncLocalStorage } from 'node:async_hooks';
import { Worker } from 'node:worker_threads';
import { encodeParameter } from './encode.js';
import { StateError } from './errors.js';
import type { Connection } from './migrate.js';
import { prepareFolder } from './pglite-folder.js';
import type { Answer, Failure, Request } from './pglite-messages.js';
import type { State } from './state.js';

type Ask = Request extends infer One ? (One extends Request ? Omit<One, 'id'> : never) : never;
interface Waiting {
  resolve(rows: unknown[]): void;
  reject(cause: StateError): void;
}

/** PostgreSQL in a thread of this process, its data in a folder. */
export class PgliteState implements State {
  readonly kind = 'pglite';
  private readonly waiting = new Map<number, Waiting>();
  private readonly heard = new Map<string, Set<(payload: string) => void>>();
  private readonly inside = new AsyncLocalStorage<{ open: boolean }>();
  private turn: Promise<unknown> = Promise.resolve();
  private lastId = 0;
  private ended: StateError | undefined;

  private constructor(
    private readonly worker: Worker,
    private readonly release: () => Promise<void>,
  ) {
    worker.on('message', (message: Answer) => this.receive(message));
    worker.on('error', (cause) => this.end(new StateError('BROKEN', `the state broke: ${cause}`)));
    worker.on('exit', () => this.end(new StateError('CLOSED', 'the state is closed')));
  }

  static async open(folder: string): Promise<PgliteState> {
    const { data, release } = await prepareFolder(folder);
    const worker = new Worker(new URL('./pglite-worker.js', import.meta.url), {
      workerData: { folder: data },
      execArgv: [],
    });
    const state = new PgliteState(worker, release);
    try {
      await new Promise<unknown[]>((resolve, reject) => state.waiting.set(0, { resolve, reject }));
      return state;
    } catch (cause) {
      await release();
      throw cause;
    }
  }

  query<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.exclusively(() => this.send<T>(sql, params));
  }

  transaction<T>(work: (tx: Connection) => Promise<T>): Promise<T> {
    return this.exclusively(async () => {
      const mark = { open: true };
      const query = <R>(sql: string, params: readonly unknown[] = []): Promise<R[]> =>
        mark.open ? this.send<R>(sql, params) : Promise.reject(transactionEnded());
      const script = async (sql: string) => void (await this.ask({ kind: 'script', sql }));
      await this.send('BEGIN');
      try {
        const result = await this.inside.run(mark, () => work({ query, script }));
        mark.open = false;
        await this.send('COMMIT');
        return result;
      } catch (cause) {
        mark.open = false;
        // The first failure is the one to tell; a broken state cannot roll back either.
        await this.send('ROLLBACK').catch(() => undefined);
        throw cause;
      } finally {
        // While it is on, every promise of the process is followed: that costs each request.
        this.inside.disable();
      }
    });
  }

  async listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    return this.exclusively(async () => {
      const listeners = this.heard.get(channel) ?? new Set();
      if (listeners.size === 0) await this.ask({ kind: 'listen', channel });
      // A wrapper, so that one function may listen twice.
      const own = (payload: string) => heard(payload);
      this.heard.set(channel, listeners.add(own));
      return () => this.unlisten(channel, own);
    });
  }

  async notify(channel: string, payload = ''): Promise<void> {
    await this.query('SELECT pg_notify($1, $2)', [channel, payload]);
  }

  async close(): Promise<void> {
    if (this.ended) return;
    await this.exclusively(() => this.ask({ kind: 'close' }));
    await this.worker.terminate();
    await this.release();
  }

  private async unlisten(channel: string, own: (payload: string) => void): Promise<void> {
    const listeners = this.heard.get(channel);
    if (!listeners?.delete(own) || listeners.size > 0 || this.ended) return;
    await this.exclusively(() => this.ask({ kind: 'unlisten', channel }));
  }

  /** One at a time: PGlite is one connection, and what others ask must not join a transaction. */
  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside.getStore()?.open) {
      return Promise.reject(
        new StateError(
          'IN_TRANSACTION',
          'the state was asked inside its own transaction, which waits for itself; use the handed tx',
        ),
      );
    }
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private send<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.ask({ kind: 'query', sql, params: params.map(encodeParameter) }) as Promise<T[]>;
  }

  private ask(request: Ask): Promise<unknown[]> {
    if (this.ended) return Promise.reject(this.ended);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.worker.postMessage({ ...request, id });
    });
  }

  private receive(message: Answer): void {
    if (message.kind === 'notification') {
      for (const heard of this.heard.get(message.channel) ?? []) heard(message.payload);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.rows);
    else waiting?.reject(errorOf(message.failure));
  }

  private end(cause: StateError): void {
    this.ended ??= cause;
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}

const errorOf = ({ message, sqlState, constraint }: Failure): StateError =>
  new StateError('QUERY', message, sqlState, constraint);

const transactionEnded = (): StateError =>
  new StateError('IN_TRANSACTION', 'the transaction has ended; use the state or begin another');
