import type { Rng } from '@tino/learn';
import { between, chance, exponential, hexKey, pick, pickWeighted, round } from '../../chance.js';
import { blackFriday, dateText, monthOf, timeText, weekdayOf } from '../../dates.js';
import type { Cell } from '../../simulator.js';
import { distance, pickPlace, zipOf, type Place } from './places.js';
import type { Product } from './products.js';
import { reviewsOf } from './reviews.js';
import { decline, type Seller } from './sellers.js';

/** Rows that one order adds to the tables; times after `last` are not known yet and stay empty. */
export interface OrderRows {
  order: Cell[];
  customer: Cell[];
  items: Cell[][];
  payments: Cell[][];
  reviews: Cell[][];
}

export interface Delivery {
  purchased: number;
  approved: number;
  carrier: number;
  delivered: number;
  estimated: number;
}

/** Demand of a day: Black Friday sells five days in one, Sundays and January less. */
export function demandOf(day: number): number {
  const friday = blackFriday(Number(dateText(day).slice(0, 4)));
  const event = day === friday ? 5 : Math.abs(day - friday - 1) <= 2 ? 2 : 1;
  const month = monthOf(day);
  const season = month === 11 ? 1.15 : month === 12 ? 1.1 : month === 1 ? 0.9 : 1;
  return event * season * (weekdayOf(day) >= 6 ? 0.8 : 1.08);
}

/**
 * Promised days grow with distance, but 13 in a hundred orders get a short promise; transit grows
 * with distance, weight and the crush after Black Friday; handling is the seller's, and doubles in
 * its decline. So lateness has five causes that a model can see at approval, and luck.
 */
function deliver(seller: Seller, product: Product, to: Place, purchased: number, rng: Rng) {
  const far = distance(seller.place, to);
  const approved = purchased + (chance(0.75, rng) ? 0.01 : between(0.3, 2.2, rng));
  const slow = 1 + decline(seller, purchased);
  const carrier = approved + 0.3 + exponential(seller.handlingDays * slow * 0.8, rng);
  const year = Number(dateText(purchased).slice(0, 4));
  const afterFriday = purchased - blackFriday(year);
  const crush = afterFriday >= 0 && afterFriday < 12 ? 1.5 : 1;
  const weight = 1 + Math.min(0.4, product.grams / 20_000);
  const transit = (2.2 + 5.2 * far) * crush * weight * Math.exp(0.38 * rng.normal());
  const promised = (10.3 + 7.2 * far) * (chance(0.13, rng) ? 0.6 : between(0.95, 1.35, rng));
  return {
    purchased,
    approved,
    carrier,
    delivered: carrier + transit,
    estimated: Math.floor(purchased + promised) + 1,
  };
}

export function makeOrder(seller: Seller, day: number, last: number, rng: Rng): OrderRows {
  const [id, customerId, to] = [hexKey(rng), hexKey(rng), pickPlace('buyers', rng)];
  const product = pick(seller.products, rng);
  const trip = deliver(seller, product, to, day + between(0.3, 0.98, rng), rng);
  const fate = pickWeighted(fates, rng);
  const status = statusOf(fate, trip, last);
  const count = chance(0.08, rng) ? 2 : 1;
  const items = status === 'unavailable' ? [] : itemRows(id, product, seller, to, trip, count, rng);
  const known = (time: number) => (time < last + 1 ? timeText(time) : null);
  const done = status === 'delivered';
  const handed = done || status === 'shipped';
  return {
    order: [
      id,
      customerId,
      status,
      timeText(trip.purchased),
      known(trip.approved),
      handed ? known(trip.carrier) : null,
      done ? known(trip.delivered) : null,
      `${dateText(trip.estimated)} 00:00:00`,
    ],
    customer: [customerId, hexKey(rng), zipOf(to, rng), to.city, to.state],
    items,
    payments: paymentRows(id, items, rng),
    reviews: done ? reviewsOf(id, trip, seller, last, rng) : [],
  };
}

const fates: ['delivered' | 'canceled' | 'unavailable', number][] = [
  ['delivered', 98.6],
  ['canceled', 0.7],
  ['unavailable', 0.7],
];

/** Where an order stands on the evening of `last`. */
function statusOf(fate: (typeof fates)[number][0], trip: Delivery, last: number): string {
  if (trip.approved >= last + 1) return 'created';
  if (fate !== 'delivered') return fate;
  if (trip.delivered < last + 1) return 'delivered';
  if (trip.carrier < last + 1) return 'shipped';
  return last + 1 - trip.approved > 1 ? 'invoiced' : 'processing';
}

function itemRows(
  id: string,
  product: Product,
  seller: Seller,
  to: Place,
  trip: Delivery,
  count: number,
  rng: Rng,
): Cell[][] {
  const price = round(product.price * (chance(0.25, rng) ? 0.9 : 1));
  const far = distance(seller.place, to);
  const freight = round(8 + 9 * far + product.grams / 800 + between(0, 3, rng));
  const limit = timeText(trip.approved + 4 + rng.below(3));
  return Array.from({ length: count }, (_, i) => [
    id,
    i + 1,
    product.id,
    seller.id,
    limit,
    price,
    freight,
  ]);
}

export const orderColumns = (
  'order_id customer_id order_status order_purchase_timestamp order_approved_at ' +
  'order_delivered_carrier_date order_delivered_customer_date ' +
  'order_estimated_delivery_date'
).split(' ');
export const customerColumns =
  'customer_id customer_unique_id customer_zip_code_prefix customer_city customer_state'.split(' ');
export const itemColumns =
  'order_id order_item_id product_id seller_id shipping_limit_date price freight_value'.split(' ');
export const paymentColumns =
  'order_id payment_sequential payment_type payment_installments payment_value'.split(' ');

const paymentTypes: [string, number][] = [
  ['credit_card', 74],
  ['boleto', 19],
  ['debit_card', 2],
];

function paymentRows(id: string, items: Cell[][], rng: Rng): Cell[][] {
  const total = items.reduce((sum, item) => sum + Number(item[5]) + Number(item[6]), 0);
  if (total === 0) return [[id, 1, 'not_defined', 1, 0]];
  const type = pickWeighted(paymentTypes, rng);
  const installments = type === 'credit_card' ? 1 + rng.below(8) : 1;
  if (!chance(0.05, rng)) return [[id, 1, type, installments, round(total)]];
  const voucher = round(total * between(0.1, 0.6, rng));
  return [
    [id, 1, type, installments, round(total - voucher)],
    [id, 2, 'voucher', 1, voucher],
  ];
}
