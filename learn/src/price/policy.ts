import { floorPrice, guardrails, type Clamp, type Guardrail } from './guardrails.js';

/** Items that no policy moves. */
export type Exclusion =
  /** On sale for fewer days: too young to judge. */
  | { exclude: 'new'; days: number }
  /** An attribute says so, such as a regulated price. */
  | { exclude: 'attribute'; name: string; values: readonly (string | number | boolean)[] };

/** Changes that need nobody's approval; all limits that are given must hold. Amounts in the currency. */
export interface AutomaticLimits {
  money?: number;
  /** Of today's price. */
  percent?: number;
  /** Prices, before and after, that may move by themselves. */
  band?: { lower: number; upper: number };
}

/** A policy is replaced by one with a higher version, never edited. Plain data. */
export interface PricePolicy {
  version: number;
  /** In order; the floor runs last whatever its place. */
  rules: readonly Guardrail[];
  exclusions?: readonly Exclusion[];
  /** Prices that may change in a day, over all items. */
  changesPerDayMax?: number;
  /** Absent when every change waits for a person. */
  automatic?: AutomaticLimits;
}

export interface PolicyItem {
  cost: number;
  /** `null` for an item that was never priced. */
  current: number | null;
  /** Since the first sale; `null` when it never sold. */
  daysOnSale: number | null;
  attributes: Readonly<Record<string, string | number | boolean | null>>;
}

export type PolicyAnswer = { version: number; trail: Clamp[] } & (
  | {
      verdict: 'change';
      price: number;
      automatic: boolean;
      waitsFor: string | null;
      binding: string | null;
    }
  | { verdict: 'stay'; price: number; binding: string }
  | { verdict: 'refused'; price: null; between: [string, string]; reason: string }
);

/**
 * What a policy makes of a proposed price: exclusions, then the rules with the floor last, then the
 * day's cap, then whether it needs a person. A price under its floor is never left standing by an
 * exclusion or a cap: it goes up to the floor, and waits for a person.
 * @param changedToday prices that this policy changed today, over all items
 */
export function applyPolicy(
  policy: PricePolicy,
  proposed: number,
  item: PolicyItem,
  { changedToday }: { changedToday: number },
): PolicyAnswer {
  const { version, rules } = policy;
  const { current } = item;
  const floor = floorPrice(rules, item.cost);
  const under = current !== null && current < floor;
  const held = guardrails(rules, proposed, item);
  const excluded = excludedBy(policy, item);
  const stay = (binding: string): PolicyAnswer => {
    const price = Math.max(floor, current ?? floor);
    const from = proposed;
    const trail = [{ rule: binding, from, to: current ?? price }];
    if (!under) return { version, verdict: 'stay', price, binding, trail };
    trail.push({ rule: 'minimumMargin', from: current, to: price });
    const waits = { automatic: false, waitsFor: binding, binding: 'minimumMargin' };
    return { version, verdict: 'change', price, ...waits, trail };
  };
  if (excluded !== undefined && current !== null) return stay(excluded);
  if (held.price === null)
    return { version, verdict: 'refused', price: null, trail: held.trail, ...held.conflict };
  if (held.price === current)
    return {
      version,
      verdict: 'stay',
      price: held.price,
      binding: held.binding ?? 'best',
      trail: held.trail,
    };
  if (changedToday >= (policy.changesPerDayMax ?? Infinity) && current !== null)
    return stay('changesPerDay');
  const waitsFor = waitsForPerson(policy.automatic, current, held.price);
  const { price, binding, trail } = held;
  return {
    version,
    verdict: 'change',
    price,
    automatic: waitsFor === null,
    waitsFor,
    binding,
    trail,
  };
}

/** The exclusion that holds an item, by name. */
export function excludedBy(
  { exclusions = [] }: Pick<PricePolicy, 'exclusions'>,
  { daysOnSale, attributes }: Pick<PolicyItem, 'daysOnSale' | 'attributes'>,
): string | undefined {
  for (const one of exclusions) {
    if (one.exclude === 'new' && (daysOnSale ?? 0) < one.days) return 'newItem';
    if (one.exclude !== 'attribute') continue;
    const value = attributes[one.name];
    if (value !== null && value !== undefined && one.values.includes(value)) return one.name;
  }
  return undefined;
}

/** The limit that a change passes and that makes it wait, or `null` when none does. */
export function waitsForPerson(
  limits: AutomaticLimits | undefined,
  current: number | null,
  price: number,
): 'approval' | 'money' | 'percent' | 'band' | 'firstPrice' | null {
  if (limits === undefined) return 'approval';
  if (current === null) return 'firstPrice';
  const change = Math.abs(price - current);
  if (change > (limits.money ?? Infinity) + 1e-9) return 'money';
  if ((100 * change) / current > (limits.percent ?? Infinity) + 1e-9) return 'percent';
  const { lower = 0, upper = Infinity } = limits.band ?? {};
  return Math.min(price, current) < lower || Math.max(price, current) > upper ? 'band' : null;
}

/**
 * The price that a person approves, edits or sets by hand: any but one under the floor at today's cost,
 * which throws. Nobody's role lifts it.
 */
export function approvePrice(
  { rules }: Pick<PricePolicy, 'rules'>,
  price: number,
  { cost }: Pick<PolicyItem, 'cost'>,
): number {
  const floor = floorPrice(rules, cost);
  if (!Number.isFinite(price)) throw new RangeError(`price is ${price}, expected a number`);
  if (price < floor)
    throw new RangeError(`price ${price} is under the floor ${floor}; raise it or lower the cost`);
  return Math.round(price * 100) / 100;
}
