import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { pid } from 'node:process';
import { TinoError, TinoErrors, type ErrorAnswer } from '../contract/error.js';
import type { Progress, VerbEffects } from '../ports/house.js';
import { createAlarm } from './alarm.js';
import type { Queue, Taken } from './queue.js';
import { isRetryable } from './retry.js';
import type { EventBody } from './row.js';

export interface WorkerOptions {
  queue: Queue;
  run(verb: string, args: Record<string, unknown>, effects: VerbEffects): Promise<unknown>;
  /** Jobs at the same time. */
  concurrency?: number;
  /** How often to look without having been told: for jobs that fall due and leases that end. */
  pollMs?: number;
  leaseSeconds?: number;
  /** Told of what the queue itself could not do, such as reach the state. */
  onError?(cause: unknown): void;
}

export interface RunningWorker {
  /** Asks the jobs to stop, gives them back to the queue, and waits for them. */
  stop(): Promise<void>;
}

const FLUSH_MS = 250;

/** Takes jobs and runs them until stopped; sleeps until told of a job, with a slow poll besides. */
export function runWorker({
  queue,
  run,
  concurrency = 1,
  pollMs = 5_000,
  leaseSeconds = 15,
  onError = () => {},
}: WorkerOptions): RunningWorker {
  const ending = new AbortController();
  const alarm = createAlarm();
  const listening = queue.listen(alarm.ring).catch((cause: unknown) => {
    onError(cause);
    return undefined;
  });
  const name = `${hostname()}:${pid}:${randomUUID().slice(0, 8)}`;

  const loop = async () => {
    while (!ending.signal.aborted) {
      const rung = alarm.count();
      const job = await queue.take(name, leaseSeconds).catch(onError);
      if (job) await perform({ queue, run, leaseSeconds, onError, ending: ending.signal }, job);
      else if (!ending.signal.aborted) await alarm.sleep(rung, pollMs);
    }
  };
  const loops = Array.from({ length: concurrency }, loop);
  return {
    async stop() {
      ending.abort();
      alarm.ring();
      await Promise.all(loops);
      await (
        await listening
      )?.();
    },
  };
}

type Surroundings = Required<Pick<WorkerOptions, 'queue' | 'run' | 'leaseSeconds' | 'onError'>> & {
  ending: AbortSignal;
};

async function perform(
  { queue, run, leaseSeconds, onError, ending }: Surroundings,
  job: Taken,
): Promise<void> {
  const stop = { stopped: ending.aborted };
  const halt = () => (stop.stopped = true);
  ending.addEventListener('abort', halt);
  const lost = watchLease(queue, job, leaseSeconds, halt);
  const journal = openJournal(queue, job);
  try {
    const { verb, args, requestedBy: by } = job;
    const result = await run(verb, args, { progress: journal.add, stop, by });
    await journal.close();
    await queue.done(job, result);
  } catch (cause) {
    await journal.close().catch(onError);
    if (!(cause instanceof TinoError || cause instanceof TinoErrors)) onError(cause);
    await conclude(queue, job, cause, ending.aborted).catch(onError);
  } finally {
    lost.end();
    ending.removeEventListener('abort', halt);
  }
}

async function conclude(
  queue: Queue,
  job: Taken,
  cause: unknown,
  ending: boolean,
): Promise<unknown> {
  const stopped = cause instanceof TinoError && cause.code === 'CANCELLED';
  // A job that stopped because its worker ends is whole in the queue for the next worker.
  if (stopped && ending) return queue.giveBack(job);
  return queue.fail(job, errorOf(cause, job), { retryable: isRetryable(cause) });
}

function errorOf(cause: unknown, job: Taken): ErrorAnswer {
  if (cause instanceof TinoErrors && cause.errors[0]) return cause.errors[0].answer('pt');
  if (cause instanceof TinoError) return cause.answer('pt');
  const message = cause instanceof Error ? cause.message : String(cause);
  return { ...new TinoError('INTERNAL', { id: job.id }).answer('pt'), message };
}

/** Beats at a third of the lease; a beat that is refused means that the job is another's. */
function watchLease(queue: Queue, job: Taken, leaseSeconds: number, lost: () => void) {
  const everyMs = (leaseSeconds * 1000) / 3;
  let lastBeat = Date.now();
  const beat = async () => {
    try {
      if (!(await queue.beat(job, leaseSeconds))) return lost();
      lastBeat = Date.now();
    } catch {
      // The state may come back before the lease ends; after it someone else has the job.
      if (Date.now() - lastBeat > leaseSeconds * 1000) lost();
    }
  };
  const timer = setInterval(() => void beat(), everyMs);
  const stopListening = queue.listen(() => void beat()).catch(() => undefined);
  return {
    end() {
      clearInterval(timer);
      void stopListening.then((stop) => stop?.());
    },
  };
}

/** Collects steps and writes them a few times a second, not at each step. */
function openJournal(queue: Queue, job: Taken) {
  let pending: EventBody[] = [];
  let writing = Promise.resolve();
  const flush = () => {
    if (pending.length === 0) return writing;
    const events = pending;
    pending = [];
    writing = writing.then(() => queue.progress(job, events));
    return writing;
  };
  // A failed write fails the job at its end, in `close`.
  const timer = setInterval(() => void flush().catch(() => {}), FLUSH_MS);
  return {
    add(step: Progress) {
      const last = pending.at(-1);
      if (last?.kind === 'progress' && !step.score) pending.pop();
      pending.push(...eventsOf(step));
    },
    close() {
      clearInterval(timer);
      return flush();
    },
  };
}

const eventsOf = ({ done, message, score }: Progress): EventBody[] => [
  ...(score ? [{ kind: 'score' as const, ...score }] : []),
  { kind: 'progress', progress: done, message },
];
