import type { DecisionRecord, DemandPosterior } from '@tino/learn';
import type { Suggestion } from '../../contract/suggestions.js';
import type { Queryable, State } from '../../store/state.js';
import type { Arm } from './hold-out.js';
import type { Proposal } from './propose.js';

export type SuggestionState = Suggestion['state'];

/** A suggestion as it is kept: what was proposed never changes, its state does. */
export interface StoredSuggestion {
  id: string;
  model: string;
  /** Text of the item's key. */
  key: string;
  at: Date;
  state: SuggestionState;
  price: number;
  current: number;
  detail: SuggestionDetail;
  decidedBy: string | null;
  decidedAt: Date | null;
  decidedPrice: number | null;
  reason: string | null;
}

/**
 * The log that a decision can be judged by later: what was known, what was possible, how likely it
 * was.
 */
interface SuggestionDetail {
  proposal: Proposal;
  version: number;
  /** Number of the pricing cycle it belongs to. */
  cycle: number;
  cutoff: string;
  /** The belief that it was drawn from. */
  posterior: DemandPosterior | null;
  /** Context, action set, propensities, policy and seed; absent from the oldest suggestions. */
  record?: DecisionRecord;
  /** Where groups or cycles are held out. */
  arm?: Arm;
}

const COLUMNS = `id, model, key, at, state, price::float8 AS price, current::float8 AS current, detail,
  decided_by AS "decidedBy", decided_at AS "decidedAt",
  decided_price::float8 AS "decidedPrice", reason`;

export const findSuggestion = async (
  state: Queryable,
  model: string,
  id: string,
): Promise<StoredSuggestion | undefined> =>
  (
    await state.query<StoredSuggestion>(
      `SELECT ${COLUMNS} FROM suggestions WHERE model = $1 AND id = $2`,
      [model, id],
    )
  )[0];

/** The suggestions of one cycle by the text of their key; of some keys, or of all. */
export async function suggestionsOfCycle(
  state: Queryable,
  model: string,
  cycle: number,
  keys: readonly string[] | null = null,
): Promise<Map<string, StoredSuggestion>> {
  const rows = await state.query<StoredSuggestion>(
    `SELECT ${COLUMNS} FROM suggestions
     WHERE model = $1 AND cycle = $2 ${keys === null ? '' : 'AND key = ANY($3::text[])'}
     ORDER BY at, id`,
    keys === null ? [model, cycle] : [model, cycle, keys],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Prices in force that were applied in a cycle, by text of the key. */
export const appliedOfCycle = async (
  state: Queryable,
  model: string,
  cycle: number,
): Promise<Map<string, number>> =>
  new Map(
    (
      await state.query<{ key: string; price: number }>(
        `SELECT key, coalesce(decided_price, price)::float8 AS price FROM suggestions
         WHERE model = $1 AND cycle = $2 AND state = 'applied'`,
        [model, cycle],
      )
    ).map(({ key, price }) => [key, price]),
  );

/** The suggestion of an item that waits in this cycle. */
export async function findOpen(
  state: Queryable,
  model: string,
  cycle: number,
  key: string,
): Promise<StoredSuggestion | undefined> {
  const found = (await suggestionsOfCycle(state, model, cycle, [key])).get(key);
  return found?.state === 'waiting' ? found : undefined;
}

/** Holds the suggestions of a model until the transaction ends: what is read stays so. */
export async function lockSuggestions(tx: Queryable, model: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`suggestions ${model}`]);
}

/** Which of some changes may be applied without a person, given what is applied in the cycle. */
export interface Automatic {
  perDay: number;
  zone: string;
  pick(
    changes: readonly StoredSuggestion[],
    applied: ReadonlyMap<string, number>,
    most: number,
  ): ReadonlySet<string>;
}

/**
 * Keeps new suggestions of a cycle and answers them. One is open for an item and cycle: of two
 * callers that propose at once the second gets what the first one kept. Those of other cycles that
 * nobody decided expire. Changes without a person are picked under a lock; those past the day's
 * limit, or that would break the order between items, wait for one. On disk when the promise resolves.
 */
