import { localHolidays, localTypes, type LocalHoliday } from '../calendar/local.js';
import { calendarRows, calendarTypes, type CalendarRow } from '../calendar/rows.js';
import { TinoError } from '../contract/error.js';
import type { LoadColumn, Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { House } from '../ports/house.js';
import { erasuresSoFar } from '../sources/fence.js';
import { generationAt, type SourceManifest } from '../sources/manifest.js';
import { isTimed } from '../sources/moments.js';
import { currentTables, type CommittedTable } from '../sources/tables.js';
import { namesIn } from '../workspace/words.js';
import type { Part, Source } from '../workspace/types.js';

/** The tables of one part, as they are now: what all its SQL stands on. */
export interface Ground {
  house: House;
  part: Part;
  stored: ReadonlyMap<string, CommittedTable<SourceManifest>>;
  /** Before they were. */
  erasures: number;
}

export async function openGround(house: House, partName: string): Promise<Ground> {
  const part = house.workspace.parts[partName]!;
  const erasures = await erasuresSoFar(house.state);
  return { house, part, erasures, stored: await currentTables<SourceManifest>(house, 'source') };
}

/** The built-in table of Brazil's days, unless the part declares a source of that name. */
export const CALENDAR = 'calendar';
/** The built-in table of holidays by country, state and city. */
export const LOCAL_HOLIDAYS = 'local_holidays';
const FROM_YEAR = 2005;
const TO_YEAR = 2039;

/** Names of the relation that holds a source's whole history; no SQL of an author may name it. */
export const historyName = (source: string): string => `tino_history_${source}`;

/** Sources that texts name, by their text. */
export const sourcesNamed = (part: Part, texts: readonly string[]): Source[] =>
  namesIn(texts, Object.keys(part.sources)).map((name) => part.sources[name]!);

export function storedTable(ground: Ground, source: Source): CommittedTable<SourceManifest> {
  const table = ground.stored.get(source.id);
  if (table) return table;
  throw new TinoError('SOURCE_NOT_INGESTED', { source: source.id }, { where: source.id });
}

/** Histories up to here are held in memory by a session that reads them at several cut-offs. */
const HELD_ROWS = 250_000;

/**
 * Attaches the histories of sources, and the calendar when a text names it.
 *
 * @param cutoffs at how many they will be read
 */
export async function attachHistories(
  session: Session,
  ground: Ground,
  sources: readonly Source[],
  texts: readonly string[],
  cutoffs = 1,
): Promise<void> {
  for (const source of sources) {
    const { files, rows } = storedTable(ground, source);
    const name = historyName(source.name);
    if (cutoffs > 1 && rows <= HELD_ROWS) {
      const list = files.map((file) => literal(file)).join(', ');
      await session.run(
        `CREATE OR REPLACE TEMP TABLE ${identifier(name)} AS SELECT *
          FROM read_parquet([${list}], hive_partitioning = false)`,
      );
    } else await session.attach(name, files);
  }
  await loadCalendar(session, ground.part, texts);
}

export async function loadCalendar(
  session: Session,
  part: Part,
  texts: readonly string[],
): Promise<void> {
  const named = namesIn(texts, [CALENDAR, LOCAL_HOLIDAYS]).filter((name) => !part.sources[name]);
  if (named.includes(CALENDAR)) await session.load(CALENDAR, calendarColumns());
  if (named.includes(LOCAL_HOLIDAYS)) await session.load(LOCAL_HOLIDAYS, await localColumns());
}

let local: Promise<LoadColumn[]> | undefined;

function localColumns(): Promise<LoadColumn[]> {
  local ??= localHolidays(FROM_YEAR, TO_YEAR).then((rows) =>
    Object.entries(localTypes).map(([name, type]) => ({
      name,
      type,
      values: rows.map((row) => row[name as keyof LocalHoliday]),
    })),
  );
  return local;
}

let columns: LoadColumn[] | undefined;

function calendarColumns(): LoadColumn[] {
  if (columns) return columns;
  const rows = calendarRows(`${FROM_YEAR}-01-01`, `${TO_YEAR}-12-31`);
  columns = Object.entries(calendarTypes).map(([name, type]) => ({
    name,
    type,
    values: rows.map((row) => row[name as keyof CalendarRow]),
  }));
  return columns;
}

/** Names what sources say at a cut-off: equal names, equal rows. */
export const generationsAt = (
  ground: Ground,
  sources: readonly Source[],
  cutoff: string,
): [string, string, string][] =>
  sources.map((source) => {
    const { manifest } = storedTable(ground, source);
    return [source.name, manifest.contract, generationAt(manifest, cutoff)];
  });

export const timed = (sources: readonly Source[]): Source[] => sources.filter(isTimed);
