/**
 * Seven restaurants that buy the same eight ingredients and sell five dishes each.
 *
 * The truth:
 * - an ingredient costs market × restaurant's markup × 3 % noise, and the market has the season,
 *   yearly drift and shocks of `market.ts` (tomato falls towards August and is dearest in
 *   February); three years of irregular purchases, some by the box (`cx`);
 * - units follow `elasticity` of `market.ts` and weekday, hour and year (`sales.ts`); prices of
 *   every third dish chase its popularity, so plain regression there is biased towards zero;
 * - dish 4 (pizza of restaurant 11) always had one price: its elasticity cannot be identified;
 * - restaurant 17 opened ten days before the end and has almost no history.
 */
import { seeded, type Rng } from '@tino/learn';
import { between, round } from '../chance.js';
import { dateText, dayOf } from '../dates.js';
import { defaultUntil, type Cell, type SimulateOptions, type Table } from '../simulator.js';
import { dishKinds, ingredients, places } from './market.js';
import { buy, makeMarket, type Buyer } from './purchases.js';
import { sell, type Dish } from './sales.js';

export const newcomer = { restaurant: 17, days: 10 };
export const dishWithOnePrice = 4;
const daysOfPurchases = 3 * 365;
const rowsADishDay = 1.55;
const sizes: Record<string, number> = { pequena: 0.5, média: 0.8, grande: 1.3 };

export default function simulate(options: SimulateOptions = {}): Table[] {
  const { seed = 3, rows = 25_000, until = defaultUntil } = options;
  const rng = seeded(seed);
  const last = dayOf(until);
  const buyers = places.map((place, i) => makeBuyer(place, 11 + i, last, rng.fork(`place ${i}`)));
  const dishes = buyers.flatMap(({ id }, i) => menu(id, sizes[places[i]![4]]!, i));
  const purchases = purchaseRows(buyers, last, rng);
  // What purchases leave of the wanted rows decides how far back the tills go: 90 days to 3 years.
  const perDay = (dishes.length - dishKinds.length) * rowsADishDay;
  const days = Math.round((rows - purchases.length) / perDay);
  const first = last - Math.min(daysOfPurchases, Math.max(90, days)) + 1;
  return [
    { table: 'restaurants', columns: restaurantColumns, rows: buyers.map(restaurantRow) },
    {
      table: 'dishes',
      columns: ['dish_id', 'restaurant_id', 'name', 'category'],
      rows: dishes.map(({ id, restaurant, kind }) => [id, restaurant, kind.name, kind.category]),
    },
    {
      table: 'ingredients',
      columns: ['ingredient_id', 'name', 'unit', 'category', 'seasonality', 'units_per_box'],
      rows: ingredients.map((item) => [
        item.id,
        item.name,
        item.unit,
        item.category,
        seasonality(item.swing),
        item.box ?? null,
      ]),
    },
    {
      table: 'recipes',
      columns: ['dish_id', 'ingredient_id', 'quantity'],
      rows: dishes.flatMap(({ id, kind }) =>
        Object.entries(kind.recipe).map(([item, quantity]) => [id, Number(item), quantity]),
      ),
    },
    {
      table: 'purchases',
      columns: 'restaurant_id ingredient_id bought_at quantity unit unit_cost'.split(' '),
      rows: purchases,
    },
    {
      table: 'sales',
      columns: ['restaurant_id', 'dish_id', 'sold_at', 'quantity', 'unit_price'],
      rows: saleRows(dishes, buyers, first, last, rng),
    },
  ];
}

const restaurantColumns = 'restaurant_id name city state cuisine size opened_at'.split(' ');
const restaurantRow = ({ id, opened }: Buyer, i: number): Cell[] => [
  id,
  ...places[i]!,
  dateText(opened),
];

const seasonality = (swing: number) => (swing > 0.2 ? 'forte' : swing > 0 ? 'leve' : 'nenhuma');

function makeBuyer(place: (typeof places)[number], id: number, last: number, rng: Rng): Buyer {
  const isNew = id === newcomer.restaurant;
  const opened = isNew ? last - newcomer.days : last - daysOfPurchases - rng.below(2000);
  const scale = sizes[place[4]]!;
  // Large kitchens bargain: the markup falls with the size.
  const markup = round(1.12 - 0.1 * scale + between(-0.03, 0.03, rng), 3);
  return { id, opened, markup, scale, byBox: scale > 0.6 };
}

function menu(restaurant: number, size: number, place: number): Dish[] {
  return dishKinds.map((kind, i) => {
    const id = place * dishKinds.length + i + 1;
    const pricing = id === dishWithOnePrice ? 'fixed' : id % 3 === 0 ? 'chasing' : 'free';
    return { id, restaurant, kind, size, pricing };
  });
}

function purchaseRows(buyers: Buyer[], last: number, rng: Rng): Cell[][] {
  const first = last - daysOfPurchases + 1;
  return ingredients.flatMap((item) => {
    const market = makeMarket(item, first, last, rng.fork(`market ${item.id}`));
    return buyers.flatMap((buyer) => [
      ...buy(buyer, item, market, rng.fork(`purchases ${buyer.id} ${item.id}`)),
    ]);
  });
}

function* saleRows(dishes: Dish[], buyers: Buyer[], first: number, last: number, rng: Rng) {
  for (const dish of dishes) {
    const { opened } = buyers.find(({ id }) => id === dish.restaurant)!;
    yield* sell(dish, Math.max(first, opened), last, rng.fork(`sales ${dish.id}`));
  }
}
