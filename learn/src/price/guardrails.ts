/** A rule of a pricing policy. Amounts are in the currency, percentages 0..100. */
export type Guardrail =
  | { rule: 'priceBand'; lower: number; upper: number }
  | { rule: 'maximumChange'; percent: number }
  | { rule: 'ladder'; prices: readonly number[] }
  /** Cents that a price ends with: 0.9 for 12.90. */
  | { rule: 'ending'; ending: number }
  /** Least margin, as a share of the price or in money above the cost. */
  | { rule: 'minimumMargin'; percent: number }
  | { rule: 'minimumMargin'; money: number };

export interface PriceContext {
  cost: number;
  /** `null` for an item that was never priced. */
  current: number | null;
}

export interface Clamp {
  rule: string;
  from: number;
  to: number;
}

export type Guarded =
  | { price: number; binding: string | null; trail: Clamp[] }
  | {
      price: null;
      binding: null;
      trail: Clamp[];
      /** The two rules that leave no price between them. */
      conflict: { between: [string, string]; reason: string };
    };

interface Bound {
  rule: string;
  value: number;
}

/**
 * The nearest price that keeps every rule, and the trail of clamps that led there in the order of
 * the policy. The floor, cost plus minimum margin, runs last whatever the order, and nothing moves
 * a price below it. When the rules and this item's cost leave no price, the answer names the two
 * that collide.
 */
export function guardrails(
  policy: readonly Guardrail[],
  proposed: number,
  context: PriceContext,
): Guarded {
  checkGuardrails(policy);
  return guardrailsOf(policy, proposed, context);
}

/** The same of a policy that was checked, for many prices of one item. */
export function guardrailsOf(
  policy: readonly Guardrail[],
  proposed: number,
  context: PriceContext,
): Guarded {
  if (!Number.isFinite(proposed)) throw new RangeError(`proposed price is ${proposed}`);
  const { lower, upper } = boundsOf(policy, context);
  const low = lower.reduce((most, bound) => (bound.value > most.value ? bound : most));
  const high = upper.reduce((least, bound) => (bound.value < least.value ? bound : least));
  const trail: Clamp[] = [];
  if (low.value > high.value)
    return refused(
      trail,
      [low.rule, high.rule],
      `${low.rule} asks for at least ${low.value}, ${high.rule} for at most ${high.value}`,
    );
  const clamp = (rule: string, price: number, to: number) => {
    if (to !== price) trail.push({ rule, from: price, to });
    return to;
  };
  let price = proposed;
  // Ranges that overlap are kept all at once, whatever the order in which they clamp.
  for (const rule of new Set(policy.map((one) => one.rule))) {
    if (lastRules.includes(rule)) continue;
    const least = lower.find((bound) => bound.rule === rule)?.value ?? -Infinity;
    const most = upper.find((bound) => bound.rule === rule)?.value ?? Infinity;
    price = clamp(rule, price, Math.min(Math.max(price, least), most));
  }
  price = clamp(FLOOR, price, Math.max(price, lower[0]!.value));
  const steps = policy.filter(({ rule }) => rule === 'ladder' || rule === 'ending');
  if (steps.length === 0) price = clamp('cents', price, toCents(price));
  else {
    const name = [...new Set(steps.map(({ rule }) => rule))].join(' and ');
    const choices = pricesOf(steps, { low: low.value, high: high.value, near: price });
    if (choices.length === 0)
      return refused(
        trail,
        [name, high.value < Infinity ? high.rule : low.rule],
        `no price of ${name} lies between ${low.value} (${low.rule}) and ${high.value} (${high.rule})`,
      );
    price = clamp(name, price, nearest(choices, price));
  }
  price = clamp(FLOOR, price, Math.max(price, lower[0]!.value));
  return { price, binding: bindingOf(trail), trail };
}

const refused = (trail: Clamp[], between: [string, string], reason: string): Guarded => ({
  price: null,
  binding: null,
  trail,
  conflict: { between, reason },
});

/** The lower of two that are as near. */
const nearest = (choices: readonly number[], price: number) =>
  choices.reduce((best, choice) =>
    Math.abs(choice - price) < Math.abs(best - price) - 1e-9 ? choice : best,
  );

const FLOOR = 'minimumMargin';
// They run after the ranges: discrete prices inside them, and the floor.
const lastRules: readonly string[] = [FLOOR, 'ladder', 'ending'];

/** Throws when the policy contradicts itself whatever the item, naming both rules. */
export function checkGuardrails(policy: readonly Guardrail[]): void {
  for (const rule of policy) checkRule(rule);
  const bands = policy.filter((rule) => rule.rule === 'priceBand');
  for (const a of bands)
    for (const b of bands)
      if (a.lower > b.upper)
        throw new Error(
          `guardrails priceBand ${a.lower} to ${a.upper} and priceBand ${b.lower} to ${b.upper} contradict each other`,
        );
  const steps = policy.filter(({ rule }) => rule === 'ladder' || rule === 'ending');
  const low = Math.max(0, ...bands.map((band) => band.lower));
  const high = Math.min(Infinity, ...bands.map((band) => band.upper));
  if (steps.length === 0) return;
  const names = steps.map(({ rule }) => rule).join(' and ');
  if (pricesOf(steps, { low: 0, high: Infinity, near: 0 }).length === 0)
    throw new Error(`guardrails ${names} contradict each other: no price keeps both`);
  if (pricesOf(steps, { low, high, near: low }).length === 0)
    throw new Error(
      `guardrails ${names} and priceBand contradict each other: no such price between ${low} and ${high}`,
    );
}

