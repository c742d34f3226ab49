import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inSession } from '../../src/features/parallel.js';
import { erasePerson } from '../../src/privacy/erase.js';
import { currentTable, ingest } from '../../src/sources/index.js';
import type { SourceManifest } from '../../src/sources/manifest.js';
import { effects, openHouse, writeWorkspace, type TestHouse } from '../features/house.js';

/** Keys of one personal text, of two columns, and rows that have no key of the person themselves. */
const config = `
import { date, defineWorkspace, entity, integer, source, text, timestamp } from '@tino/system';
export default defineWorkspace({
  name: 'kinds', zone: 'America/Sao_Paulo',
  sources: {
    orders: source({ files: 'data/orders.csv', key: 'order_id', eventTime: 'at', columns: {
      order_id: text(), buyer: text({ personal: true }), at: timestamp() } }),
    lines: source({ files: 'data/lines.csv', rejectsMax: 1,
      timeOf: { source: 'orders', on: ['order_id'] }, columns: { order_id: text(), sku: text() } }),
    seats: source({ files: 'data/seats.csv', columns: { shop: integer(), day: date(), note: text() } }),
  },
  entities: {
    buyer: entity('buyer', { pt: ['comprador', 'compradores'], en: ['buyer', 'buyers'] }),
    seat: entity(['shop', 'day'], { pt: ['lugar', 'lugares'], en: ['seat', 'seats'] }),
  },
});
`;
const BUYER = "Silva, Ana D'Ávila";

let folder: string;
let house: TestHouse;
before(async () => {
  folder = await writeWorkspace({
    'tino.config.ts': config,
    'data/orders.csv': `order_id,buyer,at\no-17,"${BUYER}",2026-01-02 10:00:00\no-18,Bruno,2026-01-03 10:00:00\n`,
    'data/lines.csv': 'order_id,sku\no-17,x\no-17,y\no-18,x\n',
    'data/seats.csv': 'shop,day,note\n1,2026-01-05,a\n1,2026-01-06,b\n2,2026-01-05,c\n',
  });
  house = await openHouse(folder);
  await ingest(house, 'all', effects);
});
after(() => house.close());

const erase = (entity: string, key: string) =>
  erasePerson(house, { entity, key, by: 'test' }, effects);

const rowsOf = async (source: string): Promise<Record<string, unknown>[]> => {
  const table = await currentTable<SourceManifest>(house, 'source', source);
  return inSession(house, (session) =>
    session.all(`SELECT * FROM read_parquet('${table!.files[0]!}') ORDER BY ALL`),
  );
};

test('a key of one personal text, commas and quotes in it', async (t) => {
  const erased = await erase('buyer', BUYER);
  assert.deepEqual(
    erased.tables.map(({ name, rows }) => [name, rows]),
    [
      ['lines', 2],
      ['orders', 1],
    ],
  );
  await t.test('files with rows that only an order leads to are told of too', () => {
    assert.deepEqual(erased.holders, [
      { source: 'orders', file: 'data/orders.csv', rows: 1 },
      { source: 'lines', file: 'data/lines.csv', rows: 2 },
    ]);
  });
  await t.test('others stay', async () => {
    assert.deepEqual(
      (await rowsOf('lines')).map(({ order_id }) => order_id),
      ['o-18'],
    );
  });
  await t.test('rows of files that are read again do not bring back even the order', async () => {
    const lines = join(folder, 'data', 'lines.csv');
    await writeFile(lines, `${await readFile(lines, 'utf8')}o-18,z\n`);
    await ingest(house, 'all', effects);
    assert.equal((await rowsOf('lines')).length, 2);
    const folderOf = join(folder, '.tino', 'tables', 'source');
    const rejects = (await readdir(folderOf)).filter((name) => name.includes('.rejects'));
    assert.ok(rejects.length > 0, 'rows without their order are set aside');
    await inSession(house, async (session) => {
      const [row] = await session.all(
        `SELECT count(*) AS n FROM read_parquet('${folderOf}/*.rejects.parquet')
         WHERE contains(params, 'o-17')`,
      );
      assert.equal(Number(row!['n']), 0);
    });
  });
});

test('a key of two columns, written as the file does', async () => {
  await assert.rejects(erase('seat', '1'), { code: 'ERASE_KEY' });
  const erased = await erase('seat', '01, 2026-01-05');
  assert.deepEqual(
    erased.tables.map(({ name, rows }) => [name, rows]),
    [['seats', 1]],
  );
  assert.deepEqual(
    (await rowsOf('seats')).map(({ note }) => note),
    ['b', 'c'],
  );
});

test('somebody of whom nothing is kept is blocked all the same', async () => {
  const erased = await erase('buyer', 'Carla');
  assert.deepEqual([erased.tables, erased.records, erased.holders], [[], {}, []]);
  const orders = join(folder, 'data', 'orders.csv');
  await writeFile(orders, `${await readFile(orders, 'utf8')}o-19,Carla,2026-01-04 10:00:00\n`);
  await ingest(house, 'all', effects);
  assert.equal((await rowsOf('orders')).length, 1);
});
