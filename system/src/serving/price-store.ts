import type { DecisionRecord, DemandPosterior } from '@tino/learn';
import type { Suggestion } from '../contract/predictions.js';
import type { Queryable, State } from '../store/state.js';
import type { Proposal } from './price-propose.js';

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
     WHERE model = $1 AND (detail->>'cycle')::int = $2 ${keys === null ? '' : 'AND key = ANY($3::text[])'}
     ORDER BY at, id`,
    keys === null ? [model, cycle] : [model, cycle, keys],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Holds the suggestions of a model until the transaction ends: what is read stays so. */
export async function lockSuggestions(tx: Queryable, model: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`suggestions ${model}`]);
}

/**
 * Keeps new suggestions of a cycle and answers them. One is open for an item and cycle: of two
 * callers that propose at once the second gets what the first one kept. Those of earlier cycles
 * that nobody decided expire. Changes without a person are counted under the same lock; those past
 * the day's limit wait for one. On disk when the promise resolves.
 */
export const keepSuggestions = (
  state: State,
  model: string,
  cycle: number,
  proposed: readonly StoredSuggestion[],
  { perDay, zone }: { perDay: number; zone: string },
): Promise<Map<string, StoredSuggestion>> =>
  state.transaction(async (tx) => {
    await lockSuggestions(tx, model);
    const keys = proposed.map(({ key }) => key);
    const standing = await suggestionsOfCycle(tx, model, cycle, keys);
    const first = proposed[0];
    let automatic = first ? await automaticOn(tx, model, first.at, zone) : 0;
    for (const wanted of proposed) {
      if (standing.has(wanted.key)) continue;
      const one = wanted.state === 'applied' && automatic >= perDay ? waiting(wanted) : wanted;
      if (one.state === 'applied') automatic++;
      await tx.query(
        `UPDATE suggestions SET state = 'expired'
         WHERE model = $1 AND key = $2 AND state IN ('waiting', 'shadow') AND (detail->>'cycle')::int < $3`,
        [model, one.key, cycle],
      );
      await tx.query(
        `INSERT INTO suggestions
           (id, model, key, at, price, current, state, detail, decided_by, decided_at, decided_price, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12)`,
        [
          one.id,
          model,
          one.key,
          one.at,
          one.price,
          one.current,
          one.state,
          JSON.stringify(one.detail),
          one.decidedBy,
          one.decidedAt,
          one.decidedPrice,
          one.reason,
        ],
      );
      standing.set(one.key, one);
    }
    return standing;
  });

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
