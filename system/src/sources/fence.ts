import { TinoError } from '../contract/error.js';
import type { Queryable } from '../store/state.js';

/*
 * Work that read tables before a person was erased from them must not commit what it made of them. Each
 * rewriting is counted; whoever commits says the count from before it read, and is refused when it moved.
 */

const COUNT = 'erasures';

/** To be read before the first table is. */
export async function erasuresSoFar(state: Queryable): Promise<number> {
  const [row] = await state.query<{ value: number }>('SELECT value FROM settings WHERE name = $1', [
    COUNT,
  ]);
  return row?.value ?? 0;
}

/** Until the transaction ends no table is rewritten. @throws ERASED_MEANWHILE */
export async function requireNoErasureSince(tx: Queryable, before: number): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock_shared(hashtext($1))', [COUNT]);
  if ((await erasuresSoFar(tx)) !== before)
    throw new TinoError('ERASED_MEANWHILE', {}, { retryable: true });
}

/** To be called in the transaction that rewrites. */
export async function countErasure(tx: Queryable): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [COUNT]);
  await tx.query(
    `INSERT INTO settings (name, value) VALUES ($1, '1')
     ON CONFLICT (name) DO UPDATE SET value = to_jsonb((settings.value)::bigint + 1)`,
    [COUNT],
  );
}
