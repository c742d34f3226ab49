import type { Pool } from '@tino/learn';
import type { BrowserWorker, WorkerScope } from './browser-scope.js';
import {
  checkThreads,
  mapOver,
  Questions,
  type PoolWorker,
  type WorkerAnswer,
  type WorkerRequest,
} from './pool-worker.js';

export interface BrowserPool extends Pool {
  /** Ends the workers. */
  close(): void;
}

const scope = globalThis as unknown as WorkerScope;

/**
 * Web Workers, running when the promise resolves. To be made in a worker: a window may not wait for
 * threads. They share one fit only where memory can be shared (the page is `crossOriginIsolated`: it
 * came with `Cross-Origin-Opener-Policy: same-origin` and `Cross-Origin-Embedder-Policy: require-corp`);
 * elsewhere, and in a window, `threads` is 1, whatever was asked for, and models have the same bytes.
 * By default one thread a core, the caller among them.
 *
 * @throws RangeError for threads that are no whole number from 1; Error when a worker does not start
 */
export async function createPool({
  threads: wanted = scope.navigator.hardwareConcurrency ?? 1,
} = {}): Promise<BrowserPool> {
  checkThreads(wanted);
  const mayShare = scope.crossOriginIsolated === true && scope.document === undefined;
  const threads = mayShare ? wanted : 1;
  const workers = await startWorkers(threads - 1);
  let spare: Promise<StartedWorker[]> | undefined;
  return {
    threads,
    team(work) {
      workers.forEach(({ tell }, i) => tell({ kind: 'team', thread: i + 1, ...work }));
      // A worker leaves when the memory's generation ends, which the engine saw to.
      return { end: () => undefined };
    },
    async map(task, inputs) {
      if (workers.length > 0) return mapOver(workers, task, inputs);
      return mapOver(await (spare ??= startWorkers(1)), task, inputs);
    },
    close() {
      for (const worker of workers) worker.end();
      void spare?.then((started) => started.forEach((worker) => worker.end()));
      spare = undefined;
    },
  };
}

interface StartedWorker extends PoolWorker {
  end(): void;
}

async function startWorkers(count: number): Promise<StartedWorker[]> {
  const starts = Array.from({ length: count }, startWorker);
  try {
    return await Promise.all(starts.map(({ started }) => started));
  } catch (error) {
    for (const { worker } of starts) worker.terminate();
    throw error;
  }
}

function startWorker(): { worker: BrowserWorker; started: Promise<StartedWorker> } {
  const { Worker } = scope;
  // Bundlers know a worker by these very words.
  const worker = new Worker(new URL('./browser-worker.js', import.meta.url), { type: 'module' });
  const questions = new Questions();
  const tell = (request: WorkerRequest) => worker.postMessage(request, []);
  const started = new Promise<StartedWorker>((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => {
      if (data !== 'ready') questions.settle(data as WorkerAnswer);
      else
        resolve({
          tell,
          ask: (task, input) => questions.ask(tell, { task, input }),
          end() {
            worker.terminate();
            questions.fail(new Error('the pool was closed before the task was done'));
          },
        });
    });
    worker.addEventListener('error', ({ message }) => {
      const error = new Error(
        `a worker of the pool failed: ${message ?? 'its script did not load'}`,
      );
      reject(error);
      questions.fail(error);
    });
  });
  return { worker, started };
}
