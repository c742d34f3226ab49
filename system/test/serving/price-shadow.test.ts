import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { priceEvaluationSchema } from '../../src/contract/price-evaluation.js';
import type { Suggestion } from '../../src/contract/suggestions.js';
import { evaluatePrices } from '../../src/serving/price/evaluation.js';
import { decide, suggestions } from '../../src/serving/price/price.js';
import { plainText } from '../../src/serving/sentence.js';
import type { PriceDeclaration } from '../../src/workspace/types.js';
import type { TestHouse } from '../features/house.js';
import { openPrices, replaceFiles, train, truth } from '../training/decision-worlds.js';

let house: TestHouse;
const model = { name: 'item-price' };
const asking = { language: 'en' as const, scope: {} };
const DAY = 86_400_000;
before(async () => {
  house = await openPrices();
  await train(house, 'item-price');
});
after(() => house.close());

function declare(changes: Partial<PriceDeclaration>): void {
  const { models } = house.workspace;
  const standing = models['item-price']!;
  const declaration = { ...(standing.declaration as PriceDeclaration), ...changes };
  models['item-price'] = { ...standing, declaration };
}
const page = () => suggestions({ house }, model, { limit: 50, ...asking });
const evaluate = async () =>
  priceEvaluationSchema.parse(await evaluatePrices(house, 'item-price', asking));

/** A week of sales as the till has it, one row an item, from the day after a suggestion was made. */
async function sell(said: readonly Suggestion[], at: (one: Suggestion) => number): Promise<void> {
  const day = new Date(house.clock.now.getTime() + DAY).toISOString().slice(0, 10);
  const rows = said.map((one) => {
    const price = at(one);
    const usual = 10 + Number(one.key['item_id']);
    const units = Math.round(60 * (price / usual) ** truth.elasticity);
    return `${one.key['shop_id']},${one.key['item_id']},${day},${units},${price.toFixed(2)}`;
  });
  const file = await readFile(join(house.workspace.folder, 'data/sales.csv'), 'utf8');
  house.clock.now = new Date(house.clock.now.getTime() + 14 * DAY);
  await replaceFiles(house, { 'data/sales.csv': `${file.trim()}\n${rows.join('\n')}\n` });
}

test('in the shadow everything runs, nothing changes, and what was watched is compared with what sold', async () => {
  // From a Sunday of a cycle of two weeks, so that the week after it lies in the cycle.
  declare({ approval: { mode: 'shadow' }, cycle: { days: 14 } });
  assert.equal((await evaluate()).shadow, null);
  const before = await page();
  const watched = before.items.filter(({ state }) => state === 'shadow');
  assert.ok(watched.length >= 6);
  assert.match(plainText(before.sentence), /would have another price.*nothing changes/);
  await assert.rejects(
    decide({ house }, model, watched[0]!.id, { decision: 'approve' }, { by: 'ana', ...asking }),
    { code: 'ALREADY_DECIDED' },
  );
  await sell(before.items, ({ current }) => current);
  // The next cycle's suggestions do not take the watched ones away.
  await page();
  const { shadow, sentences, measured } = await evaluate();
  assert.ok(shadow !== null);
  assert.equal(shadow.results, watched.length);
  assert.ok(Math.abs(shadow.soldUnits / shadow.expectedUnits - 1) < 0.15);
  // By the truth: what the suggested prices would have brought above today's.
  const worth = watched.map(({ key, price, current, cost }) => {
    const units = (at: number) => 60 * (at / (10 + Number(key['item_id']))) ** truth.elasticity;
    return units(price) * (price - cost) - units(current) * (current - cost);
  });
  const expected = worth.reduce((sum, one) => sum + one, 0) / worth.length;
  assert.ok(Math.abs(shadow.value / expected - 1) < 0.35, `${shadow.value} for ${expected}`);
  assert.match(plainText(sentences.at(-2)!), /^In the shadow, simulated from what sold/);
  assert.equal(measured.treated, 0, 'nothing was charged');
});

test('applied and held-out prices are measured from the sales where nobody tells, if the till charged them', async () => {
  declare({ approval: { mode: 'manual' }, cycle: { days: 14 }, holdOut: 0.5 });
  house.clock.now = new Date(house.clock.now.getTime() + 14 * DAY);
  const { items } = await page();
  const waiting = items.filter(({ state }) => state === 'waiting');
  const held = items.filter(({ state }) => state === 'hold-out');
  assert.ok(waiting.length >= 3 && held.length === 4);
  for (const { id } of waiting)
    await decide({ house }, model, id, { decision: 'approve' }, { by: 'ana', ...asking });
  const [ignored] = waiting;
  await sell(items, (one) =>
    one.state === 'waiting' && one !== ignored ? one.price : one.current,
  );
  const { measured } = await evaluate();
  assert.equal(measured.treated, waiting.length - 1);
  assert.equal(measured.heldOut, held.length);
});
