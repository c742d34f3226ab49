import { TinoError, type ErrorAnswer } from '../contract/error.js';
import type { Job, JobEvent } from '../contract/index.js';
import { newId } from '../store/ids.js';
import type { Queryable, State } from '../store/state.js';
import { listJobs, type JobFilter, type JobPage } from './list.js';
import { delayAfterMs } from './retry.js';
import { COLUMNS, eventOf, jobOf, type EventBody, type EventRow, type JobRow } from './row.js';

/** The channel on which a new job or a cancelled one is told. */
export const CHANNEL = 'jobs';

export interface Order {
  verb: string;
  args?: Record<string, unknown>;
  /** While a job with this key is queued or running, sending it again gives that job. */
  key?: string;
  runAt?: Date;
  requestedBy: string;
  attemptsMax?: number;
}

/** A job in the hands of a worker: `attempt` proves that it is still this worker's. */
export interface Taken {
  id: string;
  verb: string;
  args: Record<string, unknown>;
  attempt: number;
  requestedBy: string;
}

export interface Queue {
  send(order: Order): Promise<Job>;
  /** The next job that is due, or whose worker let its lease run out; undefined when there is none. */
  take(worker: string, leaseSeconds: number): Promise<Taken | undefined>;
  /** Prolongs the lease; false when the job is no longer this attempt's. */
  beat(job: Taken, leaseSeconds: number): Promise<boolean>;
  progress(job: Taken, events: readonly EventBody[]): Promise<void>;
  /** False when the job is no longer this attempt's; nothing is changed then. */
  done(job: Taken, result: unknown): Promise<boolean>;
  /** Queued again, later, when `retryable` and attempts are left; failed otherwise. */
  fail(job: Taken, error: ErrorAnswer, options: { retryable: boolean }): Promise<boolean>;
  /** Gives a job back at once without counting the attempt, as a worker that ends does. */
  giveBack(job: Taken): Promise<boolean>;
  /** False when the job has ended already. */
  cancel(id: string): Promise<boolean>;
  find(id: string): Promise<Job | undefined>;
  list(filter: JobFilter): Promise<JobPage>;
  events(id: string, after?: number): Promise<JobEvent[]>;
  /** Calls `heard` when there may be work, in whatever process it was sent. */
  listen(heard: () => void): Promise<() => Promise<void>>;
}

const MINE = `id = $1 AND attempt = $2 AND state = 'running'`;

/** The queue of a state: one table, leases, and an attempt number that the end of a job must match. */
export function openQueue(state: State): Queue {
  return {
    send: (order) => state.transaction((tx) => send(tx, order)),
    take: (worker, leaseSeconds) => state.transaction((tx) => take(tx, worker, leaseSeconds)),
    async beat({ id, attempt }, leaseSeconds) {
      const rows = await state.query(
        `UPDATE jobs SET lease_until = now() + $3::float8 * interval '1 second'
         WHERE ${MINE} RETURNING id`,
        [id, attempt, leaseSeconds],
      );
      return rows.length > 0;
    },
    progress: (job, events) => state.transaction((tx) => progress(tx, job, events)),
    done: (job, result) =>
      end(state, job, `state = 'done', progress = 1, ended_at = now(), result = $3::jsonb`, [
        JSON.stringify(result ?? null),
      ]),
    fail: (job, error, { retryable }) =>
      end(
        state,
        job,
        `error = $3::jsonb, lease_until = NULL, worker = NULL,
         state = CASE WHEN $4::boolean AND attempt < attempts_max THEN 'queued' ELSE 'failed' END,
         run_at = now() + $5::float8 * interval '1 millisecond',
         ended_at = CASE WHEN $4::boolean AND attempt < attempts_max THEN NULL ELSE now() END`,
        [JSON.stringify(error), retryable, delayAfterMs(job.attempt)],
      ),
    giveBack: (job) =>
      end(state, job, `state = 'queued', run_at = now(), lease_until = NULL, worker = NULL`, []),
    cancel: (id) => state.transaction((tx) => cancel(tx, id)),
    async find(id) {
      const [row] = await state.query<JobRow>(`SELECT ${COLUMNS} FROM jobs WHERE id = $1`, [id]);
      return row && jobOf(row);
    },
    list: (filter) => listJobs(state, filter),
    async events(id, after = 0) {
      const rows = await state.query<EventRow>(
        'SELECT seq, at, event FROM job_events WHERE job = $1 AND seq > $2 ORDER BY seq',
        [id, after],
      );
      return rows.map(eventOf);
    },
    listen: (heard) => state.listen(CHANNEL, heard),
  };
}

