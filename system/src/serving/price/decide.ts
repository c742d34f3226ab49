import type { z } from 'zod';
import { seesKey, type Scope } from '../../access/principal.js';
import { TinoError, type decisionRequestSchema } from '../../contract/index.js';
import type { House } from '../../ports/house.js';
import { keyOfText } from '../../training/tasks/forecast/keys.js';
import type { Desk } from './desk.js';
import { floorOf } from './policy.js';
import { checkOrder } from './order.js';
import { findSuggestion, keepDecision, lockSuggestions, type StoredSuggestion } from './store.js';

type Asked = z.infer<typeof decisionRequestSchema>;

/**
 * A person's decision about a waiting suggestion, on disk before the answer. The hard floor, at
 * today's cost when that is higher, holds for approved and edited prices alike; so does the order of
 * prices between items, where the floor itself does not break it.
 */
export async function decideSuggestion(
  house: House,
  desk: Pick<Desk, 'model' | 'declaration' | 'items' | 'cycle'>,
  id: string,
  { decision, price, reason }: Asked,
  { by, scope }: { by: string; scope: Scope },
): Promise<StoredSuggestion> {
  const { model, declaration, items } = desk;
  const found = await findSuggestion(house.state, model.name, id);
  if (found === undefined || !seesKey(scope, keyOfText(found.key)))
    throw new TinoError('NOT_FOUND', { kind: 'suggestion', id });
  // One that outlived its cycle was made for prices and costs of then.
  const outlived = found.state === 'waiting' && found.detail.cycle !== desk.cycle;
  if (found.state !== 'waiting' || outlived)
    throw new TinoError('ALREADY_DECIDED', { id, state: outlived ? 'expired' : found.state });
  if (decision === 'edit' && price === undefined) throw new TinoError('EDIT_WITHOUT_PRICE', { id });
  const wanted = decision === 'edit' ? Math.round(price! * 100) / 100 : found.price;
  if (decision !== 'refuse') {
    const { proposal } = found.detail;
    const cost = Math.max(proposal.cost, items.get(found.key)?.cost ?? 0);
    const floor = Math.max(proposal.floor, floorOf(declaration.guardrails, cost));
    if (wanted < floor)
      throw new TinoError('BELOW_FLOOR', { price: wanted, floor, key: proposal.name });
  }
  const settled = {
    state: decision === 'refuse' ? ('refused' as const) : ('applied' as const),
    by,
    at: house.now(),
    price: decision === 'refuse' ? null : wanted,
    reason: reason ?? null,
  };
  const moved = await house.state.transaction(async (tx) => {
    await lockSuggestions(tx, model.name);
    if (decision !== 'refuse' && !liftedByFloor(found, wanted))
      await checkOrder(tx, desk, found, wanted);
    return keepDecision(tx, id, settled);
  });
  if (!moved) {
    const now = await findSuggestion(house.state, model.name, id);
    throw new TinoError('ALREADY_DECIDED', { id, state: now?.state ?? 'expired' });
  }
  return {
    ...found,
    state: settled.state,
    decidedBy: by,
    decidedAt: settled.at,
    decidedPrice: settled.price,
    reason: settled.reason,
  };
}

/** A price that its floor alone lifted: no order between items may hold it under the floor. */
const liftedByFloor = ({ price, detail }: StoredSuggestion, wanted: number): boolean =>
  wanted === price && detail.proposal.binding.rule === 'minimumMargin';
