import { unitsAt, normalQuantile, type Demand } from './demand.js';
import { priceGrid, type GridOptions } from './grid.js';
import { guardrails, type Clamp, type Guardrail } from './guardrails.js';

export type Objective = 'margin' | 'revenue' | 'units';

export interface PricedItem {
  id: string;
  /** The price now. */
  price: number;
  /** Of one unit. */
  cost: number;
  /** Absent when the elasticity is not identifiable and no category speaks for the item. */
  demand?: Demand;
}

export interface OptimiseOptions {
  objective?: Objective;
  guardrails?: readonly Guardrail[];
  grid?: GridOptions;
  /** Deviations of the objective, over what the elasticity may be, that are taken off its mean. */
  caution?: number;
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

const SCENARIOS = 21;

/**
 * The best price of each item on the grid that keeps the guardrails, judged over what its
 * elasticity may be rather than at its estimate. A demand that would rise with the price is taken
 * not to move.
 */
export function optimise(
  items: readonly PricedItem[],
  options: OptimiseOptions = {},
): OptimisedPrice[] {
  return items.map((item) => optimiseOne(item, options));
}

function optimiseOne(item: PricedItem, options: OptimiseOptions): OptimisedPrice {
  const { objective = 'margin', guardrails: policy = [], grid = {}, caution = 0 } = options;
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
  const worth = (price: number) => scoreOf(worths(demand, price, cost, objective), caution);
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
    gain: gainOf(demand, { from: current, to: best, cost, objective }),
    binding: led.binding,
    trail,
    curve: Array.from(allowed, (price) => curvePoint(demand, price, cost)),
  };
}

/** The objective in equally likely scenarios of the elasticity. */
function worths(demand: Demand, price: number, cost: number, objective: Objective): Float64Array {
  const distance = Math.log(price / demand.referencePrice);
  return Float64Array.from({ length: SCENARIOS }, (_, s) => {
    const quantile = normalQuantile((s + 0.5) / SCENARIOS);
    const elasticity = Math.min(0, demand.elasticity + quantile * demand.elasticityError);
    const units = demand.units * Math.exp(elasticity * distance);
    return objective === 'units' ? units : units * (objective === 'revenue' ? price : price - cost);
  });
}

function scoreOf(values: Float64Array, caution: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return mean - caution * Math.sqrt(variance);
}

function gainOf(
  demand: Demand,
  { from, to, cost, objective }: { from: number; to: number; cost: number; objective: Objective },
) {
  const before = worths(demand, from, cost, objective);
  const gains = worths(demand, to, cost, objective).map((value, s) => value - before[s]!);
  const sorted = gains.toSorted();
  return { expected: scoreOf(gains, 0), lower: sorted[1]!, upper: sorted[SCENARIOS - 2]! };
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
