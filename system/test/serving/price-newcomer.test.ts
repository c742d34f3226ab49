import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { outcomes, suggest } from '../../src/serving/price/price.js';
import { plainText } from '../../src/serving/sentence.js';
import type { ItemDemand } from '../../src/training/tasks/price/demand.js';
import type { TestHouse } from '../features/house.js';
import { itemsCsv, openPrices, replaceFiles, train, truth } from '../training/decision-worlds.js';

let house: TestHouse;
let demand: ItemDemand[];
const model = { name: 'item-price' };
const key = { shop_id: '2', item_id: '9' };
before(async () => {
  house = await openPrices(`demand: 'orthogonal',`);
  const { trained } = await train(house, 'item-price');
  demand = trained.package.meta.detail['demand'] as ItemDemand[];
  await replaceFiles(house, { 'data/items.csv': `${itemsCsv()}2,9,Item 9,b,20.00,8.00\n` });
});
after(() => house.close());

test('prices set by demand are measured by orthogonal scores where that is declared', () => {
  for (const { text, elasticity, identifiable } of demand) {
    const single = text.includes(`"item_id":"${truth.onePrice}"`);
    assert.equal(identifiable, !single, text);
    if (!single) assert.ok(Math.abs(elasticity! - truth.elasticity) < 0.7, `${text} ${elasticity}`);
  }
});

test('an item without history starts from its category, and learns from its first outcomes', async () => {
  const first = await suggest({ house }, model, { key, language: 'en', scope: {} });
  assert.equal(first.elasticity.identifiable, false);
  assert.equal(first.elasticity.from, 'category');
  assert.ok(first.exploration.arms.length > 1 && first.price >= first.floor);
  assert.match(first.elasticity.reason.en, /never sold/);
  assert.ok(plainText(first.sentence).length > 10);
  const now = house.clock.now;
  const weeks = Array.from({ length: 12 }, (_, week) => ({
    id: `first-${week}`,
    key,
    price: week % 2 === 0 ? 17 : 23,
    units: week % 2 === 0 ? 130 : 60,
    days: 7,
    // Before the end of the training data too: none of it was in there.
    at: `2026-0${week < 4 ? 6 : 7}-1${week % 4}T12:00:00Z`,
  }));
  const sent = await outcomes({ house }, model, { outcomes: weeks }, { scope: {} });
  assert.deepEqual(sent, { accepted: 12, repeated: 0 });
  house.clock.now = new Date(now.getTime() + 7 * 86_400_000);
  const later = await suggest({ house }, model, { key, language: 'en', scope: {} });
  house.clock.now = now;
  const unitsAt20 = (curve: { price: number; units: number }[]) =>
    curve.find(({ price }) => price === 20)!.units;
  assert.ok(Math.abs(unitsAt20(later.curve) - 90) < Math.abs(unitsAt20(first.curve) - 90));
  const kept = await house.state.query<{ outcomes: number; noise: number }>(
    `SELECT outcomes, (posterior->'posterior'->>'noise')::float8 AS noise FROM posteriors WHERE key = $1`,
    [JSON.stringify(key)],
  );
  assert.equal(kept[0]!.outcomes, 12);
  assert.ok(kept[0]!.noise < 0.1, 'the noise is learned with the demand');
});

test('guardrails that contradict each other are refused when they are read', async () => {
  await assert.rejects(
    openPrices(`guardrails: [band(0.5, 0.8), band(0.9, 1.2), minimumMargin(20)],`),
    (error: Error) =>
      /band 0.9 to 1.2 and band 0.5 to 0.8 leave no price/.test(
        JSON.stringify(error) + error.message,
      ),
  );
  await assert.rejects(openPrices(`guardrails: [band(1.2, 0.9)],`), /leave no price/);
});
