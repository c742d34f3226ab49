import { TinoError } from '../contract/error.js';
import type { Job } from '../contract/index.js';
import type { Queryable } from '../store/state.js';
import { COLUMNS, jobOf, type JobRow } from './row.js';

export interface JobFilter {
  cursor?: string | undefined;
  limit: number;
  requestedBy?: string;
}

export interface JobPage {
  items: Job[];
  next: string | null;
  total: number;
}

/** Jobs, newest first; ids are in order of time, so a cursor is the last id of a page. */
export async function listJobs(
  state: Queryable,
  { cursor, limit, requestedBy }: JobFilter,
): Promise<JobPage> {
  if (cursor !== undefined && !/^job_[\w-]+$/.test(cursor)) {
    throw new TinoError('BAD_CURSOR', { cursor });
  }
  const who = requestedBy ?? null;
  const rows = await state.query<JobRow>(
    `SELECT ${COLUMNS} FROM jobs
     WHERE ($1::text IS NULL OR requested_by = $1) AND ($2::text IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [who, cursor ?? null, limit + 1],
  );
  const [count] = await state.query<{ total: number }>(
    'SELECT count(*) AS total FROM jobs WHERE $1::text IS NULL OR requested_by = $1',
    [who],
  );
  const items = rows.slice(0, limit).map(jobOf);
  return { items, next: rows.length > limit ? items.at(-1)!.id : null, total: count!.total };
}

/** How many jobs are in each state. */
export async function countJobs(state: Queryable): Promise<Record<Job['state'], number>> {
  const counts = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  const rows = await state.query<{ state: Job['state']; jobs: number }>(
    'SELECT state, count(*) AS jobs FROM jobs GROUP BY state',
  );
  for (const row of rows) counts[row.state] = row.jobs;
  return counts;
}
