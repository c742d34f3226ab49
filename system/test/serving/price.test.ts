import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { replay, seeded, type DecisionRecord, type DemandPosterior } from '@tino/learn';
import {
  priceEvaluationSchema,
  priceHistorySchema,
  suggestionSchema,
  suggestionsAnswerSchema,
} from '../../src/contract/index.js';
import { evaluatePrices } from '../../src/serving/price/evaluation.js';
import { priceHistory } from '../../src/serving/price/history.js';
import {
  decide,
  outcomes,
  suggest,
  suggestAll,
  suggestions,
} from '../../src/serving/price/price.js';
import { plainText } from '../../src/serving/sentence.js';
import type { ItemDemand } from '../../src/training/tasks/price/demand.js';
import type { PriceDeclaration } from '../../src/workspace/types.js';
import { effects, type TestHouse } from '../features/house.js';
import { itemsCsv, openPrices, replaceFiles, train, truth } from '../training/decision-worlds.js';

let house: TestHouse;
let demand: ItemDemand[];
const model = { name: 'item-price' };
before(async () => {
  house = await openPrices();
  const { trained, verdict } = await train(house, 'item-price');
  assert.equal(verdict.verdict, 'PROMOTE');
  demand = trained.package.meta.detail['demand'] as ItemDemand[];
});
after(() => house.close());

const asking = { language: 'pt' as const, scope: {} };
const keyOf = (item: number | string) => ({
  shop_id: String(1 + (Number(item) % 2)),
  item_id: String(item),
});
const one = async (item: number | string) =>
  suggestionSchema.parse(await suggest({ house }, model, { key: keyOf(item), ...asking }));
const posterior = async (item: number) => {
  const [row] = await house.state.query<{
    posterior: { posterior: { mean: number[] } };
    outcomes: number;
  }>('SELECT posterior, outcomes FROM posteriors WHERE key = $1', [JSON.stringify(keyOf(item))]);
  return row;
};

test('elasticities are found where prices moved, and not invented where they did not', () => {
  for (const { text, elasticity, identifiable, reason } of demand) {
    const single = text.includes(`"item_id":"${truth.onePrice}"`);
    assert.equal(identifiable, !single, text);
    if (single) assert.match(reason!, /too few price levels/);
    else assert.ok(Math.abs(elasticity! - truth.elasticity) < 0.6, `${text} ${elasticity}`);
  }
});

test('a suggestion keeps the rules, logs its propensity, and is kept before it is answered', async () => {
  const said = await one(1);
  assert.ok(said.price >= said.floor);
  assert.ok(Math.abs(said.price / said.current - 1) <= 0.15 + 1e-6);
  const sum = said.exploration.arms.reduce((total, { propensity }) => total + propensity, 0);
  assert.ok(Math.abs(sum - 1) < 1e-9);
  assert.ok(said.exploration.arms.some(({ price }) => price === said.price));
  assert.ok(said.optimum !== null && said.curve.length > 10);
  const [row] = await house.state.query<{ price: string }>(
    'SELECT price::float8 AS price FROM suggestions WHERE id = $1',
    [said.id],
  );
  assert.equal(row!.price, said.price);
  assert.match(plainText(said.sentence), /O que decide|manter/);
});

test('the log keeps what a decision was drawn from: replayed, it is the same price', async () => {
  const said = await one(1);
  const [row] = await house.state.query<{
    detail: { record: DecisionRecord; posterior: DemandPosterior };
  }>('SELECT detail FROM suggestions WHERE id = $1', [said.id]);
  const { record, posterior: belief } = row!.detail;
  const { prices, arm, cost, objective, seed, context } = record;
  assert.equal(prices[arm], said.price);
  assert.match(record.policy, /^[0-9a-f]{12} v1$/);
  assert.ok(context['weekday']! >= 0 && context['weekday']! <= 6);
  const again = replay({ posterior: belief, grid: prices, cost, objective }, seed);
  assert.equal(again.price, said.price);
  assert.deepEqual([...again.propensities], record.propensities);
});

