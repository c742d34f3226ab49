import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { trainModel } from '../../src/registry/index.js';
import { forecast } from '../../src/serving/forecast/forecast.js';
import { ingest } from '../../src/sources/index.js';
import { openArtifacts } from '../../src/store/artifacts.js';
import { addFiles, effects, openHouse, writeWorkspace } from '../features/house.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const data = join(process.env['TINO_DATA'] ?? resolve(root, '../shared/data'), 'walmart_weekly');
const absent = existsSync(data) ? false : `no weeks of Walmart at ${data}`;

const STORES = new Set(['1', '2']);
const DEPARTMENTS = new Set(Array.from({ length: 12 }, (_, i) => String(i + 1)));

/** A table's rows that `keep` wants, its header first. */
function rowsOf(file: string, keep: (cells: string[]) => boolean): string {
  const [header, ...lines] = gunzipSync(readFileSync(join(data, file)))
    .toString()
    .trim()
    .split('\n');
  return `${[header, ...lines.filter((line) => keep(line.split(',')))].join('\n')}\n`;
}

test(
  'real weeks of two stores: better than the last season, with what agrees and adds up',
  { skip: absent },
  async () => {
    const folder = await writeWorkspace({});
    await cp(join(root, 'examples/walmart'), folder, {
      recursive: true,
      filter: (path) => !/\/(data|\.tino)$/.test(path),
    });
    const inStore = ([store]: string[]) => STORES.has(store!);
    await addFiles(folder, {
      'data/train.csv': rowsOf(
        'train.csv.gz',
        ([store, department]) => STORES.has(store!) && DEPARTMENTS.has(department!),
      ),
      'data/stores.csv': rowsOf('stores.csv.gz', inStore),
      'data/features.csv': rowsOf('features.csv.gz', inStore),
    });
    const house = await openHouse(folder, { now: '2012-11-01T12:00:00Z' });
    house.artifacts = await openArtifacts(join(folder, '.tino', 'artifacts'));
    try {
      await ingest(house, 'all', effects);
      const report = await trainModel(house, house.workspace.models['revenue']!, {}, effects);
      assert.equal(report.state, 'promoted', JSON.stringify(report.verdict?.checks));
      assert.ok(report.value! < 0.1, `WAPE ${report.value}`);
      const log = { add: () => {}, close: async () => {} };
      const asked = { limit: 50, filters: {}, language: 'en' as const, scope: {} };
      const ask = (level?: string) =>
        forecast({ house, log }, { name: 'revenue' }, { ...asked, level });
      const [all, stores] = [await ask(), await ask('store')];
      const total = all.forecast.total.value;
      for (const { members } of [all, stores])
        assert.ok(Math.abs(members.reduce((sum, one) => sum + one.total.value, 0) - total) < 1);
      assert.deepEqual(all.forecast.plan.map(({ column, calendar }) => [column, calendar])[2], [
        'thanksgiving',
        true,
      ]);
    } finally {
      await house.close();
    }
  },
);
