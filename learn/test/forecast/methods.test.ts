import assert from 'node:assert/strict';
import test from 'node:test';
import { forecasterOf, seeded, seriesSet } from '../../src/index.js';
import { etsForms } from '../../src/forecast/local/ets-form.js';
import { filterEts } from '../../src/forecast/local/ets-filter.js';
import { nelderMead } from '../../src/forecast/local/simplex.js';

async function forecast(kind: string, values: number[], horizon: number, params = {}, period = 4) {
  const set = seriesSet([{ key: 'a', start: 0, values }], period);
  const model = await forecasterOf({ kind, params }).fit(set, { rng: seeded(1) });
  const out = new Float64Array(horizon);
  model.forecast(set, horizon, out);
  return Array.from(out, (value) => Number(value.toFixed(6)));
}

test('simple methods against hand-made values', async () => {
  assert.deepEqual(await forecast('naive', [1, 5, 3, NaN], 2), [3, 3]);
  assert.deepEqual(
    await forecast('seasonalNaive', [1, 2, 3, 4, 5, 6, NaN, 8], 6),
    [5, 6, 3, 8, 5, 6],
  );
  assert.deepEqual(await forecast('drift', [1, 9, 7], 2), [10, 13]);
  assert.deepEqual(await forecast('mean', [1, 2, NaN, 6], 1), [3]);
  assert.deepEqual(await forecast('mean', [1, 2, 4, 6], 1, { window: 2 }), [5]);
});

test('croston, its correction and its rival against the recursions by hand', async () => {
  // Sizes 2 then 4: 2 + 0.1 × 2 = 2.2; intervals 2 then 3: 2 + 0.1 × 1 = 2.1.
  assert.deepEqual(await forecast('croston', [0, 2, 0, 0, 4], 2), [1.047619, 1.047619]);
  assert.deepEqual(await forecast('sba', [0, 2, 0, 0, 4], 1), [0.995238]);
  const faded = await forecast('tsb', [5, ...Array.from({ length: 60 }, () => 0)], 1);
  assert.ok(faded[0]! < 0.02 && faded[0]! > 0);
  assert.deepEqual(await forecast('tsb', [0, 0, 0], 1), [0]);
});

test('a filter of exponential smoothing equals the naive recursion', () => {
  const rng = seeded(3);
  const values = Float64Array.from({ length: 40 }, () => 10 + rng.normal());
  const form = etsForms.find(({ name }) => name === 'AAN')!;
  const state = { level: 10, trend: 0.1, season: new Float64Array(0) };
  filterEts(values, form, { alpha: 0.3, beta: 0.1, gamma: 0, phi: 1 }, state);
  let level = 10;
  let trend = 0.1;
  for (const value of values) {
    const before = level;
    level = 0.3 * value + 0.7 * (level + trend);
    trend = (0.1 / 0.3) * (level - before) + (1 - 0.1 / 0.3) * trend;
  }
  assert.ok(Math.abs(level - state.level) < 1e-9 && Math.abs(trend - state.trend) < 1e-9);
});

test('ets finds a trend and a season that are there', async () => {
  const rng = seeded(5);
  const shape = [1.2, 0.8, 0.9, 1.1];
  const values = Array.from(
    { length: 60 },
    (_, t) => (100 + 2 * t) * shape[t % 4]! * (1 + 0.01 * rng.normal()),
  );
  for (const kind of ['ets', 'theta', 'combination']) {
    const ahead = await forecast(kind, values, 4);
    ahead.forEach((value, h) => {
      const truth = (100 + 2 * (60 + h)) * shape[h]!;
      assert.ok(
        Math.abs(value / truth - 1) < (kind === 'ets' ? 0.03 : 0.08),
        `${kind} ${value} ${truth}`,
      );
    });
  }
});

test('a season longer than 24 steps is taken out before smoothing', async () => {
  const values = Array.from({ length: 170 }, (_, t) => 100 + 30 * Math.sin((2 * Math.PI * t) / 52));
  const ahead = await forecast('ets', values, 52, {}, 52);
  ahead.forEach((value, h) => {
    const truth = 100 + 30 * Math.sin((2 * Math.PI * (170 + h)) / 52);
    assert.ok(Math.abs(value - truth) < 8, `${value} ${truth}`);
  });
});

test('the simplex finds the bottom of a curved valley', () => {
  const { x } = nelderMead(([a, b]) => (1 - a!) ** 2 + 100 * (b! - a! * a!) ** 2, [-1, 2], {
    evaluationsMax: 2000,
    tolerance: 1e-14,
  });
  assert.ok(Math.abs(x[0]! - 1) < 1e-3 && Math.abs(x[1]! - 1) < 1e-3);
});
