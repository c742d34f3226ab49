/**
 * A marketplace with the nine Olist tables and the funnel's two, twenty-four months long.
 *
 * The truth:
 * - lateness comes from short promises, distance, weight, the seller's handling and the crush
 *   after Black Friday (`orders.ts`), about 8 in a hundred delivered orders;
 * - a seller that will stop sells less, hands over later and is reviewed worse during its last
 *   `declineDays`; sloppy sellers stop sooner (`sellers.ts`);
 * - a signed lead sells within 90 days with the log-odds of `activation` (`funnel.ts`); only those
 *   that ever sold stand in `olist_sellers_dataset`, as in the public table;
 * - reviews are answered days after delivery and punish lateness (`reviews.ts`).
 * What has not happened by the evening of `until` is empty: open orders, unanswered reviews.
 */
import { seeded, type Rng } from '@tino/learn';
import { chance, hexKey, poisson } from '../chance.js';
import { dayOf } from '../dates.js';
import { defaultUntil, type Cell, type SimulateOptions, type Table } from '../simulator.js';
import { dealColumns, lead, leadColumns, makeDeal } from './simulation/funnel.js';
import {
  customerColumns,
  demandOf,
  itemColumns,
  makeOrder,
  orderColumns,
  paymentColumns,
} from './simulation/orders.js';
import { geolocation, geolocationColumns } from './simulation/places.js';
import { productColumns, translationColumns, translations } from './simulation/products.js';
import { reviewColumns } from './simulation/reviews.js';
import {
  decline,
  makeSeller,
  sellerColumns,
  sellerRow,
  type Seller,
} from './simulation/sellers.js';

export { declineDays } from './simulation/sellers.js';
export { activation } from './simulation/funnel.js';

const daysOfHistory = 730;
/** Rows that one seller adds over the whole history, in all tables: measured. */
const rowsASeller = 240;

export default function simulate(options: SimulateOptions = {}): Table[] {
  const { seed = 5, rows = 45_000, until = defaultUntil } = options;
  const rng = seeded(seed);
  const last = dayOf(until);
  const count = Math.max(20, Math.round(rows / rowsASeller));
  const { deals, leads, signed } = funnel(count, last, rng.fork('funnel'));
  // Those who signed sell for months, not years, so they count less towards the wanted rows.
  const old = Math.round(count - 0.4 * signed.length);
  const sellers = [...oldSellers(old, last, rng.fork('sellers')), ...signed];
  const sold = sellOrders(sellers, last, rng.fork('orders'));
  return [
    table('orders', orderColumns, sold.orders),
    table('customers', customerColumns, sold.customers),
    table('order_items', itemColumns, sold.items),
    table('order_payments', paymentColumns, sold.payments),
    table('order_reviews', reviewColumns, sold.reviews),
    table(
      'products',
      productColumns,
      sellers.flatMap((s) => s.products.map(({ row }) => row)),
    ),
    table(
      'sellers',
      sellerColumns,
      sellers.filter(({ id }) => sold.sellers.has(id)).map(sellerRow),
    ),
    table('geolocation', geolocationColumns, geolocation(rng.fork('geolocation'))),
    { table: 'product_category_name_translation', columns: translationColumns, rows: translations },
    table('marketing_qualified_leads', leadColumns, leads),
    table('closed_deals', dealColumns, deals),
  ];
}

const table = (name: string, columns: string[], rows: Iterable<Cell[]>): Table => ({
  table: `olist_${name}_dataset`,
  columns,
  rows,
});

/** Half were there from the beginning; the others joined along the way. */
function oldSellers(count: number, last: number, rng: Rng): Seller[] {
  return Array.from({ length: Math.max(1, count) }, () => {
    const joined = chance(0.5, rng) ? 0 : rng.below(daysOfHistory - 60);
    return makeSeller(last - daysOfHistory + 1 + joined, last, rng);
  });
}

/** Leads of the last year; one in five signs, and about half of those sell. */
function funnel(count: number, last: number, rng: Rng) {
  const leads: Cell[][] = [];
  const deals: Cell[][] = [];
  const signed: Seller[] = [];
  for (let i = 0; i < count * 10; i++) {
    const contact = last - 420 + rng.below(420);
    if (!chance(0.2, rng)) {
      leads.push(lead(contact, rng));
      continue;
    }
    const candidate = makeSeller(contact, last, rng);
    const deal = makeDeal(contact, candidate, rng);
    leads.push(deal.lead);
    if (deal.won >= last + 1) continue;
    const starts = Math.ceil(deal.won + deal.waitDays);
    const seller = { ...makeSeller(starts, last, rng), products: candidate.products };
    if (deal.activates && starts <= last) signed.push(seller);
    deals.push(deal.row(deal.activates ? seller.id : hexKey(rng)));
  }
  return { leads, deals, signed };
}

function sellOrders(sellers: Seller[], last: number, rng: Rng) {
  const sold = {
    orders: [] as Cell[][],
    customers: [] as Cell[][],
    items: [] as Cell[][],
    payments: [] as Cell[][],
    reviews: [] as Cell[][],
    sellers: new Set<string>(),
  };
  for (let day = last - daysOfHistory + 1; day <= last; day++) {
    for (const seller of sellers) {
      if (day < seller.starts || day > (seller.stops ?? last)) continue;
      const first = day === seller.starts ? 1 : 0;
      const mean = seller.rate * demandOf(day) * (1 - 0.75 * decline(seller, day));
      for (let n = first + poisson(mean, rng); n > 0; n--) {
        const rows = makeOrder(seller, day, last, rng);
        sold.orders.push(rows.order);
        sold.customers.push(rows.customer);
        sold.items.push(...rows.items);
        sold.payments.push(...rows.payments);
        sold.reviews.push(...rows.reviews);
        if (rows.items.length > 0) sold.sellers.add(seller.id);
      }
    }
  }
  return sold;
}
