import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { trainModel } from '../../src/registry/index.js';
import { ingest } from '../../src/sources/index.js';
import { openArtifacts } from '../../src/store/artifacts.js';
import { effects, openHouse, writeWorkspace } from '../features/house.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const data = join(process.env['TINO_DATA'] ?? resolve(root, '../shared/data'), 'olist');
const absent = existsSync(data) ? false : `no real Olist tables at ${data}`;

test(
  'the real Olist sample: late orders are ranked better than by chance, on later orders',
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
    house.artifacts = await openArtifacts(join(folder, '.tino', 'artifacts'));
    try {
      await ingest(house, 'all', effects);
      const model = house.workspace.models['late-delivery']!;
      const report = await trainModel(house, model, {}, effects);
      assert.equal(report.state, 'promoted', JSON.stringify(report.verdict?.checks));
      assert.ok(report.value! >= 0.6, `ROC AUC ${report.value}`);
    } finally {
      await house.close();
    }
  },
);
