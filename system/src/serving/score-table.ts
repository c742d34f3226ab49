import type { ClusterProfile, Frame } from '@tino/learn';
import { doubles, frame } from '@tino/learn';
import { addDays } from '../calendar/dates.js';
import type { CodedColumn, LoadColumn, Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import { isNumeric } from '../engine/types.js';
import { codedFeature } from '../features/abt-data.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import {
  commitTables,
  currentTable,
  fileSafe,
  tableFolder,
  type CommittedTable,
} from '../sources/tables.js';
import { CodedTexts, PackedTexts, type Texts } from './texts.js';

type Pointer = CommittedTable<ScoreManifest>;
export type CarriedValues = Float64Array | (string | null)[];

/** One scoring of everyone: what was known of each row and what the model said. */
export interface ScoreTable {
  manifest: ScoreManifest;
  x: Frame;
  keys: Record<string, Texts>;
  at: Texts;
  /** Value, probability, or index into `segments`. */
  value: Float64Array;
  carried: Record<string, CarriedValues>;
}

export interface ScoreManifest {
  model: string;
  version: number;
  cutoff: string;
  /** Names of the segments by index; empty for other tasks. */
  segments: string[];
  keys: string[];
  features: string[];
  carried: string[];
  /** What the members of each segment that has some are like, by its name; absent for other tasks. */
  profiles?: Record<string, ClusterProfile>;
  /** How the segments moved since an earlier scoring; absent for other tasks and the first. */
  drift?: SegmentDrift;
}

export interface SegmentDrift {
  /** Cut-off of the earlier scoring. */
  since: string;
  /** Population stability index of the sizes. */
  sizePsi: number;
  /** By segment: distance of the mean member, in deviations, and what chance alone would show. */
  segments: { id: string; distance: number; byChance: number }[];
}

const AT = 'tino_at';
const VALUE = 'tino_value';
const IDLE_MS = 300_000;
/** Told by whoever scores or erases; a state whose listener is away is asked again after a while. */
export const SCORES = 'scores';
const CURRENT_MS = 10_000;

export interface ScoreTables {
  /** The last scoring of a model; undefined before the first. */
  current(model: string): Promise<ScoreTable | undefined>;
  /** The scoring of a month before it, or the oldest that is kept. */
  previous(model: string): Promise<ScoreTable | undefined>;
  close(): Promise<void>;
}

/** Reads a scoring once and keeps it while it is asked for. */
export async function openScoreTables(house: House): Promise<ScoreTables> {
  const pointers = new Map<string, { current: Promise<Pointer | undefined>; until: number }>();
  const unlisten = await house.state.listen(SCORES, () => pointers.clear());
  const pointer = (model: string) => {
    const known = pointers.get(model);
    if (known !== undefined && known.until > Date.now()) return known.current;
    const current = currentTable<ScoreManifest>(house, 'scores', model);
    pointers.set(model, { current, until: Date.now() + CURRENT_MS });
    current.catch(() => pointers.delete(model));
    return current;
  };
  const kept = new Map<string, { table: Promise<ScoreTable>; timer: NodeJS.Timeout }>();
  const readOnce = (snapshot: string, files: string[], manifest: ScoreManifest) => {
    const standing = kept.get(snapshot);
    if (standing !== undefined) {
      standing.timer.refresh();
      return standing.table;
    }
    const table = readScores(house, files, manifest);
    const timer = setTimeout(() => kept.delete(snapshot), IDLE_MS).unref();
    kept.set(snapshot, { table, timer });
    table.catch(() => kept.delete(snapshot));
    return table;
  };
  return {
    async current(model) {
      const table = await pointer(model);
      return table && readOnce(table.snapshot, table.files, table.manifest);
    },
    async previous(model) {
      const now = await pointer(model);
      const row = now && (await monthBefore(house, model, now.manifest.cutoff));
      return row && readOnce(row.snapshot, row.files, row.manifest);
    },
    close: unlisten,
  };
}

const MONTH_DAYS = 28;

