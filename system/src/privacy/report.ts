import type { ErasureAnswer, ErasuresAnswer } from '../contract/privacy.js';
import type { House } from '../ports/house.js';
import { newId } from '../store/ids.js';
import type { Queryable } from '../store/state.js';

type Told = Omit<ErasureAnswer, 'holders'>;
type ErasedTable = Told['tables'][number];

/** An erasure under way: kept with each of its steps, so that one that was interrupted goes on. */
export interface Erasing {
  told: Told;
  /** Files, relative to the state's folder, that no table names any more. */
  leaving: string[];
  /** Hashes of what was learned from nobody else. */
  artifacts: string[];
}

/** Goes on with the one of the same person that did not come to its end, or begins one. */
export async function beginErasure(
  { state, now }: House,
  { entity, digest, by }: { entity: string; digest: string; by: string },
): Promise<Erasing> {
  const [standing] = await state.query<{ id: string; report: Partial<Told> & Partial<Erasing> }>(
    `SELECT id, report FROM erasures WHERE entity = $1 AND pseudonym_hash = $2 AND ended_at IS NULL
     ORDER BY id DESC LIMIT 1`,
    [entity, digest],
  );
  const id = standing?.id ?? newId('erasure');
  if (standing === undefined)
    await state.query(
      `INSERT INTO erasures (id, entity, pseudonym_hash, by, at) VALUES ($1, $2, $3, $4, $5)`,
      [id, entity, digest, by, now()],
    );
  const { leaving = [], artifacts = [], ...told } = standing?.report ?? {};
  const nothing = { id, entity, tables: [], records: {}, logLines: 0, versions: [] };
  return { told: { ...nothing, ...told }, leaving, artifacts };
}

export const keepProgress = (tx: Queryable, { told, ...leaving }: Erasing): Promise<unknown> =>
  tx.query('UPDATE erasures SET report = $2::jsonb WHERE id = $1', [
    told.id,
    JSON.stringify({ ...told, ...leaving }),
  ]);

/** Partitions of a view are told of as one, and a table that was found again is said once. */
export function noteTable({ told }: Erasing, { rows, ...table }: ErasedTable): void {
  const known = told.tables.find(
    ({ kind, name, hash }) => kind === table.kind && name === table.name && !hash && !table.hash,
  );
  if (known) known.rows += rows;
  else told.tables.push({ ...table, rows });
}

/** Versions that were trained on an ABT by any of the hashes that it had. */
export async function noteVersions(
  tx: Queryable,
  { told }: Erasing,
  hashes: readonly string[],
): Promise<void> {
  const known = new Set(told.versions.map(({ model, version }) => `${model} ${version}`));
  const found = await tx.query<Told['versions'][number]>(
    `SELECT v.model, v.version FROM versions v JOIN runs r ON r.id = v.run
     WHERE r.manifest #>> '{abt,hash}' = ANY($1) ORDER BY v.model, v.version`,
    [hashes],
  );
  told.versions.push(...found.filter(({ model, version }) => !known.has(`${model} ${version}`)));
}

export async function endErasure(
  { state, now }: House,
  { told }: Erasing,
  holders: ErasureAnswer['holders'],
): Promise<ErasureAnswer> {
  const report = { ...told, holders };
  await state.query('UPDATE erasures SET report = $2::jsonb, ended_at = $3 WHERE id = $1', [
    told.id,
    JSON.stringify(report),
    now(),
  ]);
  return report;
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
    report: ErasureAnswer;
  }>('SELECT id, entity, by, at, ended_at AS ended, report FROM erasures ORDER BY id DESC');
  return rows.map(({ at, ended, report, ...row }) => ({
    ...row,
    at: at.toISOString(),
    endedAt: ended?.toISOString() ?? null,
    report: ended === null ? null : report,
  }));
}
