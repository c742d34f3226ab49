import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { AbtManifest } from '../features/abt-types.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import { hashFile } from '../sources/files.js';
import type { SourceManifest } from '../sources/manifest.js';
import { keyTextSql } from '../sources/suppression.js';
import { fileSafe, relativeFiles, type TableKind } from '../sources/tables.js';
import { newId } from '../store/ids.js';
import { hashOf, sha256 } from '../workspace/hash.js';
import type { Source } from '../workspace/types.js';
import type { Person } from './person.js';

/** A table that held the person, current or kept for history. */
export interface ErasedTable {
  kind: TableKind;
  name: string;
  rows: number;
  /** Of an ABT: the hash that runs and versions know, and the one it has now. */
  hash?: { before: string; after: string };
}

interface Stored {
  kind: TableKind;
  name: string;
  snapshot: string;
  files: string[];
  rows: number;
  manifest: Record<string, unknown>;
}

/**
 * Writes every table of the part again without the person, the one rewrite of what is otherwise
 * immutable: each file beside, synced, then one row in the state, then the old file goes. Rows that
 * borrow their time from the person's rows (the lines of an order) go with them.
 */
export async function eraseTables(house: House, person: Person): Promise<ErasedTable[]> {
  const erased: ErasedTable[] = [];
  const tables = await storedTables(house, person.part.name);
  // Children first: what they borrow from must still be there to tell whose they are.
  const order = (table: Stored) => (childOf(person, table) ? 0 : 1);
  for (const table of tables.sort((a, b) => order(a) - order(b))) {
    const found = await eraseTable(house, person, table);
    if (found) erased.push(found);
  }
  return erased;
}

async function storedTables({ state, workspace }: House, part: string): Promise<Stored[]> {
  const rows = await state.query<Stored>(
    `SELECT kind, name, snapshot, files, rows, manifest FROM tables WHERE part = $1
     ORDER BY kind, name, at`,
    [part],
  );
  const absolute = (file: string) => join(workspace.stateFolder, file);
  return rows.map((row) => ({ ...row, files: row.files.map(absolute) }));
}

const sourceOf = ({ part }: Person, { kind, name }: Stored): Source | undefined =>
  kind === 'source' ? Object.values(part.sources).find(({ id }) => id === name) : undefined;
const childOf = (person: Person, table: Stored): boolean =>
  sourceOf(person, table)?.timeOf !== undefined;

async function eraseTable(
  house: House,
  person: Person,
  table: Stored,
): Promise<ErasedTable | undefined> {
  return inSession(house, async (session) => {
    const where = await condition(house, session, person, table);
    if (where === undefined) return undefined;
    const files: string[] = [];
    const gone: string[] = [];
    let removed = 0;
    for (const file of table.files) {
      const from = `FROM read_parquet([${literal(file)}], hive_partitioning = false)`;
      const [count] = await session.all(`SELECT count(*) AS n ${from} WHERE ${where}`);
      const rows = Number(count!['n']);
      removed += rows;
      if (rows === 0) files.push(file);
      else {
        const folder = dirname(file);
        await mkdir(folder, { recursive: true });
        const name = `${fileSafe(table.name)}.${newId('table')}`;
        const sql = `SELECT * ${from} WHERE (${where}) IS NOT TRUE`;
        files.push(...(await session.write(sql, folder, { name })).files);
        gone.push(file);
      }
    }
    const rejects = await eraseRejects(house, session, person, table);
    if (removed === 0 && rejects === undefined) return undefined;
    const after = await replaced(table, files, removed, rejects);
    await commit(house, table, files, after);
    for (const file of gone) await rm(file, { force: true });
    if (rejects) for (const file of rejects.gone) await rm(file, { force: true });
    return {
      kind: table.kind,
      name: table.name,
      rows: removed,
      ...(after.hash && { hash: after.hash }),
    };
  });
}

