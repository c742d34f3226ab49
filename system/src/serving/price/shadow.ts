import type { PriceEvaluation } from '../../contract/price-evaluation.js';
import type { Result } from './results.js';

/**
 * Suggestions that changed nothing, beside what was charged: what the demand of then expected to sell at
 * the charged price against what sold, and, from what sold, what the suggested price would have brought
 * by the elasticity of then. The interval of 95 % is over items; simulated, for nothing of it happened.
 */
export function shadowOf(results: readonly Result[]): PriceEvaluation['shadow'] {
  const watched = results.filter(({ state }) => state === 'shadow');
  if (watched.length === 0) return null;
  const gains = new Map<string, number[]>();
  let [expectedUnits, soldUnits] = [0, 0];
  for (const { key, suggested, price, units, days, cost, posterior } of watched) {
    const { mean, referencePrice } = posterior;
    expectedUnits += days * Math.exp(mean[0]! + mean[1]! * Math.log(price / referencePrice));
    soldUnits += units;
    const week = (units / days) * 7;
    const gain = week * ((suggested / price) ** mean[1]! * (suggested - cost) - (price - cost));
    gains.set(key, [...(gains.get(key) ?? []), gain]);
  }
  const items = [...gains.values()].map(mean);
  const value = mean(items);
  const common = { results: watched.length, items: items.length, expectedUnits, soldUnits, value };
  if (items.length < ITEMS_NEEDED) return { ...common, lower: null, upper: null };
  const variance = items.reduce((sum, one) => sum + (one - value) ** 2, 0) / (items.length - 1);
  const half = 1.96 * Math.sqrt(variance / items.length);
  return { ...common, lower: value - half, upper: value + half };
}
/** Fewer items than this carry no interval. */
const ITEMS_NEEDED = 8;

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
