import { join } from 'node:path';
import type { Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { House } from '../ports/house.js';
import { keyTextSql } from '../sources/suppression.js';
import type { TableKind } from '../sources/tables.js';
import type { Source } from '../workspace/types.js';
import type { Person } from './person.js';

/** A table as the state names it, with absolute paths. */
export interface Stored {
  kind: TableKind;
  name: string;
  snapshot: string;
  files: string[];
  rows: number;
  manifest: Record<string, unknown>;
}

export const readAll = (files: readonly string[]): string =>
  `read_parquet([${files.map((file) => literal(file)).join(', ')}],
    hive_partitioning = false, union_by_name = true)`;

const sourceOf = ({ part }: Person, { kind, name }: Stored): Source | undefined =>
  kind === 'source' ? Object.values(part.sources).find(({ id }) => id === name) : undefined;

/** Whether a table's rows borrow their time from another's, by which it is told whose they are. */
export const borrows = (person: Person, table: Stored): boolean =>
  sourceOf(person, table)?.timeOf !== undefined;

/** SQL that tells which rows of a table are the person's; undefined when no column of it can. */
export async function whoseRows(
  house: House,
  session: Session,
  person: Person,
  table: Stored,
): Promise<string | undefined> {
  if (table.files.length === 0) return undefined;
  const found = await session.describe(`SELECT * FROM ${readAll(table.files)}`);
  const names = new Set(found.map(({ name }) => name));
  const own = `${keyTextSql(person.columns)} = ${literal(person.stored)}`;
  if (person.columns.every((name) => names.has(name))) return own;
  const source = sourceOf(person, table);
  if (source?.timeOf === undefined) return undefined;
  const lender = person.part.sources[source.timeOf.source]!;
  if (!person.columns.every((name) => Object.hasOwn(lender.columns, name))) return undefined;
  const lent = await filesOf(house, lender);
  if (lent.length === 0) return undefined;
  const on = source.timeOf.on.map(identifier).join(', ');
  return `(${on}) IN (SELECT (${on}) FROM ${readAll(lent)} WHERE ${own})`;
}

/** Also of snapshots that were replaced: an old row of the lender may be the one that tells. */
async function filesOf({ state, workspace }: House, { id }: Source): Promise<string[]> {
  const rows = await state.query<{ files: string[] }>(
    `SELECT files FROM tables WHERE kind = 'source' AND name = $1`,
    [id],
  );
  const files = new Set(rows.flatMap((row) => row.files));
  return [...files].map((file) => join(workspace.stateFolder, file));
}
