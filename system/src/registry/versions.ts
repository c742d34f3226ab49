import type { VersionAnswer } from '../contract/models.js';
import { TinoError } from '../contract/error.js';
import type { House } from '../ports/house.js';
import { requireNoErasureSince } from '../sources/fence.js';
import type { Queryable } from '../store/state.js';
import { packVersion, unpackVersion, type VersionPackage } from '../training/package.js';
import type { MemberRow } from '../training/task.js';

export interface StoredVersion {
  model: string;
  version: number;
  hash: string;
  run: string;
  createdAt: Date;
  dataUntil: string | null;
  recipe: VersionAnswer['recipe'];
  meta: {
    bytes: number;
    fingerprint: string;
    importance: VersionAnswer['importance'];
  };
}

type Place = Pick<House, 'state' | 'artifacts'>;

const COLUMNS = `model, version, hash, run, created_at AS "createdAt", data_until AS "dataUntil", recipe, meta`;

/**
 * Numbers a version. Its file is on disk before the row that names it; two trainings at once get two
 * numbers.
 */
export async function registerVersion(
  { state, artifacts, now }: Place & Pick<House, 'now'>,
  pack: VersionPackage,
  {
    run,
    members = [],
    erasures,
  }: {
    run: string;
    members?: readonly MemberRow[];
    /** From before the training read its first table. */
    erasures: number;
  },
): Promise<StoredVersion> {
  const bytes = packVersion(pack);
  const hash = await artifacts.put(bytes);
  const { meta } = pack;
  const signature = meta.signature.map(({ name, type, levels }) => ({
    name,
    type,
    ...(levels && { levels: levels.length }),
  }));
  const stored = {
    bytes: bytes.length,
    fingerprint: meta.fingerprint,
    importance: meta.importance,
    dependence: meta.dependence ?? [],
  };
  return state.transaction(async (tx) => {
    await requireNoErasureSince(tx, erasures);
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`versions ${meta.model}`]);
    const [row] = await tx.query<StoredVersion>(
      `INSERT INTO versions (model, version, run, hash, signature, recipe, metrics, preprocessing,
         declaration_hash, data_until, created_at, meta)
       SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4::jsonb, $5::jsonb, $6::jsonb, '{}'::jsonb,
         $7, $8, $9, $10::jsonb
       FROM versions WHERE model = $1
       RETURNING ${COLUMNS}`,
      [
        meta.model,
        run,
        hash,
        JSON.stringify(signature),
        JSON.stringify(meta.recipe),
        JSON.stringify(finiteOnly(meta.metrics)),
        meta.declarationHash,
        meta.dataUntil,
        now(),
        JSON.stringify(stored),
      ],
    );
    if (members.length > 0)
      await tx.query(
        `INSERT INTO members (model, version, key, hash, kind, metrics)
         SELECT $1, $2, key, hash, kind, metrics
         FROM jsonb_to_recordset($3::jsonb) AS m(key text, hash text, kind text, metrics jsonb)`,
        [meta.model, row!.version, JSON.stringify(members)],
      );
    return row!;
  });
}

export async function findVersion(
  state: Queryable,
  model: string,
  version: number,
): Promise<StoredVersion | undefined> {
  const [row] = await state.query<StoredVersion>(
    `SELECT ${COLUMNS} FROM versions WHERE model = $1 AND version = $2`,
    [model, version],
  );
  return row;
}

/** The version that an alias names; undefined where it names none. */
export async function findAliased(
  state: Queryable,
  model: string,
  alias: 'champion' | 'challenger',
): Promise<StoredVersion | undefined> {
  const [row] = await state.query<StoredVersion>(
    `SELECT ${COLUMNS} FROM versions JOIN aliases USING (model, version)
     WHERE model = $1 AND alias = $2`,
    [model, alias],
  );
  return row;
}

export async function getVersion(
  state: Queryable,
  model: string,
  version: number,
): Promise<StoredVersion> {
  const found = await findVersion(state, model, version);
  if (found === undefined) throw new TinoError('UNKNOWN_VERSION', { model, version });
  return found;
}

export async function newestVersion(
  { state }: Pick<House, 'state'>,
  model: string,
): Promise<StoredVersion | undefined> {
  const [row] = await state.query<StoredVersion>(
    `SELECT ${COLUMNS} FROM versions WHERE model = $1 ORDER BY version DESC LIMIT 1`,
    [model],
  );
  return row;
}

export const membersOf = (
  { state }: Pick<House, 'state'>,
  model: string,
  version: number,
): Promise<MemberRow[]> =>
  state.query<MemberRow>(
    'SELECT key, hash, kind, metrics FROM members WHERE model = $1 AND version = $2 ORDER BY key',
    [model, version],
  );

/** The package of a version; a file that does not hash to its name is ARTIFACT_DAMAGED. */
export async function openVersion(
  { artifacts }: Pick<House, 'artifacts'>,
  { model, version, hash }: Pick<StoredVersion, 'model' | 'version' | 'hash'>,
): Promise<VersionPackage> {
  try {
    return unpackVersion(await artifacts.get(hash));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new TinoError('ARTIFACT_DAMAGED', { model, version, detail }, { cause });
  }
}

/** The bytes of a version, as its download. */
export async function readArtifact(
  house: Place,
  model: string,
  version: number,
): Promise<Uint8Array> {
  const found = await getVersion(house.state, model, version);
  await openVersion(house, found);
  return house.artifacts.get(found.hash);
}

const finiteOnly = (metrics: Record<string, number>) =>
  Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
