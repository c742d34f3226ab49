import { dirname, join } from 'node:path';
import type { Session } from '../engine/port.js';
import { literal } from '../engine/quote.js';
import type { House } from '../ports/house.js';
import { fileSafe } from '../sources/tables.js';
import { newId } from '../store/ids.js';
import type { Person } from './person.js';
import { readAll, type Stored } from './whose.js';

export interface ErasedRejects {
  /** Absolute paths of those written anew. */
  files: string[];
  gone: string[];
  rows: number;
}

/** Rows set aside keep the key of duplicates and a value that broke a rule: those go too. */
export async function eraseRejects(
  { workspace }: House,
  session: Session,
  person: Person,
  table: Stored,
): Promise<ErasedRejects | undefined> {
  const relative = (table.manifest['rejectFiles'] as string[] | undefined) ?? [];
  if (table.kind !== 'source' || relative.length === 0) return undefined;
  const before = relative.map((file) => join(workspace.stateFolder, file));
  const from = `FROM ${readAll(before)}`;
  const texts = [...new Set([person.raw, person.stored, ...Object.values(person.values)])];
  const tells = texts
    .map(
      (text) =>
        `list_contains(string_split(json_extract_string(params, '$.key'), ', '), ${literal(text)})
        OR json_extract_string(params, '$.key') = ${literal(text)}
        OR json_extract_string(params, '$.value') = ${literal(text)}`,
    )
    .join(' OR ');
  const [count] = await session.all(`SELECT count(*) AS n ${from} WHERE ${tells}`);
  const rows = Number(count!['n']);
  if (rows === 0) return undefined;
  const written = await session.write(
    `SELECT * ${from} WHERE (${tells}) IS NOT TRUE`,
    dirname(before[0]!),
    { name: `${fileSafe(table.name)}.${newId('table')}.rejects` },
  );
  return { files: written.files, gone: before, rows };
}
