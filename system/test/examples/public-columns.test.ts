import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { simulatedTables, top } from './simulated.js';

const data = process.env['TINO_DATA'] ?? join(top, '..', 'shared', 'data');
const real: Record<string, [name: string, file: string]> = {
  online_retail: ['customers', 'online_retail/online_retail.csv.gz'],
  product_category_name_translation: [
    'olist',
    'olist/reference/product_category_name_translation.csv.gz',
  ],
};
for (const table of 'orders customers order_items order_payments order_reviews products sellers'
  .concat(' geolocation')
  .split(' ')) {
  real[`olist_${table}_dataset`] = ['olist', `olist/sample/olist_${table}_dataset.csv.gz`];
}
for (const table of ['marketing_qualified_leads', 'closed_deals']) {
  real[`olist_${table}_dataset`] = ['olist', `olist/funnel/olist_${table}_dataset.csv.gz`];
}

const absent = existsSync(data) ? false : `no public data at ${data}; set TINO_DATA to its folder`;

test(
  'simulated tables have the columns of the public files, in their order',
  { skip: absent },
  async () => {
    const worlds = new Map<string, Awaited<ReturnType<typeof simulatedTables>>>();
    for (const [table, [name, file]] of Object.entries(real)) {
      if (!worlds.has(name)) worlds.set(name, await simulatedTables(name, { rows: 4000 }));
      const ours = worlds.get(name)!.find((t) => t.table === table);
      const text = gunzipSync(readFileSync(join(data, file))).toString('utf8');
      assert.deepEqual(ours?.columns, text.slice(0, text.indexOf('\n')).trim().split(','), table);
    }
  },
);

test('houses have the sixteen columns of the public file, all integers', async () => {
  const [houses] = await simulatedTables('houses', { rows: 500 });
  assert.equal(
    houses!.columns.join(),
    'Area,Garage,FirePlace,Baths,White Marble,Black Marble,Indian Marble,Floors,City,Solar,' +
      'Electric,Fiber,Glass Doors,Swiming Pool,Garden,Prices',
  );
  assert.ok(houses!.rows.flat().every(Number.isInteger));
});
