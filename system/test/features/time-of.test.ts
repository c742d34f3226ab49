import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openAsOf, proveNoLeak } from '../../src/features/index.js';
import { ingest } from '../../src/sources/index.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { effects, openHouse, writeWorkspace, type TestHouse } from './house.js';
import { config, shop } from './shop.js';

const lines = (timeOf: string) =>
  config.replace(
    'sellers: source(',
    `lines: source({ files: 'data/lines.csv', key: ['order_id', 'line'], rejectsMax: 0.5, ${timeOf}
      columns: { order_id: text(), line: category(), price: money() } }),
    sellers: source(`,
  );
const borrowing = lines(`timeOf: { source: 'orders', on: ['order_id'] },`);

let house: TestHouse;
let folder: string;
before(async () => {
  folder = await writeWorkspace({
    ...shop,
    'tino.config.ts': borrowing,
    'data/lines.csv':
      'order_id,line,price\no1,1,60.00\no1,2,40.00\no3,1,10.00\no5,1,30.00\no9,1,5.00\n',
    // Without the borrowed time this view would count the lines of orders not yet made.
    'features/seller_orders.sql': `-- entity: seller
SELECT s.seller_id, (SELECT count(*) FROM lines) AS lines FROM sellers s`,
  });
  house = await openHouse(folder);
});
after(() => house.close());

const linesAt = (cutoff: string) =>
  openAsOf(house, '', cutoff, (session) =>
    session.all('SELECT order_id, line FROM lines ORDER BY 1, 2'),
  );

test('lines are known with their order, and a line of no order is set aside with its reason', async () => {
  const reports = await ingest(house, 'all', effects);
  const report = reports.find(({ source }) => source === 'lines')!;
  assert.equal(report.rejects, 1);
  assert.equal(report.reasons[0]!.code, 'REJECT_ORPHAN');
  assert.deepEqual(report.reasons[0]!.example, {
    column: 'order_id',
    source: 'orders',
    value: 'o9',
  });
  assert.deepEqual(await linesAt('2018-01-05'), []);
  assert.deepEqual(await linesAt('2018-02-01'), [
    { order_id: 'o1', line: '1' },
    { order_id: 'o1', line: '2' },
    { order_id: 'o3', line: '1' },
  ]);
});

test('a view over all lines does not leak', async () => {
  await proveNoLeak(house, house.workspace.models['churn']!, effects);
  assert.equal((await linesAt('2018-04-01')).length, 4);
});

test('an order that arrives later lends its time to its lines at the next ingest', async () => {
  const orders = shop['data/orders.csv']! + 'o9,s3,2018-05-01 12:00:00,5.00,,,,2018-05-09\n';
  await writeFile(join(folder, 'data/orders.csv'), orders);
  const reports = await ingest(house, 'all', effects);
  assert.equal(reports.find(({ source }) => source === 'lines')!.rejects, 0);
  assert.equal((await linesAt('2018-05-01')).length, 4);
  assert.equal((await linesAt('2018-05-02')).length, 5);
});

for (const [what, timeOf, said] of [
  [
    'a source that does not exist',
    `timeOf: { source: 'nothing', on: ['order_id'] },`,
    /source nothing does not exist/,
  ],
  [
    'a source without time',
    `timeOf: { source: 'sellers', on: ['order_id'] },`,
    /sellers has no eventTime/,
  ],
  [
    'a column that does not exist',
    `timeOf: { source: 'orders', on: ['id'] },`,
    /column id does not exist/,
  ],
] as const)
  test(`borrowing the time of ${what} is refused`, async () => {
    const broken = await writeWorkspace({ ...shop, 'tino.config.ts': lines(timeOf) });
    await assert.rejects(loadWorkspace(broken), said);
  });
