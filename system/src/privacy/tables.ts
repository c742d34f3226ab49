import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Session } from '../engine/port.js';
import { literal } from '../engine/quote.js';
import { CUTOFF, type AbtManifest } from '../features/abt-types.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import { countErasure } from '../sources/fence.js';
import { hashFile } from '../sources/files.js';
import type { SourceManifest } from '../sources/manifest.js';
import { fileSafe, relativeFiles } from '../sources/tables.js';
import { newId } from '../store/ids.js';
import type { Queryable } from '../store/state.js';
import { hashOf, sha256 } from '../workspace/hash.js';
import type { Person } from './person.js';
import { eraseRejects, type ErasedRejects } from './rejects.js';
import { keepProgress, noteTable, noteVersions, type Erasing } from './report.js';
import { borrows, readAll, whoseRows, type Stored } from './whose.js';

/** Rows of the state that name the same files: partitions of a view at several cut-offs do. */
type Group = readonly [Stored, ...Stored[]];

/**
 * Writes every table of the part again without the person, the one rewrite of what is otherwise
 * immutable: each file beside, synced, then its rows in the state, then the old file goes. Rows that
 * borrow their time from the person's rows (the lines of an order) go with them.
 *
 * @returns whether anything was found
 */
export async function eraseTables(
  house: House,
  person: Person,
  erasing: Erasing,
): Promise<boolean> {
  let found = false;
  const groups = await storedGroups(house, person.part.name);
  // Children first: what they borrow from must still be there to tell whose they are.
  const order = ([table]: Group) => (borrows(person, table) ? 0 : 1);
  for (const group of groups.sort((a, b) => order(a) - order(b)))
    found = (await eraseGroup(house, person, group, erasing)) || found;
  return found;
}

async function storedGroups({ state, workspace }: House, part: string): Promise<Group[]> {
  const rows = await state.query<Stored>(
    `SELECT kind, name, snapshot, files, rows, manifest FROM tables WHERE part = $1
     ORDER BY kind, name, at`,
    [part],
  );
  const absolute = (file: string) => join(workspace.stateFolder, file);
  const groups = new Map<string, [Stored, ...Stored[]]>();
  for (const row of rows) {
    const table = { ...row, files: row.files.map(absolute) };
    // A table of no rows may have no files, and shares them with nobody.
    const id = JSON.stringify(table.files.length > 0 ? table.files : [row.kind, row.name]);
    const group = groups.get(id);
    if (group) group.push(table);
    else groups.set(id, [table]);
  }
  return [...groups.values()];
}

async function eraseGroup(
  house: House,
  person: Person,
  group: Group,
  erasing: Erasing,
): Promise<boolean> {
  const [table] = group;
  return inSession(house, async (session) => {
    const where = await whoseRows(house, session, person, table);
    if (where === undefined) return false;
    const removed = await rowsPerTable(session, group, where);
    const rejects = await eraseRejects(house, session, person, table);
    const rows = Math.max(...removed);
    if (rows === 0 && rejects === undefined) return false;
    const { files, gone } = await rewrite(session, table, where);
    const hash = table.kind === 'abt' ? await hashAll(files) : undefined;
    await house.state.transaction(async (tx) => {
      for (const [i, one] of group.entries())
        await commit(house, tx, one, { files, removed: removed[i]!, rejects, hash });
      noteTable(erasing, {
        kind: table.kind,
        name: commonName(table),
        rows: removed.reduce((sum, n) => sum + n, 0) + (rejects?.rows ?? 0),
        ...(hash && { hash: { before: manifestOf(table).hash, after: hash } }),
      });
      if (hash) await noteVersions(tx, erasing, hashesOf(table));
      erasing.leaving.push(...relativeFiles(house, [...gone, ...(rejects?.gone ?? [])]));
      await countErasure(tx);
      await keepProgress(tx, erasing);
    });
    await removeLeaving(house, erasing);
    return true;
  });
}

/** What nothing names since the last step; after a crash the next call removes it. */
export async function removeLeaving(
  { workspace, artifacts }: House,
  erasing: Erasing,
): Promise<void> {
  for (const file of erasing.leaving) await rm(join(workspace.stateFolder, file), { force: true });
  for (const hash of erasing.artifacts) await artifacts.remove(hash);
  erasing.leaving = [];
  erasing.artifacts = [];
}

