import {
  decide as decidePrice,
  optimise,
  seeded,
  unitsAt,
  type Demand,
  type DemandPosterior,
} from '@tino/learn';
import type { Suggestion } from '../../contract/suggestions.js';
import type { ItemDemand } from '../../training/tasks/price/demand.js';
import type { Item } from '../../training/tasks/price/data.js';
import type { PriceDeclaration } from '../../workspace/types.js';
import type { MenuPlace } from './menu.js';
import { bindingWords, floorOf, heldWords, hold, windowOf, type PolicyItem } from './policy.js';
import { reasonWords } from './words.js';

/** A suggestion but for its place in time: id, moment, state, decision and sentence. */
export type Proposal = Omit<Suggestion, 'id' | 'at' | 'state' | 'decision' | 'sentence'> & {
  kept: boolean;
};

export interface Proposing {
  declaration: PriceDeclaration;
  item: Item;
  demand: ItemDemand | undefined;
  posterior: DemandPosterior | null;
  holdOut: boolean;
  /** Text that seeds the draw: same item, cycle and version, same arm. */
  seed: string;
  /** The exclusion that keeps the item where it is. */
  excluded?: 'newItem' | 'excluded' | undefined;
  /** Its place among the other prices, where rules bind them. */
  place?: MenuPlace | undefined;
}

const WEEK = 7;
const LEVEL = 0.8;
/** How far from today's price an optimum is sought, before any rule. */
const SEARCH = { steps: 81, span: 0.5 };
/**
 * Beyond the prices that were tried a demand curve is a guess: the optimum is sought this much
 * around them.
 */
const BEYOND_TRIED = 0.15;

/**
 * The price of one item: optimum over what the elasticity may be → an arm of the grid around it by
 * Thompson sampling → guardrails, the floor last. Without a belief about demand the price stays.
 */
export function propose(input: Proposing): Proposal {
  const { declaration, item } = input;
  const rules = rulesOf(input);
  const floor = floorOf(declaration.guardrails, item.cost);
  const state = standOf(input, rules, floor);
  if (state === 'forced') return forced(input, rules, floor);
  if (state === 'decide') return decided(input, rules, floor, input.posterior!);
  const kept: Proposal = {
    ...common(input, rules, floor),
    price: item.price,
    proposed: item.price,
    binding: {
      rule: state,
      says: state === 'holdOut' ? heldWords(declaration) : bindingWords(state),
    },
    trail: [],
    gain: { value: 0, lower: 0, upper: 0 },
    exploration: alone(item.price, 'none'),
    kept: true,
  };
  const today = hold(declaration.guardrails, item.price, rules);
  if (state !== 'conflict' || today.price !== null) return kept;
  const trail = today.between.map((rule) => ({ rule, from: item.price, to: item.price }));
  return { ...kept, trail };
}

/** What the rules of a declaration need to know of the item. */
export const rulesOf = ({ item, demand }: Proposing): PolicyItem => ({
  cost: item.cost,
  current: item.price,
  reference: demand?.referencePrice ?? item.price,
});

type Stand =
  | 'cost'
  | 'conflict'
  | 'forced'
  | 'newItem'
  | 'excluded'
  | 'holdOut'
  | 'noSales'
  | 'unknown'
  | 'decide';

/** Whether a price is decided, forced up to its floor, or kept and why. */
function standOf(input: Proposing, rules: PolicyItem, floor: number): Stand {
  const { declaration, item } = input;
  if (item.cost >= item.price) return 'cost';
  if (hold(declaration.guardrails, item.price, rules).price === null) return 'conflict';
  // Under the floor nothing is measured and nothing is tried: the floor comes first.
  if (item.price < floor) return 'forced';
  if (input.excluded) return input.excluded;
  if (input.holdOut) return 'holdOut';
  if (input.posterior === null) return 'noSales';
  const exploring = declaration.exploration.policy === 'thompson';
  if (!input.demand?.identifiable && !exploring) return 'unknown';
  return input.place?.rule === 'conflict' ? 'conflict' : 'decide';
}

/** Whether the draw of the hold-out is what decides of an item: no rule that comes before it does. */
export function obeysDraw(input: Proposing): boolean {
  const rules = rulesOf(input);
  const floor = floorOf(input.declaration.guardrails, input.item.cost);
  return standOf({ ...input, holdOut: true }, rules, floor) === 'holdOut';
}

/** The price of an item that nothing but its own state decides; undefined when it may move. */
export function pinnedAt(input: Proposing, rules: PolicyItem): number | undefined {
  const floor = floorOf(input.declaration.guardrails, input.item.cost);
  const state = standOf(input, rules, floor);
  if (state === 'decide') return undefined;
  return state === 'forced' ? forced(input, rules, floor).price : input.item.price;
}