/** The newest kept scoring at least a month older than a cut-off; without one, the oldest kept. */
export async function monthBefore(
  house: House,
  model: string,
  cutoff: string,
): Promise<Pick<Pointer, 'snapshot' | 'files' | 'manifest'> | undefined> {
  const [row] = await house.state.query<Pick<Pointer, 'snapshot' | 'files' | 'manifest'>>(
    `SELECT snapshot, files, manifest FROM tables
     WHERE kind = 'scores' AND name = $1 AND manifest->>'cutoff' < $2
     ORDER BY manifest->>'cutoff' <= $3 DESC,
       CASE WHEN manifest->>'cutoff' <= $3 THEN at END DESC, at LIMIT 1`,
    [model, cutoff, addDays(cutoff, -MONTH_DAYS)],
  );
  return row && { ...row, files: row.files.map(absoluteIn(house)) };
}

const absoluteIn =
  ({ workspace }: Pick<House, 'workspace'>) =>
  (file: string) =>
    `${workspace.stateFolder}/${file}`;

/** A scoring that is kept, and until when it was the current one; null: it is. */
export interface KeptScoring extends Pick<Pointer, 'files' | 'manifest'> {
  since: Date;
  until: Date | null;
}

/** The scorings of a model that are kept, the newest first; those made before a moment alone. */
export async function keptScorings(
  house: House,
  model: string,
  before: Date | null = null,
): Promise<KeptScoring[]> {
  const rows = await house.state.query<KeptScoring>(
    `SELECT * FROM (
       SELECT files, manifest, at AS since, lead(at) OVER (ORDER BY at) AS until
       FROM tables WHERE kind = 'scores' AND name = $1) kept
     WHERE $2::timestamptz IS NULL OR since < $2 ORDER BY since DESC`,
    [model, before],
  );
  return rows.map((row) => ({ ...row, files: row.files.map(absoluteIn(house)) }));
}

/** Writes a scoring as Parquet and makes it current; one row in the state is the commit. */
export async function writeScores(
  house: House,
  table: ScoreTable,
  { part, fingerprint, erasures }: { part: string; fingerprint: string; erasures: number },
): Promise<void> {
  const { manifest } = table;
  const folder = tableFolder(house, 'scores');
  const name = `${fileSafe(manifest.model)}-${fingerprint.slice(0, 16)}`;
  const written = await inSession(house, async (session) => {
    await session.load('tino_scored', columnsOf(table));
    return session.write('SELECT * FROM tino_scored', folder, { name });
  });
  await commitTables(house, erasures, [
    {
      kind: 'scores',
      name: manifest.model,
      snapshot: fingerprint,
      part,
      files: written.files,
      rows: table.value.length,
      fingerprint,
      manifest,
    },
  ]);
  await house.state.notify(SCORES, manifest.model);
}

const columnsOf = ({ keys, x, carried, at, value }: ScoreTable): LoadColumn[] => [
  ...Object.entries(keys).map(([name, values]) => text(name, values)),
  ...x.columns.map((column) =>
    column.kind === 'number'
      ? number(column.name, doubles(column.values))
      : text(
          column.name,
          Array.from(column.codes, (code) => column.levels[code] ?? null),
        ),
  ),
  ...Object.entries(carried).map(([name, values]) =>
    values instanceof Float64Array ? number(name, values) : text(name, values),
  ),
  text(AT, at),
  number(VALUE, value),
];

const text = (name: string, texts: Texts): LoadColumn => ({
  name,
  type: 'text',
  values: Array.from({ length: texts.length }, (_, row) => texts.at(row)),
});
const number = (name: string, values: Float64Array): LoadColumn => ({
  name,
  type: 'number',
  values,
});

export const readScores = (
  house: House,
  files: string[],
  manifest: ScoreManifest,
): Promise<ScoreTable> =>
  inSession(house, (session) => scoresIn(session, parquetOf(files), manifest));

const parquetOf = (files: readonly string[]): string =>
  `read_parquet([${files.map(literal).join(', ')}], hive_partitioning = false)`;

