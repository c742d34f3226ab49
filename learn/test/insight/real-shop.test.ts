import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  categoryColumn,
  cohorts,
  concentration,
  fitBgNbd,
  frame,
  itemPairs,
  kaplanMeier,
  priceVolumeMix,
  totalDrivers,
} from '@tino/learn';

const folder =
  process.env['TINO_DATA'] ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const file = `${folder}/online_retail/online_retail.csv.gz`;
const skip = existsSync(file) ? false : `${file} is not there; set TINO_DATA`;

interface Line {
  invoice: string;
  item: string;
  customer: string;
  country: string;
  day: number;
  units: number;
  revenue: number;
}

/** Lines sold to a known customer. The description may hold commas: numbers are read from the end. */
function shop(): Line[] {
  const [, ...lines] = gunzipSync(readFileSync(file)).toString().split(/\r?\n/);
  return lines
    .map((line) => line.split(','))
    .filter((cells) => cells.length >= 8)
    .map((cells) => ({
      invoice: cells[0],
      item: cells[1],
      customer: cells.at(-2)!,
      country: cells.at(-1)!,
      day: Math.floor(Date.parse(`${cells.at(-4)!.replace(' ', 'T')}Z`) / 86_400_000),
      units: Number(cells.at(-5)),
      revenue: Number(cells.at(-5)) * Number(cells.at(-3)),
    }))
    .filter(({ customer, revenue, units }) => customer !== '' && revenue > 0 && units > 0);
}

const coded = (texts: readonly string[]) => {
  const codes = new Map<string, number>();
  return Int32Array.from(texts, (text) => {
    if (!codes.has(text)) codes.set(text, codes.size);
    return codes.get(text)!;
  });
};

test(
  'Online Retail: value, baskets, cohorts, concentration and drivers hold together',
  { skip },
  () => {
    const lines = shop();
    const end = lines.reduce((last, { day }) => Math.max(last, day), 0) + 1;
    const customers = coded(lines.map(({ customer }) => customer));
    const count = customers.reduce((most, code) => Math.max(most, code), 0) + 1;
    assert.equal(count, 4338);

    const revenue = new Float64Array(count);
    const days = Array.from({ length: count }, () => new Set<number>());
    lines.forEach((line, i) => {
      revenue[customers[i]] += line.revenue;
      days[customers[i]].add(line.day);
    });
    const sorted = days.map((own) => [...own].sort((a, b) => a - b));
    const model = fitBgNbd({
      frequency: sorted.map((own) => own.length - 1),
      recency: sorted.map((own) => own.at(-1)! - own[0]),
      tenure: sorted.map((own) => end - own[0]),
    });
    assert.ok(model.covariance !== null && model.r > 0.5 && model.r < 1.2 && model.alpha > 30);

    const held = concentration(revenue);
    assert.ok(held.gini > 0.7 && held.topShares[3].share > 0.7);

    const gaps = sorted.flatMap((own) => own.slice(1).map((day, i) => day - own[i]));
    const open = sorted.map((own) => end - own.at(-1)!);
    const curve = kaplanMeier({
      durations: [...gaps, ...open],
      ended: [...gaps.map(() => 1), ...open.map(() => 0)],
    });
    assert.ok(curve.survival.every((share, i) => share <= (curve.survival[i - 1] ?? 1)));

    const months = Int32Array.from(lines, ({ day }) => {
      const date = new Date(day * 86_400_000);
      return 12 * date.getUTCFullYear() + date.getUTCMonth();
    });
    const table = cohorts({
      customers,
      periods: months,
      values: lines.map((line) => line.revenue),
    });
    assert.equal(
      table.sizes.reduce((a, b) => a + b),
      count,
    );
    let total = 0;
    table.value.forEach((value, at) => {
      if (!Number.isNaN(value)) total += value * table.sizes[Math.floor(at / table.ages)];
    });
    const all = lines.reduce((sum, line) => sum + line.revenue, 0);
    assert.ok(Math.abs(total / all - 1) < 1e-9);

    const items = coded(lines.map(({ item }) => item));
    const { pairs } = itemPairs({ baskets: coded(lines.map(({ invoice }) => invoice)), items });
    assert.ok(pairs.length > 0 && pairs.every(({ lower, q }) => lower > 1 && q <= 0.05));

    const recent = lines.filter(({ day }) => day >= end - 60);
    const after = recent.map(({ day }) => (day >= end - 30 ? 1 : 0));
    const sold = (of: 'units' | 'revenue', later: number) => {
      const sums = new Float64Array(items.length);
      lines.forEach((line, i) => {
        if (line.day >= end - 60 && +(line.day >= end - 30) === later) sums[items[i]] += line[of];
      });
      return sums;
    };
    const mix = priceVolumeMix({
      unitsBefore: sold('units', 0),
      unitsAfter: sold('units', 1),
      revenueBefore: sold('revenue', 0),
      revenueAfter: sold('revenue', 1),
    });
    const found = totalDrivers({
      x: frame([
        categoryColumn(
          'country',
          recent.map(({ country }) => country),
        ),
        categoryColumn(
          'item',
          recent.map(({ item }) => item),
        ),
      ]),
      values: recent.map((line) => line.revenue),
      after,
      units: coded(recent.map(({ customer }) => customer)),
    });
    const parts = mix.price + mix.volume + mix.mix + mix.launched + mix.dropped;
    assert.ok(Math.abs(parts - found.change) < 1e-6 * found.before);
    for (const { before, change, q } of found.drivers)
      assert.ok(Number.isFinite(before + change) && q <= 0.05);
  },
);