/** The best price that keeps the item's own rules; today's where demand is not identifiable. */
export function centreOf(input: Proposing, rules: PolicyItem): number {
  const { declaration, item, posterior, demand } = input;
  const optimum = demand?.identifiable && posterior ? optimumOf(input, posterior) : item.price;
  return hold(declaration.guardrails, optimum, rules).price ?? item.price;
}

/** Today's price is under the floor: the rules alone move it. */
function forced(input: Proposing, rules: PolicyItem, floor: number): Proposal {
  const held = hold(input.declaration.guardrails, input.item.price, rules);
  const price = held.price ?? floor;
  const rule = 'minimumMargin';
  return {
    ...common(input, rules, floor),
    price,
    proposed: input.item.price,
    binding: { rule, says: bindingWords(rule) },
    trail: held.price === null ? [] : held.trail,
    gain: { value: 0, lower: 0, upper: 0 },
    exploration: alone(price, 'none'),
    kept: price === input.item.price,
  };
}

function decided(
  input: Proposing,
  rules: PolicyItem,
  floor: number,
  posterior: DemandPosterior,
): Proposal {
  const { declaration, item } = input;
  const identifiable = input.demand?.identifiable === true;
  const optimum = identifiable ? optimumOf(input, posterior) : item.price;
  const held = hold(declaration.guardrails, optimum, rules);
  // Not null: the rules leave a price for this item, or it would not have come here.
  const own = held.price ?? item.price;
  const { place } = input;
  const centre = place?.centre ?? own;
  const arms = armsOf(declaration, centre, rules).filter(
    ({ price }) => price === centre || (place?.fits(price) ?? true),
  );
  const chosen = draw(input, posterior, arms);
  const { price } = arms[chosen.arm]!;
  const trail = held.price === null ? [] : [...held.trail];
  if (centre !== own) trail.push({ rule: place?.rule ?? 'objective', from: own, to: centre });
  if (price !== centre) trail.push({ rule: 'exploration', from: centre, to: price });
  const between = centre !== own ? place?.rule : null;
  const stays = between ?? (identifiable ? 'best' : 'unknown');
  const rule = price === item.price ? stays : decisiveOf(trail);
  return {
    ...common(input, rules, floor),
    optimum: identifiable ? cents(optimum) : null,
    price,
    proposed: cents(optimum),
    binding: { rule, says: bindingWords(rule) },
    trail: trail.map((clamp) => ({ ...clamp, from: cents(clamp.from), to: cents(clamp.to) })),
    gain: gainOf(posterior, item, price),
    exploration: {
      policy: declaration.exploration.policy,
      propensity: chosen.propensity,
      arms: arms.map((arm, a) => ({ price: arm.price, propensity: chosen.propensities[a]! })),
      seed: chosen.seed,
    },
    kept: price === item.price,
  };
}

function common(
  { declaration, item, demand, posterior }: Proposing,
  rules: PolicyItem,
  floor: number,
) {
  const identifiable = demand?.identifiable === true;
  const now = posterior && weeklyDemand(posterior);
  const width = now && 1.2816 * now.elasticityError;
  const allowed = windowOf(declaration.guardrails, rules);
  return {
    key: item.key,
    name: item.name,
    category: item.category,
    current: cents(item.price),
    cost: cents(item.costToday ?? item.cost),
    ...(item.costToday !== undefined && { costSoon: cents(item.cost) }),
    optimum: null,
    floor,
    highestSeen: demand?.tried.at(-1) ?? null,
    ...competitorOf(item),
    elasticity: {
      value: identifiable && now ? round(now.elasticity) : (demand?.elasticity ?? null),
      lower: identifiable && now ? round(now.elasticity - width!) : (demand?.lower ?? null),
      upper: identifiable && now ? round(now.elasticity + width!) : (demand?.upper ?? null),
      identifiable,
      reason: reasonWords(demand),
      from: demand?.from ?? ('all' as const),
    },
    curve: now ? curveOf(now, item, allowed, demand?.tried ?? []) : [],
    allowed,
  };
}

/** What another seller asks, where the items say it. */
function competitorOf({ attributes }: Item): { competitor?: number } {
  const price = attributes['competitor_price'];
  return typeof price === 'number' && price > 0 ? { competitor: cents(price) } : {};
}

interface Arm {
  price: number;
}

/** The clamp that moved the price the most says what decided; none: the optimum was free. */
function decisiveOf(trail: readonly { rule: string; from: number; to: number }[]): string {
  const size = ({ from, to }: { from: number; to: number }) => Math.abs(to - from);
  const most = trail.reduce<(typeof trail)[number] | undefined>(
    (standing, clamp) => (standing && size(standing) >= size(clamp) ? standing : clamp),
    undefined,
  );
  return most === undefined || most.rule === 'cents' ? 'free' : most.rule;
}

