import { unitsAt, type Demand } from './demand.js';
import { priceGrid, type GridOptions } from './grid.js';
import { guardrails, type Clamp, type Guardrail } from './guardrails.js';
import {
  checkRisk,
  endsOf,
  judge,
  meanOf,
  scenariosOf,
  type Objective,
  type Risk,
} from './risk.js';

export interface PricedItem {
  id: string;
  /** The price now. */
  price: number;
  /** Of one unit. */
  cost: number;
  /** Absent when the elasticity is not identifiable and no category speaks for the item. */
  demand?: Demand;
  /** Of this item alone, beside those of all. */
  guardrails?: readonly Guardrail[];
}

export interface OptimiseOptions {
  objective?: Objective;
  guardrails?: readonly Guardrail[];
  grid?: GridOptions;
  /** How the gain over today's price is judged over what the elasticity may be. */
  risk?: Risk;
}

/** What one price would bring in a period of the demand's units. */
export interface CurvePoint {
  price: number;
  units: number;
  revenue: number;
  margin: number;
  /** Interval of the margin at 90 %. */
  lower: number;
  upper: number;
}

export interface OptimisedPrice {
  id: string;
  /** The suggestion; the current price where nothing can be said. */
  price: number;
  current: number;
  /**
   * Expected gain in the objective per period against the current price, and its 5 % and 95 % ends.
   */
  gain: { expected: number; lower: number; upper: number };
  binding: string | null;
  trail: Clamp[];
  /** Ascending by price, through all prices that keep the guardrails. */
  curve: CurvePoint[];
  /** Why the price stays. */
  reason?: string;
}

/**
 * The best price of each item by itself on the grid that keeps the guardrails, judged over what its
 * elasticity may be rather than at its estimate; see `optimiseMenu` for rules between items.
 */
export function optimise(
  items: readonly PricedItem[],
  options: OptimiseOptions = {},
): OptimisedPrice[] {
  return items.map((item) => optimiseOne(item, options));
}

export const rulesOf = (
  item: PricedItem,
  { guardrails: all = [] }: OptimiseOptions,
): Guardrail[] => [...(item.guardrails ?? []), ...all];

/** What a price is worth beyond today's, over the scenarios of the elasticity; today's are worked out once. */
export function gainsOver(
  { price: current, cost, demand }: PricedItem & { demand: Demand },
  objective: Objective,
): (price: number) => Float64Array {
  const before = scenariosOf(demand, current, { cost, objective });
  return (price) =>
    scenariosOf(demand, price, { cost, objective }).map((value, s) => value - before[s]!);
}

export function optimiseOne(item: PricedItem, options: OptimiseOptions): OptimisedPrice {
  const { objective = 'margin', grid = {} } = options;
  const policy = rulesOf(item, options);
  const { risk = { kind: 'mean' } } = options;
  checkRisk(risk);
  const { id, price: current, cost, demand } = item;
  const context = { cost, current };
  const stay = (reason: string): OptimisedPrice => ({
    id,
    price: current,
    current,
    gain: { expected: 0, lower: 0, upper: 0 },
    binding: null,
    trail: [],
    curve: [],
    reason,
  });
  if (demand === undefined) return stay('elasticity is not identifiable');
  const kept = guardrails(policy, current, context);
  if (kept.price === null) return { ...stay(kept.conflict.reason), trail: kept.trail };
  const gains = gainsOver({ ...item, demand }, objective);
  const worth = (price: number) => judge(gains(price), risk);
  const allowed = priceGrid({ ...context, guardrails: policy, ...grid });
  const best = argmax(allowed, worth, kept.price);
  const wished = argmax(priceGrid({ ...context, guardrails: [], ...grid }), worth, current);
  const led = guardrails(policy, wished, context);
  const trail = [...led.trail];
  if (led.price !== null && led.price !== best)
    trail.push({ rule: 'objective', from: led.price, to: best });
  return {
    id,
    price: best,
    current,
    gain: { expected: meanOf(gains(best)), ...endsOf(gains(best)) },
    binding: led.binding,
    trail,
    curve: Array.from(allowed, (price) => curvePoint(demand, price, cost)),
  };
}

function curvePoint(demand: Demand, price: number, cost: number): CurvePoint {
  const { units, lower, upper } = unitsAt(demand, price);
  const margin = price - cost;
  return {
    price,
    units,
    revenue: units * price,
    margin: units * margin,
    lower: Math.min(lower * margin, upper * margin),
    upper: Math.max(lower * margin, upper * margin),
  };
}

/** The price of most worth; of equals the one nearest to where we are. */
function argmax(prices: Float64Array, worth: (price: number) => number, near: number): number {
  let best = near;
  let most = -Infinity;
  for (const price of prices) {
    const value = worth(price);
    const nearer = Math.abs(price - near) < Math.abs(best - near);
    if (value > most || (value === most && nearer)) {
      best = price;
      most = value;
    }
  }
  return best;
}
