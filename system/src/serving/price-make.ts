import type { DemandPosterior } from '@tino/learn';
import type { House } from '../ports/house.js';
import { newId } from '../store/ids.js';
import type { Item } from '../training/tasks/price-data.js';
import type { PriceDeclaration } from '../workspace/types.js';
import { isHeldOut } from './price-cycle.js';
import type { Desk } from './price-desk.js';
import { posteriorsOf } from './price-learning.js';
import { propose, type Proposal } from './price-propose.js';
import {
  keepSuggestions,
  suggestionsOfCycle,
  type StoredSuggestion,
  type SuggestionState,
} from './price-store.js';

/**
 * The suggestions of this cycle by the text of their key, for at least `items`; missing ones are
 * made.
 */
export async function makeSuggestions(
  house: House,
  desk: Desk,
  items: readonly Item[],
): Promise<Map<string, StoredSuggestion>> {
  const { name } = desk.model;
  const standing = await suggestionsOfCycle(house.state, name, desk.cycle);
  const missing = items.filter(({ text }) => !standing.has(text));
  if (missing.length === 0) return standing;
  const starts = new Map(
    missing.flatMap(({ text }) => {
      const start = desk.starts.get(text);
      return start ? [[text, start] as const] : [];
    }),
  );
  const beliefs = await posteriorsOf(house.state, name, starts);
  const at = house.now();
  const made = missing.map((item) => makeOne(desk, item, beliefs.get(item.text) ?? null, at));
  return keepSuggestions(house.state, name, desk.cycle, made);
}

function makeOne(
  desk: Desk,
  item: Item,
  posterior: DemandPosterior | null,
  at: Date,
): StoredSuggestion {
  const { declaration, model, version, cycle, cutoff } = desk;
  const proposal = propose({
    declaration,
    item,
    demand: desk.demand.get(item.text),
    posterior,
    holdOut: isHeldOut(model.name, item.text, declaration.holdOut),
    seed: `${model.name} ${version} ${item.text} ${cycle}`,
  });
  const state = stateOf(declaration, proposal);
  const automatic = state === 'applied';
  return {
    id: newId('suggestion'),
    model: model.name,
    key: item.text,
    at,
    state,
    price: proposal.price,
    current: proposal.current,
    detail: { proposal, version, cycle, cutoff, posterior },
    decidedBy: automatic ? 'automatic' : null,
    decidedAt: automatic ? at : null,
    decidedPrice: automatic ? proposal.price : null,
    reason: null,
  };
}

/** What becomes of a proposal before anyone looks at it. */
function stateOf(
  { approval }: PriceDeclaration,
  { kept, binding, price, current }: Proposal,
): SuggestionState {
  if (binding.rule === 'holdOut') return 'hold-out';
  if (kept) return 'kept';
  if (approval.mode !== 'automatic') return approval.mode === 'shadow' ? 'shadow' : 'waiting';
  const change = Math.abs(price - current);
  const within =
    change <= approval.maximumMoney + 1e-9 &&
    (change / current) * 100 <= approval.maximumPercent + 1e-9;
  return within ? 'applied' : 'waiting';
}
