import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Pool } from '@tino/learn';
import {
  checkThreads,
  mapOver,
  Questions,
  type PoolWorker,
  type WorkerAnswer,
  type WorkerRequest,
} from './pool-worker.js';

export interface NodePool extends Pool {
  /** Ends the workers; a process that forgets it still ends. */
  close(): Promise<void>;
}

/**
 * Worker threads of Node, started at the first call and asleep between calls. `threads` counts the caller, which
 * works too while it waits for a team; the default is one thread a core.
 */
export function createPool({ threads = availableParallelism() } = {}): NodePool {
  checkThreads(threads);
  let started: StartedWorker[] | undefined;
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

interface StartedWorker extends PoolWorker {
  end(): Promise<unknown>;
}

function startWorker(): StartedWorker {
  const worker = new Worker(new URL('./node-worker.js', import.meta.url));
  // Only a task in course keeps the process alive.
  worker.unref();
  const questions = new Questions();
  const tell = (request: WorkerRequest) => worker.postMessage(request, []);
  worker.on('message', (answer: WorkerAnswer) => {
    questions.settle(answer);
    if (questions.isEmpty) worker.unref();
  });
  worker.on('error', (error) => questions.fail(error));
  worker.on('exit', (code) =>
    questions.fail(new Error(`a worker of the pool ended with code ${code}`)),
  );
  return {
    tell,
    ask(task, input) {
      worker.ref();
      return questions.ask(tell, { task, input });
    },
    end: () => worker.terminate(),
  };
}
