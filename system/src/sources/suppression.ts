import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TinoError } from '../contract/error.js';
import type { Session } from '../engine/port.js';
import { identifier } from '../engine/quote.js';
import type { House } from '../ports/house.js';
import type { EntityDeclaration, Source } from '../workspace/types.js';
import { STAGED } from './stage.js';

type Place = Pick<House, 'workspace' | 'state' | 'privacyKeyFile'>;

/** Names an erased person without telling who it is. */
export type Digest = (entity: string, keyText: string) => string;

/** The key of the list lies beside the pseudonym key, outside the workspace, and is not that key. */
export const suppressionKeyFile = ({ privacyKeyFile }: Pick<House, 'privacyKeyFile'>): string =>
  `${privacyKeyFile}.suppression`;

/** Makes the key at the first erasure; HMAC-SHA256 (RFC 2104). */
export async function digestOf(house: Place, { create }: { create: boolean }): Promise<Digest> {
  const file = suppressionKeyFile(house);
  if (create) {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, {
      flag: 'wx',
      mode: 0o600,
    }).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause;
    });
  }
  const secret = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (!/^[0-9a-f]{64}$/i.test(secret))
    throw new TinoError('SUPPRESSION_KEY_MISSING', { file }, { where: file });
  const key = Buffer.from(secret, 'hex');
  return (entity, keyText) =>
    createHmac('sha256', key).update(`${entity}\n${keyText}`).digest('hex');
}

/** The text of an entity's key in SQL: its columns as text, joined by commas. */
export const keyTextSql = (key: readonly string[], prefix = ''): string =>
  `concat_ws(',', ${key.map((name) => `CAST(${prefix}${identifier(name)} AS VARCHAR)`).join(', ')})`;

export const hasKey = ({ key }: EntityDeclaration, columns: Iterable<string>): boolean => {
  const names = new Set(columns);
  return key.length > 0 && key.every((name) => names.has(name));
};

interface Suppression {
  entity: string;
  digest: string;
}

const suppressionsOf = ({ state }: Pick<House, 'state'>, part: string): Promise<Suppression[]> =>
  state.query<Suppression>('SELECT entity, digest FROM suppressions WHERE part = $1', [part]);

/** Entities whose whole key the source has and of which somebody was erased. */
function erasedEntities(
  { workspace }: Pick<House, 'workspace'>,
  source: Source,
  listed: readonly Suppression[],
): [string, EntityDeclaration][] {
  const columns = Object.keys(source.columns);
  return Object.entries(workspace.parts[source.part]!.entities).filter(
    ([name, entity]) => hasKey(entity, columns) && listed.some((row) => row.entity === name),
  );
}

/** Whether rows that are not in a source may have been an erased person's. */
export const mayLackErased = async (house: Place, source: Source): Promise<boolean> =>
  erasedEntities(house, source, await suppressionsOf(house, source.part)).length > 0;

/**
 * Takes the rows of erased persons out of the staged ones, before anything is kept of them; how
 * many there were. Called while personal columns are still raw.
 */
export async function suppressRows(
  house: Place,
  session: Session,
  source: Source,
): Promise<number> {
  const listed = await suppressionsOf(house, source.part);
  const entities = erasedEntities(house, source, listed);
  if (entities.length === 0) return 0;
  const digest = await digestOf(house, { create: false });
  let rows = 0;
  for (const [name, { key }] of entities) {
    const blocked = new Set(listed.filter((row) => row.entity === name).map((row) => row.digest));
    const keyText = keyTextSql(key);
    const found = await session.columns(`SELECT DISTINCT ${keyText} FROM ${STAGED}`);
    const values = (found.columns[0]!.values as string[]).filter((value) =>
      blocked.has(digest(name, value)),
    );
    if (values.length === 0) continue;
    await session.load('tino_suppressed', [{ name: 'value', type: 'text', values }]);
    const which = `FROM ${STAGED} WHERE ${keyText} IN (SELECT value FROM tino_suppressed)`;
    const [count] = await session.all(`SELECT count(*) AS n ${which}`);
    rows += Number(count!['n']);
    await session.run(`DELETE ${which}`);
    await session.run('DROP TABLE tino_suppressed');
  }
  return rows;
}
