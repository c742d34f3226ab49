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

/** Files synced at the same time: a disk takes several as fast as one. */
const AT_ONCE = 16;

/** Contents first, then the folders that name them. */
export async function syncTree(path: string): Promise<void> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const of = (folders: boolean) =>
    entries
      .filter((entry) => entry.isDirectory() === folders)
      .map((entry) => join(entry.parentPath, entry.name));
  const files = of(false);
  let next = 0;
  const work = async () => {
    while (next < files.length) await syncPath(files[next++]!);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const folder of [...of(true), path]) await syncPath(folder);
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
