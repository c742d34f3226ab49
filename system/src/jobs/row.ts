import type { Job, JobEvent } from '../contract/index.js';

/** A row of `jobs` as the database gives it. */
export interface JobRow {
  id: string;
  verb: string;
  args: Record<string, unknown>;
  state: Job['state'];
  attempt: number;
  progress: number;
  message: Job['message'];
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  result: unknown;
  error: unknown;
  requested_by: string;
}

export const COLUMNS = `id, verb, args, state, attempt, progress, message, created_at, started_at,
  ended_at, result, error, requested_by`;

export const jobOf = (row: JobRow): Job => ({
  id: row.id,
  verb: row.verb,
  args: row.args,
  state: row.state,
  attempt: row.attempt,
  progress: row.progress,
  message: row.message,
  createdAt: row.created_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
  result: row.result,
  error: row.error,
  requestedBy: row.requested_by,
});

/** What one event says beside its number and its time. */
export type EventBody = Omit<JobEvent, 'seq' | 'at'>;

export interface EventRow {
  seq: number;
  at: Date;
  event: EventBody;
}

export const eventOf = ({ seq, at, event }: EventRow): JobEvent => ({
  seq,
  at: at.toISOString(),
  ...event,
});
