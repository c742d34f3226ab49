import type { Rng } from '@tino/learn';
import { between, chance, exponential, round } from '../chance.js';
import { timeText, yearPhase } from '../dates.js';
import type { Cell } from '../simulator.js';
import type { Ingredient } from './market.js';

/** The market price of an ingredient, by day from `first`: the same for every restaurant. */
export interface Market {
  first: number;
  prices: Float64Array;
}

/**
 * exp(season + drift + shock): the season is a cosine with its minimum in the middle of the
 * cheapest month, the shock a first-order autoregression with a half-life of four weeks.
 */
export function makeMarket(item: Ingredient, first: number, last: number, rng: Rng): Market {
  const prices = new Float64Array(last - first + 1);
  const memory = 0.5 ** (1 / 28);
  const deviation = 0.05 * Math.sqrt(1 - memory * memory);
  let shock = 0.05 * rng.normal();
  for (let i = 0; i < prices.length; i++) {
    const years = (first + i - last) / 365.25;
    prices[i] = item.price * Math.exp(season(item, first + i) + item.drift * years + shock);
    shock = memory * shock + deviation * rng.normal();
  }
  return { first, prices };
}

/** Seasonal part of the logarithm of the price on a day: −swing in the cheapest month. */
export function season({ cheapest, swing }: Ingredient, day: number): number {
  if (cheapest === null) return 0;
  return -swing * Math.cos(2 * Math.PI * (yearPhase(day) - (cheapest - 0.5) / 12));
}

export interface Buyer {
  id: number;
  opened: number;
  /** What it pays over the market, as a factor. */
  markup: number;
  scale: number;
  byBox: boolean;
}

/** Irregular purchases: gaps are exponential around the ingredient's rhythm, at least one day. */
export function* buy(buyer: Buyer, item: Ingredient, market: Market, rng: Rng): Generator<Cell[]> {
  const last = market.first + market.prices.length - 1;
  let day = Math.max(market.first, buyer.opened) + rng.below(Math.ceil(item.everyDays));
  while (day <= last) {
    const price = market.prices[day - market.first]! * buyer.markup * Math.exp(0.03 * rng.normal());
    const amount = between(0.7, 1.4, rng) * buyer.scale * item.everyDays * 3;
    const box = buyer.byBox && item.box && chance(0.6, rng) ? item.box : 0;
    const at = timeText(day + between(6.5, 11, rng) / 24);
    yield box
      ? [buyer.id, item.id, at, Math.max(1, Math.round(amount / box)), 'cx', cents(price * box)]
      : [buyer.id, item.id, at, round(amount, 1), item.unit, cents(price)];
    day += 1 + Math.round(exponential(item.everyDays - 1, rng));
  }
}

const cents = (price: number) => round(price, 2);
