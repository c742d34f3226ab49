import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { simulated, simulatedTables, type Cell, type SimulatedTable } from './simulated.js';

const names = ['houses', 'olist', 'customers', 'retail', 'restaurant'];
const until = '2026-10-31';

for (const name of names) {
  test(`${name}: the same seed gives the same rows, another seed others`, async () => {
    assert.equal(await hashOf(name, 1), await hashOf(name, 1));
    assert.notEqual(await hashOf(name, 1), await hashOf(name, 2));
  });

  test(`${name}: rows have one cell a column, and no time is after the last day`, async () => {
    for (const { table, columns, rows } of await simulatedTables(name, { rows: 6000, until })) {
      assert.ok(rows.length > 0, `${table} is empty`);
      assert.equal(new Set(columns).size, columns.length);
      for (const row of rows) assert.equal(row.length, columns.length, table);
      for (const column of columns.filter((c) => happened.has(c))) {
        const latest = cells({ table, columns, rows }, column)
          .filter(Boolean)
          .map(String)
          .sort()
          .at(-1)!;
        assert.ok(latest.slice(0, 10) <= until, `${table}.${column} reaches ${latest}`);
      }
    }
  });
}
async function hashOf(name: string, seed: number): Promise<string> {
  const tables = await simulatedTables(name, { seed, rows: 4000, until });
  return createHash('sha256').update(JSON.stringify(tables)).digest('hex');
}
const happened = new Set(
  (
    'date sold_at bought_at opened_at known_from InvoiceDate order_purchase_timestamp ' +
    'order_approved_at order_delivered_carrier_date order_delivered_customer_date ' +
    'review_creation_date review_answer_timestamp first_contact_date won_date'
  ).split(' '),
);

test('the five worlds together have at most 200,000 rows, each of them some', async () => {
  const counts = [];
  for (const name of names) {
    const tables = await simulatedTables(name, { until });
    counts.push(tables.reduce((sum, { rows }) => sum + rows.length, 0));
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  assert.ok(total <= 200_000, `${total} rows`);
  assert.ok(
    counts.every((count) => count > 20_000),
    counts.join(', '),
  );
});

test('the number of rows follows the option', async () => {
  for (const name of names) {
    const tables = await simulatedTables(name, { rows: 60_000, until });
    const total = tables.reduce((sum, { rows }) => sum + rows.length, 0);
    // A restaurant's tills go back three years at most.
    assert.ok(total > 40_000 && total < 80_000, `${name}: ${total}`);
  }
});

test('every key leads to a row of its table', async () => {
  const links: Record<string, [from: string, to: string, key: string][]> = {
    olist: [
      ['olist_orders_dataset', 'olist_customers_dataset', 'customer_id'],
      ['olist_order_items_dataset', 'olist_orders_dataset', 'order_id'],
      ['olist_order_items_dataset', 'olist_products_dataset', 'product_id'],
      ['olist_order_items_dataset', 'olist_sellers_dataset', 'seller_id'],
      ['olist_order_payments_dataset', 'olist_orders_dataset', 'order_id'],
      ['olist_order_reviews_dataset', 'olist_orders_dataset', 'order_id'],
      ['olist_closed_deals_dataset', 'olist_marketing_qualified_leads_dataset', 'mql_id'],
    ],
    retail: [
      ['sales', 'stores', 'store_id'],
      ['sales', 'products', 'product_id'],
      ['promotions', 'stores', 'store_id'],
    ],
    restaurant: [
      ['sales', 'dishes', 'dish_id'],
      ['sales', 'restaurants', 'restaurant_id'],
      ['recipes', 'ingredients', 'ingredient_id'],
      ['recipes', 'dishes', 'dish_id'],
      ['purchases', 'ingredients', 'ingredient_id'],
    ],
  };
  for (const [name, ofName] of Object.entries(links)) {
    const tables = await simulatedTables(name, { rows: 12_000, until });
    const get = (table: string) => tables.find((t) => t.table === table)!;
    for (const [from, to, key] of ofName) {
      const known = new Set(cells(get(to), key));
      const lost = cells(get(from), key).filter((value) => !known.has(value));
      assert.deepEqual(lost, [], `${from}.${key} → ${to}`);
    }
  }
});

test('customers: every invoice of a known customer leads to a person, whose CPF checks', async () => {
  const [invoices, people] = await simulatedTables('customers', { rows: 8000, until });
  const known = new Set(cells(people!, 'customer_id').map((id) => `${id}.0`));
  const bought = cells(invoices!, 'CustomerID').filter((id) => id !== null);
  assert.ok(bought.length > 1000);
  assert.deepEqual(
    bought.filter((id) => !known.has(String(id))),
    [],
  );
  for (const cpf of cells(people!, 'cpf')) assert.ok(isCpf(String(cpf)), String(cpf));
});

test('a millionth house takes the memory of one', async () => {
  const simulate = await simulated('houses');
  const rows = simulate({ rows: 1_000_000 })[0]!.rows;
  assert.equal(Array.isArray(rows), false);
  const first = rows[Symbol.iterator]().next().value!;
  assert.equal(first.length, 16);
});

/** The published rule, written apart from the simulator's: weights 10…2, then 11…2, modulus 11. */
function isCpf(text: string): boolean {
  const digits = [...text.replaceAll(/\D/g, '')].map(Number);
  const check = (length: number) => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += digits[i]! * (length + 1 - i);
    const rest = sum % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  return digits.length === 11 && check(9) === digits[9] && check(10) === digits[10];
}

function cells({ columns, rows }: SimulatedTable, column: string): Cell[] {
  const at = columns.indexOf(column);
  assert.notEqual(at, -1, column);
  return rows.map((row) => row[at]!);
}
