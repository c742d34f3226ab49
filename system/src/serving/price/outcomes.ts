import type { z } from 'zod';
import type { Scope } from '../../access/principal.js';
import { seesKey } from '../../access/principal.js';
import { TinoError, type outcomeRequestSchema } from '../../contract/index.js';
import type { House } from '../../ports/house.js';
import { newId } from '../../store/ids.js';
import type { Queryable } from '../../store/state.js';
import { keyOfText, keyText } from '../../training/tasks/forecast/keys.js';
import type { LoadedModel, PriceDeclaration } from '../../workspace/types.js';
import { localDate } from './cycle.js';
import { learnAgain, type OutcomeDetail, type Start } from './learning.js';
import { findSuggestion } from './store.js';

type Outcome = z.infer<typeof outcomeRequestSchema>['outcomes'][number];

interface Resolved {
  id: string;
  key: string;
  suggestion: string | null;
  at: Date;
  detail: OutcomeDetail;
}

const DAY_MS = 86_400_000;

/**
 * Keeps what happened and learns from it, all of a request or nothing, on disk before the answer.
 * An outcome with an id that was kept before is counted and not learned again; the same id with
 * other figures is an error.
 */
export async function keepOutcomes(
  house: House,
  model: LoadedModel,
  given: readonly Outcome[],
  {
    scope,
    knows,
    startOf,
  }: {
    scope: Scope;
    /** Whether there is such an item. */
    knows(key: string): boolean;
    startOf(key: string): Start | undefined;
  },
): Promise<{ accepted: number; repeated: number }> {
  const now = house.now();
  return house.state.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`posteriors ${model.name}`]);
    const starts = new Map<string, Start>();
    const counts = { accepted: 0, repeated: 0 };
    for (const outcome of given) {
      const resolved = await resolve(tx, house, model, outcome, { scope, knows, now });
      if (!(await keep(tx, model.name, resolved))) {
        counts.repeated++;
        continue;
      }
      counts.accepted++;
      const start = startOf(resolved.key);
      if (start) starts.set(resolved.key, start);
    }
    await learnAgain(tx, model.name, starts, now);
    return counts;
  });
}

/**
 * The item that an outcome is about. A suggestion out of scope gets the answer of one that does not
 * exist.
 */
async function resolve(
  tx: Queryable,
  house: House,
  model: LoadedModel,
  outcome: Outcome,
  { scope, knows, now }: { scope: Scope; knows(key: string): boolean; now: Date },
): Promise<Resolved> {
  const at = outcome.at === undefined ? now : new Date(outcome.at);
  // Clocks differ by minutes, and a day that is told this evening may be dated by its midnight.
  if (!(at.getTime() <= now.getTime() + DAY_MS))
    throw new TinoError('OUTCOME_MOMENT', {
      id: outcome.id,
      at: outcome.at ?? '∅',
      example: now.toISOString(),
    });
  const { price, units, days } = outcome;
  const detail = { price, units, days, day: localDate(at, house.workspace.zone) };
  const common = { id: `${model.name}/${outcome.id}`, at, detail };
  if (outcome.suggestion !== undefined) {
    const found = await findSuggestion(tx, model.name, outcome.suggestion);
    if (found === undefined || !seesKey(scope, keyOfText(found.key)))
      throw new TinoError('NOT_FOUND', { kind: 'suggestion', id: outcome.suggestion });
    return { ...common, key: found.key, suggestion: found.id };
  }
  const names = (model.declaration as PriceDeclaration).key;
  const key = outcome.key ?? {};
  if (names.length !== Object.keys(key).length || !names.every((name) => name in key))
    throw new TinoError('BAD_KEY', {
      expected: names.join(', '),
      found: Object.keys(key).join(', ') || '∅',
    });
  const item = keyText(names, key);
  if (!seesKey(scope, key) || !knows(item))
    throw new TinoError('UNKNOWN_KEY', { model: model.name, key: item });
  return { ...common, key: item, suggestion: null };
}

/** False when the same outcome was kept before. */
async function keep(tx: Queryable, model: string, resolved: Resolved): Promise<boolean> {
  const { id, key, suggestion, at, detail } = resolved;
  const [before] = await tx.query<{ key: string; detail: OutcomeDetail }>(
    'SELECT key, detail FROM outcomes WHERE idempotency_key = $1',
    [id],
  );
  if (before !== undefined) {
    const same =
      before.key === key &&
      before.detail.price === detail.price &&
      before.detail.units === detail.units &&
      before.detail.days === detail.days;
    if (!same) throw new TinoError('IDEMPOTENCY_MISMATCH', { key: id.slice(model.length + 1) });
    return false;
  }
  await tx.query(
    `INSERT INTO outcomes (id, suggestion, model, key, at, detail, idempotency_key)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)`,
    [newId('outcome'), suggestion, model, key, at, JSON.stringify(detail), id],
  );
  return true;
}
