import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** fsync of a file or a folder. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Contents first, then the folder that names them. */
export async function syncTree(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    await (entry.isDirectory() ? syncTree(child) : syncPath(child));
  }
  await syncPath(path);
}

/** Renames so that the new name is there after a power cut; the contents must be synced already. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncPath(dirname(to));
}

/** Writes beside, syncs, renames, syncs the folder: the old contents or the new, never a half. */
export async function writeFileDurably(
  path: string,
  contents: Uint8Array | string,
  mode = 0o644,
): Promise<void> {
  const beside = `${path}.${randomUUID()}.new`;
  try {
    const handle = await open(beside, 'wx', mode);
    try {
      await handle.writeFile(contents);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameDurably(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
}
