import type { Queryable } from '../store/state.js';

/**
 * Ends the leases of all running jobs, so that they are taken again at once. Only for whoever has the state
 * alone: then no worker that took them can be alive.
 */
export async function takeBackAbandoned(state: Queryable): Promise<number> {
  const rows = await state.query(
    `UPDATE jobs SET lease_until = now() - interval '1 millisecond' WHERE state = 'running' RETURNING id`,
  );
  return rows.length;
}
