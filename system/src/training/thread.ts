import { Worker } from 'node:worker_threads';
import { TinoError } from '../contract/error.js';
import type { VerbEffects } from '../ports/house.js';
import type { TabularJob, TabularResult } from './job.js';
import type { SegmentJob, SegmentResult } from './segment-job.js';
import type { WorkerInput, WorkerMessage } from './worker.js';

const LOOK_MS = 100;

/**
 * Trains in a thread of its own, so that a server goes on answering. The arrays of the job move to it and
 * are empty afterwards. When `stop` says so the thread ends early and the training is CANCELLED.
 */
export async function trainInThread<Job extends TabularJob | SegmentJob>(
  job: Job,
  effects: VerbEffects,
): Promise<Job extends SegmentJob ? SegmentResult : TabularResult> {
  type Result = Job extends SegmentJob ? SegmentResult : TabularResult;
  const flag = new SharedArrayBuffer(4);
  const input: WorkerInput = { job, flag };
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: input,
    transferList: buffersOf(job),
  });
  const look = () => {
    if (effects.stop.stopped) Atomics.store(new Int32Array(flag), 0, 1);
  };
  look();
  const watch = setInterval(look, LOOK_MS);
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'done') resolve(message.result as Result);
        else if (message.kind === 'failed') reject(new Error(message.message));
        else
          effects.progress({
            done: message.done,
            message: { pt: 'Treinando', en: 'Training' },
            ...(message.score && { score: message.score }),
          });
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the training thread ended with ${code}`)));
    });
  } catch (error) {
    if (effects.stop.stopped) throw new TinoError('CANCELLED', {}, { cause: error });
    throw error;
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

/** Buffers that hold one array and nothing else: those may move. */
function buffersOf(job: TabularJob | SegmentJob): ArrayBuffer[] {
  const own =
    job.task === 'segment'
      ? []
      : [job.y, job.groups, job.order, ...job.folds.flatMap(({ train, test }) => [train, test])];
  const arrays = [
    ...own,
    ...job.x.columns.map((column) => (column.kind === 'number' ? column.values : column.codes)),
  ];
  const whole = arrays.filter(
    ({ buffer, byteLength }) => buffer instanceof ArrayBuffer && buffer.byteLength === byteLength,
  );
  return [...new Set(whole.map(({ buffer }) => buffer as ArrayBuffer))];
}
