import type { House, VerbEffects } from '../ports/house.js';
import type { ErasureAnswer, ErasuresAnswer } from '../contract/privacy.js';
import { digestOf } from '../sources/suppression.js';
import { clearCache } from '../store/cache.js';
import { newId } from '../store/ids.js';
import { holdersOf } from './holders.js';
import { eraseLogs } from './logs.js';
import { personsOf, type Person } from './person.js';
import { eraseRecords } from './records.js';
import { eraseTables } from './tables.js';

export type Erasure = ErasureAnswer;

/** A build or a training that began before may commit once more what it had read. */
const PASSES_MAX = 5;

/**
 * Removes a person from everything derived, and blocks their return at the next ingest (LGPD art.
 * 18, VI). Each step leaves a whole state, so that after a crash the same call goes on; it may be
 * called again at any time.
 *
 * @param raw the entity's key as the business writes it, its values joined by commas
 * @throws UNKNOWN_ENTITY, ERASE_KEY
 */
export async function erasePerson(
  house: House,
  { entity, key: raw, by }: { entity: string; key: string; by: string },
  { progress }: Pick<VerbEffects, 'progress'>,
): Promise<Erasure> {
  const persons = await personsOf(house, entity, raw);
  const digest = await digestOf(house, { create: true });
  const id = newId('erasure');
  for (const person of persons)
    await block(house, person, { id, by, digest: digest(entity, person.raw) });
  const told: Omit<Erasure, 'holders'> = {
    id,
    entity,
    tables: [],
    records: {},
    logLines: 0,
    versions: [],
  };
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    progress(stepOf(pass / PASSES_MAX, 'tabelas e registros', 'tables and records'));
    const found = await onePass(house, persons, told);
    if (!found) break;
  }
  // What is kept to save work may have been made from what is erased.
  await clearCache(house.workspace.stateFolder);
  // Whoever keeps scorings in memory reads them again.
  await house.state.notify('scores');
  told.versions = await versionsOf(house, told.tables);
  await scrubState(house);
  progress(stepOf(0.9, 'arquivos de origem', 'source files'));
  const holders = (await Promise.all(persons.map((person) => holdersOf(house, person)))).flat();
  await house.state.query('UPDATE erasures SET report = $2::jsonb, ended_at = $3 WHERE id = $1', [
    id,
    JSON.stringify({ ...told, holders }),
    house.now(),
  ]);
  progress(stepOf(1, 'pronto', 'done'));
  return { ...told, holders };
}

const stepOf = (done: number, pt: string, en: string) => ({ done, message: { pt, en } });

async function block(
  { state, now }: House,
  { part, entity }: Person,
  { id, by, digest }: { id: string; by: string; digest: string },
): Promise<void> {
  await state.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO suppressions (part, entity, digest, at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [part.name, entity, digest, now()],
    );
    await tx.query(
      `INSERT INTO erasures (id, part, entity, pseudonym_hash, by, at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO NOTHING`,
      [id, part.name, entity, digest, by, now()],
    );
  });
}

/** True when something of the person was found. */
async function onePass(
  house: House,
  persons: readonly Person[],
  told: Omit<Erasure, 'holders'>,
): Promise<boolean> {
  let found = false;
  for (const person of persons) {
    const tables = await eraseTables(house, person);
    const records = await house.state.transaction((tx) => eraseRecords(tx, person));
    const lines = await eraseLogs(house, person);
    told.tables.push(...tables);
    for (const [table, rows] of Object.entries(records))
      told.records[table] = (told.records[table] ?? 0) + rows;
    told.logLines += lines;
    found ||= tables.length > 0 || Object.keys(records).length > 0 || lines > 0;
  }
  return found;
}

async function versionsOf(
  { state }: House,
  tables: Erasure['tables'],
): Promise<Erasure['versions']> {
  const hashes = tables.flatMap(({ hash }) => (hash ? [hash.before] : []));
  if (hashes.length === 0) return [];
  return state.query(
    `SELECT v.model, v.version FROM versions v JOIN runs r ON r.id = v.run
     WHERE r.manifest #>> '{abt,hash}' = ANY($1) ORDER BY v.model, v.version`,
    [hashes],
  );
}

/**
 * Deleted rows stay in the embedded database's files until their pages are written anew. A
 * PostgreSQL server is vacuumed by its own keeper, and its log and backups are theirs too.
 */
async function scrubState({ state }: House): Promise<void> {
  if (state.kind !== 'pglite') return;
  const touched =
    'outcomes suggestions posteriors members reviews idempotency job_events jobs audit alerts audiences sessions sign_in_links keys tables';
  for (const table of touched.split(' ')) await state.query(`VACUUM FULL ${table}`);
  // A segment that is done with is removed at the checkpoint after the next one began.
  await state.query('SELECT pg_switch_wal()');
  await state.query('CHECKPOINT');
}

export async function listErasures({
  state,
}: Pick<House, 'state'>): Promise<ErasuresAnswer['items']> {
  const rows = await state.query<{
    id: string;
    entity: string;
    by: string;
    at: Date;
    ended: Date | null;
    report: Partial<Erasure>;
  }>('SELECT id, entity, by, at, ended_at AS ended, report FROM erasures ORDER BY id DESC');
  return rows.map(({ at, ended, report, ...row }) => ({
    ...row,
    at: at.toISOString(),
    endedAt: ended?.toISOString() ?? null,
    report: report.id === undefined ? null : (report as Erasure),
  }));
}
