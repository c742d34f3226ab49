import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { TinoError } from '../../src/contract/error.js';
import { openArtifacts } from '../../src/store/artifacts.js';
import { StateError } from '../../src/store/errors.js';
import { writeFileDurably } from '../../src/store/files.js';
import { newId } from '../../src/store/ids.js';
import { acquireLock, findOwner } from '../../src/store/lock.js';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tino-files-'));
});
after(() => rm(folder, { recursive: true }));

const damaged = (cause: unknown) =>
  cause instanceof StateError && cause.code === 'ARTIFACT_DAMAGED';
const isLocked = (cause: unknown) =>
  cause instanceof TinoError && cause.code === 'WORKSPACE_LOCKED';

test('ids are in the order in which they were made, also when the clock goes back', () => {
  const now = Date.now();
  const ids = Array.from({ length: 10_000 }, (_, i) => newId('run', now - (i % 3)));
  assert.deepEqual(ids, ids.toSorted());
  assert.equal(new Set(ids).size, ids.length);
  assert.match(
    ids[0]!,
    /^run_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test('a durable write replaces the whole file and leaves nothing beside it', async () => {
  const path = join(folder, 'written', 'file');
  await assert.rejects(writeFileDurably(path, 'x'), /ENOENT/);
  const own = join(folder, 'own');
  await writeFileDurably(own, 'long contents');
  await writeFileDurably(own, 'short');
  assert.equal(await readFile(own, 'utf8'), 'short');
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('own')),
    ['own'],
  );
});

test('artifacts are found by their hash, and a damaged one is refused', async () => {
  const artifacts = await openArtifacts(join(folder, 'artifacts'));
  const bytes = new TextEncoder().encode('a model');
  const hash = await artifacts.put(bytes);
  assert.equal(await artifacts.put(bytes), hash);
  assert.deepEqual(new Uint8Array(await artifacts.get(hash)), bytes);
  assert.equal(await artifacts.has(hash), true);
  const path = join(folder, 'artifacts', hash.slice(0, 2), hash);
  await writeFile(path, 'another');
  await assert.rejects(artifacts.get(hash), damaged);
  await assert.rejects(artifacts.get('0'.repeat(64)), damaged);
  await assert.rejects(artifacts.get('../../etc/passwd'), damaged);
});

test('a sweep keeps what is named and what is new', async () => {
  const artifacts = await openArtifacts(join(folder, 'swept'));
  const [kept, old, fresh] = await Promise.all(
    ['kept', 'old', 'fresh'].map((text) => artifacts.put(new TextEncoder().encode(text))),
  );
  const past = new Date(Date.now() - 60_000);
  for (const hash of [kept!, old!]) {
    await utimes(join(folder, 'swept', hash.slice(0, 2), hash), past, past);
  }
  assert.deepEqual(await artifacts.sweep(new Set([kept!]), new Date(Date.now() - 30_000)), [old]);
  assert.deepEqual(await Promise.all([kept!, old!, fresh!].map(artifacts.has)), [
    true,
    false,
    true,
  ]);
});

test('a folder has one owner, who can say where it answers', async () => {
  const place = join(folder, 'locked');
  const lock = await acquireLock(place);
  await assert.rejects(acquireLock(place), isLocked);
  await lock.announce({ address: 'http://localhost:1', token: 'secret' });
  const owner = await findOwner(place);
  assert.deepEqual(
    [owner?.pid, owner?.address, owner?.token],
    [process.pid, 'http://localhost:1', 'secret'],
  );
  assert.equal((await stat(join(place, 'lock.json'))).mode & 0o077, 0);
  await lock.release();
  assert.equal(await findOwner(place), undefined);
  assert.deepEqual(await readdir(place), []);
});

test('the lock of a dead process is taken over, also when its pid lives again', async () => {
  const place = join(folder, 'stale');
  const child = fork(new URL('./lock-holder.js', import.meta.url), [place], { execArgv: [] });
  await once(child, 'message');
  await assert.rejects(acquireLock(place), isLocked);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(await findOwner(place), undefined);
  const lock = await acquireLock(place);
  const owner = (await findOwner(place))!;
  // The same pid, started at another time: a process that has nothing to do with the lock.
  if (owner.processStarted !== undefined) {
    await writeFile(join(place, 'lock.json'), JSON.stringify({ ...owner, processStarted: 'then' }));
    assert.equal(await findOwner(place), undefined);
  }
  await lock.release();
});

test('the lock of another host is alive while it is touched', async () => {
  const place = join(folder, 'elsewhere');
  const lock = await acquireLock(place);
  const path = join(place, 'lock.json');
  const owner = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, JSON.stringify({ ...owner, host: 'another-host', pid: 1 }));
  await assert.rejects(acquireLock(place), isLocked);
  const silent = new Date(Date.now() - 120_000);
  await utimes(path, silent, silent);
  assert.equal(await findOwner(place), undefined);
  await lock.release();
});
