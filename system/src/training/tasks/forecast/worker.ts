import { parentPort, workerData } from 'node:worker_threads';
import { TinoError } from '../../../contract/index.js';
import type { Progress } from '../../../ports/house.js';
import { runFamilyJob, type FamilyResult } from './job.js';
import { jobOf, type PlainJob } from './plain.js';

/** What the thread tells its owner. */
export type FamilyMessage =
  | { kind: 'progress'; step: Progress }
  | { kind: 'done'; result: FamilyResult }
  | { kind: 'failed'; message: string; cancelled: boolean };

export interface FamilyInput {
  job: PlainJob;
  /** One Int32 of shared memory; not 0 means stop. */
  flag: SharedArrayBuffer;
}

const { job, flag } = workerData as FamilyInput;
const stopped = new Int32Array(flag);
const tell = (message: FamilyMessage) => parentPort!.postMessage(message, []);
const stop = {
  get stopped() {
    return Atomics.load(stopped, 0) !== 0;
  },
};

try {
  const result = await runFamilyJob(jobOf(job), {
    stop,
    progress: (step) => tell({ kind: 'progress', step }),
  });
  tell({ kind: 'done', result });
} catch (error) {
  const cancelled = error instanceof TinoError && error.code === 'CANCELLED';
  tell({
    kind: 'failed',
    message: error instanceof Error ? error.message : String(error),
    cancelled,
  });
}
