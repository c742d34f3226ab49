/**
 * Invoice lines with the eight columns of Online Retail, dirt included, and the people behind them.
 *
 * The truth: each customer belongs to one of `kinds` (`kindOf(customerId)`), enters on a random
 * day, buys as a Poisson process with a gamma-mixed rate, and after each purchase leaves for ever
 * with a beta-mixed probability: the BG/NBD of Fader, Hardie and Lee (2005), by kind. Gift buyers
 * buy in November and December only. Amounts do not depend on the lifetime.
 * The dirt: 12 % of invoices without customer, returns (C-invoices with negative quantities),
 * carriage lines, damaged stock (negative, price 0, no customer, description missing), one bad
 * debt with a negative price, lines written twice.
 */
import { seeded, type Rng } from '@tino/learn';
import { between, chance, exponential, gamma, logNormal, pick, pickWeighted } from '../chance.js';
import { dayOf, monthOf, timeText, weekdayOf } from '../dates.js';
import { defaultUntil, type Cell, type SimulateOptions, type Table } from '../simulator.js';
import { carriage, catalogue } from './catalogue.js';
import { person, personColumns } from './people.js';

/** Purchases a month, probability to leave after one, lines an invoice, units a line. */
export interface Kind {
  share: number;
  rate: number;
  leave: number;
  lines: number;
  units: number;
  onlyGifts?: true;
}
export const kinds = {
  wholesale: { share: 1, rate: 2.2, leave: 0.03, lines: 9, units: 40 },
  loyal: { share: 4, rate: 1.3, leave: 0.05, lines: 6, units: 6 },
  occasional: { share: 8, rate: 0.45, leave: 0.12, lines: 4, units: 4 },
  gifts: { share: 3, rate: 1.5, leave: 0.15, lines: 5, units: 3, onlyGifts: true },
  once: { share: 4, rate: 0.3, leave: 0.75, lines: 3, units: 3 },
} satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;

const firstId = 12_346;
const daysOfHistory = 540;
/** Lines a customer leaves over the whole history: measured, to turn rows into customers. */
const linesACustomer = 19;
const cycle = Object.entries(kinds).flatMap(([name, { share }]) =>
  Array<KindName>(share).fill(name as KindName),
);

const invoiceColumns =
  'InvoiceNo StockCode Description Quantity InvoiceDate UnitPrice CustomerID Country'.split(' ');

/** The kind a customer was drawn from: a test's truth, in no table. */
export const kindOf = (customerId: number): KindName =>
  cycle[((customerId - firstId) * 7) % cycle.length]!;

interface Invoice {
  time: number;
  customer: number;
  country: string;
  kind: Kind;
}

export default function simulate(options: SimulateOptions = {}): Table[] {
  const { seed = 4, rows = 30_000, until = defaultUntil } = options;
  const rng = seeded(seed);
  const last = dayOf(until);
  const ids = Array.from({ length: Math.ceil(rows / linesACustomer) }, (_, i) => firstId + i);
  const invoices = ids
    .flatMap((id) => lifetime(id, last, rng.fork(`customer ${id}`)))
    .sort((a, b) => a.time - b.time || a.customer - b.customer);
  return [
    {
      table: 'online_retail',
      columns: invoiceColumns,
      rows: lines(invoices, last, rng.fork('lines')),
    },
    {
      table: 'customers',
      columns: personColumns,
      rows: ids.map((id) => person(id, rng.fork(`person ${id}`))),
    },
  ];
}

function lifetime(customer: number, last: number, rng: Rng): Invoice[] {
  const kind: Kind = kinds[kindOf(customer)];
  const country = chance(0.9, rng) ? 'United Kingdom' : pick(['Germany', 'France', 'EIRE'], rng);
  const shape = 3;
  const daysBetween = 30 / ((kind.rate * gamma(shape, rng)) / shape);
  const [a, b] = [gamma(1 + 8 * kind.leave, rng), gamma(1 + 8 * (1 - kind.leave), rng)];
  const leave = a / (a + b);
  const invoices = [];
  let time = last - daysOfHistory + rng.below(daysOfHistory - 20) + 0.4;
  if (kind.onlyGifts) time = untilGiftSeason(time);
  while (time < last + 1) {
    const open = openingHour(time, rng);
    if (open < last + 1) invoices.push({ time: open, customer, country, kind });
    if (chance(leave, rng)) break;
    time += exponential(daysBetween, rng);
    if (kind.onlyGifts) time = untilGiftSeason(time);
  }
  return invoices;
}

function untilGiftSeason(time: number): number {
  while (monthOf(time) < 11) time++;
  return time;
}

/** The shop is shut on Saturdays and works from 8 to 18. */
function openingHour(time: number, rng: Rng): number {
  const day = Math.floor(time) + (weekdayOf(time) === 6 ? 1 : 0);
  return day + Math.floor(between(8, 18, rng) * 60) / 1440;
}

function* lines(invoices: Invoice[], last: number, rng: Rng): Generator<Cell[]> {
  let number = 536_365;
  for (const invoice of invoices) {
    const rows = invoiceLines(invoice, String(number++), rng);
    yield* rows;
    if (chance(0.01, rng)) yield rows[0]!;
    if (chance(0.06, rng)) yield* returned(rows[0]!, number++, invoice, last, rng);
    if (chance(0.01, rng)) yield damaged(number++, invoice.time, rng);
  }
  yield [`A${number}`, 'B', 'Adjust bad debt', 1, timeText(last + 0.6), -1106.2, null, 'EIRE'];
}

function invoiceLines({ time, customer, country, kind }: Invoice, number: string, rng: Rng) {
  const count = 1 + Math.round(exponential(kind.lines - 1, rng));
  const at = timeText(time);
  // As in the public file, an identifier went through a float, and some invoices have none.
  const id = chance(0.12, rng) ? null : `${customer}.0`;
  const rows: Cell[][] = [];
  for (let i = 0; i < Math.min(count, 30); i++) {
    const [code, description, price] = pickItem(kind, rng);
    const units = Math.max(1, Math.round(logNormal(kind.units, 0.6, rng)));
    rows.push([number, code, description, units, at, price, id, country]);
  }
  if (country !== 'United Kingdom') {
    const [code, description, price] = carriage;
    rows.push([number, code, description, 1, at, price, id, country]);
  }
  return rows;
}

const weights = catalogue.map((item, i) => [item, 1 / (i + 3)] as const);
const christmas = catalogue.filter(([, description]) => description.includes('CHRISTMAS'));
const pickItem = (kind: Kind, rng: Rng) =>
  kind.onlyGifts && chance(0.6, rng) ? pick(christmas, rng) : pickWeighted(weights, rng);

function* returned(row: Cell[], number: number, invoice: Invoice, last: number, rng: Rng) {
  const time = invoice.time + 1 + rng.below(20);
  if (time >= last + 1) return;
  const [, code, description, units, , price, id, country] = row;
  const back = -Math.ceil(Number(units) * between(0.2, 1, rng));
  yield [`C${number}`, code!, description!, back, timeText(time), price!, id!, country!];
}

function damaged(number: number, time: number, rng: Rng): Cell[] {
  const units = -1 - rng.below(60);
  const code = pick(catalogue, rng)[0];
  return [String(number), code, null, units, timeText(time), 0, null, 'United Kingdom'];
}