test('one is open for an item and cycle; a new cycle makes a new one and expires the old', async () => {
  const first = await one(2);
  assert.equal((await one(2)).id, first.id);
  const [a, b] = await Promise.all([one(3), one(3)]);
  assert.equal(a.id, b.id);
  const now = house.clock.now;
  house.clock.now = new Date(now.getTime() + 7 * 86_400_000);
  const next = await one(2);
  house.clock.now = now;
  assert.notEqual(next.id, first.id);
  const [row] = await house.state.query<{ state: string }>(
    'SELECT state FROM suggestions WHERE id = $1',
    [first.id],
  );
  if (first.state === 'waiting') assert.equal(row!.state, 'expired');
});

test('a page lists all items of a scope, the largest gain first', async () => {
  const page = suggestionsAnswerSchema.parse(
    await suggestions({ house }, model, { limit: 3, language: 'en', scope: { shop_id: ['1'] } }),
  );
  assert.equal(page.total, 4);
  assert.equal(page.items.length, 3);
  assert.ok(page.items.every(({ key }) => key['shop_id'] === '1'));
  assert.equal((await suggestAll({ house }, model, effects)).rows, truth.items);
  assert.equal((await suggestAll({ house }, model, effects)).repeated, true);
});

test('a key out of scope, or half a key, is refused', async () => {
  const scope = { shop_id: ['1'] };
  const refused = (key: Record<string, string>) =>
    suggest({ house }, model, { key, language: 'en', scope });
  await assert.rejects(refused(keyOf(1)), { code: 'UNKNOWN_KEY' });
  await assert.rejects(refused({ shop_id: '1', item_id: '77' }), { code: 'UNKNOWN_KEY' });
  await assert.rejects(refused({ shop_id: '1' }), { code: 'BAD_KEY' });
});

test('approve, edit, refuse: once, in scope, and never under the floor', async () => {
  const by = { by: 'ana', ...asking };
  const said = await one(5);
  assert.equal(said.state, 'waiting');
  const edit = (price: number) =>
    decide({ house }, model, said.id, { decision: 'edit', price }, by);
  await assert.rejects(edit(said.floor - 0.01), { code: 'BELOW_FLOOR' });
  await assert.rejects(decide({ house }, model, said.id, { decision: 'edit' }, by), {
    code: 'EDIT_WITHOUT_PRICE',
  });
  const outside = { ...by, scope: { shop_id: [said.key['shop_id'] === '1' ? '2' : '1'] } };
  await assert.rejects(decide({ house }, model, said.id, { decision: 'approve' }, outside), {
    code: 'NOT_FOUND',
  });
  const done = await edit(said.floor + 1);
  const { suggestions: past } = priceHistorySchema.parse(
    await priceHistory(house, 'item-price', { key: said.key, scope: {} }),
  );
  const last = past.find(({ id }) => id === said.id)!;
  assert.deepEqual([last.state, last.price], ['applied', said.price]);
  assert.equal(last.decision!.price, done.decision!.price);
  assert.equal(done.state, 'applied');
  assert.equal(done.decision!.price, Math.round((said.floor + 1) * 100) / 100);
  await assert.rejects(decide({ house }, model, said.id, { decision: 'refuse' }, by), {
    code: 'ALREADY_DECIDED',
  });
});

test('outcomes are learned once, whatever their order, and survive a restart', async () => {
  const list = [11, 12, 13, 14].map((price, i) => ({
    id: `week-${i}`,
    key: keyOf(1),
    price,
    units: 60 - 10 * i,
    days: 7,
    at: `2026-07-1${i + 6}T12:00:00-03:00`,
  }));
  const send = (given: typeof list) =>
    outcomes({ house }, model, { outcomes: given }, { scope: {} });
  assert.deepEqual(await send(list.slice(2)), { accepted: 2, repeated: 0 });
  assert.deepEqual(await send([list[0]!, list[3]!]), { accepted: 1, repeated: 1 });
  assert.deepEqual(await send(list), { accepted: 1, repeated: 3 });
  const inPieces = await posterior(1);
  assert.equal(inPieces!.outcomes, 4);
  const mixed = { ...list[0]!, units: 1 };
  await assert.rejects(send([mixed]), { code: 'IDEMPOTENCY_MISMATCH' });
  for (const at of ['31/10/2026', '2999-01-01T00:00:00Z'])
    await assert.rejects(send([{ ...list[0]!, id: 'new', at }]), { code: 'OUTCOME_MOMENT' });

  // What a process that never stopped would have learned, all at once.
  await house.state.query('DELETE FROM posteriors');
  await house.state.query('DELETE FROM outcomes');
  await send(list);
  assert.deepEqual(await posterior(1), inPieces);
});

