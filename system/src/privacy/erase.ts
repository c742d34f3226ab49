import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TinoError } from '../contract/error.js';
import type { ErasureAnswer } from '../contract/privacy.js';
import type { House, VerbEffects } from '../ports/house.js';
import { countErasure } from '../sources/fence.js';
import { digestOf } from '../sources/suppression.js';
import { sweepFiles } from '../sources/tables.js';
import { clearCache } from '../store/cache.js';
import { holdersOf } from './holders.js';
import { eraseLogs } from './logs.js';
import { personsOf, type Person } from './person.js';
import { eraseRecords } from './records.js';
import { beginErasure, endErasure, keepProgress, type Erasing } from './report.js';
import { eraseTables, removeLeaving } from './tables.js';

/** Longer than a line of a log waits to be written. */
const LOGGED_MS = 1_500;

/** What began before may commit once more what it had read, and is found by the next pass. */
const PASSES_MAX = 5;

/**
 * Removes a person from everything derived, and blocks their return at the next ingest (LGPD art.
 * 18, VI). Each step leaves a whole state and is told of in the report with it, so that after a crash
 * the same call goes on; it may be called again at any time.
 *
 * @param raw the entity's key as the business writes it, its values joined by commas
 * @throws UNKNOWN_ENTITY, ERASE_KEY, ERASE_KEY_TYPE, ERASE_AGAIN
 */
export async function erasePerson(
  house: House,
  { entity, key: raw, by }: { entity: string; key: string; by: string },
  { progress }: Pick<VerbEffects, 'progress'>,
): Promise<ErasureAnswer> {
  const persons = await personsOf(house, entity, raw);
  const digestFor = await digestOf(house, { create: true });
  const digests = persons.map((person) => digestFor(entity, person.raw));
  await block(house, persons, digests);
  const erasing = await beginErasure(house, { entity, digest: digests[0]!, by });
  await removeLeaving(house, erasing);
  await sweepLeftovers(house);
  for (let pass = 0; ; pass++) {
    if (pass === PASSES_MAX) throw new TinoError('ERASE_AGAIN', { entity });
    progress(stepOf(pass / PASSES_MAX, 'tabelas e registros', 'tables and records'));
    if (!(await onePass(house, persons, erasing))) break;
  }
  // What is kept to save work may have been made from what is erased.
  await clearCache(house.workspace.stateFolder);
  await scrubState(house);
  progress(stepOf(0.9, 'arquivos de origem', 'source files'));
  const holders = (await Promise.all(persons.map((person) => holdersOf(house, person)))).flat();
  const erased = await endErasure(house, erasing, holders);
  progress(stepOf(1, 'pronto', 'done'));
  return erased;
}

/**
 * What processes that died left on the way to a commit, which no table names. Work that is on its way
 * now read before the erasure was counted, and commits nothing.
 */
async function sweepLeftovers(house: House): Promise<void> {
  const before = new Date();
  await house.state.transaction(countErasure);
  await sweepFiles(house, before);
  const scratch = join(house.workspace.stateFolder, 'scratch');
  for (const name of await readdir(scratch).catch(() => []))
    await rm(join(scratch, name), { recursive: true, force: true });
}

const stepOf = (done: number, pt: string, en: string) => ({ done, message: { pt, en } });

const block = (
  { state, now }: House,
  persons: readonly Person[],
  digests: readonly string[],
): Promise<unknown> =>
  state.query(
    `INSERT INTO suppressions (part, entity, digest, at) SELECT part, $3, digest, $4
     FROM unnest($1::text[], $2::text[]) AS blocked(part, digest) ON CONFLICT DO NOTHING`,
    [persons.map(({ part }) => part.name), digests, persons[0]!.entity, now()],
  );

/** True when something of the person was found. */
async function onePass(
  house: House,
  persons: readonly Person[],
  erasing: Erasing,
): Promise<boolean> {
  let found = false;
  for (const person of persons) found = (await eraseTables(house, person, erasing)) || found;
  if (found) {
    // Whoever keeps scorings in memory reads them again; what was answered before is logged by then.
    await house.state.notify('scores');
    await wait(LOGGED_MS);
  }
  for (const person of persons) {
    const inRecords = await eraseFromState(house, person, erasing);
    const lines = await eraseLogs(house, person);
    erasing.told.logLines += lines;
    found ||= inRecords || lines > 0;
  }
  await house.state.notify('keys');
  return found;
}

async function eraseFromState(house: House, person: Person, erasing: Erasing): Promise<boolean> {
  const { told } = erasing;
  const found = await house.state.transaction(async (tx) => {
    const { records, artifacts } = await eraseRecords(tx, person);
    for (const [table, rows] of Object.entries(records))
      told.records[table] = (told.records[table] ?? 0) + rows;
    erasing.artifacts.push(...artifacts);
    await keepProgress(tx, erasing);
    return Object.keys(records).length > 0;
  });
  await removeLeaving(house, erasing);
  return found;
}

/**
 * Deleted rows stay in a database's files until their tables are written anew, and values of theirs in
 * its statistics. A PostgreSQL server's log and backups are its keeper's.
 */
async function scrubState({ state }: House): Promise<void> {
  const touched =
    'outcomes suggestions posteriors members reviews idempotency job_events jobs audit alerts audiences sessions sign_in_links keys tables';
  for (const table of touched.split(' ')) await state.query(`VACUUM (FULL, ANALYZE) ${table}`);
  if (state.kind !== 'pglite') return;
  // A segment that is done with is removed at the checkpoint after the next one began.
  await state.query('SELECT pg_switch_wal()');
  await state.query('CHECKPOINT');
}
