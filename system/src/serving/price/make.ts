import { excludedBy, waitsForPerson, type DemandPosterior } from '@tino/learn';
import { dayNumber } from '../../calendar/dates.js';
import type { House } from '../../ports/house.js';
import { newId } from '../../store/ids.js';
import type { Item } from '../../training/tasks/price/data.js';
import type { PriceDeclaration } from '../../workspace/types.js';
import { localDate } from './cycle.js';
import type { Desk } from './desk.js';
import { holdOutOf, type Arm } from './hold-out.js';
import { posteriorsOf } from './learning.js';
import { isJoint, planMenu } from './menu.js';
import { applicable, orderOf } from './order.js';
import { obeysDraw, propose, rulesOf, type Proposal, type Proposing } from './propose.js';
import { recordOf } from './record.js';
import {
  keepSuggestions,
  suggestionsOfCycle,
  type StoredSuggestion,
  type SuggestionState,
} from './store.js';

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
  const keys = items.map(({ text }) => text);
  const found = await suggestionsOfCycle(house.state, name, desk.cycle, keys);
  if (items.every(({ text }) => found.has(text))) return found;
  // Rules between items need all of them, whoever asks for one.
  const wide = isJoint(desk);
  const standing = wide ? await suggestionsOfCycle(house.state, name, desk.cycle) : found;
  const asked = wide ? [...desk.items.values()] : items;
  const missing = asked.filter(({ text }) => !standing.has(text));
  const starts = new Map(
    missing.flatMap(({ text }) => {
      const start = desk.starts.get(text);
      return start ? [[text, start] as const] : [];
    }),
  );
  const beliefs = await posteriorsOf(house.state, name, starts);
  const at = house.now();
  const standingPrices = new Map([...standing].map(([text, one]) => [text, expectedPrice(one)]));
  const wanted = missing.map((item) => asking(desk, item, beliefs.get(item.text) ?? null));
  const menu = isJoint(desk)
    ? await planMenu(
        desk,
        [...wanted, ...others(desk, standing)].map((input) => ({ input, rules: rulesOf(input) })),
        standingPrices,
      )
    : undefined;
  const day = localDate(at, house.workspace.zone);
  const made = wanted.map((input) => {
    const one = makeOne(desk, { ...input, place: menu?.placeOf(input.item.text) }, at, day);
    menu?.settle(input.item.text, one.price);
    return one;
  });
  const { approval } = desk.declaration;
  const perDay = (approval.mode === 'automatic' ? approval.changesPerDay : undefined) ?? Infinity;
  const kept = await keepSuggestions(house.state, name, desk.cycle, made, {
    perDay,
    zone: house.workspace.zone,
    pick: (changes, applied, most) =>
      applicable(changes, orderOf(desk.declaration, desk.items, applied), most),
  });
  return new Map([...standing, ...kept]);
}

/** What an item will cost in this cycle, as far as it is known: decided, or still suggested. */
const expectedPrice = ({ state, price, current, decidedPrice }: StoredSuggestion): number =>
  state === 'applied' ? (decidedPrice ?? price) : state === 'refused' ? current : price;

const drawnFor = ({ model: { name }, declaration, items, cycle }: Desk, { text }: Item) =>
  holdOutOf({ model: name, items, holdOut: declaration.holdOut, cycle }).get(text);

/** The side that was drawn for an item, where the draw is what decides whether its price may move. */
function armOf(desk: Desk, input: Proposing): Arm | undefined {
  const arm = drawnFor(desk, input.item)?.arm;
  // In the shadow nothing is charged on either side.
  if (arm === undefined || desk.declaration.approval.mode === 'shadow') return undefined;
  return obeysDraw(input) ? arm : undefined;
}

/** What is asked of one item. */
function asking(desk: Desk, item: Item, posterior: DemandPosterior | null): Proposing {
  const { declaration, model, version, cycle } = desk;
  return {
    declaration,
    item,
    demand: desk.demand.get(item.text),
    posterior,
    holdOut: drawnFor(desk, item)?.held === true,
    excluded: exclusionOf(declaration, item, desk.cutoff),
    seed: `${model.name} ${version} ${item.text} ${cycle}`,
  };
}

/** Items whose suggestion of this cycle stands already: their prices bind the others. */
const others = (desk: Desk, standing: ReadonlyMap<string, StoredSuggestion>): Proposing[] =>
  [...standing.keys()].flatMap((text) => {
    const item = desk.items.get(text);
    return item ? [asking(desk, item, null)] : [];
  });

function makeOne(desk: Desk, input: Proposing, at: Date, day: string): StoredSuggestion {
  const { declaration, model, version, cycle, cutoff } = desk;
  const { item, posterior } = input;
  const proposal = propose(input);
  const state = stateOf(declaration, proposal);
  const automatic = state === 'applied';
  const id = newId('suggestion');
  const record = recordOf(id, proposal, { declaration, version, cycle, day });
  const arm = armOf(desk, input);
  return {
    id,
    model: model.name,
    key: item.text,
    at,
    state,
    price: proposal.price,
    current: proposal.current,
    detail: { proposal, version, cycle, cutoff, posterior, record, ...(arm && { arm }) },
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
  const { maximumMoney: money, maximumPercent: percent, band } = approval;
  const limits = { money, percent, ...(band && { band: { lower: band.low, upper: band.high } }) };
  return waitsForPerson(limits, current, price) === null ? 'applied' : 'waiting';
}

/** The exclusion that holds an item as of a day, if one does. */
function exclusionOf(
  { exclude }: PriceDeclaration,
  { since, attributes }: Item,
  day: string,
): 'newItem' | 'excluded' | undefined {
  if (exclude === undefined) return undefined;
  const daysOnSale = since === null ? null : dayNumber(day) - dayNumber(since);
  const found = excludedBy({ exclusions: exclude }, { daysOnSale, attributes });
  return found === undefined || found === 'newItem' ? found : 'excluded';
}
