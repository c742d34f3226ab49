import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { EngineError } from './errors.js';
import { place, type Disk } from './place.js';
import type { WriteOptions, Written } from './port.js';
import { identifier, literal } from './quote.js';

/** A query's result as Parquet, written beside and placed durably. */
export async function writeParquet(
  connection: DuckDBConnection,
  sql: string,
  folder: string,
  { name = 'part', partitionBy = [] }: WriteOptions,
  disk: Disk,
): Promise<Written> {
  const target = join(resolve(folder), partitionBy.length > 0 ? name : `${name}.parquet`);
  await mkdir(folder, { recursive: true });
  if (partitionBy.length > 0) await refuseExisting(target);
  const beside = join(resolve(folder), `.${name}.${randomUUID()}`);
  try {
    const options = ['FORMAT parquet', 'COMPRESSION zstd'];
    if (partitionBy.length > 0) {
      options.push(`PARTITION_BY (${partitionBy.map(identifier).join(', ')})`);
    }
    const copied = await connection.runAndReadAll(
      `COPY (${sql}\n) TO ${literal(beside)} (${options.join(', ')})`,
    );
    // A partitioned COPY of no rows makes no folder.
    if (partitionBy.length > 0) await mkdir(beside, { recursive: true });
    await place(beside, target, disk);
    const files = partitionBy.length > 0 ? await parquetFiles(target) : [target];
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    return { files, rows: Number(copied.getRows()[0]![0]), bytes };
  } catch (cause) {
    await rm(beside, { recursive: true, force: true });
    throw cause;
  }
}

/** A folder cannot be replaced in one step, so a partitioned result is written only once. */
async function refuseExisting(target: string): Promise<void> {
  const existing = await stat(target).catch(() => undefined);
  if (existing) {
    throw new EngineError('FILE', `${target} exists; write a partitioned result under a new name`);
  }
}

async function parquetFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.parquet'))
    .map((name) => join(folder, name))
    .sort();
}
