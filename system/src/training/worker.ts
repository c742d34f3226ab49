import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { createPool } from '@tino/learn/node';
import type { JobEffects, TabularJob, TabularResult } from './job.js';
import { trainSegments, type SegmentJob, type SegmentResult } from './segment-job.js';
import { segmentsByRules } from './segment-rules.js';
import { trainTabular } from './tabular.js';

/** What the thread tells its owner. */
export type WorkerMessage =
  | { kind: 'progress'; done: number; score?: Parameters<JobEffects['progress']>[1] }
  | { kind: 'done'; result: TabularResult | SegmentResult }
  | { kind: 'failed'; message: string };

export interface WorkerInput {
  job: TabularJob | SegmentJob;
  /** One Int32 of shared memory; not 0 means stop. */
  flag: SharedArrayBuffer;
}

const THREADS_MAX = 2;

const { job, flag } = workerData as WorkerInput;
const stopped = new Int32Array(flag);
const tell = (message: WorkerMessage) => parentPort!.postMessage(message, []);
const effects: JobEffects = {
  stop: {
    get stopped() {
      return Atomics.load(stopped, 0) !== 0;
    },
  },
  progress: (done, score) => tell({ kind: 'progress', done, ...(score && { score }) }),
  clock: () => performance.now(),
  // Two threads leave a core to the server where there are more; they begin when a fit is large enough.
  pool: createPool({ threads: Math.min(THREADS_MAX, availableParallelism()) }),
};

const segmented = ({ rules, ...job }: SegmentJob): Promise<SegmentResult> =>
  rules === null ? trainSegments(job, effects) : segmentsByRules({ ...job, rules }, effects);

try {
  const result = job.task === 'segment' ? await segmented(job) : await trainTabular(job, effects);
  tell({ kind: 'done', result });
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
