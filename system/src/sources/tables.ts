import { readdir, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { TinoError } from '../contract/error.js';
import type { House } from '../ports/house.js';
import { requireNoErasureSince } from './fence.js';

export type TableKind = 'source' | 'view' | 'abt' | 'scores' | 'spine';

/** A Parquet table: it exists when its row in the state does. */
export interface Table<Manifest = unknown> {
  kind: TableKind;
  /** Unique among the current tables of its kind. */
  name: string;
  snapshot: string;
  part: string;
  /** Absolute paths. */
  files: string[];
  rows: number;
  fingerprint: string;
  manifest: Manifest;
}
export interface CommittedTable<Manifest = unknown> extends Table<Manifest> {
  at: Date;
}

type Place = Pick<House, 'workspace' | 'state'>;

/** Folder of the files of a kind of table. */
export const tableFolder = ({ workspace }: Pick<House, 'workspace'>, kind: TableKind): string =>
  join(workspace.stateFolder, 'tables', kind);

/**
 * A name as part of a file's: other characters than letters, digits, `-`, `_` and `.` become `_`.
 */
export const fileSafe = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, '_');

/**
 * The one commit point: files already lie synced in the folder; all rows appear, or none.
 *
 * @param erasures `erasuresSoFar` from before the first table was read
 * @throws ERASED_MEANWHILE, and the files are gone
 */
export async function commitTables(
  house: Place,
  erasures: number,
  tables: readonly Table[],
): Promise<void> {
  if (tables.length === 0) return;
  try {
    await insertTables(house, erasures, tables);
  } catch (cause) {
    if (cause instanceof TinoError && cause.code === 'ERASED_MEANWHILE')
      await removeUnnamed(house, tables);
    throw cause;
  }
}

async function insertTables(
  house: Place,
  erasures: number,
  tables: readonly Table[],
): Promise<void> {
  const rows = tables.map(({ files, ...table }) => ({
    ...table,
    files: files.map((file) => relative(house.workspace.stateFolder, file)),
  }));
  const listed = JSON.stringify(rows);
  await house.state.transaction(async (tx) => {
    await requireNoErasureSince(tx, erasures);
    await tx.query(
      `UPDATE tables SET current = false
        FROM jsonb_to_recordset($1::jsonb) AS n(kind text, name text)
       WHERE tables.kind = n.kind AND tables.name = n.name AND tables.current`,
      [listed],
    );
    await tx.query(
      `INSERT INTO tables (name, snapshot, part, kind, files, rows, fingerprint, manifest, at,
        current)
       SELECT name, snapshot, part, kind, files, rows, fingerprint, manifest, now(), true
       FROM jsonb_to_recordset($1::jsonb) AS n(name text, snapshot text, part text, kind text,
         files jsonb, rows bigint, fingerprint text, manifest jsonb)`,
      [listed],
    );
  });
}

/** Files named by their contents may be another table's too. */
async function removeUnnamed(house: Place, tables: readonly Table[]): Promise<void> {
  const named = await namedFiles(house);
  for (const { files, manifest } of tables) {
    const { rejectFiles = [] } = manifest as { rejectFiles?: string[] };
    for (const file of [...relativeFiles(house, files), ...rejectFiles])
      if (!named.has(file)) await rm(join(house.workspace.stateFolder, file), { force: true });
  }
}

/** All that rows of the state name, relative to its folder. */
async function namedFiles({ state }: Pick<House, 'state'>): Promise<Set<string>> {
  const rows = await state.query<{ files: string[]; manifest: { rejectFiles?: string[] } }>(
    'SELECT files, manifest FROM tables',
  );
  return new Set(
    rows.flatMap(({ files, manifest }) => [...files, ...(manifest?.rejectFiles ?? [])]),
  );
}

/** Current tables of a kind by name; all of them, or those whose names begin with `prefix`. */
export async function currentTables<Manifest>(
  house: Place,
  kind: TableKind,
  prefix = '',
): Promise<Map<string, CommittedTable<Manifest>>> {
  const rows = await house.state.query<CommittedTable<Manifest>>(
    `SELECT kind, name, snapshot, part, files, rows, fingerprint, manifest, at FROM tables
     WHERE kind = $1 AND current AND starts_with(name, $2) ORDER BY name`,
    [kind, prefix],
  );
  const absolute = (file: string) => join(house.workspace.stateFolder, file);
  return new Map(rows.map((row) => [row.name, { ...row, files: row.files.map(absolute) }]));
}

export async function currentTable<Manifest>(
  house: Place,
  kind: TableKind,
  name: string,
): Promise<CommittedTable<Manifest> | undefined> {
  return (await currentTables<Manifest>(house, kind, name)).get(name);
}

/**
 * Removes tables that were replaced longer ago than the workspace keeps them, and files that no row
 * names and that were left by a process that died; returns how many files went. What a run was trained
 * on stays. Files of the last day may be in the making.
 */
export async function sweepTables(
  house: Pick<House, 'workspace' | 'state' | 'now'>,
): Promise<number> {
  const { replaced, scorings } = house.workspace.keep;
  const daysAgo = (days: number) => new Date(house.now().getTime() - days * 86_400_000);
  await house.state.query(
    `DELETE FROM tables t USING (
       SELECT ctid AS place, lead(at) OVER (PARTITION BY kind, name ORDER BY at) AS replaced
       FROM tables) r
     WHERE t.ctid = r.place AND NOT t.current
       AND r.replaced < CASE t.kind WHEN 'scores' THEN $2::timestamptz ELSE $1::timestamptz END
       AND NOT (t.kind = 'abt' AND EXISTS (
         SELECT FROM runs WHERE manifest #>> '{abt,hash}' = t.snapshot
           OR t.manifest -> 'before' ? (manifest #>> '{abt,hash}')))`,
    [daysAgo(replaced.days), daysAgo(scorings.days)],
  );
  return sweepFiles(house, daysAgo(1));
}

/** Removes what no row names and was last written before a moment; returns how many files. */
export async function sweepFiles(house: Place, before: Date): Promise<number> {
  const { stateFolder } = house.workspace;
  const named = await namedFiles(house);
  const root = join(stateFolder, 'tables');
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  let removed = 0;
  for (const entry of entries.filter((item) => item.isFile())) {
    const file = join(entry.parentPath, entry.name);
    if (named.has(relative(stateFolder, file)) || (await stat(file)).mtime >= before) continue;
    await rm(file, { force: true });
    removed++;
  }
  return removed;
}

export const relativeFiles = (
  house: Pick<House, 'workspace'>,
  files: readonly string[],
): string[] => files.map((file) => relative(house.workspace.stateFolder, file));
