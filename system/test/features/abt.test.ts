import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TinoError } from '../../src/contract/error.js';
import { dayNumber } from '../../src/calendar/dates.js';
import {
  buildAbt,
  buildViews,
  explainAbt,
  openAsOf,
  proveNoLeak,
  readAbt,
} from '../../src/features/index.js';
import { ingest } from '../../src/sources/index.js';
import { effects, openHouse, writeWorkspace, type TestHouse } from './house.js';
import { orders, shop } from './shop.js';

let house: TestHouse;
let folder: string;
before(async () => {
  folder = await writeWorkspace(shop);
  house = await openHouse(folder);
  await ingest(house, 'all', effects);
});
after(() => house.close());

const asOf = (cutoff: string, sql: string) =>
  openAsOf(house, '', cutoff, (session) => session.all(sql));

test('an as-of view holds the rows known by the cut-off, late columns NULL until they are known', async () => {
  const rows = await asOf(
    '2018-02-01',
    'SELECT order_id, delivered_at, score, promised FROM orders ORDER BY 1',
  );
  assert.deepEqual(rows, [
    { order_id: 'o1', delivered_at: '2018-01-10 09:00:00', score: '5', promised: '2018-01-12' },
    { order_id: 'o2', delivered_at: null, score: null, promised: '2018-02-02' },
    // Bought exactly at the cut-off: known, and so not of the label's window.
    { order_id: 'o3', delivered_at: null, score: null, promised: '2018-02-10' },
  ]);
  const [{ n }] = (await asOf('2018-02-04', 'SELECT count(score) AS n FROM orders')) as {
    n: number;
  }[];
  assert.equal(n, 2);
});

test('the ABT of a calendar spine is what one works out by hand', async () => {
  const abt = await buildAbt(
    house,
    house.workspace.models['churn']!,
    { purpose: 'train' },
    effects,
  );
  assert.deepEqual(abt.cutoffs, ['2018-02-01', '2018-03-01'], 'windows over by 2018-04-21');
  const data = await readAbt(house, abt);
  const column = (name: string) => {
    const found = data.x.columns.find((one) => one.name === name)!;
    return found.kind === 'number'
      ? [...found.values]
      : [...found.codes].map((code) => found.levels[code] ?? null);
  };
  assert.deepEqual(data.keys['seller_id'], ['s1', 's2', 's1', 's2']);
  assert.deepEqual(column('orders'), [2, 1, 3, 1]);
  assert.deepEqual(column('revenue'), [150.5, 10, 220.5, 10]);
  assert.deepEqual(column('delivered'), [1, 0, 2, 1]);
  assert.deepEqual(column('best'), ['5', null, '5', '4']);
  assert.deepEqual(column('days_since'), [1, 0, 14, 28]);
  assert.deepEqual(column('state'), ['SP', 'RJ', 'SP', 'RJ']);
  // s1 bought nothing in March; s2's order at the cut-off itself is not of the window after it.
  assert.deepEqual([...data.y], [0, 1, 1, 0]);
  assert.equal(data.cutoff[0], dayNumber('2018-02-01'));
  assert.equal(data.closes[0], dayNumber('2018-03-01'));
  assert.deepEqual(
    abt.columns.filter(({ role }) => role === 'key').map(({ name }) => name),
    ['seller_id'],
  );
});

test('an event spine sees each row at its own moment and features of the partition before it', async () => {
  const abt = await buildAbt(house, house.workspace.models['late']!, { purpose: 'train' }, effects);
  const data = await readAbt(house, abt);
  assert.deepEqual(
    data.keys['order_id'],
    ['o1', 'o2', 'o5'],
    'o3 arrived after its window; o4 has no moment',
  );
  assert.deepEqual([...data.y], [0, 1, 0]);
  const arrived = data.x.columns.find(({ name }) => name === 'arrived')!;
  assert.deepEqual(arrived.kind === 'number' && [...arrived.values], [0, 0, 0]);
  const before = data.x.columns.find(({ name }) => name === 'orders_before')!;
  // On 2018-01-05 no partition knows s1 yet; on 02-01 it had o1 and o2; on 03-10 s2 had o3.
  assert.deepEqual(before.kind === 'number' && [...before.values], [NaN, 2, 1]);
  assert.deepEqual(data.carried['seller_id'], ['s1', 's1', 's2']);
  const open = await buildAbt(
    house,
    house.workspace.models['late']!,
    { purpose: 'score' },
    effects,
  );
  assert.deepEqual((await readAbt(house, open)).keys['order_id'], ['o6']);
});

