import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulatedTables, type Cell } from './simulated.js';

const until = '2026-10-31';

/** Rows of one table by column name. */
async function rowsOf(example: string, table: string, rows?: number) {
  const tables = await simulatedTables(example, { until, ...(rows && { rows }) });
  const found = tables.find((t) => t.table === table)!;
  return found.rows.map((row) => Object.fromEntries(found.columns.map((c, i) => [c, row[i]!])));
}
type Row = Record<string, Cell>;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (rows: Row[], of: (row: Row) => number) => mean(rows.map(of));

test('houses: white marble is worth 14,000 more than Indian, fibre 11,750', async () => {
  const houses = await rowsOf('houses', 'houses', 20_000);
  const price = (column: string, value: number) =>
    meanOf(
      houses.filter((house) => house[column] === value),
      (house) => Number(house['Prices']),
    );
  assert.ok(Math.abs(price('White Marble', 1) - price('Indian Marble', 1) - 14_000) < 1000);
  assert.ok(Math.abs(price('Fiber', 1) - price('Fiber', 0) - 11_750) < 1000);
});

test('restaurant: tomatoes of August cost about half of those of February', async () => {
  const bought = (await rowsOf('restaurant', 'purchases')).filter(
    (row) => row['ingredient_id'] === 7 && row['unit'] === 'kg',
  );
  const month = (text: string) =>
    meanOf(
      bought.filter((row) => String(row['bought_at']).slice(5, 7) === text),
      (row) => Number(row['unit_cost']),
    );
  // The seasonal amplitude of the logarithm is 0.35 on either side.
  const ratio = month('08') / month('02');
  assert.ok(ratio > 0.4 && ratio < 0.65, String(ratio));
});

test('restaurant: one dish has one price, and one restaurant ten days of history', async () => {
  const sales = await rowsOf('restaurant', 'sales');
  const prices = (dish: number) =>
    new Set(sales.filter((row) => row['dish_id'] === dish).map((row) => row['unit_price'])).size;
  assert.equal(prices(4), 1);
  assert.ok(prices(1) > 3);
  const days = sales
    .filter((row) => row['restaurant_id'] === 17)
    .map((row) => String(row['sold_at']).slice(0, 10));
  assert.ok(days.length > 0 && days.every((day) => day >= '2026-10-21'));
});

test('restaurant: a dearer plate sells less, at its true elasticity where prices move freely', async () => {
  // Dish 1 at −2.4: total units by price level against the days at that level.
  const sales = (await rowsOf('restaurant', 'sales', 60_000)).filter((row) => row['dish_id'] === 1);
  const levels = new Map<number, { units: number; days: Set<string> }>();
  for (const row of sales) {
    const price = Number(row['unit_price']);
    const level = levels.get(price) ?? { units: 0, days: new Set<string>() };
    level.units += Number(row['quantity']);
    level.days.add(String(row['sold_at']).slice(0, 10));
    levels.set(price, level);
  }
  const points = [...levels].map(([price, { units, days }]) => ({
    x: Math.log(price),
    y: Math.log(units / days.size),
    weight: units,
  }));
  const slope = slopeOf(points);
  assert.ok(slope < -1.9 && slope > -2.9, String(slope));
});

test('olist: about 8 in 100 orders are late, and late ones are reviewed worse', async () => {
  const orders = await rowsOf('olist', 'olist_orders_dataset');
  const delivered = orders.filter((row) => row['order_delivered_customer_date'] !== null);
  const late = new Set(
    delivered
      .filter(
        (row) =>
          String(row['order_delivered_customer_date']) >
          String(row['order_estimated_delivery_date']),
      )
      .map((row) => row['order_id']),
  );
  const share = late.size / delivered.length;
  assert.ok(share > 0.05 && share < 0.12, String(share));
  const reviews = await rowsOf('olist', 'olist_order_reviews_dataset');
  const score = (wanted: boolean) =>
    meanOf(
      reviews.filter((row) => late.has(row['order_id']!) === wanted),
      (row) => Number(row['review_score']),
    );
  assert.ok(score(false) - score(true) > 1);
});

test('retail: a promotion lifts the units of its days', async () => {
  const promotions = await rowsOf('retail', 'promotions');
  const sales = await rowsOf('retail', 'sales');
  const pair = (row: Row) => `${row['store_id']}/${row['product_id']}`;
  const first = pair(sales[0]!);
  const spans = promotions.filter((row) => pair(row) === first);
  const isPromoted = (row: Row) =>
    spans.some((p) => row['date']! >= p['starts_on']! && row['date']! <= p['ends_on']!);
  const own = sales.filter((row) => pair(row) === first);
  const lift =
    meanOf(own.filter(isPromoted), (row) => Number(row['units'])) /
    meanOf(
      own.filter((row) => !isPromoted(row)),
      (row) => Number(row['units']),
    );
  assert.ok(lift > 1.15, String(lift));
  for (const row of promotions) assert.ok(row['known_from']! < row['starts_on']!);
});

/** Weighted least squares of y on x. */
function slopeOf(points: { x: number; y: number; weight: number }[]): number {
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const centre = (of: 'x' | 'y') =>
    points.reduce((sum, point) => sum + point.weight * point[of], 0) / total;
  const [x0, y0] = [centre('x'), centre('y')];
  const covariance = points.reduce(
    (sum, { x, y, weight }) => sum + weight * (x - x0) * (y - y0),
    0,
  );
  return covariance / points.reduce((sum, { x, weight }) => sum + weight * (x - x0) ** 2, 0);
}
