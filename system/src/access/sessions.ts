import type { Role } from '../contract/common.js';
import { TinoError } from '../contract/error.js';
import type { State } from '../store/state.js';
import type { Principal, Scope } from './principal.js';
import { digest, newSecret } from './secrets.js';

const LINK_MINUTES = 24 * 60;
export const SESSION_DAYS = 30;

/** A one-time link: whoever opens it first is signed in with this role. */
export async function createSignInLink(
  state: State,
  { role = 'admin', scope = {} }: { role?: Role; scope?: Scope } = {},
): Promise<string> {
  const token = newSecret('enter');
  await state.query(
    `insert into sign_in_links (hash, role, scope, expires_at) values ($1, $2, $3::jsonb, now() + $4 * interval '1 minute')`,
    [digest(token), role, JSON.stringify(scope), LINK_MINUTES],
  );
  return token;
}

/** Uses the link up and opens a session, in one transaction: two openers cannot both win. */
export async function openSession(
  state: State,
  token: string,
): Promise<{ secret: string; principal: Principal }> {
  const secret = newSecret('session');
  const link = await state.transaction(async (tx) => {
    const [used] = await tx.query<{ role: Role; scope: Scope }>(
      'update sign_in_links set used_at = now() where hash = $1 and used_at is null and expires_at > now() returning role, scope',
      [digest(token)],
    );
    if (used === undefined) throw new TinoError('LINK_USED');
    await tx.query(
      `insert into sessions (hash, role, scope, created_at, expires_at) values ($1, $2, $3::jsonb, now(), now() + $4 * interval '1 day')`,
      [digest(secret), used.role, JSON.stringify(used.scope), SESSION_DAYS],
    );
    return used;
  });
  return { secret, principal: principalOf(secret, link) };
}

export async function findBySession(state: State, secret: string): Promise<Principal | undefined> {
  const [row] = await state.query<{ role: Role; scope: Scope }>(
    'select role, scope from sessions where hash = $1 and expires_at > now()',
    [digest(secret)],
  );
  return row && principalOf(secret, row);
}

export async function closeSession(state: State, secret: string): Promise<void> {
  await state.query('delete from sessions where hash = $1', [digest(secret)]);
  await state.notify('keys', 'session');
}

const principalOf = (secret: string, { role, scope }: { role: Role; scope: Scope }): Principal => ({
  id: `session_${digest(secret).slice(0, 12)}`,
  name: role,
  role,
  scope,
});
