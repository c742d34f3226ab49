import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { canonicalJson, hashOf } from '../../src/workspace/hash.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { editDistance, nearest } from '../../src/workspace/nearest.js';
import { namesIn } from '../../src/workspace/words.js';
import { addFiles, writeWorkspace } from '../features/house.js';
import { churn, shop } from '../features/shop.js';

test('a folder loads to parts, models in order and their SQL', async () => {
  const folder = await writeWorkspace(shop);
  try {
    const { models, parts, zone } = await loadWorkspace(folder);
    assert.deepEqual(Object.keys(models), ['churn', 'late']);
    assert.deepEqual(Object.keys(parts), ['']);
    assert.equal(zone, 'America/Sao_Paulo');
    assert.equal(parts['']!.views['seller_daily']!.build, 'day');
    assert.match(models['churn']!.sql['labels/no-order.sql']!, /^SELECT/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a hash answers "has it changed?": of what it computes, not of how it is shown', async () => {
  const folder = await writeWorkspace(shop);
  try {
    const hashes = async () => {
      const { models } = await loadWorkspace(folder);
      return [models['churn']!.hash, models['late']!.hash];
    };
    const [first, other] = await hashes();
    await addFiles(folder, { 'models/churn.ts': churn.replace("pt: 'a'", "pt: 'b'") });
    assert.deepEqual(await hashes(), [first, other]);
    const view = shop['features/seller_orders.sql']!;
    await addFiles(folder, {
      'features/seller_orders.sql': view.replace('max(score)', 'min(score)'),
    });
    const [changed, same] = await hashes();
    assert.notEqual(changed, first);
    assert.equal(same, other);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('canonical JSON does not depend on the order of keys', () => {
  assert.equal(
    canonicalJson({ b: [1, { d: 1, c: undefined }], a: 'x' }),
    '{"a":"x","b":[1,{"d":1}]}',
  );
  assert.equal(hashOf({ a: 1, b: 2 }), hashOf({ b: 2, a: 1 }));
});

test('names are found as words, outside comments and texts', () => {
  const sql = "-- sellers\nSELECT 'items' FROM Orders o JOIN order_items i USING (order_id)";
  assert.deepEqual(namesIn([sql], ['orders', 'items', 'sellers', 'order_items']), [
    'order_items',
    'orders',
  ]);
});

test('the nearest name', () => {
  assert.equal(editDistance('kitten', 'sitting'), 3);
  assert.equal(nearest('Swimming Pool', ['Solar', 'Swiming Pool', 'Garden']), 'Swiming Pool');
  assert.equal(nearest('x', []), '');
});
