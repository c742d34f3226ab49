import assert from 'node:assert/strict';
import test from 'node:test';
import {
  describeSeries,
  forecasterOf,
  forecastKinds,
  seeded,
  seriesSet,
  type SeriesSet,
} from '../../src/index.js';
import { boxcox, guerrero, unboxcox } from '../../src/forecast/local/boxcox.js';
import { demandOf } from '../../src/forecast/local/intermittent-class.js';
import { localMethods } from '../../src/forecast/kinds.js';
import { ridge } from '../../src/forecast/local/ridge.js';
import { someSeries } from './some-series.js';

const single = (values: number[], period = 12) =>
  seriesSet([{ key: 'a', start: 3, values }], period);

async function ahead(kind: string, set: SeriesSet, horizon: number, params = {}) {
  const model = await forecasterOf({ kind, params }).fit(set, { rng: seeded(1) });
  const out = new Float64Array(set.keys.length * horizon);
  model.forecast(set, horizon, out);
  return out;
}

for (const kind of [...Object.keys(localMethods), 'combination', 'scum', 'etsTheta'])
  test(`${kind}: parts sum to the forecast, and fitted values are judged`, async () => {
    const set = someSeries(1, 60, 4);
    const found = describeSeries({ kind, params: {} }, set, 0, 14);
    assert.deepEqual(found.forecast, await ahead(kind, set, 14));
    found.forecast.forEach((value, h) => {
      const sum = Object.values(found.parts).reduce((total, part) => total + part[h]!, 0);
      assert.ok(Math.abs(sum - value) < 1e-9 * Math.abs(value), `${kind} at ${h}: ${sum} ${value}`);
    });
    assert.equal(found.fitted.length, 60);
    assert.ok(found.variance > 0 && found.variance < 600, `${found.variance}`);
    assert.deepEqual([found.points, found.missing], [60, 0]);
  });

test('fitted values are forecasts from the past alone', () => {
  const set = someSeries(1, 60, 4);
  for (const kind of ['ets', 'ses', 'holt']) {
    const { fitted } = describeSeries({ kind, params: {} }, set, 0, 1);
    const changed = { ...set, values: set.values.slice() };
    changed.values[59]! += 1000;
    const model = localMethods[kind]!({ model: 'auto', trendPrior: 8, damped: true });
    const around = { start: 24, covariates: [] };
    const parameters = model.fit(set.values, 12, around);
    const out = new Float64Array(1);
    model.forecast(set.values.subarray(0, 59), 12, { parameters, fresh: false }, out, around);
    assert.ok(Math.abs(out[0]! - fitted[59]!) < 1e-9, kind);
    const trace = new Float64Array(60);
    model.trace!(changed.values, 12, parameters, trace, around);
    assert.equal(trace[59], fitted[59], kind);
  }
});

test('what answers in place of a method says why', () => {
  const usedInstead = (kind: string, values: number[]) =>
    describeSeries({ kind, params: {} }, single(values), 0, 3).usedInstead;
  assert.match(usedInstead('theta', [1, 2])!, /naive: 2 points, theta needs 4/);
  assert.match(usedInstead('ets', [1, 2, NaN, 3])!, /3 known points, ets needs 5/);
  assert.match(usedInstead('ces', [1, 2, 3])!, /mean: 3 known points, ces needs 6/);
  assert.match(
    usedInstead(
      'arima',
      Array.from({ length: 30 }, () => 4),
    )!,
    /every value is the same/,
  );
  assert.match(usedInstead('mstl', [1, 2, 3, 4, 3, 2, 3])!, /hold no two periods/);
  assert.match(usedInstead('regression', [1, 2])!, /mean: 2 known points/);
  assert.match(usedInstead('fourier', [1, 2])!, /naive: 2 points/);
  assert.match(
    describeSeries({ kind: 'ets', params: { transform: 'log' } }, single([0, 1, 2, 3, 4, 5]), 0, 1)
      .usedInstead!,
    /values at or below 0/,
  );
  assert.equal(usedInstead('theta', [1, 2, 3, 2, 4, 5]), undefined);
  assert.match(usedInstead('scum', [1, 2, 3])!, /^ets: .* needs 5; theta: .*; arima: /);
  const members = [{ kind: 'global', params: {} }];
  for (const recipe of [members[0]!, { kind: 'combination', params: { members } }])
    assert.throws(() => describeSeries(recipe, single([1]), 0, 1), /by itself/);
  assert.throws(() => usedInstead('ets', [NaN, NaN]), /no known value/);
});

test('forecasts keep to floor and ceiling, and sales never fall below zero', async () => {
  const falling = single([9, 8, 7, 6, 5, 4, 3, 2, 1], 1);
  assert.deepEqual([...(await ahead('drift', falling, 3))], [0, 0, 0]);
  assert.deepEqual([...(await ahead('drift', falling, 3, { floor: 'none' }))], [0, -1, -2]);
  assert.deepEqual([...(await ahead('drift', falling, 3, { floor: 0.5 }))], [0.5, 0.5, 0.5]);
  const rising = single([-1, 2, 5], 1);
  assert.deepEqual([...(await ahead('drift', rising, 3, { ceiling: 9 }))], [8, 9, 9]);
  const { parts } = describeSeries({ kind: 'drift', params: {} }, falling, 0, 3);
  assert.deepEqual([...parts['limit']!], [0, 1, 2]);
});

