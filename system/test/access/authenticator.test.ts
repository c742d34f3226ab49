import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAuthenticator } from '../../src/access/authenticator.js';
import type { State } from '../../src/store/state.js';

/** A state that holds one key; each question is answered when told, and counted. */
function oneKey() {
  let revoked = false;
  let asked = 0;
  let heard = (_payload: string): void => {};
  let answer: (() => void) | undefined;
  let held = false;
  const state = {
    async query(sql: string) {
      if (!sql.startsWith('select')) return [];
      asked++;
      const rows = revoked
        ? []
        : [{ id: 'key_1', name: 'app', role: 'viewer', scope: {}, created_at: new Date(0) }];
      if (held) await new Promise<void>((resolve) => (answer = resolve));
      return rows;
    },
    async listen(_channel: string, hear: typeof heard) {
      heard = hear;
      return async () => {};
    },
  } as unknown as State;
  return {
    state,
    revoke() {
      revoked = true;
      heard('key_1');
    },
    hold: () => (held = true),
    release() {
      held = false;
      answer?.();
    },
    asked: () => asked,
  };
}

test('a key is asked of the state once in half a minute', async () => {
  const { state, asked } = oneKey();
  let now = 0;
  const { byKey } = await createAuthenticator(state, () => now);
  for (let i = 0; i < 100; i++) assert.equal((await byKey('secret'))?.name, 'app');
  assert.equal(asked(), 1);
  now = 30_000;
  await byKey('secret');
  assert.equal(asked(), 2);
});

test('a revocation empties the memory at once', async () => {
  const { state, revoke } = oneKey();
  const { byKey } = await createAuthenticator(state, () => 0);
  assert.ok(await byKey('secret'));
  revoke();
  assert.equal(await byKey('secret'), undefined);
});

test('a revocation while the state is asked is not forgotten', async () => {
  const { state, revoke, hold, release } = oneKey();
  const { byKey } = await createAuthenticator(state, () => 0);
  hold();
  const answer = byKey('secret');
  revoke();
  release();
  assert.equal(await answer, undefined);
  assert.equal(await byKey('secret'), undefined);
});

test('a key that is nobody’s is not remembered', async () => {
  const { state, asked, revoke } = oneKey();
  revoke();
  const { byKey } = await createAuthenticator(state, () => 0);
  await byKey('wrong');
  await byKey('wrong');
  assert.equal(asked(), 2);
});
