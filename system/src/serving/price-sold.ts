import { addDays, dateOf, dayNumber } from '../calendar/dates.js';
import { identifier, literal } from '../engine/quote.js';
import { readAsOf } from '../features/read-as-of.js';
import type { House } from '../ports/house.js';
import { columnOf, numbersOf } from '../training/tasks/forecast-keys.js';
import { dayOf } from '../training/tasks/forecast-steps.js';
import { usualDistance, type Item } from '../training/tasks/price-data.js';
import type { Desk } from './price-desk.js';

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

/** Sales of one item by week and price over the weeks before the desk's cut-off, in order of time. */
export async function soldByWeek(
  house: House,
  { model, declaration, cutoff }: Pick<Desk, 'model' | 'declaration' | 'cutoff'>,
  item: Item,
  weeks: number,
): Promise<Sold[]> {
  const { sales: file, key } = declaration;
  const first = addDays(cutoff, -weeks * WEEK);
  const own = key.map(
    (name) => `CAST(${identifier(name)} AS VARCHAR) = ${literal(item.key[name] ?? null)}`,
  );
  const sql = `SELECT * FROM (${model.sql[file]!}\n)
    WHERE ${own.join(' AND ')} AND CAST("at" AS DATE) >= DATE ${literal(first)} ORDER BY "at"`;
  const batch = await readAsOf(house, model.part, file, sql, cutoff, {
    allowPersonal: declaration.allowPersonal ?? [],
  });
  const day = Float64Array.from(columnOf(batch, 'at', file).values as string[], (at) =>
    Math.floor(dayOf(at)),
  );
  const [price, units] = [numbersOf(batch, 'price', file), numbersOf(batch, 'units', file)];
  const rows = Array.from(day, (at, row) => ({ day: at, price: price[row]!, units: units[row]! }));
  const periodDays = usualDistance(
    rows.map(() => item.text),
    day,
  );
  return weeksOf(rows, { periodDays, end: dayNumber(cutoff) });
}

interface Row {
  day: number;
  price: number;
  units: number;
}

/**
 * Days without a row sold nothing at the price before them, so that a slow item is not told by its good
 * days alone. A row of a longer period is spread over its days.
 */
export function weeksOf(
  rows: readonly Row[],
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
