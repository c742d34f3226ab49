import { open, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The two calls that make a file stay after a power cut, handed in so that tests can watch. */
export interface Disk {
  /** fsync of a file or a folder. */
  sync(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
}

export const disk: Disk = {
  async sync(path) {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  rename,
};

/**
 * Moves what was written at `from` to `to` in the order that survives a power cut: contents
 * synced, renamed, folder synced. DuckDB's COPY renames too, but never syncs.
 */
export async function place(from: string, to: string, { sync, rename }: Disk): Promise<void> {
  await syncTree(from, sync);
  await rename(from, to);
  await sync(dirname(to));
}

async function syncTree(path: string, sync: Disk['sync']): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) await syncTree(join(path, entry.name), sync);
  await sync(path);
}
