import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dayNumber } from '../../src/calendar/dates.js';
import { priceHistorySchema } from '../../src/contract/price-history.js';
import { heldOut } from '../../src/serving/price/hold-out.js';
import { priceHistory } from '../../src/serving/price/history.js';
import { weeksOf } from '../../src/serving/price/sold.js';
import { decide, outcomes, suggest } from '../../src/serving/price/price.js';
import type { TestHouse } from '../features/house.js';
import { openPrices, replaceFiles, train } from '../training/decision-worlds.js';

let house: TestHouse;
const model = { name: 'item-price' };
const asking = { language: 'en' as const, scope: {} };
const key = { shop_id: '2', item_id: '1' };
before(async () => {
  house = await openPrices();
  await train(house, 'item-price');
});
after(() => house.close());

const history = async () =>
  priceHistorySchema.parse(await priceHistory(house, 'item-price', { key, scope: {} }));

test('what sold before anything was suggested is in the history, as the sales have it', async () => {
  const { sold, outcomes: told, suggestions } = await history();
  assert.deepEqual([told, suggestions], [[], []]);
  assert.ok(sold.length >= 20 && sold.length <= 27, `${sold.length} weeks`);
  // One row a week in the file: whole units, spread over its seven days.
  for (const { days, price, unitsPerDay } of sold.slice(0, -1)) {
    assert.equal(days, 7);
    assert.ok(Math.abs(unitsPerDay * 7 - Math.round(unitsPerDay * 7)) < 1e-9);
    assert.ok(price > 9 && price < 13);
  }
});

test('an applied price has what sold before and after it: by the sales, until somebody tells', async () => {
  const said = await suggest({ house }, model, { key, ...asking });
  await decide({ house }, model, said.id, { decision: 'approve' }, { by: 'ana', ...asking });
  const first = (await history()).suggestions[0]!;
  assert.ok(first.units !== null && first.units.before! > 0);
  assert.equal(first.units.after, null, 'nothing sold yet');

  const weeks = [0, 1, 2].map((week) => {
    const day = new Date(house.clock.now.getTime() + week * 7 * 86_400_000);
    return `2,1,${day.toISOString().slice(0, 10)},14,${said.price.toFixed(2)}`;
  });
  house.clock.now = new Date(house.clock.now.getTime() + 30 * 86_400_000);

  const file = await readFile(join(house.workspace.folder, 'data/sales.csv'), 'utf8');
  await replaceFiles(house, { 'data/sales.csv': `${file}${weeks.join('\n')}\n` });
  const seen = (await history()).suggestions.find(({ id }) => id === said.id)!;
  assert.ok(Math.abs(seen.units!.after! - 2) < 1e-9, `${seen.units!.after}`);

  const at = new Date(Date.parse(said.at) + 10 * 86_400_000).toISOString();
  const outcome = { id: 'told', suggestion: said.id, price: said.price, units: 21, days: 7, at };
  await outcomes({ house }, model, { outcomes: [outcome] }, { scope: {} });
  const told = (await history()).suggestions.find(({ id }) => id === said.id)!;
  assert.equal(told.units!.after, 3);
});

test('days without a sale count, and a week with two prices is told apart', () => {
  const monday = dayNumber('2026-11-02');
  const rows = [
    { day: monday, price: 10, units: 7 },
    { day: monday + 4, price: 12, units: 6 },
    { day: monday + 9, price: 12, units: 1 },
  ];
  assert.deepEqual(weeksOf(rows, { periodDays: 1, end: monday + 14 }), [
    { at: '2026-11-02', days: 4, price: 10, unitsPerDay: 7 / 4 },
    { at: '2026-11-06', days: 3, price: 12, unitsPerDay: 2 },
    { at: '2026-11-09', days: 7, price: 12, unitsPerDay: 1 / 7 },
  ]);
  assert.deepEqual(weeksOf([], { periodDays: 1, end: monday }), []);
});

test('a hold-out is the share that was asked for, the same each time', () => {
  const keys = Array.from({ length: 35 }, (_, i) => `item ${i}`);
  const held = heldOut('m', keys, 0.1);
  assert.equal(held.size, 4);
  assert.deepEqual(heldOut('m', keys.toReversed(), 0.1), held);
  assert.equal(heldOut('m', keys.slice(0, 3), 0.1).size, 0);
  assert.equal(heldOut('m', keys, 0).size, 0);
  const more = heldOut('m', [...keys, 'new 1', 'new 2', 'new 3'], 0.1);
  assert.ok([...held].filter((one) => more.has(one)).length >= 3);
  assert.notDeepEqual(heldOut('other', keys, 0.1), held);
});
