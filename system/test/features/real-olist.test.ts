import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildAbt, proveNoLeak, readAbt } from '../../src/features/index.js';
import { ingest } from '../../src/sources/index.js';
import { effects, openHouse, writeWorkspace } from './house.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const data = join(process.env['TINO_DATA'] ?? resolve(root, '../shared/data'), 'olist');
const absent = existsSync(data) ? false : `no real Olist tables at ${data}`;

test(
  'the real Olist sample: counts as published, ABTs, and nothing leaks',
  { skip: absent },
  async () => {
    const folder = await writeWorkspace({});
    const declared = join(root, 'examples/olist');
    for (const name of await readdir(declared)) {
      if (name === 'data' || name === '.tino') continue;
      await cp(join(declared, name), join(folder, name), { recursive: true });
    }
    await cp(join(data, 'sample'), join(folder, 'data'), { recursive: true });
    await cp(join(data, 'funnel'), join(folder, 'data'), { recursive: true });
    const translation = 'product_category_name_translation.csv.gz';
    await cp(join(data, 'reference', translation), join(folder, 'data', translation));
    const house = await openHouse(folder);
    try {
      const reports = await ingest(house, 'all', effects);
      const counts = Object.fromEntries(reports.map(({ source, read }) => [source, read]));
      assert.deepEqual(counts, {
        orders: 8135,
        order_items: 8365,
        order_payments: 8924,
        order_reviews: 8225,
        customers: 8135,
        sellers: 1610,
        products: 5460,
        geolocation: 45928,
        category_translation: 71,
        leads: 8000,
        deals: 842,
      });
      assert.equal(
        reports.reduce((sum, { rejects }) => sum + rejects, 0),
        0,
      );
      const late = house.workspace.models['late-delivery']!;
      const abt = await buildAbt(house, late, { purpose: 'train' }, effects);
      const { y, x } = await readAbt(house, abt);
      assert.ok(x.rows > 5000);
      const share = y.reduce((sum, value) => sum + value, 0) / y.length;
      assert.ok(share > 0.06 && share < 0.09, `${share} of the delivered orders were late`);
      for (const name of ['late-delivery', 'seller-activation']) {
        assert.ok((await proveNoLeak(house, house.workspace.models[name]!, effects)).values > 1000);
      }
    } finally {
      await house.close();
    }
  },
);