export async function keepSuggestions(
  state: State,
  model: string,
  cycle: number,
  proposed: readonly StoredSuggestion[],
  { perDay, zone, pick }: Automatic,
): Promise<Map<string, StoredSuggestion>> {
  const moving = proposed.find((one) => one.state === 'applied');
  if (moving === undefined) return insertNew(state, model, cycle, proposed);
  return state.transaction(async (tx) => {
    await lockSuggestions(tx, model);
    const keys = proposed.map(({ key }) => key);
    const standing = await suggestionsOfCycle(tx, model, cycle, keys);
    const missing = proposed.filter(({ key }) => !standing.has(key));
    const picked = pick(
      missing.filter((one) => one.state === 'applied'),
      await appliedOfCycle(tx, model, cycle),
      perDay - (await automaticOn(tx, model, moving.at, zone)),
    );
    const settled = missing.map((one) =>
      one.state === 'applied' && !picked.has(one.key) ? waiting(one) : one,
    );
    return new Map([...standing, ...(await insertNew(tx, model, cycle, settled))]);
  });
}

/** Those that are first of their item and cycle are inserted; the answer has what stands. */
async function insertNew(
  state: Queryable,
  model: string,
  cycle: number,
  proposed: readonly StoredSuggestion[],
): Promise<Map<string, StoredSuggestion>> {
  // In one order, so that two callers never wait for each other.
  const rows = proposed.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const inserted = await state.query<{ id: string }>(
    `WITH proposed AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS p (id text, key text, at timestamptz,
         price numeric, current numeric, state text, detail jsonb, "decidedBy" text,
         "decidedAt" timestamptz, "decidedPrice" numeric, reason text)),
     others AS (
       UPDATE suggestions SET state = 'expired'
       WHERE model = $2 AND key = ANY($4::text[]) AND state = 'waiting'
         AND cycle IS DISTINCT FROM $3)
     INSERT INTO suggestions (id, model, key, cycle, at, price, current, state, detail,
       decided_by, decided_at, decided_price, reason)
     SELECT id, $2, key, $3, at, price, current, state, detail,
       "decidedBy", "decidedAt", "decidedPrice", reason
     FROM proposed
     ON CONFLICT (model, key, cycle) DO NOTHING RETURNING id`,
    [JSON.stringify(rows), model, cycle, rows.map(({ key }) => key)],
  );
  const first = new Set(inserted.map(({ id }) => id));
  const kept = new Map(rows.filter(({ id }) => first.has(id)).map((one) => [one.key, one]));
  const late = rows.map(({ key }) => key).filter((key) => !kept.has(key));
  return late.length === 0
    ? kept
    : new Map([...kept, ...(await suggestionsOfCycle(state, model, cycle, late))]);
}

const waiting = (one: StoredSuggestion): StoredSuggestion => ({
  ...one,
  state: 'waiting',
  decidedBy: null,
  decidedAt: null,
  decidedPrice: null,
});

/** Changes that were applied without a person on the local day of a moment. */
async function automaticOn(tx: Queryable, model: string, at: Date, zone: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM suggestions
     WHERE model = $1 AND decided_by = 'automatic'
       AND (at AT TIME ZONE $2)::date = ($3::timestamptz AT TIME ZONE $2)::date`,
    [model, zone, at],
  );
  return row!.count;
}

/** Moves a waiting suggestion to its decision; false when it was not waiting any more. */
export async function keepDecision(
  tx: Queryable,
  id: string,
  decision: {
    state: SuggestionState;
    by: string;
    at: Date;
    price: number | null;
    reason: string | null;
  },
): Promise<boolean> {
  const moved = await tx.query(
    `UPDATE suggestions
     SET state = $2, decided_by = $3, decided_at = $4, decided_price = $5, reason = $6
     WHERE id = $1 AND state = 'waiting' RETURNING id`,
    [id, decision.state, decision.by, decision.at, decision.price, decision.reason],
  );
  return moved.length === 1;
}
