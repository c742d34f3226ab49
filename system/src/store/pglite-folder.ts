import { fork } from 'node:child_process';
import { access, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StateError } from './errors.js';
import { renameDurably, syncTree } from './files.js';
import { acquireLock } from './lock.js';
import { findSnapshot, unpackFolder } from './pglite-snapshot.js';

/** Locks a folder, as two PostgreSQL on one folder destroy it, and makes its database once. */
export async function prepareFolder(
  folder: string,
): Promise<{ data: string; release: () => Promise<void> }> {
  await mkdir(folder, { recursive: true });
  const lock = await acquireLock(folder);
  const data = join(folder, 'postgres');
  try {
    const made = await access(data).then(
      () => true,
      () => false,
    );
    if (!made) await make(data);
    return { data, release: () => lock.release() };
  } catch (cause) {
    await lock.release();
    throw cause;
  }
}

/** Made beside and renamed, so that a folder with this name is whole. */
async function make(data: string): Promise<void> {
  const beside = `${data}.new`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { mode: 0o700 });
  const snapshot = await findSnapshot();
  // Without one, as in a tree that only the compiler has been over, PostgreSQL makes its own.
  if (snapshot === undefined) await initialise(beside);
  else await unpackFolder(await readFile(snapshot), beside);
  await syncTree(beside);
  await renameDurably(beside, data);
}

function initialise(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./pglite-initialise.js', import.meta.url), [folder], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) return resolve();
      const why = said.trim() || `it ended with ${signal ?? code}`;
      reject(new StateError('INITIALISE', `the state cannot be made in ${folder}: ${why}`));
    });
  });
}
