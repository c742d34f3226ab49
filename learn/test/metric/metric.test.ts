import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  adjustedRand,
  calibrationTable,
  capturedShare,
  coverage,
  gains,
  liftCurve,
  mase,
  metricNames,
  metricOf,
  pinball,
  psi,
  rmsse,
  seeded,
  weightedQuantile,
  winkler,
} from '@tino/learn';

const near = (found: number, wanted: number) =>
  assert.ok(Math.abs(found - wanted) < 1e-9, `found ${found}, wanted ${wanted}`);
const of = (name: string) => metricOf(name).of;

test('metrics of values, by hand', () => {
  const y = [1, 2, 4, 0];
  const said = [2, 2, 1, 1];
  near(of('rmse')(y, said), Math.sqrt(11 / 4));
  near(of('mae')(y, said), 5 / 4);
  near(of('wape')(y, said), 5 / 7);
  near(of('mape')(y, said), (1 + 0 + 0.75) / 3);
  near(of('smape')(y, said), (2 / 3 + 0 + 6 / 5 + 2) / 4);
  near(of('r2')(y, said), 1 - 11 / 8.75);
  near(of('medianAe')(y, said), 1);
  near(of('rmsle')([0, Math.E - 1], [0, 0]), Math.sqrt(0.5));
  near(of('poissonDeviance')([2, 0], [1, 1]), (2 * (2 * Math.log(2) - 1) + 2) / 2);
  near(of('pinball')(y, said), 5 / 8);
  near(pinball([10], [8], 0.9), 1.8);
  near(pinball([8], [10], 0.9), 0.2);
  assert.ok(Number.isNaN(of('r2')([1, 1], [1, 2])));
});

test('metrics of probabilities, by hand', () => {
  const y = [1, 0, 1, 0];
  const p = [0.9, 0.6, 0.6, 0.1];
  near(of('rocAuc')(y, p), (1 + 1 + 0.5 + 1) / 4);
  near(of('prAuc')(y, p), 0.5 * 1 + 0.5 * (2 / 3));
  near(of('brier')(y, p), (0.01 + 0.36 + 0.16 + 0.01) / 4);
  near(of('logLoss')(y, p), -(Math.log(0.9) + Math.log(0.4) + Math.log(0.6) + Math.log(0.9)) / 4);
  near(of('accuracy')(y, p), 0.75);
  near(of('f1')(y, p), 0.8);
  assert.ok(Number.isNaN(of('rocAuc')([1, 1], [0.1, 0.2])));
  const three = [0.7, 0.2, 0.1, 0.1, 0.3, 0.6];
  near(of('logLoss')([0, 1], three, undefined, 3), -(Math.log(0.7) + Math.log(0.3)) / 2);
  near(of('accuracy')([0, 1], three, undefined, 3), 0.5);
  near(of('f1')([0, 1], three, undefined, 3), 1 / 3);
  near(of('brier')([0], three, undefined, 3), 0.09 + 0.04 + 0.01);
});

test('areas agree with their definitions over all pairs and thresholds', () => {
  const row = fc.record({ y: fc.integer({ min: 0, max: 1 }), p: fc.integer({ min: 0, max: 8 }) });
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
      const ones = rows.filter(({ y }) => y === 1);
      const zeros = rows.filter(({ y }) => y === 0);
      fc.pre(ones.length > 0 && zeros.length > 0);
      let wins = 0;
      for (const one of ones)
        for (const zero of zeros) wins += one.p > zero.p ? 1 : one.p === zero.p ? 0.5 : 0;
      const y = rows.map((one) => one.y);
      const p = rows.map((one) => one.p);
      near(of('rocAuc')(y, p), wins / (ones.length * zeros.length));
      let precision = 0;
      for (const one of ones) {
        const above = rows.filter((other) => other.p >= one.p);
        precision += above.filter((other) => other.y === 1).length / above.length;
      }
      near(of('prAuc')(y, p), precision / ones.length);
    }),
    { seed: 2 },
  );
});