test('an outcome of something that does not exist leaves nothing behind', async () => {
  const good = { id: 'good', key: keyOf(2), price: 12, units: 5, days: 7 };
  const bad = { id: 'bad', suggestion: 'suggestion_none', price: 12, units: 5, days: 7 };
  const send = outcomes({ house }, model, { outcomes: [good, bad] }, { scope: {} });
  await assert.rejects(send, { code: 'NOT_FOUND' });
  const rows = await house.state.query(
    `SELECT 1 FROM outcomes WHERE idempotency_key = 'item-price/good'`,
  );
  assert.equal(rows.length, 0);
});

test('what was learned moves the next suggestion’s belief', async () => {
  const before = await one(4);
  const many = Array.from({ length: 20 }, (_, i) => ({
    id: `hot-${i}`,
    key: keyOf(4),
    price: i % 2 === 0 ? 12 : 16,
    units: 300,
    days: 7,
    at: '2026-07-19T12:00:00Z',
  }));
  await outcomes({ house }, model, { outcomes: many }, { scope: {} });
  const now = house.clock.now;
  house.clock.now = new Date(now.getTime() + 14 * 86_400_000);
  const later = await one(4);
  house.clock.now = now;
  assert.ok(
    later.elasticity.value! > before.elasticity.value!,
    'demand that did not fall is less elastic',
  );
});

test('a cost above the price is told, and a dearer cost lifts the floor of a decision', async () => {
  const said = await one(7);
  assert.equal(said.state, 'waiting');
  await replaceFiles(house, { 'data/items.csv': itemsCsv({ 6: 99, 7: 0.95 * said.price }) });
  const by = { by: 'ana', ...asking };
  await assert.rejects(decide({ house }, model, said.id, { decision: 'approve' }, by), {
    code: 'BELOW_FLOOR',
  });
  const now = house.clock.now;
  house.clock.now = new Date(now.getTime() + 21 * 86_400_000);
  await assert.rejects(one(6), { code: 'COST_ABOVE_PRICE' });
  house.clock.now = now;
});

test('without exploration an item that is not identifiable keeps its price and says why', async () => {
  const { models } = house.workspace;
  const declared = models['item-price']!;
  const now = house.clock.now;
  house.clock.now = new Date(now.getTime() + 35 * 86_400_000);
  const exploration = { policy: 'none' as const };
  const declaration = { ...(declared.declaration as PriceDeclaration), exploration };
  models['item-price'] = { ...declared, declaration };
  const said = await one(truth.onePrice);
  models['item-price'] = declared;
  house.clock.now = now;
  assert.equal(said.state, 'kept');
  assert.equal(said.price, said.current);
  assert.equal(said.optimum, null);
  assert.match(plainText(said.sentence), /não identificável: poucos preços diferentes: 1/);
});

test('hold-out, shadow and automatic approval are what the declaration says', async () => {
  const { models } = house.workspace;
  const declared = models['item-price']!;
  let day = 42;
  const now = house.clock.now;
  const moved = async (changes: Partial<PriceDeclaration>) => {
    // Another cycle, so that its suggestions are new.
    house.clock.now = new Date(now.getTime() + (day += 14) * 86_400_000);
    const declaration = { ...(declared.declaration as PriceDeclaration), ...changes };
    models['item-price'] = { ...declared, declaration };
    const { items } = await suggestions({ house }, model, { limit: 50, ...asking });
    return items.filter(({ state }) => state !== 'kept');
  };
  const half = await moved({ holdOut: 0.5 });
  const held = half.filter(({ state }) => state === 'hold-out');
  assert.ok(held.length > 0 && held.length < truth.items);
  assert.ok(held.every(({ price, current }) => price === current));
  const shadow = await moved({ approval: { mode: 'shadow' } });
  assert.ok(shadow.length > 0 && shadow.every(({ state }) => state === 'shadow'));
  const limits = { mode: 'automatic' as const, maximumPercent: 5, maximumMoney: 100 };
  for (const { state, price, current, decision } of await moved({ approval: limits })) {
    const small = Math.abs(price / current - 1) <= 0.05;
    assert.equal(state, small ? 'applied' : 'waiting');
    assert.equal(decision?.by ?? null, small ? 'automatic' : null);
  }
  models['item-price'] = declared;
  house.clock.now = now;
});

