import assert from 'node:assert/strict';
import test from 'node:test';
import {
  bgNbdChance,
  chanceOfPurchase,
  estimatorOf,
  frame,
  hasOutlook,
  hazard,
  loadModel,
  logistic,
  numberColumn,
  pAlive,
  seeded,
  takeRows,
  valueDistribution,
  type Frame,
  type Outlook,
} from '@tino/learn';
import { predictionsOf } from '../toy.js';
import { simulateCustomers, spending, world } from './customers.js';

const logLoss = (y: Float64Array, p: Float64Array) =>
  -y.reduce((sum, one, i) => sum + Math.log(one === 1 ? p[i] : 1 - p[i]), 0) / y.length;

/** Customers in weeks of seven days, and whether they buy in the next 26. */
function shop(count: number, seed: number): { x: Frame; y: Float64Array } {
  const customers = simulateCustomers(count, seed);
  const column = (name: string, of: (one: (typeof customers)[number]) => number) =>
    numberColumn(name, Float64Array.from(customers, of));
  return {
    x: frame([
      column('frequency', ({ frequency }) => frequency),
      column('recency_days', ({ recency }) => 7 * recency),
      column('tenure_days', ({ tenure }) => 7 * tenure),
      column('monetary', ({ monetary }) => monetary),
      column('days_since_purchase', ({ tenure, recency }) => 7 * (tenure - recency)),
    ]),
    y: Float64Array.from(customers, ({ later }) => (later === 0 ? 1 : 0)),
  };
}

test('the chance of a purchase is what drawn futures say, and none without time', () => {
  const customer = { frequency: 4, recency: 30, tenure: 40, monetary: 20 };
  for (const one of [customer, { ...customer, frequency: 0, recency: 0 }]) {
    const chance = chanceOfPurchase(world, one, 26);
    const drawn = valueDistribution({ purchases: world, spend: spending }, one, 26, {
      rng: seeded(1),
      samples: 40_000,
    });
    assert.ok(Math.abs(1 - drawn.nothing - chance) < 0.01, `${1 - drawn.nothing} ${chance}`);
  }
  assert.equal(chanceOfPurchase(world, customer, 0), 0);
  assert.ok(Math.abs(chanceOfPurchase(world, customer, 1e15) - pAlive(world, customer)) < 1e-6);
});

test('beside what it predicts it says who is still there and how often they will buy', async () => {
  const { x, y } = shop(2000, 5);
  const params = { horizonDays: 182, recency: 'firstToLast' } as const;
  const silence = await bgNbdChance(params).fit({ x, y }, { rng: seeded(1) });
  const held = shop(4000, 8);
  const later = simulateCustomers(4000, 8).map((one) => one.later);
  const unknown = frame(held.x.columns.map(({ name }) => numberColumn(name, Float64Array.of(NaN))));
  for (const model of [silence, loadModel(silence.bytes())]) {
    assert.ok(hasOutlook(model));
    let [purchases, alive] = [0, 0];
    for (let row = 0; row < held.x.rows; row++) {
      const outlook: Outlook = model.outlook(held.x, row)!;
      assert.ok(outlook.alive >= 0 && outlook.alive <= 1 && outlook.purchases >= 0);
      assert.equal(outlook.horizonDays, 182);
      purchases += outlook.purchases / held.x.rows;
      alive += outlook.alive / held.x.rows;
    }
    const happened = later.reduce((sum, count) => sum + count, 0) / later.length;
    assert.ok(Math.abs(purchases / happened - 1) < 0.1, `${purchases} ${happened}`);
    assert.ok(alive > 0.3 && alive < 1);
    assert.equal(model.outlook(unknown, 0), undefined);
  }
});

