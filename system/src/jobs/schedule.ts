import type { JobsAnswer } from '../contract/index.js';
import type { Queryable, State } from '../store/state.js';
import type { Rhythm } from '../workspace/types.js';
import { send } from './queue.js';
import { describeRhythm, nextAt } from './rhythm.js';

/** What is to be done in a rhythm. */
export interface Scheduled {
  name: string;
  verb: string;
  args: Record<string, unknown>;
  rhythm: Rhythm;
}

interface Row extends Scheduled {
  next_at: Date;
  last_at: Date | null;
}

/** Makes the schedule be `scheduled`; a rhythm that has not changed keeps its next time. */
export function setSchedules(
  state: State,
  scheduled: readonly Scheduled[],
  { now, zone }: { now: Date; zone: string },
): Promise<void> {
  return state.transaction(async (tx) => {
    for (const { name, verb, args, rhythm } of scheduled) {
      await tx.query(
        `INSERT INTO schedules AS s (name, verb, args, rhythm, next_at)
         VALUES ($1, $2, $3::jsonb, $4::jsonb, $5)
         ON CONFLICT (name) DO UPDATE SET verb = excluded.verb, args = excluded.args,
           rhythm = excluded.rhythm,
           next_at = CASE WHEN s.rhythm = excluded.rhythm THEN s.next_at ELSE excluded.next_at END`,
        [name, verb, JSON.stringify(args), JSON.stringify(rhythm), nextAt(rhythm, now, zone)],
      );
    }
    const names = scheduled.map(({ name }) => name);
    await tx.query('DELETE FROM schedules WHERE NOT (name = ANY($1::text[]))', [names]);
  });
}

/**
 * Sends what is due, once among all processes that tick, and gives the names. What was missed while
 * nobody ticked is made up for by one job, however often it was missed.
 */
export function tickSchedules(
  state: State,
  { now, zone }: { now: Date; zone: string },
): Promise<string[]> {
  return state.transaction(async (tx) => {
    const due = await tx.query<Row>(
      'SELECT * FROM schedules WHERE next_at <= $1 ORDER BY next_at, name FOR UPDATE SKIP LOCKED',
      [now],
    );
    for (const { name, verb, args, rhythm } of due) {
      const job = await send(tx, { verb, args, key: keyOf(verb, args), requestedBy: 'schedule' });
      await tx.query(
        'UPDATE schedules SET next_at = $2, last_at = $3, last_job = $4 WHERE name = $1',
        [name, nextAt(rhythm, now, zone), now, job.id],
      );
    }
    return due.map(({ name }) => name);
  });
}

/** The keys under which people send the same work, so that one running now is not sent again. */
function keyOf(verb: string, args: Record<string, unknown>): string {
  if (verb === 'train') return `train ${String(args['model'])} {}`;
  return verb === 'score' ? `score ${String(args['model'])}` : `${verb} ${JSON.stringify(args)}`;
}

/** The schedule as the API shows it. */
export async function listSchedule(state: Queryable): Promise<JobsAnswer['schedule']> {
  const rows = await state.query<Row>('SELECT * FROM schedules ORDER BY next_at, name');
  return rows.map(({ name, verb, args, rhythm, next_at, last_at }) => ({
    name,
    verb,
    model: typeof args['model'] === 'string' ? args['model'] : null,
    rhythm: describeRhythm(rhythm),
    nextAt: next_at.toISOString(),
    lastAt: last_at?.toISOString() ?? null,
  }));
}
