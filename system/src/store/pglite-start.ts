import { PGlite } from '@electric-sql/pglite';
import { parsers } from './encode.js';
import { DurableFiles } from './pglite-files.js';

/**
 * Settings of the embedded PostgreSQL. `-F`, which PGlite gives by default, would turn fsync off;
 * 16 MB of buffers instead of 128 halve the memory; without a background worker nothing vacuums.
 */
const settings = [
  'fsync=on',
  'wal_sync_method=fsync',
  'synchronous_commit=on',
  'full_page_writes=on',
  'shared_buffers=16MB',
  'max_wal_size=64MB',
  'min_wal_size=32MB',
  // A log segment kept for use again would still hold what was erased.
  'wal_recycle=off',
  'jit=off',
];

const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...settings.flatMap((setting) => ['-c', setting]),
];

/** Opens, or first makes, the database in a folder. */
export function startPglite(folder: string, sync?: (descriptor: number) => void): Promise<PGlite> {
  return PGlite.create({ fs: new DurableFiles(folder, sync), startParams, parsers });
}
