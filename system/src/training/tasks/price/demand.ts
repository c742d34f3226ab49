import { createPosterior, type DemandPosterior, type ItemElasticity } from '@tino/learn';

/** What a version knows of one item's demand. Plain data: travels in the package as JSON. */
export interface ItemDemand {
  text: string;
  elasticity: number | null;
  lower: number | null;
  upper: number | null;
  identifiable: boolean;
  /** Why not, in the words of the engine. */
  reason: string | null;
  /** Whose evidence carries the elasticity. */
  from: 'item' | 'category' | 'all';
  /** The belief that decisions start from; null for an item that never sold. */
  prior: DemandPosterior | null;
  /** Usual price, in the currency. */
  referencePrice: number | null;
  /** Prices that were charged, ascending, at most 40. */
  tried: number[];
}

/*
 * Where nothing in the workspace tells how demand answers to price, exploration starts from a wide
 * belief on the cautious side of what studies find for consumer goods, −2.6 in the mean (Bijmolt,
 * van Heerde and Pieters, 2005). It is never shown as measured.
 */
const UNKNOWN = { elasticity: -1.8, error: 1 };
/**
 * What a category says of an item of its own that cannot tell: less than of those it was measured
 * on.
 */
const BORROWED_ERROR_MIN = 0.5;
const TRIED_MAX = 40;
/** What sold until now is not sold for ever: the level may move by a tenth, however long the history. */
const UNITS_ERROR_MIN = 0.1;
/** The first guess of how much a week's sales vary is worth a few weeks of them. */
const NOISE_OBSERVATIONS = 4;

export function demandOfItem(
  one: ItemElasticity,
  {
    periodDays,
    prices,
    units,
    category,
  }: {
    periodDays: number;
    prices: readonly number[];
    units: readonly number[];
    /** Whether another item of the category is identifiable. */
    category: boolean;
  },
): ItemDemand {
  const known = Number.isFinite(one.elasticity);
  const sold = units.reduce((sum, value) => sum + value, 0);
  const demand = one.demand ?? plainDemand(prices, units, sold);
  const error = one.identifiable
    ? (one.demand?.elasticityError ?? UNKNOWN.error)
    : known
      ? Math.max(BORROWED_ERROR_MIN, one.demand?.elasticityError ?? 0)
      : UNKNOWN.error;
  return {
    text: one.item,
    elasticity: known ? one.elasticity : null,
    lower: known ? one.lower : null,
    upper: known ? one.upper : null,
    identifiable: one.identifiable,
    reason: one.reason ?? null,
    from: one.identifiable ? 'item' : category ? 'category' : 'all',
    referencePrice: demand?.referencePrice ?? null,
    tried: triedPrices(prices),
    prior: demand
      ? createPosterior({
          referencePrice: demand.referencePrice,
          units: demand.units / periodDays,
          unitsError: Math.max(UNITS_ERROR_MIN, demand.unitsError),
          elasticity: known ? one.elasticity : UNKNOWN.elasticity,
          elasticityError: Math.max(0.02, error),
          noiseObservations: NOISE_OBSERVATIONS,
        })
      : null,
  };
}

/** Level without an answer to price: mean units at the usual price. */
function plainDemand(prices: readonly number[], units: readonly number[], sold: number) {
  if (!(sold > 0)) return undefined;
  const logs = prices.reduce((sum, price) => sum + Math.log(price), 0);
  return {
    referencePrice: Math.exp(logs / prices.length),
    units: sold / units.length,
    unitsError: 1 / Math.sqrt(sold) + 0.1,
  };
}

function triedPrices(prices: readonly number[]): number[] {
  const times = new Map<number, number>();
  for (const price of prices) {
    const cents = Math.round(price * 100) / 100;
    times.set(cents, (times.get(cents) ?? 0) + 1);
  }
  return [...times]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, TRIED_MAX)
    .map(([price]) => price)
    .sort((a, b) => a - b);
}
