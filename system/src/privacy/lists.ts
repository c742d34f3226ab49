import type { AudienceRule } from '../contract/audiences.js';
import type { Queryable } from '../store/state.js';
import type { ErasedRecords } from './records.js';
import type { Person } from './person.js';

/**
 * Lists that people made and that name the person among others: the rules of audiences and what a key
 * may see. Only the person leaves; an audience that asked for nobody else goes, and a key that could
 * see nobody else is revoked. Of a key of several columns no list of one column names the person.
 */
export async function eraseFromLists(tx: Queryable, person: Person): Promise<ErasedRecords> {
  const audiences = await eraseFromAudiences(tx, person);
  const keys = await eraseFromKeys(tx, person);
  return { ...(audiences > 0 && { audiences }), ...(keys > 0 && { keys }) };
}

/** Whether a value of a column of the key is the person's, as text or number. */
const isTheirs = ({ values, rawValues }: Person, column: string, value: unknown): boolean =>
  [values[column], rawValues[column]].includes(String(value));

async function eraseFromAudiences(tx: Queryable, person: Person): Promise<number> {
  const [key, ...more] = person.columns;
  if (more.length > 0) return 0;
  const rows = await tx.query<{ id: string; rule: AudienceRule }>('SELECT id, rule FROM audiences');
  let changed = 0;
  for (const { id, rule } of rows) {
    const where = rule.where.map((condition) =>
      condition.column === key
        ? {
            ...condition,
            values: condition.values.filter((value) => !isTheirs(person, key!, value)),
          }
        : condition,
    );
    const same = where.every(({ values }, i) => values.length === rule.where[i]!.values.length);
    if (same) continue;
    changed++;
    if (where.some(({ values }) => values.length === 0))
      await tx.query('DELETE FROM audiences WHERE id = $1', [id]);
    else
      await tx.query('UPDATE audiences SET rule = $2::jsonb WHERE id = $1', [
        id,
        JSON.stringify({ ...rule, where }),
      ]);
  }
  return changed;
}

/** A scope that names nobody sees nobody. */
const SEES_NOBODY = { '': [] };

async function eraseFromKeys(tx: Queryable, person: Person): Promise<number> {
  const rows = await tx.query<{ id: string; scope: Record<string, string[]> }>(
    'SELECT id, scope FROM keys WHERE scope ?& $1',
    [person.columns],
  );
  const [first, ...more] = person.columns as [string, ...string[]];
  let changed = 0;
  for (const { id, scope } of rows) {
    const others = person.columns.map((name) =>
      scope[name]!.filter((value) => !isTheirs(person, name, value)),
    );
    const named = others.every((left, i) => left.length < scope[person.columns[i]!]!.length);
    const alone = others.every((left) => left.length === 0);
    if (!named || (more.length > 0 && !alone)) continue;
    changed++;
    if (!alone)
      await tx.query('UPDATE keys SET scope = $2::jsonb WHERE id = $1', [
        id,
        JSON.stringify({ ...scope, [first]: others[0] }),
      ]);
    // Its name may tell whom it was for.
    else
      await tx.query(
        `UPDATE keys SET scope = $2::jsonb, name = id, revoked_at = coalesce(revoked_at, now())
         WHERE id = $1`,
        [id, JSON.stringify(SEES_NOBODY)],
      );
  }
  return changed;
}