test('building again gives the same hash, and unchanged partitions are not built again', async () => {
  const model = house.workspace.models['churn']!;
  const first = await buildAbt(house, model, { purpose: 'train' }, effects);
  const again = await buildAbt(house, model, { purpose: 'train', rebuild: true }, effects);
  assert.equal(again.hash, first.hash);
  const views = Object.values(house.workspace.parts['']!.views);
  await buildViews(house, views, effects);
  assert.equal(await buildViews(house, views, effects), 0);
});

test('an ABT explains itself: SQL, sources, columns with the file that gave them', async () => {
  const { sql, sources, abt } = await explainAbt(house, house.workspace.models['churn']!);
  assert.deepEqual(Object.keys(sql), ['features/spines/sellers.sql', 'labels/no-order.sql']);
  assert.deepEqual(sources, ['orders', 'sellers']);
  assert.equal(
    abt!.columns.find(({ name }) => name === 'revenue')!.from,
    'features/seller_orders.sql',
  );
});

test('nothing leaks from as-of features', async () => {
  for (const model of Object.values(house.workspace.models)) {
    const { values } = await proveNoLeak(house, model, effects);
    assert.ok(values > 0);
  }
});

test('a late correction changes no ABT of before it, and is seen after it', async () => {
  const model = house.workspace.models['churn']!;
  const options = { purpose: 'train', until: '2018-04-21', rebuild: true } as const;
  const first = await buildAbt(house, model, options, effects);
  await writeFile(
    join(folder, 'data/orders.csv'),
    orders.replace('o1,s1,2018-01-05 10:00:00,100.00', 'o1,s1,2018-01-05 10:00:00,999.00'),
  );
  const [report] = await ingest(house, ['orders'], effects);
  assert.equal(report!.rows, 7, 'six orders, one of them in two versions');
  const second = await buildAbt(house, model, options, effects);
  assert.equal(second.hash, first.hash);
  const price = "SELECT price FROM orders WHERE order_id = 'o1'";
  assert.deepEqual(await asOf('2026-10-31', price), [{ price: 100 }]);
  assert.deepEqual(await asOf('2026-11-02', price), [{ price: 999 }]);
});

test('a row that leaves the file is known until then; one that comes back is known again', async () => {
  const count = (cutoff: string) =>
    asOf(cutoff, "SELECT count(*) AS n FROM orders WHERE order_id = 'o5'");
  const without = orders
    .split('\n')
    .filter((line) => !line.startsWith('o5'))
    .join('\n');
  house.clock.now = new Date('2026-11-05T12:00:00Z');
  await writeFile(join(folder, 'data/orders.csv'), without);
  await ingest(house, ['orders'], effects);
  assert.deepEqual(await count('2026-11-05'), [{ n: 1 }]);
  assert.deepEqual(await count('2026-11-06'), [{ n: 0 }]);
  house.clock.now = new Date('2026-11-08T12:00:00Z');
  await writeFile(join(folder, 'data/orders.csv'), orders);
  await ingest(house, ['orders'], effects);
  assert.deepEqual(await count('2026-11-08'), [{ n: 0 }]);
  assert.deepEqual(await count('2026-11-09'), [{ n: 1 }]);
  assert.deepEqual(await count('2018-04-01'), [{ n: 1 }]);
});

test('a delivery that arrives with the next file fills the row, without a second version', async () => {
  const delivered = orders.replace(
    '2018-04-20 13:00:00,,,',
    '2018-04-20 13:00:00,2026-11-10 09:00:00,2,',
  );
  house.clock.now = new Date('2026-11-11T12:00:00Z');
  await writeFile(join(folder, 'data/orders.csv'), delivered);
  await ingest(house, ['orders'], effects);
  const score = "SELECT score FROM orders WHERE order_id = 'o6'";
  assert.deepEqual(await asOf('2026-11-10', score), [{ score: null }]);
  assert.deepEqual(await asOf('2026-11-11', score), [{ score: '2' }]);
});

test('a view that reads a date of the future without a clock for it is caught', async () => {
  await writeFile(join(folder, 'data/orders.csv'), orders);
  await writeFile(
    join(folder, 'tino.config.ts'),
    shop['tino.config.ts']!.replaceAll(/\(\{ knownAt: '[a-z_]+' \}\)/g, '()'),
  );
  await house.reload();
  await ingest(house, 'all', effects);
  await assert.rejects(
    () => proveNoLeak(house, house.workspace.models['churn']!, effects),
    (error: TinoError) =>
      error.code === 'LEAK' &&
      error.params['file'] === 'features/seller_orders.sql' &&
      error.params['column'] === 'delivered',
  );
});
