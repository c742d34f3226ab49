import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { loadWorkspace } from '../../src/workspace/load.js';
import { examples } from './simulated.js';

const models: Record<string, string[]> = {
  houses: ['house-price'],
  olist: ['late-delivery', 'seller-activation', 'seller-churn', 'seller-segments'],
  customers: ['customer-churn', 'customer-rfm', 'customer-segments', 'customer-value'],
  retail: ['revenue'],
  restaurant: ['dish-price', 'ingredient-price'],
};

for (const [name, expected] of Object.entries(models)) {
  test(`${name} loads without a problem and declares its models`, async () => {
    const workspace = await loadWorkspace(join(examples, name));
    assert.deepEqual(Object.keys(workspace.models).sort(), expected);
  });
}

test('walmart loads without its tables, which are not ours to give', async () => {
  const workspace = await loadWorkspace(join(examples, 'walmart'));
  assert.deepEqual(Object.keys(workspace.models), ['revenue']);
});

test('demo joins the five', async () => {
  const workspace = await loadWorkspace(join(examples, 'demo'));
  assert.deepEqual(Object.keys(workspace.models).sort(), Object.values(models).flat().sort());
  assert.deepEqual(Object.keys(workspace.parts).sort(), Object.keys(models).sort());
});

test('personal columns are labelled, and none is named by a feature', async () => {
  const workspace = await loadWorkspace(join(examples, 'customers'));
  const { sources, views } = workspace.parts['']!;
  const personal = Object.entries(sources['customers']!.columns)
    .filter(([, column]) => column.personal)
    .map(([name]) => name);
  assert.deepEqual(personal, ['name', 'email', 'cpf', 'phone', 'birth_date', 'city']);
  for (const { name, sql } of Object.values(views)) {
    const named = personal.filter((column) => new RegExp(`\\b${column}\\b`).test(sql));
    assert.deepEqual(named, [], name);
  }
});

test('what an order becomes is known only when it happens', async () => {
  const { orders, order_reviews: reviews } = (await loadWorkspace(join(examples, 'olist'))).parts[
    ''
  ]!.sources;
  assert.equal(orders!.columns['delivered_at']!.knownAt, 'delivered_at');
  assert.equal(orders!.columns['order_status']!.knownAt, 'delivered_at');
  assert.equal(reviews!.knownAt, 'answered_at');
});

test('seller-activation never reads the table of those who sold', async () => {
  const workspace = await loadWorkspace(join(examples, 'olist'));
  const model = workspace.models['seller-activation']!;
  const { features } = model.declaration as { features: string[] };
  const views = features.map((view) => workspace.parts['']!.views[view]!.sql);
  for (const sql of [...Object.values(model.sql), ...views]) {
    assert.equal(/\b(from|join)\s+sellers\b/i.test(sql), false, sql);
  }
});