test('integer weights are as good as repeated rows, for every metric', () => {
  const y = [1, 0, 1, 0, 1];
  const p = [0.8, 0.3, 0.4, 0.6, 0.9];
  const weights = [1, 2, 3, 1, 2];
  const repeat = (values: number[]) =>
    values.flatMap((value, i) => Array.from({ length: weights[i] }, () => value));
  for (const name of metricNames) near(of(name)(y, p, weights), of(name)(repeat(y), repeat(p)));
});

test('an unknown metric names those there are', () => {
  assert.throws(() => metricOf('gini'), /metric gini is unknown; there are rmse, mae/);
});

test('quantiles with weights', () => {
  assert.equal(weightedQuantile([3, 1, 2], 0.5), 2);
  assert.equal(weightedQuantile([4, 1, 2, 3], 0.5), 2.5);
  assert.equal(weightedQuantile([1, 2, 3], 0.5, [1, 1, 5]), 3);
  assert.equal(weightedQuantile([5], 0.9), 5);
});

test('a quantile found by selection is the one found by sorting, ties and gaps included', () => {
  const rng = seeded(11);
  for (let round = 0; round < 300; round++) {
    const n = 1 + rng.below(60);
    const kinds = [() => rng.normal(), () => rng.below(4), () => (rng.next() < 0.1 ? NaN : 1)];
    const values = Float64Array.from({ length: n }, kinds[round % 3]!);
    const level = round % 2 === 0 ? 0.5 : rng.next();
    const sorted = values.slice().sort();
    const at = Math.max(0, Math.ceil(level * n * (1 - 1e-12)) - 1);
    const isBetween = Math.abs(at + 1 - level * n) < 1e-9 && at + 1 < n;
    const expected = isBetween ? (sorted[at]! + sorted[at + 1]!) / 2 : sorted[at]!;
    assert.equal(weightedQuantile(values, level), expected, `${level} of ${values}`);
  }
});

test('metrics of series and intervals, by hand', () => {
  near(mase([5, 7], [4, 9], [1, 2, 4, 7], 1), 1.5 / 2);
  near(mase([5], [4], [1, 2, 4, 7], 2), 1 / 4);
  near(rmsse([5, 7], [4, 9], [1, 2, 4, 7], 1), Math.sqrt(2.5 / (14 / 3)));
  assert.ok(Number.isNaN(mase([1], [2], [3], 1)));
  near(coverage([1, 5, 9], [0, 6, 8], [2, 7, 9]), 2 / 3);
  near(winkler([1, 10], [0, 4], [2, 8], 0.9), (2 + 4 + 20 * 2) / 2);
});

test('gains, captured share and lift', () => {
  const y = [1, 0, 1, 0];
  const p = [0.9, 0.8, 0.7, 0.1];
  assert.deepEqual(
    gains(y, p).map(({ captured }) => captured),
    [0, 0.5, 0.5, 1, 1],
  );
  near(capturedShare(y, p, 0.25), 0.5);
  near(capturedShare(y, [1, 1, 1, 1], 0.3), 0.3);
  near(liftCurve(y, p, [0.25])[0].lift, 2);
});

test('a calibration table keeps equal probabilities together', () => {
  assert.deepEqual(calibrationTable([0, 1, 1, 1], [0.2, 0.2, 0.2, 0.9], 2), [
    { said: 0.20000000000000004, happened: 2 / 3, count: 3 },
    { said: 0.9, happened: 1, count: 1 },
  ]);
});

test('population stability: 0 for the same, large for a shift, missing is a bin', () => {
  const base = Array.from({ length: 1000 }, (_, i) => i / 1000);
  assert.ok(Math.abs(psi(base, base)) < 1e-12);
  assert.ok(
    psi(
      base,
      base.map((value) => value + 0.5),
    ) > 0.25,
  );
  assert.ok(
    psi(
      base,
      base.map((value, i) => (i % 2 === 0 ? NaN : value)),
    ) > 0.25,
  );
});

test('adjusted Rand: names do not matter, chance is 0', () => {
  assert.equal(adjustedRand([0, 0, 1, 1], [5, 5, 2, 2]), 1);
  near(adjustedRand([0, 0, 1, 1], [0, 1, 0, 1]), -0.5);
});
