import type { Session } from '../engine/port.js';
import { identifier } from '../engine/quote.js';
import { clockOf, EVENT, isTimed, KNOWN_FROM, KNOWN_UNTIL, momentOf } from '../sources/moments.js';
import type { ColumnType, Source } from '../workspace/types.js';
import { startOf } from './as-of.js';
import { historyName } from './ground.js';

const TRUE_NAME = 'tino_true_';
/** The last rows of an export may be a weekend older than the export. */
const SLACK_DAYS = 3;

export interface ScrambleOptions {
  /** Start of this local date: what became known after it is another story now. */
  cutoff: string;
  /**
   * Column of an event's own moment, which then takes the place of the cut-off for its late
   * columns.
   */
  moment?: string;
}

/**
 * Replaces the history of a source by one in which all that was not known at a cut-off differs:
 * rows known later are changed, dropped or moved, invented corrections appear, late columns hold
 * other values with other moments. What was known is untouched.
 */
export async function scrambleHistory(
  session: Session,
  source: Source,
  files: readonly string[],
  { cutoff, moment }: ScrambleOptions,
): Promise<void> {
  const truth = TRUE_NAME + source.name;
  await session.attach(truth, files);
  if (!isTimed(source)) {
    return session.define(historyName(source.name), `SELECT * FROM ${identifier(truth)}`);
  }
  const t = startOf(cutoff);
  const own = moment === undefined ? t : momentOf(source, moment);
  const records = await recordedDates(session, source, truth);
  const names = Object.keys(source.columns);
  const known = names.map((name) => lateColumn(source, name, own, records)).join(', ');
  const changed = names.map((name) => changedColumn(source, name)).join(', ');
  const from = `FROM ${identifier(truth)}`;
  const tail = `${EVENT} + INTERVAL 3 DAY AS ${EVENT}`;
  await session.define(
    historyName(source.name),
    `SELECT ${known}, ${EVENT}, ${KNOWN_FROM}, CASE WHEN ${KNOWN_UNTIL} <= ${t}
      THEN ${KNOWN_UNTIL} END AS ${KNOWN_UNTIL}
       ${from} WHERE ${KNOWN_FROM} <= ${t}
     UNION ALL
     SELECT ${changed}, ${tail}, ${KNOWN_FROM} + INTERVAL 2 DAY, NULL ${from}
       WHERE ${KNOWN_FROM} > ${t} AND hash(${KNOWN_FROM}) % 3 > 0
     UNION ALL
     SELECT ${changed}, ${tail}, ${t} + INTERVAL 1 SECOND, NULL ${from}
       WHERE ${KNOWN_FROM} <= ${t} AND hash(${KNOWN_FROM}) % 5 = 0`,
  );
}

/**
 * Dates that no clock was declared for and that are written down when they happen: none lies days
 * after the newest thing that the source knows. One that does, such as a promised day, is a plan,
 * known with its row.
 */
async function recordedDates(
  session: Session,
  source: Source,
  truth: string,
): Promise<Set<string>> {
  const candidates = Object.entries(source.columns).filter(
    ([name, { type, personal }]) =>
      (type === 'date' || type === 'timestamp') &&
      !personal &&
      name !== source.eventTime &&
      name !== source.knownAt &&
      clockOf(source, name) === undefined,
  );
  const recorded = new Set<string>();
  const clocks = Object.keys(source.columns).flatMap((name) => clockOf(source, name) ?? []);
  const moments = [...new Set(clocks)].map((name) => `max(${momentOf(source, name)})`);
  const newest = `greatest(${[`max(${KNOWN_FROM})`, ...moments].join(', ')})`;
  for (const [name] of candidates) {
    const [row] = await session.all(
      `SELECT coalesce(max(${identifier(name)}) <= ${newest} + INTERVAL ${SLACK_DAYS} DAY, FALSE)
        AS recorded FROM ${identifier(truth)}`,
    );
    if (row!['recorded'] === true) recorded.add(name);
  }
  return recorded;
}

/** A column of a row that was known: only what it learned later differs. */
function lateColumn(source: Source, name: string, own: string, records: Set<string>): string {
  const column = identifier(name);
  const clock = clockOf(source, name);
  if (clock !== undefined) {
    const other =
      name === clock ? laterMoment(source, name, own) : scrambled(column, storedKind(source, name));
    return `CASE WHEN ${momentOf(source, clock)} <= ${own} THEN ${column}
      ELSE ${other} END AS ${column}`;
  }
  if (!records.has(name)) return column;
  return `CASE WHEN ${momentOf(source, name)} > ${own} THEN NULL ELSE ${column} END AS ${column}`;
}

const laterMoment = (source: Source, name: string, own: string): string => {
  const type = source.columns[name]!.type === 'date' ? 'DATE' : 'TIMESTAMP';
  return `CAST(coalesce(CAST(${identifier(name)} AS TIMESTAMP), ${own}) + INTERVAL 9 DAY AS
    ${type})`;
};

function changedColumn(source: Source, name: string): string {
  const column = identifier(name);
  const isClock = name === source.eventTime || name === source.knownAt || source.key.includes(name);
  return isClock ? column : `${scrambled(column, storedKind(source, name))} AS ${column}`;
}

const storedKind = (source: Source, name: string): ColumnType =>
  source.columns[name]!.personal ? 'text' : source.columns[name]!.type;

/** Another value of the same type, also where there was none. */
function scrambled(column: string, type: ColumnType): string {
  switch (type) {
    case 'text':
    case 'category':
      return `coalesce(reverse(${column}), '') || '~'`;
    case 'boolean':
      return `NOT coalesce(${column}, FALSE)`;
    case 'date':
      return `CAST(coalesce(CAST(${column} AS TIMESTAMP), TIMESTAMP '2001-01-01') - INTERVAL 37
        DAY AS DATE)`;
    case 'timestamp':
      return `coalesce(${column}, TIMESTAMP '2001-01-01') - INTERVAL 37 DAY`;
    default:
      return `coalesce(7 - ${column}, 13)`;
  }
}
