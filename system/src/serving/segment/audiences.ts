import { isScoped, seesKey, type Scope } from '../../access/principal.js';
import type {
  Audience,
  AudienceMember,
  AudienceRule,
  AudiencesAnswer,
} from '../../contract/audiences.js';
import type { Role } from '../../contract/common.js';
import { TinoError } from '../../contract/error.js';
import { newId } from '../../store/ids.js';
import type { ServedModel } from '../catalog.js';
import { checkConditions, columnsMissing, conditionColumns, testOf } from '../conditions.js';
import type { ServingContext } from '../context.js';
import { columnsListed, listOf, type ExportTable } from '../export.js';
import { pageFrom } from '../pages.js';
import { rankedRows } from '../ranked.js';
import { cellsAt, keyAt, moneyAt } from '../score-rows.js';
import type { ScoreTable } from '../score-table.js';
import { scoringOf } from './lookup.js';
import { scoringId } from './members.js';
import { moneyColumn } from './view.js';
import { withheldFrom } from '../shown.js';

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
  checkRule(table, model, rule, withheldFrom(role, model));
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
  { role, scope }: { role: Role; scope: Scope },
): Promise<AudiencesAnswer> {
  const table = await scoringOf(context, model.name);
  const rows = await context.house.state.query<Row>(
    `SELECT ${COLUMNS} FROM audiences WHERE model = $1 ORDER BY name`,
    [model.name],
  );
  const withheld = withheldFrom(role, model);
  const seen = isScoped(scope)
    ? Array.from(table.value.keys()).filter((row) => seesKey(scope, keyAt(table, row)))
    : undefined;
  return {
    items: rows
      .filter(({ rule }) => maySee(rule, withheld))
      .map((row) => counted(table, model, row, scope)),
    columns: conditionColumns(table, withheld, seen),
  };
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
  const { table, rows } = await rowsOfAudience(context, model, id, { role, scope });
  const { items, next } = pageFrom(rows, { cursor, limit, list: scoringId(table) });
  const names = columnsListed(role, model);
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
  const { table, rows } = await rowsOfAudience(context, model, id, { role, scope });
  return listOf(table, rows, { names: columnsListed(role, model), money: moneyOf(model) });
}

async function rowsOfAudience(
  context: ServingContext,
  model: ServedModel,
  id: string,
  { role, scope }: { role: Role; scope: Scope },
): Promise<{ table: ScoreTable; rows: number[] }> {
  const [row] = await context.house.state.query<Row>(
    `SELECT ${COLUMNS} FROM audiences WHERE model = $1 AND id = $2`,
    [model.name, id],
  );
  if (row === undefined || !maySee(row.rule, withheldFrom(role, model)))
    throw new TinoError('NOT_FOUND', { kind: 'audience', id });
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
    missing: missingFrom(table, row.rule),
  };
}

const moneyOf = ({ declaration }: ServedModel): string | undefined =>
  declaration.task === 'segment' ? moneyColumn(declaration) : declaration.page.money;

/** A list by a column tells what it holds of each one on it. */
const maySee = ({ where }: AudienceRule, withheld: ReadonlySet<string>): boolean =>
  where.every(({ column }) => !withheld.has(column));

/** What the rule asks that a later scoring may have no more. */
const missingFrom = (table: ScoreTable, { segments = [], where }: AudienceRule): string[] => [
  ...segments.filter((id) => !table.manifest.segments.includes(id)),
  ...columnsMissing(table, where),
];

/** Rows that the rule takes, the most money first; without money what the model said ranks them. */
function membersOf(
  table: ScoreTable,
  model: ServedModel,
  { segments, where, top }: AudienceRule,
  scope: Scope,
): number[] {
  const wanted = segments && new Set(segments);
  const holds = testOf(table, where);
  const sees = isScoped(scope) ? (row: number) => seesKey(scope, keyAt(table, row)) : () => true;
  const rows: number[] = [];
  for (const row of rankedRows(table, moneyOf(model))) {
    if (top !== undefined && rows.length === top) break;
    if (wanted && !wanted.has(segmentAt(table, row)!)) continue;
    if (holds(row) && sees(row)) rows.push(row);
  }
  return rows;
}

const segmentAt = ({ manifest, value }: ScoreTable, row: number): string | null =>
  manifest.segments.length === 0 ? null : manifest.segments[value[row]!]!;

function checkRule(
  table: ScoreTable,
  model: ServedModel,
  { segments, where, top }: AudienceRule,
  withheld: ReadonlySet<string>,
): void {
  checkConditions(table, where, withheld);
  const named = table.manifest.segments;
  for (const segment of segments ?? [])
    if (!named.includes(segment))
      throw new TinoError('NOT_FOUND', { kind: 'segment', id: segment });
  if (top !== undefined && named.length > 0 && moneyOf(model) === undefined)
    throw new TinoError('AUDIENCE_TOP', { model: model.name, top });
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
