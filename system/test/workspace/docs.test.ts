import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadWorkspace } from '../../src/workspace/load.js';
import { writeWorkspace } from '../features/house.js';

const page = await readFile(join(import.meta.dirname, '../../../../docs/workspace.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, code]) => code!,
  );

test('the code of the manual loads as a workspace', async () => {
  const [config, model] = blocks('ts');
  const [view] = blocks('sql');
  const folder = await writeWorkspace({
    'tino.config.ts': config!,
    'models/client-churn.ts': model!,
    'features/orders.sql': view!,
    'features/spines/active-clients.sql': 'SELECT DISTINCT client_id FROM orders',
    'labels/no-order-within-90-days.sql': 'SELECT client_id, 0 AS label FROM spine',
  });
  const workspace = await loadWorkspace(folder);
  assert.deepEqual(Object.keys(workspace.models), ['client-churn']);
  assert.deepEqual(Object.keys(workspace.parts['']!.views), ['orders']);
  assert.equal(workspace.parts['']!.sources['orders']!.format?.decimal, ',');
});