/** A scoring's rows of one key, by its key columns: the engine opens no other rows than it must. */
export async function readScoresOf(
  session: Session,
  { files, manifest }: Pick<Pointer, 'files' | 'manifest'>,
  key: Readonly<Record<string, string>>,
): Promise<ScoreTable> {
  const theirs = manifest.keys.map((name) => `${identifier(name)} = ${literal(key[name]!)}`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE tino_of_key AS
     SELECT * FROM ${parquetOf(files)} WHERE ${theirs.join(' AND ')}`,
  );
  return scoresIn(session, 'tino_of_key', manifest);
}

/** How many rows of a scoring have a value. */
export async function countScored(
  session: Session,
  files: readonly string[],
  value: number,
): Promise<number> {
  const [counted] = await session.all(
    `SELECT count(*) AS rows FROM ${parquetOf(files)} WHERE ${VALUE} = $1`,
    [value],
  );
  return Number(counted!['rows']);
}

async function scoresIn(
  session: Session,
  from: string,
  manifest: ScoreManifest,
): Promise<ScoreTable> {
  const others = [...manifest.features, ...manifest.carried, AT, VALUE];
  const [counted] = await session.all(`SELECT count(*) AS rows FROM ${from}`);
  const rowsExpected = Number(counted!['rows']);
  const found = await session.describe(`SELECT ${others.map(identifier).join(', ')} FROM ${from}`);
  const plain = found.filter(({ type }) => isNumeric(type)).map(({ name }) => name);
  const told = others.filter((name) => !plain.includes(name));
  const keys: Record<string, Texts> = {};
  for (const name of manifest.keys)
    keys[name] = await packedTexts(session, name, { from, rowsExpected });
  const select = `SELECT ${plain.map(identifier).join(', ')} FROM ${from}`;
  const batch = await session.columns(select, [], { rowsExpected });
  const coded = await session.coded(`SELECT ${told.map(identifier).join(', ')} FROM ${from}`);
  const columns = new Map<string, CodedColumn>();
  for (const column of coded.columns) columns.set(column.name, column);
  for (const { name, type, values } of batch.columns)
    columns.set(name, { name, type, values: values as Float64Array });
  const carried = manifest.carried.map((name) => [name, valuesOf(columns.get(name)!)] as const);
  const features = manifest.features.map((name) => codedFeature(columns.get(name)!));
  return {
    manifest,
    x: features.length > 0 ? frame(features) : { rows: batch.rows, columns: [] },
    keys,
    at: textsOf(columns.get(AT)!),
    value: valuesOf(columns.get(VALUE)!) as Float64Array,
    carried: Object.fromEntries(carried),
  };
}

/** Rows whose keys the engine joins to one text: it hands a text over faster than its pieces. */
const JOINED = 65_536;

async function packedTexts(
  session: Session,
  name: string,
  { from, rowsExpected }: { from: string; rowsExpected: number },
): Promise<PackedTexts> {
  const numbered = `SELECT coalesce(CAST(${identifier(name)} AS VARCHAR), '') AS key,
    row_number() OVER () - 1 AS row FROM ${from}`;
  const joined = await session.columns(
    `SELECT string_agg(key, '' ORDER BY row) AS keys FROM (${numbered})
     GROUP BY row // ${JOINED} ORDER BY row // ${JOINED}`,
  );
  const bytes = `SELECT strlen(key) AS bytes FROM (${numbered})`;
  const lengths = await session.columns(bytes, [], { rowsExpected });
  const texts = joined.columns[0]!.values as string[];
  return new PackedTexts(
    Buffer.concat(texts.map((one) => Buffer.from(one))),
    lengths.columns[0]!.values as Float64Array,
  );
}

const textsOf = (column: CodedColumn): Texts =>
  'codes' in column
    ? new CodedTexts(column.codes, column.levels)
    : Array.from(column.values, String);

function valuesOf(column: CodedColumn): CarriedValues {
  if ('values' in column) return column.values;
  const { codes, levels } = column;
  return Array.from(codes, (code) => (code < 0 ? null : levels[code]!));
}