function checkRule(rule: Guardrail): void {
  const wrong = (what: string, value: unknown) => {
    throw new RangeError(`guardrail ${rule.rule}: ${what} is ${String(value)}`);
  };
  if (rule.rule === 'priceBand' && !(rule.lower > 0 && rule.upper >= rule.lower))
    wrong('band', `${rule.lower} to ${rule.upper}, expected 0 < lower ≤ upper`);
  if (rule.rule === 'maximumChange' && !(rule.percent >= 0)) wrong('percent', rule.percent);
  if (rule.rule === 'ending' && !(rule.ending >= 0 && rule.ending < 1))
    wrong('ending', rule.ending);
  if (rule.rule === 'ladder' && !rule.prices.some((price) => price > 0))
    wrong('prices', 'without one above 0');
  if (rule.rule === 'minimumMargin') {
    if ('percent' in rule && !(rule.percent >= 0 && rule.percent < 100))
      wrong('percent', `${rule.percent}, expected 0 to below 100`);
    if ('money' in rule && !(rule.money >= 0)) wrong('money', rule.money);
  }
}

/** Least price of a policy, in whole cents: cost plus the largest minimum margin, at least the cost. */
export function floorPrice(policy: readonly Guardrail[], cost: number): number {
  const { lower } = boundsOf(
    policy.filter(({ rule }) => rule === FLOOR),
    { cost, current: null },
  );
  return lower[0]!.value;
}

/** Inner edges in whole cents, so that a price on the edge keeps the rule. */
function boundsOf(policy: readonly Guardrail[], { cost, current }: PriceContext) {
  if (!(cost >= 0)) throw new RangeError(`cost is ${cost}, expected 0 or more`);
  const lower: Bound[] = [{ rule: FLOOR, value: Math.max(0.01, centsUp(cost)) }];
  const upper: Bound[] = [{ rule: 'none', value: Infinity }];
  for (const rule of policy) {
    if (rule.rule === 'priceBand') {
      lower.push({ rule: rule.rule, value: centsUp(rule.lower) });
      upper.push({ rule: rule.rule, value: centsDown(rule.upper) });
    } else if (rule.rule === 'maximumChange' && current !== null) {
      lower.push({ rule: rule.rule, value: centsUp(current * (1 - rule.percent / 100)) });
      upper.push({ rule: rule.rule, value: centsDown(current * (1 + rule.percent / 100)) });
    } else if (rule.rule === 'minimumMargin') {
      const floor = 'percent' in rule ? cost / (1 - rule.percent / 100) : cost + rule.money;
      lower[0]!.value = Math.max(lower[0]!.value, centsUp(floor));
    }
  }
  return { lower: merge(lower, Math.max), upper: merge(upper, Math.min) };
}

function merge(bounds: readonly Bound[], pick: (a: number, b: number) => number): Bound[] {
  const merged = new Map<string, number>();
  for (const { rule, value } of bounds) merged.set(rule, pick(merged.get(rule) ?? value, value));
  return [...merged].map(([rule, value]) => ({ rule, value }));
}

/**
 * Prices that all discrete rules allow from `low` to `high`: of endings, those nearest to `near`
 * and to the ends.
 */
function pricesOf(
  steps: readonly Guardrail[],
  { low, high, near }: { low: number; high: number; near: number },
): number[] {
  const [listing, ...ladders] = steps.filter((step) => step.rule === 'ladder');
  const endings = steps.filter((step) => step.rule === 'ending');
  const around = [low, near, high].filter(Number.isFinite).map(Math.floor);
  const listed =
    listing !== undefined
      ? listing.prices
      : around.flatMap((whole) => [-1, 0, 1].map((step) => whole + step + endings[0]!.ending));
  return [...new Set(listed.map(toCents))].filter(
    (price) =>
      price > 0 &&
      price >= low &&
      price <= high &&
      ladders.every(({ prices }) => prices.some((other) => toCents(other) === price)) &&
      endings.every(({ ending }) => toCents(price - Math.floor(price + 1e-9)) === toCents(ending)),
  );
}

/** The rule that decided: the last clamp that was not mere rounding. */
const bindingOf = (trail: readonly Clamp[]) =>
  trail.findLast(({ rule }) => rule !== 'cents')?.rule ?? null;

const toCents = (price: number) => Math.round(price * 100) / 100;
const centsUp = (price: number) => Math.ceil(price * 100 - 1e-6) / 100;
const centsDown = (price: number) => Math.floor(price * 100 + 1e-6) / 100;
