import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildAbt, buildViews } from '../../src/features/index.js';
import { ingest } from '../../src/sources/index.js';
import { effects, openHouse, writeWorkspace, type TestHouse } from './house.js';
import { churn, orders, shop } from './shop.js';

const train = (house: TestHouse) =>
  buildAbt(house, house.workspace.models['churn']!, { purpose: 'train' }, effects);

test('cut-offs begin where the sources do, however early they are declared', async () => {
  const early = churn.replace("from: '2018-02-01'", "from: '1998-01-01'");
  const folder = await writeWorkspace({ ...shop, 'models/churn.ts': early });
  const house = await openHouse(folder);
  try {
    await ingest(house, 'all', effects);
    const { cutoffs, rows } = await train(house);
    assert.deepEqual(cutoffs, ['2018-02-01', '2018-03-01']);
    assert.ok(rows > 0);
    await buildViews(house, Object.values(house.workspace.parts['']!.views), effects);
    const [first] = await house.state.query<{ name: string }>(
      `SELECT name FROM tables WHERE kind = 'view' AND name LIKE 'seller_orders@%' ORDER BY name LIMIT 1`,
    );
    assert.equal(first!.name, 'seller_orders@2018-02-01');

    const older =
      'o0,s3,2017-11-30 10:00:00,40.00,2017-11-30 11:00:00,2017-12-04 09:00:00,4,2017-12-09\n';
    await writeFile(join(folder, 'data/orders.csv'), orders + older);
    await ingest(house, 'all', effects);
    assert.equal((await train(house)).cutoffs[0], '2017-12-01');
    // Files that leave do not make what was known unknown.
    await writeFile(join(folder, 'data/orders.csv'), orders);
    await ingest(house, 'all', effects);
    assert.equal((await train(house)).cutoffs[0], '2017-12-01');
  } finally {
    await house.close();
  }
});
