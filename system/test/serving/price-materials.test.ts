import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { suggest } from '../../src/serving/price/price.js';
import type { TestHouse } from '../features/house.js';
import { openKitchen, train } from '../training/decision-worlds.js';

let house: TestHouse;
before(async () => {
  house = await openKitchen();
});
after(() => house.close());

const ask = (shop_id: string, item_id: string) =>
  suggest(
    { house },
    { name: 'item-price' },
    { key: { shop_id, item_id }, language: 'en', scope: {} },
  );
const nextWeek = () => {
  house.clock.now = new Date(house.clock.now.getTime() + 7 * 86_400_000);
};

test('a material that is foretold to rise lifts the floor before it is bought', async () => {
  await train(house, 'item-price');
  const before = await ask('2', '1');
  assert.equal(before.costSoon, undefined, 'nothing is foretold yet');
  await train(house, 'material-price');
  nextWeek();
  const risen = await ask('2', '1');
  assert.ok(risen.costSoon !== undefined && risen.costSoon > risen.cost);
  // 0.2 of a material of 4 × 1.02^79 = 19.11 that rises by 2 % a week.
  assert.ok(Math.abs(risen.costSoon - risen.cost - 0.2 * 19.11 * 0.02) < 0.08, `${risen.costSoon}`);
  assert.ok(risen.floor > before.floor);
  const flat = await ask('1', '2');
  assert.ok(flat.costSoon === undefined || flat.costSoon - flat.cost < 0.011);
});
