/**
 * Daily sales of two chains: eight stores, twenty products in six categories, two years, with
 * promotions that are known before they start.
 *
 * The truth: units are Poisson with mean
 *   level(store, product) × weekday × year(category) × holiday × pay day × trend × lift,
 * where a promotion lifts units by exp(`promotionLift` × discount) and revenue by (1 − discount)
 * of that; pay days (the 5th and the 20th, and the day after) lift by `payDayLift`; street stores
 * close on Sundays, all close on 1 January and 25 December. Days without sales have no row.
 */
import { seeded, type Rng } from '@tino/learn';
import { between, logNormal, poisson, round } from '../chance.js';
import { dateText, dayOf, dayOfMonth, isHoliday, monthOf, weekdayOf, yearPhase } from '../dates.js';
import { defaultUntil, type Cell, type SimulateOptions, type Table } from '../simulator.js';
import { categories, productNames, storeNames, type Category } from './names.js';

export const promotionLift = 2.2;
export const payDayLift = 1.12;
const daysOfHistory = 731;
const daysAhead = 70;

interface Store {
  id: number;
  client: number;
  street: boolean;
  size: number;
  trend: number;
  row: Cell[];
}
interface Product {
  id: number;
  category: Category;
  price: number;
  popularity: number;
  row: Cell[];
}
interface Promotion {
  starts: number;
  ends: number;
  knownFrom: number;
  discount: number;
}
interface Pair {
  store: Store;
  product: Product;
  promotions: Promotion[];
}

export default function simulate(options: SimulateOptions = {}): Table[] {
  const { seed = 2, rows = 30_000, until = defaultUntil } = options;
  const rng = seeded(seed);
  const last = dayOf(until);
  const products = productNames.map((_, i) => makeProduct(i, rng.fork(`product ${i}`)));
  const wanted = Math.max(8, Math.floor(rows / (daysOfHistory * 0.95)));
  // Beyond six products a store, more rows mean more stores, so that products stay comparable.
  const storeCount = Math.max(8, Math.ceil(wanted / products.length));
  const stores = Array.from({ length: storeCount }, (_, i) => makeStore(i, rng.fork(`store ${i}`)));
  const pairs = choosePairs(stores, products, wanted, last, rng);
  return [
    {
      table: 'sales',
      columns: ['client_id', 'store_id', 'product_id', 'date', 'units', 'revenue'],
      rows: sales(pairs, last, rng.fork('sales')),
    },
    {
      table: 'stores',
      columns: ['store_id', 'client_id', 'name', 'city', 'state', 'type', 'size_m2'],
      rows: stores.map(({ row }) => row),
    },
    {
      table: 'products',
      columns: ['product_id', 'name', 'category'],
      rows: products.map(({ row }) => row),
    },
    {
      table: 'promotions',
      columns: 'client_id store_id product_id starts_on ends_on known_from discount'.split(' '),
      rows: pairs.flatMap(promotionRows(last)),
    },
  ];
}

function makeStore(index: number, rng: Rng): Store {
  const [city, state] = storeNames[index % storeNames.length]!;
  const id = 13 + index;
  const client = 1 + (index % 2);
  const street = index % 4 === 1;
  const squareMetres = Math.round(between(street ? 180 : 600, street ? 500 : 1800, rng));
  const again = Math.floor(index / storeNames.length);
  const row = [
    id,
    client,
    `Loja ${city}${again ? ` ${again + 1}` : ''}`,
    city,
    state,
    street ? 'rua' : 'shopping',
    squareMetres,
  ];
  const size = (squareMetres / 800) ** 0.7;
  return { id, client, street, size, trend: between(-0.05, 0.12, rng), row };
}

function makeProduct(index: number, rng: Rng): Product {
  const [name, categoryName, price] = productNames[index]!;
  const category = categories[categoryName];
  const id = 101 + index;
  return { id, category, price, popularity: logNormal(1, 0.5, rng), row: [id, name, categoryName] };
}

/** Walks the store × product table by diagonals, so that few pairs still cover both. */
function choosePairs(stores: Store[], products: Product[], n: number, last: number, rng: Rng) {
  const pairs: Pair[] = [];
  for (let i = 0; pairs.length < Math.min(n, stores.length * products.length); i++) {
    const store = stores[i % stores.length]!;
    const round = Math.floor(i / stores.length);
    const product = products[((i % stores.length) * 3 + round) % products.length]!;
    const promotions = plan(last, rng.fork(`promotions ${store.id} ${product.id}`));
    pairs.push({ store, product, promotions });
  }
  return pairs;
}

function plan(last: number, rng: Rng): Promotion[] {
  const promotions = [];
  let day = last - daysOfHistory + rng.below(45);
  while (day < last + daysAhead) {
    const ends = day + 2 + rng.below(9);
    const discount = (1 + rng.below(6)) * 0.05;
    promotions.push({ starts: day, ends, knownFrom: day - 14 - rng.below(45), discount });
    day = ends + 15 + rng.below(50);
  }
  return promotions;
}

const promotionRows =
  (last: number) =>
  ({ store, product, promotions }: Pair): Cell[][] =>
    promotions
      .filter(({ knownFrom }) => knownFrom <= last)
      .map(({ starts, ends, knownFrom, discount }) => [
        store.client,
        store.id,
        product.id,
        dateText(starts),
        dateText(ends),
        dateText(knownFrom),
        round(discount),
      ]);

function* sales(pairs: Pair[], last: number, rng: Rng): Generator<Cell[]> {
  for (let day = last - daysOfHistory + 1; day <= last; day++) {
    const date = dateText(day);
    for (const { store, product, promotions } of pairs) {
      if (isClosed(store, day)) continue;
      const discount = promotions.find((p) => p.starts <= day && day <= p.ends)?.discount ?? 0;
      const mean = meanUnits(store, product, day, last) * Math.exp(promotionLift * discount);
      const units = poisson(mean * Math.exp(0.12 * rng.normal()), rng);
      if (units === 0) continue;
      const revenue = round(units * product.price * (1 - discount));
      yield [store.client, store.id, product.id, date, units, revenue];
    }
  }
}

const isClosed = (store: Store, day: number) =>
  (store.street && weekdayOf(day) === 7) || ['01-01', '12-25'].includes(dateText(day).slice(5));

const weekdays = [0.8, 0.82, 0.88, 0.95, 1.15, 1.4, 1.0];

function meanUnits(store: Store, product: Product, day: number, last: number): number {
  const { peak, amplitude, december } = product.category;
  const season = 1 + amplitude * Math.cos(2 * Math.PI * (yearPhase(day) - peak));
  const gifts = monthOf(day) === 12 && dayOfMonth(day) <= 24 ? december : 1;
  const payDay = [5, 6, 20, 21].includes(dayOfMonth(day)) ? payDayLift : 1;
  const holiday = isHoliday(day) ? (store.street ? 0.5 : 1.25) : 1;
  const trend = Math.exp((store.trend * (day - last)) / 365);
  const level = product.category.units * product.popularity * store.size;
  return level * weekdays[weekdayOf(day) - 1]! * season * gifts * payDay * holiday * trend;
}