/**
 * Prices to choose from: even steps around the centre, each held by the rules, equal ones merged.
 */
function armsOf(
  { guardrails: policy, exploration }: PriceDeclaration,
  centre: number,
  rules: PolicyItem,
): Arm[] {
  const prices = new Set([centre]);
  if (exploration.policy === 'thompson')
    for (let a = 0; a < exploration.arms; a++) {
      const step = exploration.arms === 1 ? 0 : (2 * a) / (exploration.arms - 1) - 1;
      const held = hold(policy, centre * Math.exp(exploration.width * step), rules);
      if (held.price !== null) prices.add(held.price);
    }
  return [...prices].sort((a, b) => a - b).map((price) => ({ price }));
}

function draw(
  { declaration, item, seed }: Proposing,
  posterior: DemandPosterior,
  arms: readonly Arm[],
) {
  if (arms.length === 1)
    return { arm: 0, propensity: 1, propensities: Float64Array.of(1), seed: 0 };
  const {
    arm,
    propensities,
    seed: drawn,
  } = decidePrice({
    posterior,
    grid: arms.map(({ price }) => price),
    cost: item.cost,
    objective: declaration.objective,
    rng: seeded(seed),
  });
  return { arm, propensity: propensities[arm]!, propensities, seed: drawn };
}

function optimumOf(input: Proposing, posterior: DemandPosterior): number {
  const { declaration, item } = input;
  const [best] = optimise(
    [{ id: item.text, price: item.price, cost: item.cost, demand: weeklyDemand(posterior) }],
    { objective: declaration.objective, grid: SEARCH, guardrails: triedBand(input) },
  );
  return best!.price;
}

/** Around the prices that were tried; none where they all lie under the cost. */
export function triedBand({ item, demand }: Proposing) {
  const tried = [...(demand?.tried ?? []), item.price];
  const lower = Math.min(...tried) * (1 - BEYOND_TRIED);
  const upper = Math.max(...tried) * (1 + BEYOND_TRIED);
  return upper > item.cost ? [{ rule: 'priceBand' as const, lower, upper }] : [];
}

/** The belief as a demand curve of a week. */
export const weeklyDemand = ({ referencePrice, mean, covariance }: DemandPosterior): Demand => ({
  referencePrice,
  units: Math.exp(mean[0]!) * WEEK,
  unitsError: Math.sqrt(covariance[0]![0]!),
  elasticity: mean[1]!,
  elasticityError: Math.sqrt(covariance[1]![1]!),
});

/** Profit a week of a price less that of today's, over the 80 % interval of the elasticity. */
function gainOf(posterior: DemandPosterior, item: Item, price: number) {
  const demand = weeklyDemand(posterior);
  const profit = (at: number, elasticity: number) =>
    demand.units * (at / demand.referencePrice) ** elasticity * (at - item.cost);
  const gain = (elasticity: number) => profit(price, elasticity) - profit(item.price, elasticity);
  const width = 1.2816 * demand.elasticityError;
  const ends = [-width, 0, width].map((step) => gain(Math.min(0, demand.elasticity + step)));
  return {
    value: cents(ends[1]!),
    lower: cents(Math.min(...ends)),
    upper: cents(Math.max(...ends)),
  };
}

/**
 * Units and profit a week by price, as far around the prices that were tried as an optimum is sought:
 * beyond, the curve is a guess that looks like knowledge.
 */
function curveOf(
  demand: Demand,
  item: Item,
  allowed: { low: number; high: number },
  tried: readonly number[],
) {
  const low = Math.max(0.01, Math.min(...tried, item.price, allowed.low) * (1 - BEYOND_TRIED));
  const high = Math.max(...tried, item.price, allowed.high) * (1 + BEYOND_TRIED);
  const seen = new Set(tried);
  const prices = new Set([...seen, cents(item.price)]);
  for (let step = 0; step <= 24; step++) prices.add(cents(low + ((high - low) * step) / 24));
  return [...prices]
    .sort((a, b) => a - b)
    .map((price) => {
      const { units, lower, upper } = unitsAt(demand, price, LEVEL);
      const ends = [lower, upper].map((value) => value * (price - item.cost));
      return {
        price,
        units: round(units),
        unitsLower: round(lower),
        unitsUpper: round(upper),
        profit: cents(units * (price - item.cost)),
        lower: cents(Math.min(...ends)),
        upper: cents(Math.max(...ends)),
        tried: seen.has(price),
      };
    });
}

const alone = (price: number, policy: string) => ({
  policy,
  propensity: 1,
  arms: [{ price, propensity: 1 }],
  seed: 0,
});
const cents = (value: number) => Math.round(value * 100) / 100;
const round = (value: number) => Math.round(value * 1000) / 1000;
