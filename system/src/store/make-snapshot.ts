/** Run once by the build: makes an empty state and packs it, so that no start has to make its own. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { writeFileDurably } from './files.js';
import { openState } from './open.js';
import { findSnapshot, packFolder, snapshotPath } from './pglite-snapshot.js';

if ((await findSnapshot()) === undefined) {
  const path = await snapshotPath();
  const place = dirname(path);
  const folder = await mkdtemp(join(tmpdir(), 'tino-snapshot-'));
  try {
    await (await openState({ folder })).close();
    await writeFileDurably(path, await packFolder(join(folder, 'postgres')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const others = (await readdir(place)).filter(
    (name) => name.endsWith('.snapshot') && name !== basename(path),
  );
  for (const name of others) await rm(join(place, name));
}
