import assert from 'node:assert/strict';
import test from 'node:test';
import {
  customerValue,
  customerValueInterval,
  fitBgNbd,
  fitGammaGamma,
  seeded,
  valueDistribution,
} from '@tino/learn';
import { simulateCustomers, spending, world } from './customers.js';

const modelsOf = (customers: ReturnType<typeof simulateCustomers>) => ({
  purchases: fitBgNbd(customers),
  spend: fitGammaGamma(customers.map((one) => ({ ...one, frequency: one.frequency + 1 }))),
});

test('intervals of expected values hold the truth as often as they promise', () => {
  const shops = 150;
  const customers = [
    { frequency: 0, recency: 0, tenure: 50, monetary: 15 },
    { frequency: 3, recency: 20, tenure: 40, monetary: 20 },
    { frequency: 12, recency: 48, tenure: 50, monetary: 30 },
  ];
  const truths = customers.map((one) =>
    customerValue({ purchases: world, spend: spending }, one, 26),
  );
  const held = customers.map(() => 0);
  for (let seed = 0; seed < shops; seed++) {
    const models = modelsOf(simulateCustomers(800, 100 + seed));
    customers.forEach((one, i) => {
      const { lower, upper } = customerValueInterval(models, one, 26, { level: 0.9 });
      if (truths[i] >= lower && truths[i] <= upper) held[i]++;
    });
  }
  // Three standard errors of 150 shops.
  for (const count of held)
    assert.ok(Math.abs(count / shops - 0.9) < 0.075, `${count} of ${shops}`);
});

test('what customers bring lies inside their own intervals as often as promised', () => {
  const models = modelsOf(simulateCustomers(3000, 11));
  const rng = seeded(12);
  let [above, below] = [0, 0];
  const customers = simulateCustomers(1500, 13);
  for (const customer of customers) {
    const { lower, upper } = valueDistribution(models, customer, 26, {
      rng,
      samples: 200,
      level: 0.9,
    });
    if (customer.spentLater > upper) above++;
    if (customer.spentLater < lower) below++;
  }
  // Many bring nothing, which no interval excludes from below.
  assert.ok(above / customers.length > 0.03 && above / customers.length < 0.07, String(above));
  assert.ok(below / customers.length < 0.06, String(below));
});
