import { Worker } from 'node:worker_threads';
import { TinoError } from '../../../contract/index.js';
import type { FamilyJob, FamilyResult, JobEffects } from './job.js';
import { plainJob } from './plain.js';
import type { FamilyInput, FamilyMessage } from './worker.js';

const LOOK_MS = 100;

/**
 * Computes a family in a thread of its own, so that a server goes on answering. When `stop` says so
 * the thread ends early and the training is CANCELLED.
 */
export async function runInThread(job: FamilyJob, effects: JobEffects): Promise<FamilyResult> {
  const flag = new SharedArrayBuffer(4);
  const input: FamilyInput = { job: plainJob(job), flag };
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: input,
  });
  const watch = setInterval(() => {
    if (effects.stop.stopped) Atomics.store(new Int32Array(flag), 0, 1);
  }, LOOK_MS);
  try {
    return await new Promise<FamilyResult>((resolve, reject) => {
      worker.on('message', (message: FamilyMessage) => {
        if (message.kind === 'progress') effects.progress(message.step);
        else if (message.kind === 'done') resolve(message.result);
        else reject(message.cancelled ? new TinoError('CANCELLED') : new Error(message.message));
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the training thread ended with ${code}`)));
    });
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}
