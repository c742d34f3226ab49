import type { Frame } from '@tino/learn';
import { categoryColumn, doubles, frame, numberColumn } from '@tino/learn';
import { addDays } from '../calendar/dates.js';
import type { Batch, BatchColumn, LoadColumn } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import {
  commitTables,
  currentTable,
  fileSafe,
  tableFolder,
  type CommittedTable,
} from '../sources/tables.js';

type Pointer = CommittedTable<ScoreManifest>;
export type CarriedValues = Float64Array | (string | null)[];

/** One scoring of everyone: what was known of each row and what the model said. */
export interface ScoreTable {
  manifest: ScoreManifest;
  x: Frame;
  keys: Record<string, string[]>;
  at: string[];
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
  const absolute = (file: string) => `${house.workspace.stateFolder}/${file}`;
  return row && { ...row, files: row.files.map(absolute) };
}

/** Writes a scoring as Parquet and makes it current; one row in the state is the commit. */
export async function writeScores(
  house: House,
  table: ScoreTable,
  { part, fingerprint }: { part: string; fingerprint: string },
): Promise<void> {
  const { manifest } = table;
  const folder = tableFolder(house, 'scores');
  const name = `${fileSafe(manifest.model)}-${fingerprint.slice(0, 16)}`;
  const written = await inSession(house, async (session) => {
    await session.load('tino_scored', columnsOf(table));
    return session.write('SELECT * FROM tino_scored', folder, { name });
  });
  await commitTables(house, [
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

const text = (name: string, values: readonly (string | null)[]): LoadColumn => ({
  name,
  type: 'text',
  values,
});
const number = (name: string, values: Float64Array): LoadColumn => ({
  name,
  type: 'number',
  values,
});

export async function readScores(
  house: House,
  files: string[],
  manifest: ScoreManifest,
): Promise<ScoreTable> {
  const names = [...manifest.keys, ...manifest.features, ...manifest.carried, AT, VALUE];
  const listed = files.map((file) => literal(file)).join(', ');
  const batch = await inSession(house, (session) =>
    session.columns(
      `SELECT ${names.map(identifier).join(', ')} FROM read_parquet([${listed}], hive_partitioning = false)`,
    ),
  );
  return tableOf(batch, manifest);
}

function tableOf(batch: Batch, manifest: ScoreManifest): ScoreTable {
  const byName = new Map(batch.columns.map((column) => [column.name, column]));
  const valuesOf = (name: string) => byName.get(name)!.values as CarriedValues;
  const pick = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, valuesOf(name)]));
  const columns = manifest.features.map((name) => columnOf(byName.get(name)!));
  return {
    manifest,
    x: columns.length > 0 ? frame(columns) : { rows: batch.rows, columns: [] },
    keys: pick(manifest.keys) as Record<string, string[]>,
    at: valuesOf(AT) as string[],
    value: valuesOf(VALUE) as Float64Array,
    carried: pick(manifest.carried),
  };
}

const columnOf = ({ name, values }: BatchColumn) =>
  values instanceof Float64Array
    ? numberColumn(name, values)
    : categoryColumn(name, values as (string | null)[]);
