import { updatePosterior, type DemandPosterior, type PriceOutcome } from '@tino/learn';
import type { Queryable } from '../../store/state.js';

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
  const rows = await state.query<{
    key: string;
    kept: DemandPosterior | null;
    outcomes: { id: string; detail: OutcomeDetail }[] | null;
  }>(
    `SELECT asked.key, p.posterior->'posterior' AS kept, o.outcomes
     FROM unnest($2::text[], $3::int[]) AS asked (key, version)
     LEFT JOIN posteriors p ON p.model = $1 AND p.key = asked.key
       AND (p.posterior->>'version')::int = asked.version
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('id', idempotency_key, 'detail', detail)) AS outcomes
       FROM outcomes WHERE p.key IS NULL AND model = $1 AND key = asked.key) o ON true`,
    [model, keys, keys.map((key) => starts.get(key)!.version)],
  );
  return new Map(
    rows.map(({ key, kept, outcomes }) => [key, kept ?? learned(starts.get(key)!, outcomes ?? [])]),
  );
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