/** Sends a job inside the transaction of something else, such as a schedule that moves on. */
export async function send(tx: Queryable, order: Order): Promise<Job> {
  const { verb, args = {}, key = null, runAt, requestedBy, attemptsMax = 3 } = order;
  const [row] = await tx.query<JobRow>(
    `INSERT INTO jobs (id, verb, args, state, key, run_at, requested_by, attempts_max)
     VALUES ($1, $2, $3::jsonb, 'queued', $4, coalesce($5::timestamptz, now()), $6, $7)
     ON CONFLICT (key) WHERE state IN ('queued', 'running') DO NOTHING RETURNING ${COLUMNS}`,
    [newId('job'), verb, JSON.stringify(args), key, runAt ?? null, requestedBy, attemptsMax],
  );
  if (row) {
    await note(tx, row.id, [{ kind: 'state', state: 'queued' }]);
    await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, row.id]);
    return jobOf(row);
  }
  const [active] = await tx.query<JobRow>(
    `SELECT ${COLUMNS} FROM jobs WHERE key = $1 AND state IN ('queued', 'running')`,
    [key],
  );
  // It ended between the two statements, so its key is free now.
  return active ? jobOf(active) : send(tx, order);
}

async function take(
  tx: Queryable,
  worker: string,
  leaseSeconds: number,
): Promise<Taken | undefined> {
  await failExhausted(tx);
  const [row] = await tx.query<JobRow>(
    `UPDATE jobs SET state = 'running', attempt = attempt + 1, worker = $1, error = NULL,
       started_at = now(), lease_until = now() + $2::float8 * interval '1 second'
     WHERE id = (
       SELECT id FROM jobs
       WHERE (state = 'queued' AND run_at <= now()) OR (state = 'running' AND lease_until < now())
       ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [worker, leaseSeconds],
  );
  if (!row) return undefined;
  await note(tx, row.id, [{ kind: 'state', state: 'running' }]);
  const { id, verb, args, attempt, requested_by: requestedBy } = row;
  return { id, verb, args, attempt, requestedBy };
}

/** A job that killed its worker at each attempt must not be tried for ever. */
async function failExhausted(tx: Queryable): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE jobs SET state = 'failed', ended_at = now(), lease_until = NULL
     WHERE state = 'running' AND lease_until < now() AND attempt >= attempts_max RETURNING id`,
  );
  for (const { id } of rows) {
    const lost = new TinoError('INTERNAL', { id }).answer('pt');
    await tx.query('UPDATE jobs SET error = $2::jsonb WHERE id = $1', [id, JSON.stringify(lost)]);
    await note(tx, id, [{ kind: 'state', state: 'failed' }]);
  }
}

async function progress(tx: Queryable, job: Taken, events: readonly EventBody[]): Promise<void> {
  const last = events.findLast(({ kind }) => kind === 'progress');
  const rows = await tx.query(
    `UPDATE jobs SET progress = coalesce($3::real, progress), message = coalesce($4::jsonb, message)
     WHERE ${MINE} RETURNING id`,
    [
      job.id,
      job.attempt,
      last?.progress ?? null,
      last?.message ? JSON.stringify(last.message) : null,
    ],
  );
  if (rows.length > 0) await note(tx, job.id, events);
}

/** Ends an attempt, in whatever way `change` says; `$3` and on are `params`. */
function end(
  state: State,
  job: Taken,
  change: string,
  params: readonly unknown[],
): Promise<boolean> {
  return state.transaction(async (tx) => {
    const [row] = await tx.query<{ state: Job['state'] }>(
      `UPDATE jobs SET ${change} WHERE ${MINE} RETURNING state`,
      [job.id, job.attempt, ...params],
    );
    if (row) await note(tx, job.id, [{ kind: 'state', state: row.state }]);
    return row !== undefined;
  });
}

async function cancel(tx: Queryable, id: string): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE jobs SET state = 'cancelled', ended_at = now(), lease_until = NULL
     WHERE id = $1 AND state IN ('queued', 'running') RETURNING id`,
    [id],
  );
  if (rows.length === 0) return false;
  await note(tx, id, [{ kind: 'state', state: 'cancelled' }]);
  await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, id]);
  return true;
}

async function note(tx: Queryable, job: string, events: readonly EventBody[]): Promise<void> {
  await tx.query(
    `INSERT INTO job_events (job, event)
     SELECT $1, value FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY ORDER BY ordinality`,
    [job, JSON.stringify(events)],
  );
}

export { countJobs } from './list.js';
