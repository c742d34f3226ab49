import { checkGuardrails, guardrailsOf, type Guardrail, type PriceContext } from './guardrails.js';

export interface GridOptions {
  /** Prices before the guardrails merge some. */
  steps?: number;
  /** Furthest from the current price, as a share of it: 0.3 is ± 30 %. */
  span?: number;
}

/**
 * Prices to try, ascending and distinct: even steps in log price around the current one (around
 * twice the cost when there is none), each moved by the guardrails. Empty when they leave no price.
 */
export function priceGrid({
  cost,
  current,
  guardrails: policy,
  steps = 21,
  span = 0.3,
}: PriceContext & GridOptions & { guardrails: readonly Guardrail[] }): Float64Array {
  if (!(span > 0 && span < 1)) throw new RangeError(`span is ${span}, expected between 0 and 1`);
  if (!Number.isInteger(steps) || steps < 2)
    throw new RangeError(`steps is ${steps}, expected a whole number from 2`);
  const centre = current ?? 2 * cost;
  if (!(centre > 0)) throw new RangeError('a price grid needs a current price or a cost above 0');
  checkGuardrails(policy);
  const from = Math.log(1 - span);
  const to = Math.log(1 + span);
  const prices = new Set<number>();
  const proposals = Array.from(
    { length: steps },
    (_, k) => centre * Math.exp(from + ((to - from) * k) / (steps - 1)),
  );
  for (const proposed of [centre, ...proposals]) {
    const { price } = guardrailsOf(policy, proposed, { cost, current });
    if (price !== null) prices.add(price);
  }
  return Float64Array.from(prices).sort();
}
