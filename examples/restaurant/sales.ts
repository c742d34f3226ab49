import type { Rng } from '@tino/learn';
import { between, chance, poisson, round } from '../chance.js';
import { timeText, weekdayOf, yearPhase } from '../dates.js';
import type { Cell } from '../simulator.js';
import type { DishKind } from './market.js';

/** A dish of one restaurant and how its owner sets prices. */
export interface Dish {
  id: number;
  restaurant: number;
  kind: DishKind;
  size: number;
  /** fixed: one price for ever; free: steps unrelated to demand; chasing: up when it sells well. */
  pricing: 'fixed' | 'free' | 'chasing';
}

const weekdays = [0.85, 0.9, 0.95, 1.0, 1.2, 1.3, 0.8];
const dinnerShare = [0.25, 0.25, 0.3, 0.35, 0.5, 0.5, 0.3];

/**
 * Rows of one dish, one a service (lunch, dinner) with sales. Units are Poisson with mean
 *   size × weekday × year × popularity × (price ÷ reference)^elasticity,
 * where popularity is a slow autoregression that only the owner of a chasing dish can feel.
 */
export function* sell(dish: Dish, first: number, last: number, rng: Rng): Generator<Cell[]> {
  const { kind } = dish;
  let popularity = 0;
  let price = startPrice(dish, rng);
  let nextChange = first + 21 + rng.below(28);
  for (let day = first; day <= last; day++) {
    if (day === nextChange && dish.pricing !== 'fixed') {
      price = change(dish, popularity, rng);
      nextChange = day + 21 + rng.below(35);
    }
    const year = 1 + 0.08 * Math.cos(2 * Math.PI * (yearPhase(day) - 0.95));
    const level = kind.units * dish.size * weekdays[weekdayOf(day) - 1]! * year;
    const mean = level * Math.exp(popularity) * (price / kind.price) ** kind.elasticity;
    const dinner = dinnerShare[weekdayOf(day) - 1]!;
    yield* service(dish, day, between(11.6, 14.5, rng), poisson(mean * (1 - dinner), rng), price);
    // Small houses do not open every evening, and then lunch is all there is.
    if (dish.size > 0.6 || chance(0.5, rng)) {
      yield* service(dish, day, between(19, 22.4, rng), poisson(mean * dinner, rng), price);
    }
    popularity = 0.985 * popularity + 0.02 * rng.normal();
  }
}

function* service(dish: Dish, day: number, hour: number, units: number, price: number) {
  if (units > 0) yield [dish.restaurant, dish.id, timeText(day + hour / 24), units, price];
}

const startPrice = (dish: Dish, rng: Rng) =>
  dish.pricing === 'fixed' ? dish.kind.price : change(dish, 0, rng);

function change({ kind, pricing }: Dish, popularity: number, rng: Rng): number {
  const step = pricing === 'chasing' ? 1.5 * popularity + 0.04 * rng.normal() : 0.1 * rng.normal();
  const factor = Math.min(1.3, Math.max(0.78, Math.exp(step)));
  return round(Math.round(kind.price * factor) - 0.1, 2);
}
