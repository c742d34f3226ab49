import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Pool } from '@tino/learn';
import type { WorkerAnswer, WorkerRequest } from './node-worker.js';

export interface NodePool extends Pool {
  /** Ends the workers; a process that forgets it still ends. */
  close(): Promise<void>;
}

/**
 * Worker threads of Node, started at the first call and asleep between calls. `threads` counts the caller, which
 * works too while it waits for a team; the default is one thread a core.
 */
export function createPool({ threads = availableParallelism() } = {}): NodePool {
  if (!Number.isInteger(threads) || threads < 1)
    throw new RangeError(`threads is ${threads}, expected a whole number from 1`);
  let started: PoolWorker[] | undefined;
  const workers = () => (started ??= Array.from({ length: Math.max(threads - 1, 1) }, startWorker));
  return {
    threads,
    team(work) {
      if (threads > 1)
        workers().forEach((worker, i) => worker.tell({ kind: 'team', thread: i + 1, ...work }));
      // A worker leaves when the memory's generation ends, which the engine saw to.
      return { end: () => undefined };
    },
    map: (task, inputs) => mapOver(workers(), task, inputs),
    close: async () => {
      await Promise.all((started ?? []).map((worker) => worker.end()));
      started = undefined;
    },
  };
}

/** Hands out inputs one by one, so that a slow one holds up nobody else. */
async function mapOver(
  workers: readonly PoolWorker[],
  task: string,
  inputs: readonly unknown[],
): Promise<unknown[]> {
  const results: unknown[] = Array.from({ length: inputs.length });
  const failures = new Map<number, Error>();
  let next = 0;
  const drain = async (worker: PoolWorker) => {
    while (next < inputs.length) {
      const index = next++;
      try {
        results[index] = await worker.ask(task, inputs[index]);
      } catch (error) {
        failures.set(index, error instanceof Error ? error : new Error(String(error)));
      }
    }
  };
  await Promise.all(workers.map(drain));
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()))!;
  return results;
}

interface PoolWorker {
  tell(request: WorkerRequest): void;
  ask(task: string, input: unknown): Promise<unknown>;
  end(): Promise<unknown>;
}

function startWorker(): PoolWorker {
  const worker = new Worker(new URL('./node-worker.js', import.meta.url));
  // Only a task in course keeps the process alive.
  worker.unref();
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (e: Error) => void }
  >();
  let asked = 0;
  const tell = (request: WorkerRequest) => worker.postMessage(request, []);
  worker.on('message', (answer: WorkerAnswer) => {
    const { resolve, reject } = waiting.get(answer.id)!;
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if (answer.kind === 'done') resolve(answer.result);
    else reject(new Error(answer.message));
  });
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a worker of the pool ended with code ${code}`)));
  return {
    tell,
    ask: (task, input) =>
      new Promise((resolve, reject) => {
        const id = asked++;
        waiting.set(id, { resolve, reject });
        worker.ref();
        tell({ kind: 'task', id, task, input });
      }),
    end: () => worker.terminate(),
  };
}
