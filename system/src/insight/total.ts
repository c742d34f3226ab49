import { concentration, priceVolumeMix, totalDriverInsights, totalDrivers } from '@tino/learn';
import type { LoadedInsight, SqlInsight } from '../workspace/types.js';
import { holder, unitCodes, unitsIn, type Found, type Unlisted, type Headline } from './finding.js';
import type { Rows } from './read.js';

/** Why a total moved from the period before to the last one. */
export function searchTotal({ name }: LoadedInsight<SqlInsight>, rows: Rows): Found<Unlisted> {
  const values = rows.numbers('value').map((value) => (Number.isNaN(value) ? 0 : value));
  const after = Float64Array.from(rows.age, (age) => (age === 0 ? 1 : 0));
  const told = totalDrivers({ x: rows.x, values, after, units: unitCodes(rows) }, { limit: 10 });
  const made = totalDriverInsights(told, { family: name });
  const findings = made.map((insight, i): Unlisted => {
    const { parts, change: own } = told.drivers[i]!;
    const holds = holder(rows, parts);
    const whole = sumsOf(rows, values, holds);
    return {
      ...insight,
      parts,
      people: unitsIn(rows, holds).size,
      figures: {
        ...whole,
        own,
        lower: insight.money.lower,
        upper: insight.money.upper,
        total: told.change,
      },
    };
  });
  const { before, after: later, change } = told;
  const headline = {
    before,
    after: later,
    change,
    ...spreadOf(rows, values),
    ...mixOf(rows, values),
  };
  return { findings, headline, families: 1, looks: told.looks };
}

function sumsOf({ rows, age }: Rows, values: Float64Array, holds: (row: number) => boolean) {
  const sums = { before: 0, after: 0, change: 0 };
  for (let row = 0; row < rows; row++)
    if (holds(row)) sums[age[row] === 0 ? 'after' : 'before'] += values[row]!;
  sums.change = sums.after - sums.before;
  return sums;
}

/** Parts of one that money is counted in: prices have four decimals. */
const CENTS = 10_000;

/** How the last period's total lies on the units; those with more returned than bought are set aside. */
function spreadOf({ rows, age, unit }: Rows, values: Float64Array): Headline {
  const sums = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const code = unit.codes[row]!;
    if (age[row] === 0 && code >= 0) sums.set(code, (sums.get(code) ?? 0) + values[row]!);
  }
  // What was bought and given back is nothing, and not the last digit of a sum of floats.
  const bought = [...sums.values()].filter((sum) => Math.round(sum * CENTS) > 0);
  if (bought.length === 0) return {};
  const { gini, topShares, paretoCustomers } = concentration(bought, { tops: [0.1] });
  return { units: bought.length, gini, topTenth: topShares[0]!.share, pareto: paretoCustomers };
}

/** Price, volume and mix, where the SQL tells items and how many were sold. */
function mixOf(rows: Rows, values: Float64Array): Headline {
  if (!rows.has('item') || !rows.has('units')) return {};
  const item = rows.categories('item');
  const units = rows.numbers('units');
  // What has no item is one more, so that the parts add up to the whole change.
  const unnamed = item.levels.length;
  const [before, after] = [soldOf(unnamed + 1), soldOf(unnamed + 1)];
  for (let row = 0; row < rows.rows; row++) {
    const code = item.codes[row]! < 0 ? unnamed : item.codes[row]!;
    const sold = rows.age[row] === 0 ? after : before;
    sold.units[code]! += Number.isNaN(units[row]!) ? 0 : units[row]!;
    sold.revenue[code]! += values[row]!;
  }
  // More came back than went out: such an item has no price in that period.
  const held = ({ units: counts }: Sold) => counts.map((count) => Math.max(0, count));
  const { price, volume, mix, launched, dropped } = priceVolumeMix({
    unitsBefore: held(before),
    unitsAfter: held(after),
    revenueBefore: before.revenue,
    revenueAfter: after.revenue,
  });
  return { price, volume, mix, launched, dropped };
}

/** By item. */
interface Sold {
  units: Float64Array;
  revenue: Float64Array;
}

const soldOf = (items: number): Sold => ({
  units: new Float64Array(items),
  revenue: new Float64Array(items),
});
