import type { Queryable } from '../store/state.js';
import { eraseFromLists } from './lists.js';
import type { Person } from './person.js';

/** Rows of the state that named the person, by table. */
export type ErasedRecords = Record<string, number>;

/**
 * What the state's tables say of the person: rows of their own go, those that tell what was done
 * (jobs, audit) keep that it was done and lose of whom.
 */
export async function eraseRecords(
  tx: Queryable,
  person: Person,
): Promise<{ records: ErasedRecords; artifacts: string[] }> {
  const found = personIn(person);
  const counts: ErasedRecords = {};
  const note = async (table: string, sql: string) => {
    const rows = await tx.query(`${sql} RETURNING 1`, found.params);
    if (rows.length > 0) counts[table] = (counts[table] ?? 0) + rows.length;
  };
  const { inJson, isKey } = found;
  await note(
    'outcomes',
    `DELETE FROM outcomes WHERE ${isKey('key')} OR ${inJson('detail')}
      OR suggestion IN (SELECT id FROM suggestions WHERE ${isKey('key')} OR ${inJson('detail')})`,
  );
  await note('suggestions', `DELETE FROM suggestions WHERE ${isKey('key')} OR ${inJson('detail')}`);
  await note('posteriors', `DELETE FROM posteriors WHERE ${isKey('key')}`);
  await note('reviews', `DELETE FROM reviews WHERE ${inJson('key')} OR ${inJson('decision')}`);
  await note('idempotency', `DELETE FROM idempotency WHERE ${inJson('response')}`);
  await note('job_events', `DELETE FROM job_events WHERE ${inJson('event')}`);
  await note(
    'jobs',
    `UPDATE jobs SET args = '{}', message = NULL, result = NULL, error = NULL, key = NULL
      WHERE state NOT IN ('queued', 'running') AND (${inJson('args')} OR ${inJson('result')}
        OR ${inJson('error')} OR ${inJson('message')})`,
  );
  await note(
    'audit',
    `UPDATE audit SET detail = '{}', subject = '•••' WHERE ${inJson('detail')} OR ${isKey('subject')}`,
  );
  await note(
    'alerts',
    `UPDATE alerts SET params = '{}', subject = id, closed_at = coalesce(closed_at, now())
      WHERE ${inJson('params')} OR ${isKey('subject')}`,
  );
  await note('sessions', `DELETE FROM sessions WHERE ${inJson('scope')}`);
  await note('sign_in_links', `DELETE FROM sign_in_links WHERE ${inJson('scope')}`);
  const members = await eraseMembers(tx, isKey('key'), found.params);
  if (members.rows > 0) counts['members'] = members.rows;
  const records = { ...counts, ...(await eraseFromLists(tx, person)) };
  return { records, artifacts: members.artifacts };
}

/** Members of families, and the hashes of models that were fitted to nobody else. */
async function eraseMembers(
  tx: Queryable,
  where: string,
  params: readonly unknown[],
): Promise<{ rows: number; artifacts: string[] }> {
  const gone = await tx.query<{ hash: string }>(
    `DELETE FROM members WHERE ${where} RETURNING hash`,
    params,
  );
  const alone = await tx.query<{ hash: string }>(
    `SELECT hash FROM unnest($1::text[]) AS gone(hash)
     EXCEPT SELECT hash FROM members EXCEPT SELECT hash FROM versions
     EXCEPT SELECT hash FROM run_artifacts`,
    [gone.map(({ hash }) => hash)],
  );
  return { rows: gone.length, artifacts: alone.map(({ hash }) => hash) };
}

/**
 * SQL that tells whether a column speaks of the person: JSON whose key columns have the values, as
 * text, number or one of a list, and texts that are the key or end in it.
 */
function personIn({ columns, raw, stored, values, rawValues }: Person) {
  const params = columns.map((name) => [values[name]!, rawValues[name]!]);
  const inJson = (json: string) =>
    columns
      .map((name, i) => {
        const number = NUMBER.test(rawValues[name]!) ? ` || @ == ${rawValues[name]!}` : '';
        const is = `? (@ == $stored || @ == $raw${number})`;
        const text = JSON.stringify(name);
        // `{ customer_id: … }`, and conditions: `{ column: 'customer_id', values: […] }`.
        const paths = [`$.**.${text} ${is}`, `$.** ? (@.column == ${text}).values ${is}`];
        const found = paths.map(
          (path) => `jsonb_path_exists(${json}, ${quoted(path)}, jsonb_build_object(
            'stored', $1::jsonb -> ${i} -> 0, 'raw', $1::jsonb -> ${i} -> 1), true)`,
        );
        return `(${json} IS NOT NULL AND (${found.join(' OR ')}))`;
      })
      .join(' AND ');
  const isKey = (column: string) =>
    [...new Set([raw, stored])]
      .map(
        (text) =>
          `${column} = ${quoted(text)} OR right(${column}, ${text.length + 1}) = ${quoted(`/${text}`)}`,
      )
      .concat(jsonKey(column))
      .join(' OR ');
  /** Keys of items are kept as JSON text, such as {"restaurant_id":"12","dish_id":"7"}. */
  const jsonKey = (column: string) =>
    `(CASE WHEN ${column} ~ '^\\{.*\\}$' THEN ${inJson(`${column}::jsonb`)} ELSE false END)`;
  return { inJson, isKey, params: [JSON.stringify(params)] };
}

/** That a JSON path may compare with. */
const NUMBER = /^-?(0|[1-9]\d{0,14})$/;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