/** How many rows of the person each table of a group has: partitions lie in one file by cut-off. */
async function rowsPerTable(session: Session, group: Group, where: string): Promise<number[]> {
  const [{ kind, files }] = group;
  const from = `FROM ${readAll(files)} WHERE ${where}`;
  if (kind !== 'view') {
    const [count] = await session.all(`SELECT count(*) AS n ${from}`);
    return group.map(() => Number(count!['n']));
  }
  const counts = await session.all(
    `SELECT CAST(${CUTOFF} AS VARCHAR) AS cutoff, count(*) AS n ${from} GROUP BY 1`,
  );
  const byCutoff = new Map(counts.map(({ cutoff, n }) => [String(cutoff), Number(n)]));
  return group.map(({ name }) => byCutoff.get(name.split('@').at(-1)!) ?? 0);
}

/** Of a partition: its view's. */
const commonName = ({ kind, name }: Stored): string =>
  kind === 'view' ? name.split('@')[0]! : name;

/** Files without the person's rows in the place of those that have some. */
async function rewrite(
  session: Session,
  table: Stored,
  where: string,
): Promise<{ files: string[]; gone: string[] }> {
  const files: string[] = [];
  const gone: string[] = [];
  for (const file of table.files) {
    const from = `FROM read_parquet(${literal(file)}, hive_partitioning = false)`;
    const [count] = await session.all(`SELECT count(*) AS n ${from} WHERE ${where}`);
    if (Number(count!['n']) === 0) {
      files.push(file);
      continue;
    }
    const name = `${fileSafe(commonName(table))}.${newId('table')}`;
    const kept = `SELECT * ${from} WHERE (${where}) IS NOT TRUE`;
    files.push(...(await session.write(kept, dirname(file), { name })).files);
    gone.push(file);
  }
  return { files, gone };
}

const hashAll = async (files: readonly string[]): Promise<string> =>
  sha256((await Promise.all(files.map(hashFile))).join('\n'));
const manifestOf = (table: Stored) => table.manifest as unknown as AbtManifest;
/** Of an ABT: those it had before others were erased from it, and the one it has. */
const hashesOf = (table: Stored): string[] => [
  ...(manifestOf(table).before ?? []),
  manifestOf(table).hash,
];

interface Change {
  files: readonly string[];
  removed: number;
  rejects: ErasedRejects | undefined;
  /** Of an ABT: the one that it has now. */
  hash: string | undefined;
}

/** By its files: an ABT that was built again after an erasure has the hash of the one rewritten. */
function commit(house: House, tx: Queryable, table: Stored, change: Change): Promise<unknown> {
  const snapshot = change.hash ?? newId('table');
  return tx.query(
    `UPDATE tables SET snapshot = $4, files = $5::jsonb, rows = $6, manifest = $7::jsonb
     WHERE kind = $1 AND name = $2 AND snapshot = $3 AND files = $8::jsonb`,
    [
      table.kind,
      table.name,
      table.snapshot,
      snapshot,
      JSON.stringify(relativeFiles(house, change.files)),
      table.rows - change.removed,
      JSON.stringify(manifestAfter(house, table, snapshot, change)),
      JSON.stringify(relativeFiles(house, table.files)),
    ],
  );
}

function manifestAfter(
  house: House,
  table: Stored,
  snapshot: string,
  { removed, rejects, hash }: Change,
): object {
  if (hash !== undefined) {
    return { ...table.manifest, rows: table.rows - removed, hash, before: hashesOf(table) };
  }
  if (table.kind !== 'source') return table.manifest;
  const manifest = table.manifest as unknown as SourceManifest;
  // Every moment of the history may say something else now, so what was built from it is old.
  const id = hashOf({ after: manifest.generations.at(-1)?.id ?? null, snapshot }).slice(0, 24);
  const generations = [{ id, earliest: null }];
  if (rejects === undefined) return { ...manifest, generations };
  const reasons = manifest.reasons.map((reason) => ({ ...reason, example: {} }));
  const rejectFiles = relativeFiles(house, rejects.files);
  return { ...manifest, reasons, rejectFiles, generations };
}
