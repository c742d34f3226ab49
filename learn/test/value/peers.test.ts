import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  chanceOfPurchase,
  customerValue,
  customerValueInterval,
  expectedPurchases,
  expectedSpend,
  fitBgNbd,
  fitGammaGamma,
  kaplanMeier,
  pAlive,
  seeded,
  valueDistribution,
} from '@tino/learn';

type Named = Record<string, number>;
interface Golden {
  frequency: number[];
  recency: number[];
  tenure: number[];
  monetary: number[];
  bgNbd: { r: number; alpha: number; a: number; b: number };
  gammaGamma: { p: number; q: number; v: number };
  expected: number[];
  alive: number[];
  spend: number[];
  durations: number[];
  ended: number[];
  times: number[];
  survival: number[];
}
const golden = JSON.parse(
  readFileSync(new URL('../../../test/value/golden/lifetimes.json', import.meta.url), 'utf8'),
) as Golden;
/** Written by bench/peers/customer_value_pymc.py, of the same customers. */
const bayesian = JSON.parse(
  readFileSync(new URL('../../../test/value/golden/pymc-marketing.json', import.meta.url), 'utf8'),
) as Pick<Golden, 'bgNbd' | 'gammaGamma' | 'alive' | 'expected' | 'spend'> & { none: number[] };
const { frequency, recency, tenure, monetary } = golden;
const bought = frequency.map((count) => count + 1);
const customers = frequency.map((count, i) => ({
  frequency: count,
  recency: recency[i],
  tenure: tenure[i],
  monetary: monetary[i],
}));

const near = (found: number, expected: number, tolerance: number, what = '') =>
  assert.ok(
    Math.abs(found - expected) <= tolerance * (1e-3 + Math.abs(expected)),
    `${what} ${found}, expected ${expected}`,
  );

test('parameters agree with lifetimes', () => {
  const found = fitBgNbd({ frequency, recency, tenure });
  for (const [name, value] of Object.entries(golden.bgNbd as Named))
    near((found as unknown as Named)[name], value, 2e-3, name);
  const spend = fitGammaGamma({ frequency: bought, monetary });
  for (const [name, value] of Object.entries(golden.gammaGamma as Named))
    near((spend as unknown as Named)[name], value, 0.02, name);
});

test('expectations at its parameters agree with lifetimes', () => {
  customers.forEach((customer, i) => {
    near(pAlive(golden.bgNbd, customer), golden.alive[i], 1e-4);
    near(expectedPurchases(golden.bgNbd, customer, 26), golden.expected[i], 1e-4);
    near(
      expectedSpend(golden.gammaGamma, { frequency: bought[i], monetary: monetary[i] }),
      golden.spend[i],
      1e-4,
    );
  });
});

test('the mode of PyMC-Marketing under flat priors is the maximum of the likelihood', () => {
  const purchases = fitBgNbd({ frequency, recency, tenure });
  const spend = fitGammaGamma({ frequency: bought, monetary });
  for (const [name, value] of Object.entries(bayesian.bgNbd as Named))
    near((purchases as unknown as Named)[name], value, 2e-3, name);
  for (const [name, value] of Object.entries(bayesian.gammaGamma as Named))
    near((spend as unknown as Named)[name], value, 0.02, name);
  customers.forEach((customer, i) => {
    near(pAlive(bayesian.bgNbd, customer), bayesian.alive[i], 1e-4);
    near(expectedPurchases(bayesian.bgNbd, customer, 26), bayesian.expected[i], 1e-4);
    // Its chance of no purchase forgets that who never came back cannot have left (its P(alive) does not).
    if (customer.frequency > 0)
      near(1 - chanceOfPurchase(bayesian.bgNbd, customer, 26), bayesian.none[i], 1e-4);
    const mean = { frequency: bought[i], monetary: monetary[i] };
    near(expectedSpend(bayesian.gammaGamma, mean), bayesian.spend[i], 1e-4);
  });
});

test('the order of customers changes nothing, and twice the customers halve the variance', () => {
  const one = fitBgNbd(customers);
  assert.deepEqual(fitBgNbd([...customers].reverse()), one);
  const two = fitBgNbd([...customers, ...customers]);
  near(two.r, one.r, 1e-4);
  near(two.covariance![0], one.covariance![0] / 2, 1e-2);
  assert.throws(() => fitBgNbd({ frequency: [1], recency: [1], tenure: [] }), /1, 1 and 0 rows/);
});

test('a value comes with its interval, and with what one customer may bring', () => {
  const models = {
    purchases: fitBgNbd(customers),
    spend: fitGammaGamma({ frequency: bought, monetary }),
  };
  const customer = customers.find((one) => one.frequency >= 3)!;
  const { value, lower, upper } = customerValueInterval(models, customer, 26);
  near(value, customerValue(models, customer, 26), 1e-12);
  assert.ok(lower < value && value < upper && upper < 2 * value);
  const drawn = valueDistribution(models, customer, 26, { rng: seeded(1), samples: 20_000 });
  near(drawn.mean, value, 0.05);
  assert.ok(drawn.lower <= drawn.median && drawn.median <= drawn.upper && drawn.upper > upper);
  assert.ok(drawn.nothing > 0 && drawn.nothing < 1);
  assert.deepEqual(
    valueDistribution(models, customer, 26, { rng: seeded(1) }),
    valueDistribution(models, customer, 26, { rng: seeded(1) }),
  );
  const unheld = { ...models, purchases: { ...models.purchases, covariance: null } };
  assert.throws(() => customerValueInterval(unheld, customer, 26), /do not hold every parameter/);
});

test('Kaplan and Meier agrees with statsmodels', () => {
  const curve = kaplanMeier({ durations: golden.durations, ended: golden.ended });
  golden.times.forEach((time, i) => {
    const at = curve.times.indexOf(time);
    // statsmodels lists the times at which someone was only lost from sight as well.
    if (at >= 0) near(curve.survival[at], golden.survival[i], 1e-12);
    else assert.equal(golden.survival[i], golden.survival[i - 1] ?? 1);
  });
  assert.ok(curve.lower.every((low, i) => low <= curve.survival[i]));
  assert.ok(curve.upper.every((high, i) => high >= curve.survival[i]));
});
