import { addDays, dateOf, dayNumber } from '../../calendar/dates.js';
import { identifier, literal } from '../../engine/quote.js';
import { readAsOf } from '../../features/read-as-of.js';
import type { House } from '../../ports/house.js';
import { columnOf, keyText, keyValue, numbersOf } from '../../training/tasks/forecast/keys.js';
import { dayOf } from '../../training/tasks/forecast/steps.js';
import { usualDistance, type Item } from '../../training/tasks/price/data.js';
import type { Desk } from './desk.js';

/** What the sales say of an item: a week, or the part of it that had one price. */
export interface Sold {
  /** First local date. */
  at: string;
  days: number;
  price: number;
  unitsPerDay: number;
}

const WEEK = 7;
/** Monday of the week of 1970-01-01, which was a Thursday. */
const MONDAY = -3;

/** A row of the sales: a day, or the period of the rows that begins at it. */
export interface SoldRow {
  /** Days since 1970-01-01. */
  day: number;
  price: number;
  units: number;
}

/** Sales of one item by week and price over the weeks before the desk's cut-off, in order of time. */
export async function soldByWeek(
  house: House,
  desk: Pick<Desk, 'model' | 'declaration' | 'cutoff'>,
  item: Item,
  weeks: number,
): Promise<Sold[]> {
  const own = desk.declaration.key.map(
    (name) => `CAST(${identifier(name)} AS VARCHAR) = ${literal(item.key[name] ?? null)}`,
  );
  const { sold, periodDays } = await readSold(house, desk, weeks, own);
  return weeksOf(sold.get(item.text) ?? [], { periodDays, end: dayNumber(desk.cutoff) });
}

interface SoldRows {
  /** By text of the key, in order of time. */
  sold: ReadonlyMap<string, readonly SoldRow[]>;
  /** Days that one row stands for. */
  periodDays: number;
}

const kept = new WeakMap<Desk['items'], Promise<SoldRows>>();

/** Sales of every item over the weeks before the desk's cut-off; read once for what the tables say. */
export function soldByDay(house: House, desk: Desk, weeks: number): Promise<SoldRows> {
  const standing = kept.get(desk.items);
  if (standing !== undefined) return standing;
  const reading = readSold(house, desk, weeks, []);
  kept.set(desk.items, reading);
  // A failure is not kept: the next question tries again.
  reading.catch(() => kept.delete(desk.items));
  return reading;
}

async function readSold(
  house: House,
  { model, declaration, cutoff }: Pick<Desk, 'model' | 'declaration' | 'cutoff'>,
  weeks: number,
  conditions: readonly string[],
): Promise<SoldRows> {
  const { sales: file, key } = declaration;
  const first = addDays(cutoff, -weeks * WEEK);
  const recent = [...conditions, `CAST("at" AS DATE) >= DATE ${literal(first)}`].join(' AND ');
  const sql = `SELECT * FROM (${model.sql[file]!}\n) WHERE ${recent} ORDER BY "at"`;
  const batch = await readAsOf(house, model.part, file, sql, cutoff, {
    allowPersonal: declaration.allowPersonal ?? [],
  });
  const keys = key.map((name) => columnOf(batch, name, file));
  const day = Float64Array.from(columnOf(batch, 'at', file).values as string[], (at) =>
    Math.floor(dayOf(at)),
  );
  const [price, units] = [numbersOf(batch, 'price', file), numbersOf(batch, 'units', file)];
  const item = Array.from(day, (_, row) =>
    keyText(key, Object.fromEntries(key.map((name, k) => [name, keyValue(keys[k]!, row)]))),
  );
  const sold = new Map<string, SoldRow[]>();
  for (const [row, text] of item.entries()) {
    const one = { day: day[row]!, price: price[row]!, units: units[row]! };
    const own = sold.get(text);
    if (own === undefined) sold.set(text, [one]);
    else own.push(one);
  }
  return { sold, periodDays: usualDistance(item, day) };
}

/**
 * Days without a row sold nothing at the price before them, so that a slow item is not told by its good
 * days alone. A row of a longer period is spread over its days.
 */
export function weeksOf(
  rows: readonly SoldRow[],
  { periodDays, end }: { periodDays: number; end: number },
): Sold[] {
  const groups = new Map<string, { first: number; days: number; units: number; price: number }>();
  for (const [r, { day, price, units }] of rows.entries()) {
    const until = rows[r + 1]?.day ?? Math.max(end, day + periodDays);
    const spread = Math.min(periodDays, until - day);
    for (let at = day; at < until; at++) {
      const week = Math.floor((at - MONDAY) / WEEK);
      const id = `${week} ${price.toFixed(2)}`;
      const group = groups.get(id) ?? { first: at, days: 0, units: 0, price };
      group.days++;
      if (at - day < spread) group.units += Math.max(0, units) / spread;
      groups.set(id, group);
    }
  }
  return [...groups.values()]
    .filter(({ price }) => price > 0)
    .sort((a, b) => a.first - b.first)
    .map(({ first, days, units, price }) => ({
      at: dateOf(first),
      days,
      price: Math.round(price * 100) / 100,
      unitsPerDay: units / days,
    }));
}
