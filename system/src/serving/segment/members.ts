import { isScoped, seesKey, type Scope } from '../../access/principal.js';
import type { Role } from '../../contract/common.js';
import type { Condition } from '../../contract/conditions.js';
import { TinoError } from '../../contract/error.js';
import type { Member } from '../../contract/segments.js';
import type { LoadedModel, SegmentDeclaration } from '../../workspace/types.js';
import { checkConditions, testOf } from '../conditions.js';
import type { ServingContext } from '../context.js';
import { columnsListed, listOf, type ExportTable } from '../export.js';
import { pageFrom } from '../pages.js';
import { rankedRows } from '../ranked.js';
import { cellsAt, keyAt, moneyAt } from '../score-rows.js';
import type { ScoreTable } from '../score-table.js';
import { withheldFrom } from '../shown.js';
import { scoringOf } from './lookup.js';
import { moneyColumn } from './view.js';

export interface MembersAsked {
  role: Role;
  /** Members outside of it are not there. */
  scope?: Scope;
  /** Only members who are all of this. */
  where?: readonly Condition[];
}

/** One page of a segment's members, those with the most money first. */
export async function members(
  context: ServingContext,
  model: LoadedModel,
  segment: string,
  { cursor, limit, ...asked }: MembersAsked & { cursor?: string | undefined; limit: number },
): Promise<{ items: Member[]; next: string | null; total: number }> {
  const { table, rows } = await membersAsked(context, model, segment, asked);
  const { items, next } = pageFrom(rows, { cursor, limit, list: scoringId(table) });
  const names = columnsListed(asked.role, model);
  const column = moneyColumn(model.declaration as SegmentDeclaration);
  return {
    items: items.map((row) => ({
      key: keyAt(table, row),
      segment,
      money: moneyAt(table, column, row),
      columns: cellsAt(table, names, row),
    })),
    next,
    total: rows.length,
  };
}

/** All members as a table to take away. */
export async function membersTable(
  context: ServingContext,
  model: LoadedModel,
  segment: string,
  asked: MembersAsked,
): Promise<ExportTable> {
  const { table, rows } = await membersAsked(context, model, segment, asked);
  const money = moneyColumn(model.declaration as SegmentDeclaration);
  return listOf(table, rows, { names: columnsListed(asked.role, model), money });
}

/** A page begun on one scoring does not go on in the next. */
export const scoringId = ({ manifest: { version, cutoff } }: ScoreTable) => `v${version}-${cutoff}`;

/** Rows of a segment that are all that is asked, the most money first; 404 without such a segment. */
export async function membersAsked(
  context: ServingContext,
  model: LoadedModel,
  segment: string,
  { role, scope = {}, where = [] }: MembersAsked,
): Promise<{ table: ScoreTable; rows: number[] }> {
  const table = await scoringOf(context, model.name);
  const cluster = table.manifest.segments.indexOf(segment);
  if (cluster < 0) throw new TinoError('NOT_FOUND', { kind: 'segment', id: segment });
  checkConditions(table, where, withheldFrom(role, model));
  const holds = testOf(table, where);
  const sees = isScoped(scope) ? (row: number) => seesKey(scope, keyAt(table, row)) : () => true;
  const column = moneyColumn(model.declaration as SegmentDeclaration);
  const rows: number[] = [];
  for (const row of rankedRows(table, column))
    if (table.value[row] === cluster && holds(row) && sees(row)) rows.push(row);
  return { table, rows };
}
