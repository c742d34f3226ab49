import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { migrations } from '../../src/store/migrations/index.js';
import { openState } from '../../src/store/open.js';
import { packFolder, unpackFolder } from '../../src/store/pglite-snapshot.js';
import { freshFolder } from './fresh.js';

const pathsIn = async (folder: string) => (await readdir(folder, { recursive: true })).toSorted();

test('a state unpacked from a snapshot is the one that was packed, and opens', async () => {
  const from = await freshFolder();
  const to = await mkdtemp(join(tmpdir(), 'tino-unpacked-'));
  try {
    const packed = await packFolder(join(from, 'postgres'));
    assert.deepEqual(await packFolder(join(from, 'postgres')), packed);
    const laid = join(to, 'postgres');
    await mkdir(laid);
    await unpackFolder(packed, laid);
    const paths = await pathsIn(laid);
    assert.deepEqual(paths, await pathsIn(join(from, 'postgres')));
    for (const path of paths) {
      const own = await stat(join(laid, path));
      // PostgreSQL refuses data that others can read.
      assert.equal(own.mode & 0o077, 0, path);
      if (own.isFile())
        assert.ok(
          (await readFile(join(laid, path))).equals(await readFile(join(from, 'postgres', path))),
          path,
        );
    }
    const state = await openState({ folder: to });
    const rows = await state.query<{ name: string }>('SELECT name FROM migrations ORDER BY name');
    await state.close();
    assert.deepEqual(
      rows.map(({ name }) => name),
      migrations.map(({ name }) => name),
    );
  } finally {
    await rm(from, { recursive: true, force: true });
    await rm(to, { recursive: true, force: true });
  }
});

test('a damaged snapshot is refused', async () => {
  const from = await mkdtemp(join(tmpdir(), 'tino-packed-'));
  try {
    const packed = Buffer.from(await packFolder(from));
    packed[packed.length - 6]! ^= 1;
    await assert.rejects(unpackFolder(packed, from), /incorrect data check/);
  } finally {
    await rm(from, { recursive: true });
  }
});
