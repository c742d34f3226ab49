import { createHash } from 'node:crypto';
import { StateError } from './errors.js';
import { migrations as ours, type Migration } from './migrations/index.js';
import type { Queryable } from './state.js';

/** A connection that also runs several statements at once. */
export interface Connection extends Queryable {
  script(sql: string): Promise<void>;
}

/** Any number, the same in every process: who holds it alone migrates. */
const LOCK = 7_491_320_514;

/**
 * Brings the state to the newest migration, inside the transaction of `connection`. The lock comes
 * before the table of migrations, as two processes may both find that it is not there.
 */
export async function migrate(
  connection: Connection,
  migrations: readonly Migration[] = ours,
): Promise<void> {
  await connection.query('SELECT pg_advisory_xact_lock($1::bigint)', [LOCK]);
  await connection.script(
    `CREATE TABLE IF NOT EXISTS migrations (
       name text PRIMARY KEY, checksum text NOT NULL, at timestamptz NOT NULL DEFAULT now())`,
  );
  const rows = await connection.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM migrations',
  );
  const done = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  refuseUnknown(done, migrations);
  for (const { name, sql } of migrations) {
    const checksum = createHash('sha256').update(sql).digest('hex');
    const before = done.get(name);
    if (before === checksum) continue;
    if (before !== undefined) throw changed(name);
    await connection.script(sql);
    await connection.query('INSERT INTO migrations (name, checksum) VALUES ($1, $2)', [
      name,
      checksum,
    ]);
  }
}

const changed = (name: string): StateError =>
  new StateError(
    'MIGRATION_CHANGED',
    `migration ${name} is not the one this state was made with; add a new migration instead of changing it`,
  );

function refuseUnknown(done: Map<string, string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  for (const name of done.keys()) {
    if (known.has(name)) continue;
    throw new StateError(
      'MIGRATION_UNKNOWN',
      `this state has migration ${name}, which this version does not know; use the version that made it or a newer one`,
    );
  }
}
