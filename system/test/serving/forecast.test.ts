import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { forecastAnswerSchema } from '../../src/contract/index.js';
import {
  forecast,
  refreshForecasts,
  type ForecastRequest,
} from '../../src/serving/forecast/forecast.js';
import { plainText } from '../../src/serving/sentence.js';
import { membersOf } from '../../src/registry/versions.js';
import { effects, type TestHouse } from '../features/house.js';
import { openSeries, train } from '../training/decision-worlds.js';

let house: TestHouse;
const model = { name: 'revenue' };
before(async () => {
  house = await openSeries();
  await train(house, 'revenue');
});
after(() => house.close());

const ask = async (request: Partial<ForecastRequest>) => {
  const log = { add: () => {}, close: async () => {} };
  const asked = { limit: 50, filters: {}, language: 'pt' as const, scope: {}, ...request };
  const answer = await forecast({ house, log }, model, asked);
  return forecastAnswerSchema.parse(answer);
};
const near = (a: number, b: number) => Math.abs(a - b) <= 0.06;

test('one member: points, bands that hold them, history, last year, a sentence', async () => {
  const {
    forecast: one,
    members,
    provenance,
  } = await ask({
    key: { shop_id: '1', product_id: '2' },
  });
  assert.equal(members.length, 0);
  assert.equal(one.name, '1 · P2');
  assert.deepEqual(
    one.points.map(({ at }) => at),
    ['2026-01-01', '2026-02-01', '2026-03-01'],
  );
  for (const { value, intervals } of one.points)
    for (const { lower, upper } of intervals) assert.ok(lower <= value && value <= upper);
  assert.equal(one.history.at(-1)!.at, '2025-12-01');
  assert.ok(one.lastYear !== null && one.change !== null);
  assert.equal(one.season.length, 12);
  assert.equal(one.season[0]!.label.pt, 'jan');
  assert.equal(provenance.dataUntil, '2025-12-31');
  assert.match(plainText(one.sentence), /^1 · P2 deve vender ~R\$/);
  assert.match(plainText(one.sentence), /Em 8 de cada 10 vezes fica entre/);
});

test('levels add up: members to groups, groups to the total', async () => {
  const [all, shops, categories] = [
    await ask({}),
    await ask({ level: 'shop' }),
    await ask({ level: 'category' }),
  ];
  assert.equal(all.members.length, 8);
  assert.equal(shops.members.length, 2);
  for (let h = 0; h < 3; h++) {
    const total = all.forecast.points[h]!.value;
    for (const { members } of [all, shops, categories])
      assert.ok(
        near(
          members.reduce((sum, one) => sum + one.points[h]!.value, 0),
          total,
        ),
      );
  }
  for (const shop of shops.members) {
    const own = all.members.filter(({ key }) => key['shop_id'] === shop.key['shop_id']);
    assert.ok(
      near(
        own.reduce((sum, one) => sum + one.total.value, 0),
        shop.total.value,
      ),
    );
  }
});

test('a level with its key is one group; part of the key is a page with what it adds up to', async () => {
  const group = await ask({ level: 'shop', key: { shop_id: '2' } });
  const part = await ask({ key: { shop_id: '2' } });
  assert.equal(group.members.length, 0);
  assert.equal(group.forecast.member, 'sum');
  assert.equal(part.members.length, 4);
  assert.ok(near(group.forecast.total.value, part.forecast.total.value));
});

test('a product that never sold is served from its attributes, and says so', async () => {
  const { forecast: one } = await ask({ key: { shop_id: '2', product_id: '9' } });
  assert.equal(one.member, 'global');
  assert.ok(one.coldStart !== null && one.coldStart.analogues > 0);
  assert.equal(one.coldStart.names.length, one.coldStart.analogues);
  assert.ok(one.points.every(({ value }) => value > 0));
  assert.match(plainText(one.sentence), /Ainda sem história própria/);
});

test('a scope sees its own members only; analogues outside are counted and not named', async () => {
  const scope = { shop_id: ['1'] };
  const page = await ask({ scope });
  assert.ok(page.members.every(({ key }) => key['shop_id'] === '1'));
  const cold = await ask({ scope, key: { shop_id: '1', product_id: '9' } });
  const { analogues, names } = cold.forecast.coldStart!;
  assert.ok(names.length < analogues);
  assert.ok(names.every((name) => name.startsWith('1 · ')));
  const all = await ask({ level: 'category' });
  const own = await ask({ scope, level: 'category' });
  assert.ok(own.forecast.total.value < all.forecast.total.value);
});

test('a key out of scope gets the answer of one that does not exist', async () => {
  const refused = async (request: Partial<ForecastRequest>) =>
    ask(request).then(
      () => assert.fail('answered'),
      (error: { code: string; status: number }) => ({ code: error.code, status: error.status }),
    );
  const outside = await refused({
    scope: { shop_id: ['1'] },
    key: { shop_id: '2', product_id: '1' },
  });
  const unknown = await refused({ key: { shop_id: '7', product_id: '1' } });
  assert.deepEqual(outside, unknown);
  assert.deepEqual(unknown, { code: 'UNKNOWN_KEY', status: 404 });
});

test('what cannot be answered is one clear error', async () => {
  await assert.rejects(ask({ horizon: 4 }), { code: 'HORIZON_TOO_LONG' });
  await assert.rejects(ask({ level: 'planet' }), { code: 'UNKNOWN_LEVEL' });
  await assert.rejects(ask({ key: { colour: 'red' } }), { code: 'BAD_KEY' });
  await assert.rejects(ask({ filters: { colour: ['red'] } }), { code: 'BAD_REQUEST' });
  await assert.rejects(ask({ cursor: 'elsewhere' }), { code: 'BAD_CURSOR' });
});

test('pages follow each other and filters narrow them', async () => {
  const first = await ask({ limit: 5 });
  const second = await ask({ limit: 5, cursor: first.next! });
  assert.equal(first.total, 8);
  assert.equal(second.members.length, 3);
  assert.equal(second.next, null);
  assert.deepEqual(first.filters, { category: ['hard', 'soft'] });
  const soft = await ask({ filters: { category: ['soft'] } });
  assert.equal(soft.members.length, 2);
});

test('a shorter horizon and the past are asked of the same version', async () => {
  const short = await ask({ key: { shop_id: '1', product_id: '1' }, horizon: 1 });
  assert.equal(short.forecast.points.length, 1);
  const past = await ask({ key: { shop_id: '1', product_id: '1' }, asOf: '2025-07-01' });
  assert.equal(past.forecast.points[0]!.at, '2025-07-01');
  assert.equal(past.forecast.history.at(-1)!.at, '2025-06-01');
  assert.equal(past.provenance.dataUntil, '2025-06-30');
});

test('forecasts are made once for a version and its data', async () => {
  const context = { house, log: { add: () => {}, close: async () => {} } };
  await refreshForecasts(context, model, effects);
  assert.equal((await refreshForecasts(context, model, effects)).repeated, true);
});

test('a damaged local part falls back to the global model', async () => {
  const rows = await membersOf(house, 'revenue', 1);
  const local = rows.find(({ kind }) => kind === 'local')!;
  const key = JSON.parse(local.key) as Record<string, string>;
  assert.equal((await ask({ key })).forecast.member, 'local');
  const folder = join(house.workspace.folder, '.tino', 'artifacts', local.hash.slice(0, 2));
  await rm(join(folder, local.hash));
  // Another cut-off, so that the family is opened again.
  assert.equal((await ask({ key, asOf: '2025-11-15' })).forecast.member, 'global');
});
