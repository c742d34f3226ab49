import type { Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { Source } from '../workspace/types.js';
import { clockOf, EVENT, isTimed, KNOWN_FROM, KNOWN_UNTIL, momentOf } from './moments.js';
import { STAGED } from './stage.js';

export const KEYED = 'tino_keyed';

/** What there was at the last ingest. */
export interface Previous {
  files: readonly string[];
  /** Wall-clock moments: of the last ingest, and of the newest row then. */
  at: string;
  newest: string | null;
}

/** Rows that keep their contract, with their two moments and the number of each copy of a key. */
export async function numberCopies(session: Session, source: Source): Promise<void> {
  const columns = columnList(source, 's.');
  const event = source.eventTime ? momentOf(source, source.eventTime) : 'NULL::TIMESTAMP';
  const known = source.knownAt ? momentOf(source, source.knownAt) : event;
  const borrowed = source.timeOf !== undefined;
  const copies =
    source.key.length === 0
      ? '1'
      : `row_number() OVER (PARTITION BY ${keyList(source, 's.')}, ${borrowed ? 'NULL' : known}
        ORDER BY tino_file, tino_row)`;
  const sql = `SELECT tino_file, tino_row, ${columns}, ${borrowed ? 'p.tino_event' : event} AS ${EVENT},
       ${borrowed ? 'p.tino_first' : known} AS tino_known, ${copies} AS tino_copy
     FROM ${STAGED} AS s ${borrowed ? parentJoin(source) : ''} WHERE tino_failed = 0`;
  // What only names and filters needs no copy.
  if (source.key.length === 0 && !borrowed) await session.define(KEYED, sql);
  else await session.run(`CREATE OR REPLACE TEMP TABLE ${KEYED} AS ${sql}`);
}

/** The first version of each row that lends its time, attached as `tino_parent`. */
export const PARENT = 'tino_parent';
const parentJoin = ({ timeOf }: Source): string => {
  const on = timeOf!.on.map(identifier);
  return `LEFT JOIN (SELECT ${on.join(', ')}, arg_min(${EVENT}, ${KNOWN_FROM}) AS tino_event,
      min(${KNOWN_FROM}) AS tino_first FROM ${PARENT} GROUP BY ${on.join(', ')}) AS p
    ON ${on.map((name) => `s.${name} = p.${name}`).join(' AND ')}`;
};

/** Marks the rows that no row lends a time, as breaking check number `check`. */
export async function markOrphans(session: Session, source: Source, check: number): Promise<void> {
  const on = source.timeOf!.on.map(identifier);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${STAGED} AS SELECT s.* REPLACE (
       CASE WHEN tino_failed = 0 AND p.tino_first IS NULL THEN ${check}
         ELSE tino_failed END AS tino_failed,
       CASE WHEN tino_failed = 0 AND p.tino_first IS NULL
         THEN concat_ws(', ', ${on.map((name) => `s.${name}`).join(', ')}) ELSE tino_bad END AS tino_bad)
     FROM ${STAGED} AS s ${parentJoin(source)}`,
  );
}

/**
 * The history as a query, and the earliest moment at which it says something else than before
 * (null: all of it is new; undefined: nothing changed). A key's row that changed without a newer
 * known-at is a correction known `now`; a key that left the files is known until `now`; what was
 * known at an earlier moment never changes.
 */
export async function historyOf(
  session: Session,
  source: Source,
  now: string,
  previous?: Previous,
): Promise<{ sql: string; earliest: string | null | undefined }> {
  const rows = `SELECT ${columnList(source)}, ${EVENT}, tino_known FROM ${KEYED}
    WHERE tino_copy = 1`;
  if (!isTimed(source)) {
    const sql = `SELECT ${columnList(source)}, ${EVENT}, NULL::TIMESTAMP AS ${KNOWN_FROM},
      NULL::TIMESTAMP AS ${KNOWN_UNTIL}
      FROM ${KEYED} WHERE tino_copy = 1
      ORDER BY ${source.key.length > 0 ? keyList(source) : 'tino_file, tino_row'}`;
    return { sql, earliest: null };
  }
  if (previous === undefined) {
    const sql = `SELECT * RENAME (tino_known AS ${KNOWN_FROM}), ${nextKnown(source, 'tino_known')}
      AS ${KNOWN_UNTIL} FROM (${rows})`;
    return { sql: sorted(sql, source), earliest: null };
  }
  await session.attach('tino_previous', previous.files);
  await session.run(
    source.key.length > 0
      ? mergeKeyed(source, now, previous)
      : mergeKeyless(source, now, previous.newest),
  );
  const [{ earliest } = { earliest: null }] = await session.all(
    'SELECT CAST(min(tino_changed) AS VARCHAR) AS earliest FROM tino_merged',
  );
  const sql = `SELECT * EXCLUDE (tino_changed) FROM tino_merged`;
  return { sql: sorted(sql, source), earliest: earliest === null ? undefined : String(earliest) };
}

function mergeKeyed(source: Source, now: string, previous: Previous): string {
  const key = keyList(source);
  const all = columnList(source);
  const at = `greatest(${literal(now)}::TIMESTAMP, p.${KNOWN_FROM} + INTERVAL 1 MICROSECOND)`;
  const { differs, fills, filledAt } = comparison(source, previous.at);
  const until = nextKnown(source, KNOWN_FROM);
  return `CREATE OR REPLACE TEMP TABLE tino_merged AS
    WITH fresh AS (SELECT * FROM ${KEYED} WHERE tino_copy = 1),
    newest AS (SELECT * FROM fresh QUALIFY row_number() OVER (PARTITION BY ${key}
      ORDER BY tino_known DESC) = 1),
    before AS (SELECT *, row_number() OVER (PARTITION BY ${key}
      ORDER BY ${KNOWN_FROM} DESC) AS tino_age FROM tino_previous),
    decided AS (
      SELECT ${keyList(source, 'p.')}, ${at} AS tino_now, p.${KNOWN_FROM} AS tino_last, CASE
        WHEN n.tino_known IS NULL AND p.${KNOWN_UNTIL} IS NULL THEN 'gone'
        WHEN n.tino_known IS NULL THEN 'same'
        WHEN n.tino_known > p.${KNOWN_FROM} THEN 'newer'
        WHEN p.${KNOWN_UNTIL} IS NOT NULL THEN 'corrected'
        WHEN NOT (${differs}) THEN 'same'
        WHEN ${fills} THEN 'filled'
        ELSE 'corrected' END AS tino_status
      FROM before AS p LEFT JOIN newest AS n ON ${sameKey(source, 'p', 'n')} WHERE p.tino_age = 1),
    kept AS (
      SELECT ${keptColumns(source)}, CASE WHEN d.tino_status = 'filled' AND p.tino_age = 1
        THEN n.${EVENT} ELSE p.${EVENT} END AS ${EVENT},
        p.${KNOWN_FROM}, CASE WHEN p.tino_age = 1 AND d.tino_status = 'gone' THEN d.tino_now
          ELSE p.${KNOWN_UNTIL} END AS tino_closed,
        CASE WHEN p.tino_age > 1 THEN NULL WHEN d.tino_status = 'gone' THEN d.tino_now
          WHEN d.tino_status = 'filled' THEN ${filledAt} END AS tino_changed
      FROM before AS p JOIN decided AS d ON ${sameKey(source, 'p', 'd')}
      LEFT JOIN newest AS n ON ${sameKey(source, 'p', 'n')}),
    added AS (
      SELECT ${columnList(source, 'f.')}, f.${EVENT}, f.tino_known AS ${KNOWN_FROM} FROM fresh AS f
      LEFT JOIN decided AS d ON ${sameKey(source, 'f', 'd')}
      WHERE d.tino_status IS NULL OR (d.tino_status = 'newer' AND f.tino_known > d.tino_last)
      UNION ALL
      SELECT ${columnList(source, 'n.')}, n.${EVENT}, d.tino_now FROM newest AS n
      JOIN decided AS d ON ${sameKey(source, 'n', 'd')} WHERE d.tino_status = 'corrected'),
    versions AS (
      SELECT ${all}, ${EVENT}, ${KNOWN_FROM}, tino_closed, tino_changed FROM kept
      UNION ALL
      SELECT ${all}, ${EVENT}, ${KNOWN_FROM}, NULL, ${KNOWN_FROM} FROM added)
    SELECT ${all}, ${EVENT}, ${KNOWN_FROM}, coalesce(tino_closed, ${until}) AS ${KNOWN_UNTIL},
      tino_changed FROM versions`;
}

/**
 * How the newest row `n` of a key compares with the last version `p`. Late columns that were empty
 * and became known after the last ingest fill the version in place: no cut-off built so far could
 * see them.
 */
function comparison(source: Source, lastIngest: string) {
  const columns = Object.keys(source.columns).filter((name) => !source.key.includes(name));
  const differs: string[] = [];
  const fills: string[] = [];
  const moments: string[] = [];
  for (const name of columns) {
    const [p, n] = [`p.${identifier(name)}`, `n.${identifier(name)}`];
    differs.push(`${p} IS DISTINCT FROM ${n}`);
    const clock = clockOf(source, name);
    const same = `${p} IS NOT DISTINCT FROM ${n}`;
    if (clock === undefined) fills.push(same);
    else {
      const known = momentOf(source, clock, 'n.');
      const late = `coalesce(${p} IS NULL AND ${known} > ${literal(lastIngest)}::TIMESTAMP, FALSE)`;
      fills.push(`(${same} OR ${late})`);
      moments.push(`CASE WHEN ${p} IS DISTINCT FROM ${n} THEN ${known} END`);
    }
  }
  return {
    differs: differs.join(' OR ') || 'FALSE',
    fills: fills.join(' AND ') || 'TRUE',
    filledAt: moments.length === 0 ? 'NULL' : `least(${moments.join(', ')})`,
  };
}

const keptColumns = (source: Source): string =>
  Object.keys(source.columns)
    .map((name) => {
      const column = identifier(name);
      if (source.key.includes(name)) return `p.${column}`;
      return `CASE WHEN d.tino_status = 'filled' AND p.tino_age = 1 THEN n.${column}
        ELSE p.${column} END AS ${column}`;
    })
    .join(', ');

/**
 * Without a key a row is its content and the number of its copy. Where rows left the files, the
 * file was rewritten and not appended to, so new rows that are not newer than all before are known
 * `now`.
 */
function mergeKeyless(source: Source, now: string, newest: string | null): string {
  const all = columnList(source);
  const content = `struct_pack(${Object.keys(source.columns)
    .map((name, i) => `c${i} := ${identifier(name)}`)
    .join(', ')})`;
  const copy = `row_number() OVER (PARTITION BY ${all})`;
  const at = `${literal(now)}::TIMESTAMP`;
  const old = newest === null ? 'FALSE' : `n.tino_known <= ${literal(newest)}::TIMESTAMP`;
  return `CREATE OR REPLACE TEMP TABLE tino_merged AS
    WITH before AS (SELECT *, ${content} AS tino_content, ${copy} AS tino_copy FROM tino_previous
      WHERE ${KNOWN_UNTIL} IS NULL),
    fresh AS (SELECT * EXCLUDE (tino_copy), ${content} AS tino_content, ${copy} AS tino_copy
      FROM ${KEYED}),
    gone AS (SELECT * FROM before AS p WHERE NOT EXISTS (SELECT 1 FROM fresh AS n
      WHERE n.tino_content = p.tino_content AND n.tino_copy = p.tino_copy)),
    added AS (SELECT * FROM fresh AS n WHERE NOT EXISTS (SELECT 1 FROM before AS p
      WHERE n.tino_content = p.tino_content AND n.tino_copy = p.tino_copy)),
    rewritten AS (SELECT count(*) > 0 AS yes FROM gone)
    SELECT ${all}, ${EVENT}, ${KNOWN_FROM}, ${KNOWN_UNTIL}, NULL::TIMESTAMP AS tino_changed
      FROM tino_previous WHERE ${KNOWN_UNTIL} IS NOT NULL
    UNION ALL
    SELECT ${columnList(source, 'p.')}, p.${EVENT}, p.${KNOWN_FROM}, NULL, NULL FROM before AS p
    WHERE NOT EXISTS (SELECT 1 FROM gone AS g WHERE g.tino_content = p.tino_content
    AND g.tino_copy = p.tino_copy)
    UNION ALL
    SELECT ${columnList(source, 'g.')}, g.${EVENT}, g.${KNOWN_FROM}, greatest(${at},
      g.${KNOWN_FROM}), greatest(${at}, g.${KNOWN_FROM}) FROM gone AS g
    UNION ALL
    SELECT ${columnList(source, 'n.')}, n.${EVENT}, CASE WHEN yes AND ${old} THEN ${at}
      ELSE n.tino_known END AS ${KNOWN_FROM}, NULL,
      CASE WHEN yes AND ${old} THEN ${at} ELSE n.tino_known END FROM added AS n, rewritten`;
}

const columnList = (source: Source, prefix = ''): string =>
  Object.keys(source.columns)
    .map((name) => `${prefix}${identifier(name)}`)
    .join(', ');
const keyList = (source: Source, prefix = ''): string =>
  source.key.map((name) => `${prefix}${identifier(name)}`).join(', ');
const sameKey = (source: Source, left: string, right: string): string =>
  source.key
    .map((name) => `${left}.${identifier(name)} = ${right}.${identifier(name)}`)
    .join(' AND ');

const nextKnown = (source: Source, known: string): string =>
  source.key.length === 0
    ? 'NULL::TIMESTAMP'
    : `lead(${known}) OVER (PARTITION BY ${keyList(source)} ORDER BY ${known})`;

const sorted = (sql: string, source: Source): string =>
  `SELECT * FROM (${sql}) ORDER BY ${KNOWN_FROM},
    ${source.key.length > 0 ? keyList(source) : columnList(source)}`;
