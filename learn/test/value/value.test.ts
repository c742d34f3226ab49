import assert from 'node:assert/strict';
import test from 'node:test';
import {
  bgNbd,
  customerValue,
  expectedPurchases,
  expectedSpend,
  fitBgNbd,
  fitGammaGamma,
  fitRfm,
  frame,
  loadModel,
  numberColumn,
  pAlive,
  rfm,
  rfmNames,
  seeded,
} from '../../src/index.js';
import {
  logLikelihood,
  simulateCustomers,
  spending,
  world,
  type SimulatedCustomer,
} from './customers.js';
import { digamma, hypergeometric, logGamma } from '../../src/value/special.js';

test('BG/NBD gives the expectation that its authors print for the first customer of CDNOW', () => {
  const model = { r: 0.242594, alpha: 4.41353, a: 0.792919, b: 2.42595 };
  const customer = { frequency: 2, recency: 30.43, tenure: 38.86 };
  assert.ok(Math.abs(expectedPurchases(model, customer, 39) - 1.226) < 0.001);
});

test('parameters come back from simulated customers, in days as in weeks', () => {
  const customers = simulateCustomers(4000, 1);
  const { logLikelihood: reached, covariance, ...found } = fitBgNbd(customers);
  for (const name of ['r', 'alpha', 'a', 'b'] as const)
    assert.ok(Math.abs(Math.log(found[name] / world[name])) < 0.3, `${name} ${found[name]}`);
  assert.ok(Math.abs(reached - logLikelihood(found, customers)) < 1e-6 * Math.abs(reached));
  assert.ok(reached >= logLikelihood(world, customers));
  assert.ok(covariance !== null);
  (['r', 'alpha', 'a', 'b'] as const).forEach((name, i) => {
    const away = Math.log(found[name] / world[name]) / Math.sqrt(covariance[5 * i]);
    assert.ok(Math.abs(away) < 4, `${name} is ${away} standard errors away`);
  });
  const days = fitBgNbd(
    customers.map((one) => ({ ...one, recency: one.recency * 7, tenure: one.tenure * 7 })),
  );
  assert.ok(Math.abs(days.alpha / (7 * found.alpha) - 1) < 0.01);
  const spend = fitGammaGamma(customers.map((one) => ({ ...one, frequency: one.frequency + 1 })));
  const mean = (spending.p * spending.v) / (spending.q - 1);
  assert.ok(Math.abs((spend.p * spend.v) / (spend.q - 1) / mean - 1) < 0.05);
});

test('expected purchases and values add up to what happened later', () => {
  const customers = simulateCustomers(4000, 2);
  const purchases = fitBgNbd(customers);
  const spend = fitGammaGamma(customers.map((one) => ({ ...one, frequency: one.frequency + 1 })));
  const sum = (of: (one: SimulatedCustomer) => number) =>
    customers.reduce((total, one) => total + of(one), 0);
  const bought = sum(({ later }) => later);
  assert.ok(Math.abs(sum((one) => expectedPurchases(purchases, one, 26)) / bought - 1) < 0.06);
  const money = sum(({ spentLater }) => spentLater);
  assert.ok(
    Math.abs(sum((one) => customerValue({ purchases, spend }, one, 26)) / money - 1) < 0.08,
  );
});

test('the probability of being alive falls with silence, and is one without a repeat', () => {
  const at = (recency: number) => pAlive(world, { frequency: 5, recency, tenure: 50 });
  assert.ok(at(48) > at(30) && at(30) > at(10) && at(10) > 0 && at(48) < 1);
  assert.equal(pAlive(world, { frequency: 0, recency: 0, tenure: 50 }), 1);
  assert.equal(expectedPurchases(world, { frequency: 3, recency: 20, tenure: 30 }, 0), 0);
  assert.throws(
    () => fitBgNbd([{ frequency: 1, recency: 5, tenure: 3 }]),
    /customer 0 has frequency 1/,
  );
  const drawn = expectedSpend(spending, { frequency: 1, monetary: 100 });
  assert.ok(drawn > 30 && drawn < 100);
});

