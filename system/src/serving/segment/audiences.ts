import { isScoped, seesKey, type Scope } from '../../access/principal.js';
import type { Audience, AudienceMember, AudienceRule } from '../../contract/audiences.js';
import type { Role } from '../../contract/common.js';
import { TinoError } from '../../contract/error.js';
import { newId } from '../../store/ids.js';
import type { ServedModel } from '../catalog.js';
import type { ServingContext } from '../context.js';
import type { ExportTable } from '../export.js';
import { pageFrom } from '../pages.js';
import { cellAt, cellsAt, keyAt, moneyAt } from '../score-rows.js';
import type { ScoreTable } from '../score-table.js';
import { scoringOf } from './lookup.js';
import { moneyColumn } from './view.js';
import { shownTo, withheldFrom } from '../shown.js';

interface Row {
  id: string;
  model: string;
  name: string;
  rule: AudienceRule;
  madeBy: string;
  at: Date;
}

const COLUMNS = 'id, model, name, rule, made_by AS "madeBy", at';

/** Saves a rule; the name is its own within the model. */
export async function saveAudience(
  context: ServingContext,
  model: ServedModel,
  {
    name,
    rule,
    by,
    role,
    scope,
  }: { name: string; rule: AudienceRule; by: string; role: Role; scope: Scope },
): Promise<Audience> {
  const table = await scoringOf(context, model.name);
  checkRule(table, rule, withheldFrom(role, model));
  const { state, now } = context.house;
  const [row] = await state.query<Row>(
    `INSERT INTO audiences (id, model, name, rule, made_by, at) VALUES ($1, $2, $3, $4::jsonb, $5, $6)
     ON CONFLICT (model, name) DO NOTHING RETURNING ${COLUMNS}`,
    [newId('audience'), model.name, name, JSON.stringify(rule), by, now()],
  );
  if (row === undefined) throw new TinoError('AUDIENCE_EXISTS', { model: model.name, name });
  return counted(table, model, row, scope);
}

export async function listAudiences(
  context: ServingContext,
  model: ServedModel,
  scope: Scope,
): Promise<Audience[]> {
  const table = await scoringOf(context, model.name);
  const rows = await context.house.state.query<Row>(
    `SELECT ${COLUMNS} FROM audiences WHERE model = $1 ORDER BY name`,
    [model.name],
  );
  return rows.map((row) => counted(table, model, row, scope));
}

export async function deleteAudience(
  { house }: ServingContext,
  model: ServedModel,
  id: string,
): Promise<void> {
  const gone = await house.state.query(
    'DELETE FROM audiences WHERE model = $1 AND id = $2 RETURNING id',
    [model.name, id],
  );
  if (gone.length === 0) throw new TinoError('NOT_FOUND', { kind: 'audience', id });
}

/** One page of those who belong now, the most money first. */
export async function audienceMembers(
  context: ServingContext,
  model: ServedModel,
  id: string,
  {
    cursor,
    limit,
    role,
    scope,
  }: { cursor?: string | undefined; limit: number; role: Role; scope: Scope },
): Promise<{ items: AudienceMember[]; next: string | null; total: number }> {
  const { table, rows } = await rowsOfAudience(context, model, id, scope);
  const { items, next } = pageFrom(rows, { cursor, limit });
  const names = columnsOf(model, role);
  return {
    items: items.map((row) => memberAt(table, model, { row, names })),
    next,
    total: rows.length,
  };
}

export async function audienceTable(
  context: ServingContext,
  model: ServedModel,
  id: string,
  { role, scope }: { role: Role; scope: Scope },
): Promise<ExportTable> {
  const { table, rows } = await rowsOfAudience(context, model, id, scope);
  const names = columnsOf(model, role);
  return {
    header: [...table.manifest.keys, 'segment', 'value', 'money', ...names],
    rows: rows.map((row) => {
      const { key, segment, value, money, columns } = memberAt(table, model, { row, names });
      return [...Object.values(key), segment, value, money, ...names.map((name) => columns[name]!)];
    }),
  };
}

