import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boosting, frame, fromLightGbm, mean, numberColumn, seeded, type Model } from '@tino/learn';
import { packVersion, type VersionMeta } from '../../src/training/package.js';
import { exportVersion } from '../../src/verbs/export.js';
import { exportFormats, type ExportFormat } from '../../src/verbs/export-formats.js';

const x = frame([
  numberColumn(
    'area',
    Float64Array.from({ length: 80 }, (_, i) => i % 17),
  ),
]);
const y = Float64Array.from({ length: 80 }, (_, i) => (i % 17 > 8 ? 3 : 1));
const effects = { rng: seeded(1) };

async function written(sections: Record<string, Uint8Array>, format: ExportFormat) {
  const bytes = packVersion({ meta: {} as VersionMeta, sections });
  const version = { model: 'price', version: 2, hash: 'h' };
  return Buffer.from(await exportVersion({ get: async () => bytes }, version, format));
}

const predictionsOf = (model: Model) => {
  const out = new Float64Array(x.rows);
  model.predict(x, out);
  return out;
};

test('a version of trees is written in every format', async () => {
  const model = await boosting({ rounds: 5, minDataInLeaf: 5 }).fit({ x, y }, effects);
  const files: Record<string, Buffer> = {};
  for (const format of exportFormats)
    files[format] = await written({ model: model.bytes() }, format);
  const text = files['lightgbm']!.toString();
  assert.deepEqual(predictionsOf(fromLightGbm(text)), predictionsOf(model));
  for (const format of ['sql', 'postgresql'])
    assert.match(files[format]!.toString(), /^WITH tino_0 AS [^]*FROM "price"[^]*AS "prediction"/);
  assert.ok(files['onnx']!.includes('TreeEnsemble'));
});

test('a version without trees, or without a model, says why it cannot', async () => {
  const model = await mean().fit({ x, y }, effects);
  await assert.rejects(written({ model: model.bytes() }, 'sql'), {
    code: 'NOT_EXPORTABLE',
    message: /model price, version 2, cannot be written as sql: SQL is for models of kind boosting/,
  });
  await assert.rejects(written({}, 'onnx'), /its task keeps no table model/);
});
