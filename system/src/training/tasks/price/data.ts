import {
  categoryColumn,
  frame,
  numberColumn,
  type Column,
  type Frame,
  type PriceHistory,
} from '@tino/learn';
import type { Batch, BatchColumn } from '../../../engine/port.js';
import { readAsOf } from '../../../features/read-as-of.js';
import type { House } from '../../../ports/house.js';
import { groupColumn } from '../../../workspace/models.js';
import type { LoadedModel, PriceDeclaration } from '../../../workspace/types.js';
import { columnOf, keyText, keyValue, numbersOf, scalarValue, type Key } from '../forecast/keys.js';
import { dayOf } from '../forecast/steps.js';

/** One thing with a price, as the items SQL gives it. */
export interface Item {
  text: string;
  key: Key;
  name: string;
  category: string | null;
  /** Today's price; in the currency. */
  price: number;
  /** Of one unit; in the currency. */
  cost: number;
  /** Where `cost` is that of the next cycle: what it is today. */
  costToday?: number;
  /** Local date of the first sale, as the items say it. */
  since: string | null;
  attributes: Record<string, string | number | boolean | null>;
}

/** What was sold at which price, one row an item and period. */
export interface Sales {
  history: PriceHistory;
  /** By row: days since 1970-01-01. */
  day: Float64Array;
  /** Days that one row stands for: the usual distance of an item's rows. */
  periodDays: number;
}

const reader = (house: House, model: LoadedModel, cutoff: string) => (file: string) =>
  readAsOf(house, model.part, file, model.sql[file]!, cutoff, {
    allowPersonal: model.declaration.allowPersonal ?? [],
  });

/**
 * Items as of a cut-off, in order of their key. Rows without a price or a cost say nothing and are
 * left out.
 */
export async function readItems(house: House, model: LoadedModel, cutoff: string): Promise<Item[]> {
  const { items: file, key, exclude = [], holdOut } = model.declaration as PriceDeclaration;
  const batch = await reader(house, model, cutoff)(file);
  const by = groupColumn(holdOut);
  if (by !== undefined) columnOf(batch, by, file);
  const needsSince = exclude.some((one) => one.exclude === 'new');
  const since = needsSince ? columnOf(batch, 'since', file) : undefined;
  const keys = key.map((name) => columnOf(batch, name, file));
  const price = numbersOf(batch, 'price', file);
  const cost = numbersOf(batch, 'cost', file);
  const category = batch.columns.find(({ name }) => name === 'category');
  const label = batch.columns.find(({ name }) => name === 'name');
  const own = batch.columns.filter(({ name }) => !key.includes(name) && !FIXED.has(name));
  const items: Item[] = [];
  for (let row = 0; row < batch.rows; row++) {
    if (!(price[row]! > 0) || !(cost[row]! >= 0)) continue;
    const one = Object.fromEntries(key.map((name, k) => [name, keyValue(keys[k]!, row)]));
    items.push({
      text: keyText(key, one),
      key: one,
      name: (label && keyValue(label, row)) || Object.values(one).join(' · '),
      category: category ? keyValue(category, row) || null : null,
      price: price[row]!,
      cost: cost[row]!,
      since: since ? keyValue(since, row).slice(0, 10) || null : null,
      attributes: Object.fromEntries(own.map((c) => [c.name, scalarValue(c, row)])),
    });
  }
  return items.sort((a, b) => (a.text < b.text ? -1 : 1));
}
const FIXED = new Set(['price', 'cost', 'category', 'name', 'since']);

/** All of a key but its last part is a market: the branches of a chain have their own seasons. */
export const marketsOf = (items: readonly string[], key: readonly string[]): string[] =>
  items.map((text) => {
    const values = JSON.parse(text) as Record<string, string>;
    return JSON.stringify(key.slice(0, -1).map((name) => values[name]));
  });

/** Sales as of a cut-off with the controls of the SQL and those of the calendar. */
export async function readSales(
  house: House,
  model: LoadedModel,
  cutoff: string,
  items: readonly Item[],
): Promise<Sales> {
  const { sales: file, key } = model.declaration as PriceDeclaration;
  const batch = await reader(house, model, cutoff)(file);
  const keys = key.map((name) => columnOf(batch, name, file));
  const day = Float64Array.from(columnOf(batch, 'at', file).values as (string | null)[], (at) =>
    at === null ? NaN : Math.floor(dayOf(at)),
  );
  const item = Array.from({ length: batch.rows }, (_, row) =>
    keyText(key, Object.fromEntries(key.map((name, k) => [name, keyValue(keys[k]!, row)]))),
  );
  const categoryBy = new Map(items.map(({ text, category }) => [text, category ?? '']));
  const markupBy = new Map(items.map(({ text, price, cost }) => [text, Math.log(price / cost)]));
  const periodDays = usualDistance(item, day);
  const units = numbersOf(batch, 'units', file);
  return {
    day,
    periodDays,
    history: {
      item,
      category: item.map((text) => categoryBy.get(text) ?? ''),
      price: numbersOf(batch, 'price', file),
      // Returns booked as negative units are no demand of that day.
      units: units.map((value) => Math.max(0, value)),
      controls: controlsOf(batch, key, day, periodDays),
      // Of today: both would have to be known of the same day, and owners move them together.
      markup: Float64Array.from(item, (text) => finite(markupBy.get(text))),
      weights: day.map((value) => (Number.isNaN(value) ? 0 : 1)),
    },
  };
}

/** What costs nothing has no markup. */
const finite = (value = NaN) => (Number.isFinite(value) ? value : NaN);

/**
 * Columns of the SQL that are neither key, time, price nor units; then trend, season and weekday.
 */
function controlsOf(
  batch: Batch,
  key: readonly string[],
  day: Float64Array,
  periodDays: number,
): Frame {
  const taken = new Set([...key, 'at', 'units', 'price']);
  const own = batch.columns.filter(({ name }) => !taken.has(name)).map(controlOf);
  const turn = day.map((value) => (2 * Math.PI * value) / 365.25);
  const calendar: Column[] = [
    numberColumn(
      'trend',
      day.map((value) => value / 365.25),
    ),
    numberColumn('season_sin', turn.map(Math.sin)),
    numberColumn('season_cos', turn.map(Math.cos)),
    ...(periodDays === 1
      ? [
          categoryColumn(
            'weekday',
            Array.from(day, (value) => String(((value % 7) + 7) % 7)),
          ),
        ]
      : []),
  ];
  const names = new Set(own.map(({ name }) => name));
  return frame([...own, ...calendar.filter(({ name }) => !names.has(name))]);
}

function controlOf({ name, values }: BatchColumn): Column {
  return values instanceof Float64Array
    ? numberColumn(name, values)
    : categoryColumn(
        name,
        values.map((value) => (value === null ? null : String(value))),
      );
}

/** The median distance in days of an item's neighbouring rows; at least 1. */
export function usualDistance(item: readonly string[], day: Float64Array): number {
  const byItem = new Map<string, number[]>();
  item.forEach((text, row) => {
    const own = byItem.get(text);
    if (own === undefined) byItem.set(text, [day[row]!]);
    else own.push(day[row]!);
  });
  const distances: number[] = [];
  for (const days of byItem.values()) {
    const sorted = days.toSorted((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++)
      if (sorted[i]! > sorted[i - 1]!) distances.push(sorted[i]! - sorted[i - 1]!);
  }
  distances.sort((a, b) => a - b);
  return Math.max(1, distances[Math.floor(distances.length / 2)] ?? 1);
}
