import { TinoError } from '../contract/error.js';
import type { ColumnInfo, Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { House, VerbEffects } from '../ports/house.js';
import {
  commitTables,
  currentTables,
  fileSafe,
  tableFolder,
  type CommittedTable,
} from '../sources/tables.js';
import { newId } from '../store/ids.js';
import { hashOf } from '../workspace/hash.js';
import type { FeatureView, Source } from '../workspace/types.js';
import { atCutoff, defineAsOf } from './as-of.js';
import { attachHistories, generationsAt, sourcesNamed, type Ground } from './ground.js';
import { mapEngines } from './parallel.js';
import { bound, checkStatement, requireColumns } from './statement.js';

export interface PartitionManifest {
  columns: ColumnInfo[];
}
/** The rows of a view at one cut-off: `files` hold it and others, told apart by `tino_cutoff`. */
export type Partition = CommittedTable<PartitionManifest>;

/** Cut-offs that share a file, and are committed together. */
const CHUNK = 32;
const ROWS = 'tino_partition_rows';

interface Chunk {
  view: FeatureView;
  cutoffs: string[];
}

/**
 * Builds the partitions of views at cut-offs. A partition is named by its SQL and by what its
 * sources say at its cut-off, so one that would give the same rows is not built again, and work
 * that was interrupted goes on from its last committed chunk.
 */
export async function buildPartitions(
  house: House,
  ground: Ground,
  wanted: readonly { view: FeatureView; cutoffs: readonly string[] }[],
  effects: Pick<VerbEffects, 'progress' | 'stop'>,
): Promise<{ built: number; kept: number }> {
  const chunks: Chunk[] = [];
  let kept = 0;
  for (const { view, cutoffs } of wanted) {
    const stored = await partitionsOf(house, view);
    const stale = cutoffs.filter(
      (cutoff) => stored.get(cutoff)?.fingerprint !== partitionKey(ground, view, cutoff),
    );
    kept += cutoffs.length - stale.length;
    for (let i = 0; i < stale.length; i += CHUNK) {
      chunks.push({ view, cutoffs: stale.slice(i, i + CHUNK) });
    }
  }
  let done = 0;
  await mapEngines(house, chunks, effects.stop, async (session, chunk) => {
    await buildChunk(session, house, ground, chunk);
    const { view, cutoffs } = chunk;
    effects.progress({
      done: ++done / chunks.length,
      message: {
        pt: `${view.id}: ${cutoffs.length} cortes até ${cutoffs.at(-1)}`,
        en: `${view.id}: ${cutoffs.length} cut-offs until ${cutoffs.at(-1)}`,
      },
    });
  });
  return { built: chunks.reduce((sum, { cutoffs }) => sum + cutoffs.length, 0), kept };
}

/** Current partitions of a view by cut-off. */
export async function partitionsOf(
  house: House,
  view: FeatureView,
): Promise<Map<string, Partition>> {
  const tables = await currentTables<PartitionManifest>(house, 'view', `${view.id}@`);
  return new Map([...tables].map(([name, table]) => [name.slice(view.id.length + 1), table]));
}

/** Personal columns that a view may show: those that all models which read it allow. */
export function allowedBy(house: House, view: FeatureView): string[] {
  const readers = Object.values(house.workspace.models).filter(
    ({ part, declaration }) =>
      part === view.part && 'features' in declaration && declaration.features.includes(view.name),
  );
  const [first, ...rest] = readers.map(({ declaration }) => declaration.allowPersonal ?? []);
  return (first ?? []).filter((name) => rest.every((allowed) => allowed.includes(name)));
}

function partitionKey(ground: Ground, view: FeatureView, cutoff: string): string {
  const sources = sourcesNamed(ground.part, [view.sql]);
  const key = entityKey(ground, view);
  const allowed = allowedBy(ground.house, view);
  return hashOf({
    sql: view.sql,
    key,
    allowed,
    cutoff,
    sources: generationsAt(ground, sources, cutoff),
  });
}

export const entityKey = (ground: Ground, { entity }: FeatureView): string[] =>
  ground.part.entities[entity]!.key;

async function buildChunk(
  session: Session,
  house: House,
  ground: Ground,
  { view, cutoffs }: Chunk,
): Promise<void> {
  const sources = sourcesNamed(ground.part, [view.sql]);
  await attachHistories(session, ground, sources, [view.sql], cutoffs.length);
  const columns = await fillRows(session, ground, view, cutoffs, sources);
  const key = entityKey(ground, view).map(identifier).join(', ');
  await requireUniqueKeys(session, view.file, entityKey(ground, view), ROWS);
  const snapshot = newId('table');
  const written = await session.write(
    `SELECT * FROM ${ROWS} ORDER BY tino_cutoff, ${key}`,
    tableFolder(house, 'view'),
    { name: `${fileSafe(view.id)}.${snapshot}` },
  );
  const counts = await session.all(
    `SELECT CAST(tino_cutoff AS VARCHAR) AS cutoff, count(*) AS rows FROM ${ROWS} GROUP BY ALL`,
  );
  const rows = new Map(counts.map((row) => [row['cutoff'], Number(row['rows'])]));
  await commitTables(
    house,
    ground.erasures,
    cutoffs.map((cutoff) => ({
      kind: 'view',
      name: `${view.id}@${cutoff}`,
      snapshot,
      part: view.part,
      files: written.files,
      rows: rows.get(cutoff) ?? 0,
      fingerprint: partitionKey(ground, view, cutoff),
      manifest: { columns } satisfies PartitionManifest,
    })),
  );
}

/**
 * The rows of a view at each cut-off as one temporary table with `tino_cutoff`; gives its columns.
 */
async function fillRows(
  session: Session,
  ground: Ground,
  view: FeatureView,
  cutoffs: readonly string[],
  sources: readonly Source[],
): Promise<ColumnInfo[]> {
  const allowed = allowedBy(ground.house, view);
  const names = sources.map(({ name }) => name);
  let columns: ColumnInfo[] | undefined;
  for (const cutoff of cutoffs) {
    await defineAsOf(session, ground.part, sources, cutoff, allowed);
    const statement = { file: view.file, sql: atCutoff(view.sql, cutoff) };
    const first = columns === undefined;
    if (columns === undefined) {
      columns = await checkStatement(session, statement, names, ground.part);
      requireColumns(view.file, columns, entityKey(ground, view));
    }
    const rows = `SELECT DATE ${literal(cutoff)} AS tino_cutoff, * FROM (${statement.sql}\n)`;
    await bound(statement, names, ground.part, () =>
      session.run(
        first ? `CREATE OR REPLACE TEMP TABLE ${ROWS} AS ${rows}` : `INSERT INTO ${ROWS} ${rows}`,
      ),
    );
  }
  return columns!;
}

/** One row a key, at each cut-off where the table has several. */
export async function requireUniqueKeys(
  session: Session,
  file: string,
  key: readonly string[],
  table: string,
  cutoff?: string,
): Promise<void> {
  const names = key.map(identifier).join(', ');
  const shown = key.map((name) => `CAST(${identifier(name)} AS VARCHAR)`).join(`, ', ', `);
  const at = cutoff === undefined ? 'CAST(tino_cutoff AS VARCHAR)' : literal(cutoff);
  const [repeated] = await session.all(
    `SELECT concat(${shown}) AS key, ${at} AS cutoff, count(*) AS rows FROM ${table}
     GROUP BY ${names}, ${at} HAVING count(*) > 1 LIMIT 1`,
  );
  if (!repeated) return;
  const { key: value, cutoff: when, rows } = repeated;
  throw new TinoError(
    'SQL_DUPLICATE_KEYS',
    { file, key: value!, cutoff: when!, rows: rows! },
    { where: file },
  );
}

/** A query of all partitions of a view at `cutoffs`, with `tino_cutoff`; none is an empty table. */
export function partitionsSql(
  partitions: ReadonlyMap<string, Partition>,
  cutoffs: readonly string[],
): string {
  const byFile = new Map<string, string[]>();
  for (const cutoff of cutoffs) {
    const file = partitions.get(cutoff)!.files[0]!;
    byFile.set(file, [...(byFile.get(file) ?? []), cutoff]);
  }
  return [...byFile]
    .map(
      ([file, dates]) =>
        `SELECT * FROM read_parquet(${literal(file)}, hive_partitioning = false)
          WHERE tino_cutoff IN (${dates.map((date) => `DATE ${literal(date)}`).join(', ')})`,
    )
    .join('\nUNION ALL BY NAME\n');
}