async function rowsOfAudience(
  context: ServingContext,
  model: ServedModel,
  id: string,
  scope: Scope,
): Promise<{ table: ScoreTable; rows: number[] }> {
  const [row] = await context.house.state.query<Row>(
    `SELECT ${COLUMNS} FROM audiences WHERE model = $1 AND id = $2`,
    [model.name, id],
  );
  if (row === undefined) throw new TinoError('NOT_FOUND', { kind: 'audience', id });
  const table = await scoringOf(context, model.name);
  return { table, rows: membersOf(table, model, row.rule, scope) };
}

function counted(
  table: ScoreTable,
  model: ServedModel,
  { at, ...row }: Row,
  scope: Scope,
): Audience {
  const rows = membersOf(table, model, row.rule, scope);
  const column = moneyOf(model);
  const sums = rows.reduce((sum, each) => sum + (moneyAt(table, column, each) ?? 0), 0);
  const all = isScoped(scope)
    ? table.value.reduce((count, _, each) => count + Number(seesKey(scope, keyAt(table, each))), 0)
    : table.value.length;
  return {
    ...row,
    at: at.toISOString(),
    size: rows.length,
    share: all === 0 ? 0 : rows.length / all,
    money: column === undefined ? null : sums,
  };
}

const moneyOf = ({ declaration }: ServedModel): string | undefined =>
  declaration.task === 'segment' ? moneyColumn(declaration) : declaration.page.money;

/** Rows that the rule takes, the most money first. */
function membersOf(
  table: ScoreTable,
  model: ServedModel,
  { segments, where, top }: AudienceRule,
  scope: Scope,
): number[] {
  const wanted = segments && new Set(segments);
  const rows: number[] = [];
  for (let row = 0; row < table.value.length; row++) {
    if (wanted && !wanted.has(segmentAt(table, row)!)) continue;
    if (!where.every((condition) => holds(table, condition, row))) continue;
    if (seesKey(scope, keyAt(table, row))) rows.push(row);
  }
  const column = moneyOf(model);
  const worth = (row: number) => moneyAt(table, column, row) ?? -Infinity;
  rows.sort((a, b) => worth(b) - worth(a) || a - b);
  return top === undefined ? rows : rows.slice(0, top);
}

const segmentAt = ({ manifest, value }: ScoreTable, row: number): string | null =>
  manifest.segments.length === 0 ? null : manifest.segments[value[row]!]!;

type Condition = AudienceRule['where'][number];

const read = (table: ScoreTable, column: string, row: number) =>
  column === 'value' && table.manifest.segments.length === 0
    ? table.value[row]!
    : cellAt(table, column, row);

/** What is not known belongs to no side. */
function holds(table: ScoreTable, { column, is, values }: Condition, row: number): boolean {
  const value = read(table, column, row);
  if (value === null) return false;
  if (is === 'oneOf') return values.some((one) => String(one) === String(value));
  return is === 'atLeast' ? Number(value) >= Number(values[0]) : Number(value) <= Number(values[0]);
}

/** A column that the role may not see is none for its rules: they would tell what it holds. */
function checkRule(
  { manifest }: ScoreTable,
  { segments, where }: AudienceRule,
  withheld: ReadonlySet<string>,
): void {
  const columns = [...manifest.keys, ...manifest.features, ...manifest.carried].filter(
    (name) => !withheld.has(name),
  );
  if (manifest.segments.length === 0) columns.push('value');
  for (const { column, is, values } of where) {
    if (!columns.includes(column))
      throw new TinoError('AUDIENCE_COLUMN', { column, known: columns.join(', ') });
    if (is !== 'oneOf' && (values.length !== 1 || !Number.isFinite(Number(values[0]))))
      throw new TinoError('AUDIENCE_LIMIT', { column, is, values: values.join(', ') });
  }
  for (const segment of segments ?? [])
    if (!manifest.segments.includes(segment))
      throw new TinoError('NOT_FOUND', { kind: 'segment', id: segment });
}

function columnsOf(model: ServedModel, role: Role): string[] {
  const { columns = [], filters = [] } = model.declaration.page;
  return shownTo(role, model, [...new Set([...columns, ...filters])]);
}

function memberAt(
  table: ScoreTable,
  model: ServedModel,
  { row, names }: { row: number; names: readonly string[] },
): AudienceMember {
  const segment = segmentAt(table, row);
  return {
    key: keyAt(table, row),
    segment,
    value: segment === null ? table.value[row]! : null,
    money: moneyAt(table, moneyOf(model), row),
    columns: cellsAt(table, names, row),
  };
}