test('as a classifier it is calibrated, saves itself, explains itself and bears missing values', async () => {
  const { x, y } = shop(3000, 5);
  const held = shop(3000, 6);
  const fit = (label: 'silence' | 'purchase', given = y) =>
    bgNbdChance({ horizonDays: 182, recency: 'firstToLast', label }).fit(
      { x, y: given },
      { rng: seeded(1) },
    );
  const model = await fit('silence');
  const said = predictionsOf(model, held.x);
  const share = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
  assert.ok(Math.abs(share(said) - share(held.y)) < 0.03, `${share(said)} ${share(held.y)}`);
  const prior = held.y.map(() => share(y));
  assert.ok(logLoss(held.y, said) < 0.85 * logLoss(held.y, prior));
  const other = predictionsOf(
    await fit(
      'purchase',
      y.map((one) => 1 - one),
    ),
    held.x,
  );
  other.forEach((p, i) => assert.ok(Math.abs(1 - p - said[i]) < 1e-12));
  assert.deepEqual(predictionsOf(loadModel(model.bytes()), held.x), said);
  const { base, contributions, raw, link } = model.explain!(held.x, 7);
  assert.equal(link, 'logit');
  assert.ok(Math.abs(contributions.reduce((a, b) => a + b, base) - raw) < 1e-9);
  assert.ok(Math.abs(1 / (1 + Math.exp(-raw)) - said[7]) < 1e-12);
  assert.equal(contributions[3], 0);
  const bySilence = await bgNbdChance({
    horizonDays: 182,
    recencyColumn: 'days_since_purchase',
  }).fit({ x, y }, { rng: seeded(1) });
  predictionsOf(bySilence, held.x).forEach((p, i) => assert.ok(Math.abs(p - said[i]) < 1e-6));
  const reasons = bySilence.explain!(held.x, 7).contributions;
  reasons.forEach((share, c) => assert.ok(Math.abs(share - contributions[c]) < 1e-4));
  const unknown = frame(model.columns.map(({ name }) => numberColumn(name, [NaN])));
  assert.equal(predictionsOf(model, unknown)[0], share(y));
});

test('rows of one customer at several times are one customer, by the latest', async () => {
  const { x, y } = shop(600, 7);
  const twice = takeRows(
    x,
    Array.from({ length: 1200 }, (_, i) => i % 600),
  );
  // The first copies are the same customers when they had not come back yet.
  const columns = twice.columns.map((column) =>
    column.kind === 'number' && column.name !== 'monetary'
      ? {
          ...column,
          values: Float64Array.from(column.values, (value, row) =>
            row >= 600 ? value : column.name === 'tenure_days' ? value / 2 : 0,
          ),
        }
      : column,
  );
  const bytes = async (data: Parameters<ReturnType<typeof bgNbdChance>['fit']>[0]) =>
    predictionsOf(
      await bgNbdChance({ horizonDays: 182, recency: 'firstToLast' }).fit(data, {
        rng: seeded(1),
      }),
      x,
    );
  const grouped = await bytes({
    x: { rows: 1200, columns },
    y: Float64Array.from({ length: 1200 }, (_, i) => y[i % 600]),
    groups: Int32Array.from({ length: 1200 }, (_, i) => i % 600),
  });
  assert.deepEqual(grouped, await bytes({ x, y }));
});

test('the hazard by silence comes back, bump and all, and beats a straight line', async () => {
  const chance = (days: number) => (days < 60 ? 0.2 : days < 120 ? 0.7 : 0.4);
  const world = (rows: number, seed: number) => {
    const rng = seeded(seed);
    const days = Float64Array.from({ length: rows }, () => rng.below(300));
    const engaged = Float64Array.from({ length: rows }, () => rng.below(2));
    const odds = (row: number) =>
      (chance(days[row]) / (1 - chance(days[row]))) * (engaged[row] === 1 ? 0.4 : 1);
    const y = Float64Array.from(days, (_, row) =>
      rng.next() < odds(row) / (1 + odds(row)) ? 1 : 0,
    );
    return { x: frame([numberColumn('silence', days), numberColumn('engaged', engaged)]), y };
  };
  const train = world(6000, 1);
  const held = world(4000, 2);
  const effects = () => ({ rng: seeded(1) });
  const model = await hazard({ age: 'silence', periodsMax: 9 }).fit(train, effects());
  const rows = frame([
    numberColumn('silence', [10, 100, 200, NaN, -5, 1e6]),
    numberColumn('engaged', [0, 0, 0, 0, 0, 0]),
  ]);
  const said = predictionsOf(model, rows);
  [0.2, 0.7, 0.4].forEach((truth, i) =>
    assert.ok(Math.abs(said[i] - truth) < 0.05, `${said[i]} ${truth}`),
  );
  assert.equal(said[4], said[0]);
  assert.ok(said.every((p) => p > 0 && p < 1));
  const line = await logistic().fit(train, effects());
  const loss = (p: Float64Array) => logLoss(held.y, p);
  assert.ok(loss(predictionsOf(model, held.x)) < 0.95 * loss(predictionsOf(line, held.x)));
  assert.deepEqual(predictionsOf(loadModel(model.bytes()), rows), said);
  const { base, contributions, raw } = model.explain!(rows, 1);
  assert.ok(Math.abs(contributions.reduce((a, b) => a + b, base) - raw) < 1e-9);
  assert.ok(contributions[0] > 0);
  const none = estimatorOf({ kind: 'hazard', params: {} }, { task: 'classify', classes: 2 });
  await assert.rejects(none.fit(train, effects()), /number column days_since_purchase.*lacks/);
});