/** A step up of 30 wherever the covariate says so. */
function promoted(length: number, horizon: number): SeriesSet {
  const rng = seeded(6);
  const on = Array.from({ length: length + horizon }, () => (rng.next() < 0.2 ? 1 : 0));
  const values = Array.from({ length }, (_, t) => 100 + 30 * on[t]! + rng.normal());
  return {
    ...single(values, 7),
    covariates: {
      names: ['promotion', 'rain'],
      kinds: ['known', 'past'],
      at: (_, step, c) => (c === 0 ? (on[step - 3] ?? NaN) : NaN),
    },
  };
}

for (const kind of ['regression', 'fourier'])
  test(`${kind}: a known promotion moves the forecast of its own step`, async () => {
    const set = promoted(120, 5);
    const with0 = { ...set, covariates: { ...set.covariates!, at: at(0) } };
    const with1 = { ...set, covariates: { ...set.covariates!, at: at(1) } };
    function at(future: number) {
      return (series: number, step: number, c: number) =>
        c === 0 && step >= 123 ? (step === 125 ? future : 0) : set.covariates!.at(series, step, c);
    }
    const model = await forecasterOf({ kind, params: {} }).fit(set, { rng: seeded(1) });
    const off = new Float64Array(5);
    const on = new Float64Array(5);
    model.forecast(with0, 5, off);
    model.forecast(with1, 5, on);
    on.forEach((value, h) => {
      const lift = value - off[h]!;
      assert.ok(h === 2 ? Math.abs(lift - 30) < 1.5 : Math.abs(lift) < 1e-9, `${h}: ${lift}`);
    });
    const { parts } = describeSeries({ kind, params: {} }, with1, 0, 5);
    assert.ok(Math.abs(parts['promotion']![2]! - 30) < 1.5);
    await assert.rejects(
      async () => ahead(kind, set, 9),
      /covariate promotion has no value at calendar index 128, 6 steps ahead/,
    );
  });

test('ridge is least squares at no penalty, and shrinks with one', () => {
  const x = Float64Array.of(0, 1, 2, 3, NaN, 4);
  const y = Float64Array.of(1, 3, 5, 7, 9, 9);
  const exact = ridge(y, [x], 0);
  assert.ok(Math.abs(exact.intercept - 1) < 1e-6 && Math.abs(exact.coefficients[0]! - 2) < 1e-6);
  assert.equal(exact.rows, 5);
  // One column: the slope shrinks by n ÷ (n + penalty).
  assert.ok(Math.abs(ridge(y, [x], 5).coefficients[0]! - 1) < 1e-6);
  assert.equal(ridge(y, [new Float64Array(6).fill(3)], 0).coefficients[0], 0);
});

test('powers undo themselves, and the exponent is the one that went in', () => {
  const y = Float64Array.of(0.5, 1, 40);
  for (const lambda of [-0.5, 0, 0.3, 1, 2])
    unboxcox(boxcox(y, lambda), lambda).forEach((value, i) =>
      assert.ok(Math.abs(value - y[i]!) < 1e-9),
    );
  const rng = seeded(3);
  const even = Float64Array.from({ length: 600 }, (_, t) => 10 + t / 20 + rng.normal());
  for (const lambda of [0, 0.5, 1]) {
    const found = guerrero(unboxcox(even, lambda), 12);
    assert.ok(Math.abs(found - lambda) < 0.25, `${lambda}: ${found}`);
  }
});

test('demand is named by how often and how evenly it comes', () => {
  const kindOf = (values: number[]) => demandOf(Float64Array.from(values)).kind;
  assert.equal(kindOf([5, 6, 5, 6, 5]), 'smooth');
  assert.equal(kindOf([5, 60, 5, 1, 5]), 'erratic');
  assert.equal(kindOf([0, 5, 0, 0, 6, 0, 5]), 'intermittent');
  assert.equal(kindOf([0, 5, 0, 0, 90, 0, 5]), 'lumpy');
  assert.equal(kindOf([0, 0]), 'none');
  const used = (values: number[]) =>
    describeSeries({ kind: 'intermittent', params: {} }, single(values, 1), 0, 1).usedInstead;
  assert.match(used([0, 5, 0, 0, 6, 0, 5])!, /^sba/);
  assert.match(used([0, 5, 0, 0, 90, 0, 5])!, /^imapa/);
  assert.match(used([5, 0, 6, ...Array.from({ length: 30 }, () => 0)])!, /^tsb: silent for/);
});

test('sums over blocks by hand', async () => {
  // Interval 2: blocks of two sum to 4, 4, 4; half of it a step.
  const even = single([0, 4, 0, 4, 0, 4], 1);
  assert.deepEqual([...(await ahead('adida', even, 2))], [2, 2]);
  const every = single([0, 4, 0, 4, 0, 4, 0, 4], 1);
  const plain = (await ahead('imapa', every, 1))[0]! * 2 - 2;
  // At block 1 smoothing from the first value, 0, ends above half of the last one's pull.
  assert.ok(plain > 1 && plain < 2.5, `${plain}`);
});

test('every local kind that can say how few points it needs does', () => {
  for (const [kind, { pointsMin }] of Object.entries(forecastKinds)) {
    const make = localMethods[kind];
    if (make === undefined || pointsMin < 3) continue;
    const tell = describeSeries({ kind, params: {} }, single([2, 3], 1), 0, 2).usedInstead;
    assert.ok(tell !== undefined, kind);
  }
});
