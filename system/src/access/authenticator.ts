import type { State } from '../store/state.js';
import { findByKey } from './keys.js';
import type { Principal } from './principal.js';
import { digest } from './secrets.js';
import { findBySession } from './sessions.js';

const CACHE_MS = 30_000;
const CACHED_MAX = 10_000;
/** Whoever can read the lock file owns the folder. */
const OWNER: Principal = { id: 'terminal', name: 'terminal', role: 'admin', scope: {} };

/** At once for whom the memory knows. */
type Found = Principal | undefined | Promise<Principal | undefined>;

export interface Authenticator {
  byKey(secret: string): Found;
  bySession(secret: string): Found;
  close(): Promise<void>;
}

/**
 * Remembers who a secret belongs to, so that a thousand requests a second ask the state once in half a
 * minute; a revocation, in whatever process it happens, empties the memory at once.
 */
export async function createAuthenticator(
  state: State,
  now: () => number,
  ownerToken?: string,
): Promise<Authenticator> {
  const owner = ownerToken === undefined ? undefined : digest(ownerToken);
  const known = new Map<string, { principal: Principal; until: number }>();
  let changes = 0;
  const stopListening = await state.listen('keys', () => {
    changes++;
    known.clear();
  });
  const remembered = (secret: string, find: () => Promise<Principal | undefined>): Found => {
    const id = digest(secret);
    if (id === owner) return OWNER;
    const hit = known.get(id);
    return hit !== undefined && hit.until > now() ? hit.principal : ask(id, find);
  };
  const ask = async (
    id: string,
    find: () => Promise<Principal | undefined>,
  ): Promise<Principal | undefined> => {
    const before = changes;
    const principal = await find();
    // A revocation that came while the state was asked must not be forgotten.
    if (before !== changes) return ask(id, find);
    if (known.size >= CACHED_MAX) known.clear();
    if (principal === undefined) known.delete(id);
    else known.set(id, { principal, until: now() + CACHE_MS });
    return principal;
  };
  return {
    byKey: (secret) => remembered(secret, () => findByKey(state, secret)),
    bySession: (secret) => remembered(secret, () => findBySession(state, secret)),
    close: stopListening,
  };
}
