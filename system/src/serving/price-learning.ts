import { updatePosterior, type DemandPosterior, type PriceOutcome } from '@tino/learn';
import type { Queryable } from '../store/state.js';

/** An outcome as it is kept. */
export interface OutcomeDetail {
  price: number;
  units: number;
  days: number;
  /** Local date of the end of the period. */
  day: string;
}

/**
 * Where learning starts: the version's belief, which has already seen the sales until `dataUntil`.
 */
export interface Start {
  version: number;
  prior: DemandPosterior;
  dataUntil: string | null;
}

interface Kept {
  version: number;
  posterior: DemandPosterior;
}

/**
 * The belief of a version after outcomes. They are taken by day and id, whatever the order in which
 * they came, so late ones, a restart and a crash all end in the same numbers. What the version was
 * trained on is not learned twice.
 */
export function learned(
  { prior, dataUntil }: Start,
  outcomes: readonly { id: string; detail: OutcomeDetail }[],
): DemandPosterior {
  return outcomes
    .filter(({ detail }) => dataUntil === null || detail.day > dataUntil)
    .toSorted((a, b) => compare(a.detail.day, b.detail.day) || compare(a.id, b.id))
    .reduce((posterior, { detail }) => updatePosterior(posterior, outcomeOf(detail)), prior);
}

/** Learns the kept outcomes of some items again, inside the transaction that added to them. */
export async function learnAgain(
  tx: Queryable,
  model: string,
  starts: ReadonlyMap<string, Start>,
  now: Date,
): Promise<void> {
  const keys = [...starts.keys()];
  const rows = await outcomesOf(tx, model, keys);
  for (const key of keys) {
    const start = starts.get(key)!;
    const own = rows.get(key) ?? [];
    const kept: Kept = { version: start.version, posterior: learned(start, own) };
    await tx.query(
      `INSERT INTO posteriors (model, key, posterior, updated_at, outcomes)
       VALUES ($1, $2, $3::jsonb, $4, $5)
       ON CONFLICT (model, key) DO UPDATE
       SET posterior = excluded.posterior, updated_at = excluded.updated_at, outcomes = excluded.outcomes`,
      [model, key, JSON.stringify(kept), now, own.length],
    );
  }
}

/**
 * The belief of each item now: the kept one where the version that serves made it, else the
 * version's own with the outcomes since. Items without a belief are absent.
 */
export async function posteriorsOf(
  state: Queryable,
  model: string,
  starts: ReadonlyMap<string, Start>,
): Promise<Map<string, DemandPosterior>> {
  const keys = [...starts.keys()];
  const kept = await state.query<{ key: string; posterior: Kept }>(
    'SELECT key, posterior FROM posteriors WHERE model = $1 AND key = ANY($2::text[])',
    [model, keys],
  );
  const current = new Map<string, DemandPosterior>();
  for (const { key, posterior } of kept)
    if (posterior.version === starts.get(key)!.version) current.set(key, posterior.posterior);
  const others = keys.filter((key) => !current.has(key));
  const rows = await outcomesOf(state, model, others);
  for (const key of others) current.set(key, learned(starts.get(key)!, rows.get(key) ?? []));
  return current;
}

async function outcomesOf(tx: Queryable, model: string, keys: readonly string[]) {
  const byKey = new Map<string, { id: string; detail: OutcomeDetail }[]>();
  if (keys.length === 0) return byKey;
  const rows = await tx.query<{ id: string; key: string; detail: OutcomeDetail }>(
    `SELECT idempotency_key AS id, key, detail FROM outcomes
     WHERE model = $1 AND key = ANY($2::text[])`,
    [model, keys],
  );
  for (const row of rows) {
    const own = byKey.get(row.key);
    if (own === undefined) byKey.set(row.key, [row]);
    else own.push(row);
  }
  return byKey;
}

const outcomeOf = ({ price, units, days }: OutcomeDetail): PriceOutcome => ({ price, units, days });
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