/** Which rows are the person's; undefined when the table has no column that tells. */
async function condition(
  house: House,
  session: Session,
  person: Person,
  table: Stored,
): Promise<string | undefined> {
  if (table.files.length === 0) return undefined;
  const listed = `[${table.files.map((file) => literal(file)).join(', ')}]`;
  const found = await session.describe(
    `SELECT * FROM read_parquet(${listed}, hive_partitioning = false, union_by_name = true)`,
  );
  const names = new Set(found.map(({ name }) => name));
  if (person.columns.every((name) => names.has(name)))
    return `${keyTextSql(person.columns)} = ${literal(person.stored)}`;
  const source = sourceOf(person, table);
  if (source?.timeOf === undefined) return undefined;
  const parent = person.part.sources[source.timeOf.source]!;
  if (!person.columns.every((name) => Object.hasOwn(parent.columns, name))) return undefined;
  const [lender] = await house.state.query<{ files: string[] }>(
    `SELECT files FROM tables WHERE kind = 'source' AND name = $1 AND current`,
    [parent.id],
  );
  if (lender === undefined) return undefined;
  const lent = lender.files.map((file) => literal(join(house.workspace.stateFolder, file)));
  const on = source.timeOf.on.map(identifier);
  return `(${on.join(', ')}) IN (SELECT (${on.join(', ')})
    FROM read_parquet([${lent.join(', ')}], hive_partitioning = false)
    WHERE ${keyTextSql(person.columns)} = ${literal(person.stored)})`;
}

interface Rejects {
  files: string[];
  gone: string[];
}

/** Rows set aside keep the key of duplicates and a value that broke a rule: those go too. */
async function eraseRejects(
  { workspace }: House,
  session: Session,
  person: Person,
  table: Stored,
): Promise<Rejects | undefined> {
  const relative = (table.manifest['rejectFiles'] as string[] | undefined) ?? [];
  if (table.kind !== 'source' || relative.length === 0) return undefined;
  const before = relative.map((file) => join(workspace.stateFolder, file));
  const from = `FROM read_parquet([${before.map((file) => literal(file)).join(', ')}])`;
  const texts = [...new Set([person.raw, person.stored, ...Object.values(person.values)])];
  const tells = texts
    .map(
      (
        text,
      ) => `list_contains(string_split(json_extract_string(params, '$.key'), ', '), ${literal(text)})
        OR json_extract_string(params, '$.value') = ${literal(text)}`,
    )
    .join(' OR ');
  const [count] = await session.all(`SELECT count(*) AS n ${from} WHERE ${tells}`);
  if (Number(count!['n']) === 0) return undefined;
  const written = await session.write(
    `SELECT * ${from} WHERE (${tells}) IS NOT TRUE`,
    dirname(before[0]!),
    { name: `${fileSafe(table.name)}.${newId('table')}.rejects` },
  );
  return { files: written.files, gone: before };
}

interface After {
  snapshot: string;
  rows: number;
  manifest: Record<string, unknown>;
  rejects: Rejects | undefined;
  hash?: { before: string; after: string };
}

async function replaced(
  table: Stored,
  files: readonly string[],
  removed: number,
  rejects: Rejects | undefined,
): Promise<After> {
  const rows = table.rows - removed;
  if (table.kind === 'abt') {
    const manifest = table.manifest as unknown as AbtManifest;
    const hash = sha256((await Promise.all(files.map(hashFile))).join('\n'));
    const before = [...(manifest.before ?? []), manifest.hash];
    return {
      snapshot: hash,
      rows,
      manifest: { ...manifest, rows, hash, before },
      rejects,
      hash: { before: manifest.hash, after: hash },
    };
  }
  const snapshot = newId('table');
  if (table.kind !== 'source') return { snapshot, rows, manifest: table.manifest, rejects };
  const manifest = table.manifest as unknown as SourceManifest;
  // Every moment of the history may say something else now, so what was built from it is old.
  const id = hashOf({ after: manifest.generations.at(-1)?.id ?? null, snapshot }).slice(0, 24);
  const reasons = rejects
    ? manifest.reasons.map((reason) => ({ ...reason, example: {} }))
    : manifest.reasons;
  return {
    snapshot,
    rows,
    manifest: { ...manifest, reasons, generations: [{ id, earliest: null }] },
    rejects,
  };
}

async function commit(
  house: House,
  table: Stored,
  files: readonly string[],
  { snapshot, rows, manifest, rejects }: After,
): Promise<void> {
  const kept = rejects
    ? { ...manifest, rejectFiles: relativeFiles(house, rejects.files) }
    : manifest;
  await house.state.query(
    `UPDATE tables SET snapshot = $4, files = $5::jsonb, rows = $6, manifest = $7::jsonb
     WHERE kind = $1 AND name = $2 AND snapshot = $3`,
    [
      table.kind,
      table.name,
      table.snapshot,
      snapshot,
      JSON.stringify(relativeFiles(house, files)),
      rows,
      JSON.stringify(kept),
    ],
  );
}
