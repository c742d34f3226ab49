import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { packVersion } from '../../src/training/package.js';
import type { FamilyMeta } from '../../src/training/tasks/forecast/package.js';
import { readSeries } from '../../src/training/tasks/forecast/data.js';
import { membersOf } from '../../src/registry/versions.js';
import type { TestHouse } from '../features/house.js';
import { openSeries, train } from './decision-worlds.js';

let house: TestHouse;
let first: Awaited<ReturnType<typeof train>>;
before(async () => {
  house = await openSeries();
  first = await train(house, 'revenue');
});
after(() => house.close());

test('a family beats repeating the last season, and is promoted', () => {
  const { verdict } = first;
  assert.equal(verdict.verdict, 'PROMOTE', JSON.stringify(verdict.checks));
  assert.ok(verdict.challenger < verdict.baseline);
});

test('every member is there, and one without history is the global model’s', () => {
  const family = first.trained.package.meta.detail['family'] as FamilyMeta;
  assert.equal(family.members.length, 8);
  const cold = family.members.filter(({ key }) => key.includes('"9"'));
  assert.deepEqual(
    cold.map(({ rule, hash }) => ({ rule, hash })),
    Array.from({ length: 2 }, () => ({ rule: 'global', hash: null })),
  );
});

test('no member is forecast by what loses to seasonal naive on its own windows', () => {
  const family = first.trained.package.meta.detail['family'] as FamilyMeta;
  for (const { key, recipe, losses } of family.members) {
    const own = losses[recipe?.kind ?? 'global'];
    if (own === undefined || Number.isNaN(own) || losses['seasonalNaive'] === undefined) continue;
    assert.ok(own <= losses['seasonalNaive'] + 1e-9, `${key}: ${own} > ${losses['seasonalNaive']}`);
  }
});

test('the run keeps the best parameters and a report', async () => {
  const rows = await house.state.query<{ name: string }>(
    'SELECT name FROM run_artifacts WHERE run = $1 ORDER BY name',
    [first.run.id],
  );
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['best-parameters.json', 'report.json', 'report.md'],
  );
});

test('same data and seed, same bytes', async () => {
  const again = await train(house, 'revenue');
  const bytes = (trained: typeof first.trained) => Buffer.from(packVersion(trained.package));
  assert.ok(bytes(again.trained).equals(bytes(first.trained)));
  assert.equal(again.verdict.kind, 'refresh');
  assert.equal(again.verdict.difference, 0);
});

test('training one shop refits its members and shares all others by their hash', async () => {
  const before = await membersOf(house, 'revenue', first.version.version);
  const { trained, version, verdict } = await train(house, 'revenue', {
    key: { shop_id: '1' },
    seed: 2,
  });
  assert.equal(verdict.verdict, 'PROMOTE', JSON.stringify(verdict.checks));
  const after = await membersOf(house, 'revenue', version.version);
  const other = (rows: typeof before) => rows.filter(({ key }) => key.includes('"shop_id":"2"'));
  assert.deepEqual(
    other(after).map(({ hash }) => hash),
    other(before).map(({ hash }) => hash),
  );
  assert.deepEqual(trained.package.sections['global'], first.trained.package.sections['global']);
  assert.equal(after.length, before.length);
});

test('an unknown key to train is an error', async () => {
  await assert.rejects(train(house, 'revenue', { key: { shop_id: '77' } }), {
    code: 'UNKNOWN_KEY',
  });
});

test('the step that is not over is left out, and gaps of amounts are zero', async () => {
  const data = await readSeries(house, house.workspace.models['revenue']!, '2025-03-15');
  const january = await readSeries(house, house.workspace.models['revenue']!, '2025-03-01');
  assert.equal(data.end, january.end);
  assert.deepEqual(data.set.values, january.set.values);
  assert.deepEqual([...data.cold].filter(Boolean).length, 2);
});

test('a search that may take no time keeps the last season, and says what it did not try', async () => {
  const hurried = await openSeries(24, 'minutesMax: 1e-9,');
  const { trained } = await train(hurried, 'revenue');
  const errors = trained.leaderboard.map(({ name, error }) => [name.split(' ')[0], error]);
  const over = 'not tried: the 1e-9 minutes of the search were over';
  assert.deepEqual(errors, [
    ['family', null],
    ['seasonalNaive', null],
    ['ets', over],
    ['theta', over],
    ['global', over],
  ]);
  await hurried.close();
});