test('as an estimator it predicts money, saves itself and bears missing values', async () => {
  const customers = simulateCustomers(800, 3);
  const column = (name: string, of: (one: SimulatedCustomer) => number) =>
    numberColumn(name, Float64Array.from(customers, of));
  const x = frame([
    column('monetary', ({ monetary }) => monetary),
    column('frequency', ({ frequency }) => frequency),
    column('tenure_days', ({ tenure }) => 7 * tenure),
    column('recency_days', ({ tenure, recency }) => 7 * (tenure - recency)),
    column('other', () => 1),
  ]);
  const y = Float64Array.from(customers, ({ spentLater }) => spentLater);
  const fit = () => bgNbd({ horizonDays: 182 }).fit({ x, y }, { rng: seeded(1) });
  const model = await fit();
  const out = new Float64Array(800);
  model.predict(x, out);
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  assert.ok(Math.abs(total(out) / total(y) - 1) < 1e-9);
  const mean = total(y) / 800;
  const error = (predicted: (i: number) => number) =>
    y.reduce((sum, value, i) => sum + (value - predicted(i)) ** 2, 0);
  assert.ok(error((i) => out[i]!) < 0.8 * error(() => mean));
  assert.deepEqual((await fit()).bytes(), model.bytes());
  const again = new Float64Array(800);
  loadModel(model.bytes()).predict(x, again);
  assert.deepEqual(again, out);
  const unknown = ['monetary', 'frequency', 'tenure_days', 'recency_days'].map((name) =>
    numberColumn(name, [NaN]),
  );
  const one = new Float64Array(1);
  model.predict(frame(unknown), one);
  assert.ok(Math.abs(one[0]! - mean) < 1e-9);
  assert.throws(() => model.predict(frame(unknown.slice(1)), one), /monetary is missing/);
});

test('scores rank customers, equal values equally, and name the corners', () => {
  const input = {
    recencyDays: Float64Array.of(1, 400, 2, 350, 100, NaN),
    frequency: Float64Array.of(20, 1, 1, 15, 5, 3),
    monetary: Float64Array.of(900, 10, 12, 800, 100, 50),
  };
  const { cuts, recency, frequency, monetary, names } = rfm(input);
  assert.deepEqual(rfm(input, { cuts }), { cuts, recency, frequency, monetary, names });
  const edited = rfm(input, { cuts: { ...cuts, recencyDays: [30, 180], frequency: [1, 10] } });
  assert.deepEqual([...edited.recency], [3, 1, 3, 1, 2, 0]);
  assert.deepEqual([...edited.frequency], [3, 1, 1, 3, 2, 2]);
  assert.throws(() => rfm(input, { cuts: { ...cuts, frequency: [2, 2] } }), /edge 1 of frequency/);
  assert.deepEqual([...recency], [5, 1, 4, 2, 3, 0]);
  assert.deepEqual([...frequency], [5, 1, 1, 4, 3, 2]);
  assert.equal(monetary[0], 5);
  assert.deepEqual(names, [
    'champions',
    'hibernating',
    'promising',
    'atRisk',
    'needAttention',
    'unknown',
  ]);
  assert.throws(
    () =>
      rfm({
        recencyDays: new Float64Array(1),
        frequency: new Float64Array(2),
        monetary: new Float64Array(1),
      }),
    /1, 2 and 1 rows/,
  );
});

test('cut points of one table tell the groups of another, and where all are alike nobody is best', () => {
  const columns = { recencyDays: 'silence', frequency: 'times', monetary: 'money' };
  const table = (silence: number[], times: number[], money: number[]) =>
    frame([
      numberColumn('money', money),
      numberColumn('silence', silence),
      numberColumn('times', times),
    ]);
  const named = (model: ReturnType<typeof loadModel>, x: ReturnType<typeof table>) => {
    const out = new Float64Array(x.rows);
    model.predict(x, out);
    return Array.from(out, (index) => rfmNames[index]);
  };
  const cuts = { recencyDays: [30, 90], frequency: [1, 4], monetary: [100, 500] };
  const x = table([5, 30, 31, 200, 200, NaN], [9, 0, 3, 9, 0, 3], [900, 20, 300, 900, 20, 300]);
  const model = fitRfm(x, { columns, cuts });
  const wanted = ['champions', 'new', 'loyal', 'atRisk', 'hibernating', 'unknown'];
  assert.deepEqual(named(model, x), wanted);
  assert.deepEqual(named(loadModel(model.bytes()), x), wanted);
  assert.deepEqual(model.cuts, cuts);
  const alike = fitRfm(table([7, 7, 7], [0, 0, 0], [50, 50, 50]), { columns });
  assert.deepEqual(alike.cuts, { recencyDays: [], frequency: [], monetary: [] });
  assert.deepEqual(named(alike, table([7], [0], [50])), ['needAttention']);
  assert.deepEqual(named(loadModel(alike.bytes()), table([999], [5], [1])), ['needAttention']);
  assert.throws(() => fitRfm(frame([]), { columns }), /column silence is missing/);
});

test('special functions against known values', () => {
  assert.ok(Math.abs(logGamma(0.5) - Math.log(Math.sqrt(Math.PI))) < 1e-13);
  assert.ok(Math.abs(digamma(1) + 0.5772156649015329) < 1e-13);
  assert.ok(Math.abs(digamma(0.3) + 3.5025242222001332) < 1e-12);
  assert.ok(Math.abs(digamma(50) - 3.901989673427892) < 1e-13);
  assert.ok(Math.abs(logGamma(11) - Math.log(3628800)) < 1e-12);
  assert.ok(Math.abs(hypergeometric(1, 1, 2, 0.5) - 2 * Math.log(2)) < 1e-13);
  assert.ok(Math.abs(hypergeometric(3, 2, 2, 0.9) - 1000) < 1e-8);
});
