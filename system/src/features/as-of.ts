import type { Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import { clockOf, EVENT, isTimed, KNOWN_FROM, KNOWN_UNTIL, momentOf } from '../sources/moments.js';
import type { Part, Source } from '../workspace/types.js';
import { historyName } from './ground.js';

/** The start of a cut-off's day, as SQL. */
export const startOf = (cutoff: string): string => `TIMESTAMP ${literal(`${cutoff} 00:00:00`)}`;

const quotedOrCutoff = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|:cutoff\b/g;

/** An author's SQL with `:cutoff` written as the start of that day. */
export const atCutoff = (sql: string, cutoff: string): string =>
  sql.replace(quotedOrCutoff, (found) => (found === ':cutoff' ? startOf(cutoff) : found));

/** Columns that features may see: all but the personal ones, of which keys and `allowed` stay. */
export function visibleColumns(source: Source, part: Part, allowed: readonly string[]): string[] {
  const keys = new Set([
    ...source.key,
    ...Object.values(part.entities).flatMap((entity) => entity.key),
    ...allowed,
  ]);
  return Object.keys(source.columns).filter(
    (name) => !source.columns[name]!.personal || keys.has(name),
  );
}

/** Each column as it was known at `moment` (SQL): NULL until its clock says so. */
export const maskedColumns = (
  source: Source,
  columns: readonly string[],
  moment: string,
  prefix = '',
): string =>
  columns
    .map((name) => {
      const column = `${prefix}${identifier(name)}`;
      const clock = clockOf(source, name);
      if (clock === undefined) return `${column} AS ${identifier(name)}`;
      return `CASE WHEN ${momentOf(source, clock, prefix)} <= ${moment}
        THEN ${column} END AS ${identifier(name)}`;
    })
    .join(', ');

/** The version of a row that was in force at `moment` (SQL). */
export const inForce = (moment: string, prefix = ''): string =>
  `${prefix}${KNOWN_FROM} <= ${moment}
    AND (${prefix}${KNOWN_UNTIL} IS NULL OR ${prefix}${KNOWN_UNTIL} > ${moment})`;

/** The one template of all as-of views: rows and columns of a source as they were known. */
export function asOfSql(source: Source, columns: readonly string[], cutoff: string): string {
  const from = `FROM ${identifier(historyName(source.name))}`;
  if (!isTimed(source)) return `SELECT ${columns.map(identifier).join(', ')} ${from}`;
  const moment = startOf(cutoff);
  return `SELECT ${maskedColumns(source, columns, moment)} ${from} WHERE ${inForce(moment)}`;
}

/** What happened after a cut-off and until the end of a window, as it was known at that end. */
export function windowSql(
  source: Source,
  columns: readonly string[],
  cutoff: string,
  end: string,
): string {
  if (!isTimed(source)) return asOfSql(source, columns, end);
  const happened = `${EVENT} > ${startOf(cutoff)} AND ${EVENT} <= ${startOf(end)}`;
  return `${asOfSql(source, columns, end)} AND ${happened}`;
}

/** Defines the as-of view of each source under its own name. */
export async function defineAsOf(
  session: Session,
  part: Part,
  sources: readonly Source[],
  cutoff: string,
  allowed: readonly string[],
): Promise<void> {
  for (const source of sources) {
    await session.define(
      source.name,
      asOfSql(source, visibleColumns(source, part, allowed), cutoff),
    );
  }
}
