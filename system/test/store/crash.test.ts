import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fsyncSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { seeded } from '@tino/learn';
import { openState } from '../../src/store/open.js';
import { startPglite } from '../../src/store/pglite-start.js';
import { freshFolder } from './fresh.js';

const ROUNDS = 4;

/** Starts the committer and kills it after it acknowledged `count` commits; gives the last one. */
async function commitUntilKilled(folder: string, start: number, count: number): Promise<number> {
  const child = fork(new URL('./committer.js', import.meta.url), [folder, String(start)], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let said = '';
  child.stdout!.on('data', (text: Buffer) => {
    said += text.toString();
    if (said.split('\n').length > count) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string];
  assert.equal(signal, 'SIGKILL');
  return Number(said.split('\n').at(-2));
}

test('after kill -9 at random moments every acknowledged commit is there, and none is half', async () => {
  const folder = await freshFolder();
  const rng = seeded(7);
  let next = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const acknowledged = await commitUntilKilled(folder, next, 1 + Math.floor(rng.next() * 60));
    const state = await openState({ folder });
    const rows = await state.query<{ n: number }>(
      `SELECT value::int AS n FROM settings JOIN audit ON audit.id = settings.name ORDER BY n`,
    );
    const [counts] = await state.query<{ settings: number; audit: number }>(
      'SELECT (SELECT count(*) FROM settings) AS settings, (SELECT count(*) FROM audit) AS audit',
    );
    await state.close();
    assert.ok(rows.length > acknowledged, `${acknowledged} was acknowledged, ${rows.length} found`);
    assert.deepEqual(
      rows.map(({ n }) => n),
      rows.map((_, index) => index),
    );
    assert.deepEqual(counts, { settings: rows.length, audit: rows.length });
    next = rows.length;
  }
  await rm(folder, { recursive: true });
});

test('a commit is acknowledged after its log was synced, and reading syncs nothing', async () => {
  const folder = await freshFolder();
  let syncs = 0;
  const database = await startPglite(join(folder, 'postgres'), (descriptor) => {
    fsyncSync(descriptor);
    syncs += 1;
  });
  for (let n = 0; n < 5; n++) {
    const before = syncs;
    await database.query('INSERT INTO settings VALUES ($1, $2)', [`s${n}`, '1']);
    assert.ok(syncs > before, 'the commit came back before its log was on disk');
  }
  const before = syncs;
  await database.query('SELECT * FROM settings');
  assert.equal(syncs, before);
  await database.close();
  await rm(folder, { recursive: true });
});

test('a disk that cannot sync breaks the state and acknowledges nothing', async () => {
  const folder = await freshFolder();
  let broken = false;
  const database = await startPglite(join(folder, 'postgres'), (descriptor) => {
    if (broken) throw new Error('no space left');
    fsyncSync(descriptor);
  });
  broken = true;
  await assert.rejects(database.query(`INSERT INTO settings VALUES ('lost', '1')`));
  await rm(folder, { recursive: true, force: true });
});