test('a thin log is refused; one that tried what the policy would do says what it is worth', async () => {
  const evaluate = (scope = {}) => evaluatePrices(house, 'item-price', { language: 'en', scope });
  const thin = priceEvaluationSchema.parse(await evaluate());
  const refused = thin.estimates.filter(({ kind }) => kind === 'off-policy');
  assert.equal(refused.length, 4);
  assert.ok(refused.every(({ value, reason }) => value === null && /are needed/.test(reason!.en)));

  // Draws of some items as logged, with a demand that the belief of then expects.
  const { id, current } = await one(6);
  const [row] = await house.state.query<{
    detail: { record: DecisionRecord; posterior: DemandPosterior };
  }>('SELECT detail FROM suggestions WHERE id = $1', [id]);
  const { record, posterior: belief } = row!.detail;
  const units = (price: number) =>
    7 * Math.exp(belief.mean[0]! + belief.mean[1]! * Math.log(price / belief.referencePrice));
  const worth = (price: number) => units(price) * (price - record.cost);
  const rng = seeded(11);
  for (let n = 0; n < 300; n++) {
    const key = JSON.stringify(keyOf(100 + (n % 12)));
    let left = rng.next();
    const drawn = record.propensities.findIndex((share) => (left -= share) < 0);
    const arm = drawn < 0 ? record.prices.length - 1 : drawn;
    const price = record.prices[arm]!;
    const detail = { ...row!.detail, record: { ...record, id: `draw ${n}`, arm }, cycle: n };
    await house.state.query(
      `INSERT INTO suggestions (id, model, key, price, current, state, detail, decided_price)
       VALUES ($1, 'item-price', $2, $3, $4, 'applied', $5::jsonb, $3)`,
      [`draw ${n}`, key, price, current, JSON.stringify(detail)],
    );
    const told = {
      price,
      units: units(price) * (0.8 + 0.4 * rng.next()),
      days: 7,
      day: '2026-08-01',
    };
    await house.state.query(
      `INSERT INTO outcomes (id, suggestion, model, key, at, detail, idempotency_key)
       VALUES ($1, $1, 'item-price', $2, now(), $3::jsonb, $1)`,
      [`draw ${n}`, key, JSON.stringify(told)],
    );
  }
  const { estimates, decisions, sentences } = priceEvaluationSchema.parse(await evaluate());
  assert.ok(decisions.known >= 300);
  const find = (policy: string, method: string) =>
    estimates.find((one) => one.policy === policy && one.method === method)!;
  const best = Math.max(...record.prices.map(worth));
  for (const method of ['snips', 'doublyRobust']) {
    const { value, lower, upper, effectiveSampleSize } = find('policy', method);
    assert.ok(effectiveSampleSize >= 30);
    assert.ok(lower! < value! && value! < upper!);
    assert.ok(value! > 0.85 * best && value! < 1.05 * best, `${method} ${value} of ${best}`);
  }
  const keep = find('keep', 'doublyRobust');
  if (keep.value === null) assert.match(keep.reason!.en, /are needed/);
  else assert.ok(keep.lower! <= worth(current) && worth(current) <= keep.upper!);
  assert.match(
    plainText(sentences[1]!),
    /^Off-policy, from logged decisions, under today’s policy: /,
  );
  assert.equal((await evaluate({ shop_id: ['none'] })).decisions.charged, 0);
});
