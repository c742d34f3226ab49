import { TinoError } from '../contract/error.js';
import type { ColumnInfo, Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import { asOfSql, atCutoff, defineAsOf, startOf, visibleColumns, windowSql } from './as-of.js';
import { addDays } from '../calendar/dates.js';
import { AT, CLOSES, CUTOFF, LABEL } from './abt-types.js';
import { requireUniqueKeys } from './build-views.js';
import { defineAtEvents, defineAtWindowEnds } from './events.js';
import { sourcesNamed } from './ground.js';
import { bound, checkStatement, requireColumns, type Statement } from './statement.js';
import type { TabularModel } from './tabular.js';

export const SPINE = 'tino_spine';
export const LABELS = 'tino_labels';

/** Columns of a spine that its author gave, without the system's own. */
export interface BuiltSpine {
  columns: ColumnInfo[];
  file: string;
}

/**
 * Fills `tino_spine` with who is described at a cut-off, `tino_at`, `tino_cutoff` and
 * `tino_closes`.
 */
export async function calendarSpine(
  session: Session,
  tabular: TabularModel,
  cutoff: string,
): Promise<BuiltSpine> {
  const { part, allowed, key } = tabular;
  const sources = sourcesNamed(part, [tabular.spine!.sql]);
  await defineAsOf(session, part, sources, cutoff, allowed);
  const statement = { ...tabular.spine!, sql: atCutoff(tabular.spine!.sql, cutoff) };
  const names = sources.map(({ name }) => name);
  const columns = await checkStatement(session, statement, names, part);
  requireColumns(statement.file, columns, key);
  const closes = addDays(cutoff, tabular.horizonDays);
  await bound(statement, names, part, () =>
    session.run(
      `CREATE OR REPLACE TEMP TABLE ${SPINE} AS SELECT *, ${startOf(cutoff)} AS ${AT},
       DATE ${literal(cutoff)} AS ${CUTOFF}, DATE ${literal(closes)} AS ${CLOSES}
         FROM (${statement.sql}\n)`,
    ),
  );
  await requireUniqueKeys(session, statement.file, key, SPINE, cutoff);
  return { columns, file: statement.file };
}

/** The same with one row an event whose moment came before the start of `until`. */
export async function eventSpine(
  session: Session,
  tabular: TabularModel,
  until: string,
): Promise<BuiltSpine> {
  const { part, allowed, key, declaration } = tabular;
  if (declaration.spine.kind !== 'event') throw new Error('not an event spine');
  const sources = sourcesNamed(part, [tabular.spine!.sql]);
  const names = await defineAtEvents(session, part, declaration.spine, sources, until, allowed);
  const statement = { ...tabular.spine!, sql: atCutoff(tabular.spine!.sql, until) };
  const columns = await checkStatement(session, statement, names, part);
  requireColumns(statement.file, columns, [...key, 'at']);
  const type = columns.find(({ name }) => name === 'at')!.type;
  if (type !== 'timestamp' && type !== 'date') {
    const params = { file: statement.file, column: 'at (TIMESTAMP)', found: `at (${type})` };
    throw new TinoError('SQL_COLUMNS', params, { where: statement.file });
  }
  const at = type === 'date' ? 'CAST("at" AS TIMESTAMP) + INTERVAL 1 DAY' : '"at"';
  const closed = `${AT} + INTERVAL ${tabular.horizonDays} DAY`;
  await bound(statement, names, part, () =>
    session.run(
      `CREATE OR REPLACE TEMP TABLE ${SPINE} AS
        SELECT * EXCLUDE ("at"), CAST(${AT} AS DATE) AS ${CUTOFF},
       CAST(date_trunc('day', ${closed} + INTERVAL '86399.999999' SECOND) AS DATE) AS ${CLOSES}
       FROM (SELECT *, ${at} AS ${AT} FROM (${statement.sql}\n)) WHERE ${AT} IS NOT NULL`,
    ),
  );
  await requireUniqueKeys(session, statement.file, key, SPINE, until);
  return { columns: columns.filter(({ name }) => name !== 'at'), file: statement.file };
}

/** Each row of a source without time is an example. */
export async function rowsSpine(
  session: Session,
  tabular: TabularModel,
  until: string,
): Promise<BuiltSpine> {
  const { part, allowed, key, declaration } = tabular;
  if (declaration.spine.kind !== 'rows') throw new Error('not a spine of rows');
  const source = part.sources[declaration.spine.source]!;
  const visible = asOfSql(source, visibleColumns(source, part, allowed), until);
  // A table without a key, such as the public house prices, is told apart by the order of its rows.
  const [id = ''] = key;
  const numbered = key.length === 1 && !(id in source.columns);
  const sql = numbered
    ? `SELECT row_number() OVER () AS ${identifier(id)}, * FROM (${visible})`
    : visible;
  const columns = await session.describe(sql);
  requireColumns(source.id, columns, key);
  const day = `DATE ${literal(until)}`;
  await session.run(
    `CREATE OR REPLACE TEMP VIEW ${SPINE} AS
      SELECT *, ${startOf(until)} AS ${AT}, ${day} AS ${CUTOFF}, ${day} AS ${CLOSES} FROM (${sql})`,
  );
  return { columns, file: source.id };
}

/** Fills `tino_labels` with key and `tino_label`, from what happened until each window's end. */
export async function labelRows(
  session: Session,
  tabular: TabularModel,
  cutoff: string,
): Promise<void> {
  const { part, allowed, key, horizonDays, declaration } = tabular;
  const label = tabular.label as Statement;
  const sources = sourcesNamed(part, [label.sql]);
  await session.run(
    `CREATE OR REPLACE TEMP VIEW spine AS
     SELECT * EXCLUDE (${CLOSES}) RENAME (${AT} AS "at", ${CUTOFF} AS "cutoff") FROM ${SPINE}`,
  );
  let names: string[];
  if (declaration.spine.kind === 'event') {
    names = await defineAtWindowEnds(
      session,
      part,
      declaration.spine,
      sources,
      horizonDays,
      allowed,
    );
  } else {
    const end = addDays(cutoff, horizonDays);
    for (const source of sources) {
      const columns = visibleColumns(source, part, allowed);
      await session.define(source.name, windowSql(source, columns, cutoff, end));
    }
    names = sources.map(({ name }) => name);
  }
  const statement = { ...label, sql: atCutoff(label.sql, cutoff) };
  const columns = await checkStatement(session, statement, [...names, 'spine'], part);
  requireColumns(label.file, columns, [...key, 'label']);
  const keys = key.map(identifier).join(', ');
  await bound(statement, names, part, () =>
    session.run(
      `CREATE OR REPLACE TEMP TABLE ${LABELS} AS
        SELECT ${keys}, CAST("label" AS DOUBLE) AS ${LABEL} FROM (${statement.sql}\n)`,
    ),
  );
  await requireUniqueKeys(session, label.file, key, LABELS, cutoff);
}

/** Sources whose histories the spine needs. */
export const spineSources = ({ part, spine, declaration }: TabularModel) => {
  const own = 'source' in declaration.spine ? part.sources[declaration.spine.source] : undefined;
  const named = spine ? sourcesNamed(part, [spine.sql]) : [];
  return own && !named.includes(own) ? [own, ...named] : named;
};
