import type { Role } from '../contract/common.js';
import type { ApiKey } from '../contract/operations.js';
import { TinoError } from '../contract/error.js';
import { newId } from '../store/ids.js';
import type { State } from '../store/state.js';
import type { Principal, Scope } from './principal.js';
import { digest, newSecret } from './secrets.js';

interface KeyRow {
  id: string;
  name: string;
  role: Role;
  scope: Scope;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

/** The secret is shown once; the state keeps its digest only. */
export async function createKey(
  state: State,
  { name, role, scope = {} }: { name: string; role: Role; scope?: Scope },
): Promise<{ key: ApiKey; secret: string }> {
  const secret = newSecret('tino');
  const [row] = await state.query<KeyRow>(
    `insert into keys (id, name, role, scope, hash, created_at) values ($1, $2, $3, $4::jsonb, $5, now()) returning *`,
    [newId('key'), name, role, JSON.stringify(scope), digest(secret)],
  );
  return { key: answerOf(row!), secret };
}

export async function listKeys(state: State): Promise<ApiKey[]> {
  return (await state.query<KeyRow>('select * from keys order by created_at')).map(answerOf);
}

export async function revokeKey(state: State, id: string): Promise<ApiKey> {
  const [row] = await state.query<KeyRow>(
    'update keys set revoked_at = coalesce(revoked_at, now()) where id = $1 returning *',
    [id],
  );
  if (row === undefined) throw new TinoError('NOT_FOUND', { kind: 'key', id });
  await state.notify('keys', id);
  return answerOf(row);
}

export async function findByKey(state: State, secret: string): Promise<Principal | undefined> {
  const [row] = await state.query<KeyRow>(
    'select * from keys where hash = $1 and revoked_at is null',
    [digest(secret)],
  );
  if (row === undefined) return undefined;
  await state.query('update keys set last_used_at = now() where id = $1', [row.id]);
  return { id: row.id, name: row.name, role: row.role, scope: row.scope };
}

const answerOf = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  role: row.role,
  scope: row.scope as Record<string, string[]>,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});
