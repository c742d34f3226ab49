import assert from 'node:assert/strict';
import test from 'node:test';
import { forecasterOf, seeded, type Forecaster, type ForecastRecipe } from '../../src/index.js';
import { holdOut, planHoldOut } from '../../src/forecast/hold-out.js';
import { someSeries } from './some-series.js';

test('long histories carry more windows with the same fits; a number asked for is kept', () => {
  const plan = (points: number, origins: number | null = null) =>
    planHoldOut(someSeries(8, points), 12, origins);
  assert.deepEqual(plan(40), { horizon: 12, fits: 2, windows: 1 });
  assert.deepEqual(plan(100), { horizon: 12, fits: 2, windows: 2 });
  assert.deepEqual(plan(900), { horizon: 12, fits: 2, windows: 3 });
  assert.deepEqual(plan(900, 4), { horizon: 12, fits: 4, windows: 1 });
});

test('a window is forecast from all the history before it, by a fit on no more', async () => {
  const set = someSeries(2, 40);
  const fits: number[] = [];
  const made: [fitted: number, history: number][] = [];
  const lengthOf = (offsets: Int32Array) => offsets[1]! - offsets[0]!;
  const make = (recipe: ForecastRecipe): Forecaster => ({
    async fit(history, effects) {
      const model = await forecasterOf(recipe).fit(history, effects);
      const fitted = lengthOf(history.offsets);
      fits.push(fitted);
      return {
        ...model,
        forecast(later, horizon, out) {
          made.push([fitted, lengthOf(later.offsets)]);
          model.forecast(later, horizon, out);
        },
      };
    },
  });
  const plan = { horizon: 3, fits: 2, windows: 2 };
  const { held } = await holdOut(set, [{ kind: 'naive', params: {} }], plan, make, {
    rng: seeded(1),
  });
  assert.deepEqual(fits, [34, 28]);
  assert.deepEqual(made, [
    [34, 37],
    [34, 34],
    [28, 31],
    [28, 28],
  ]);
  assert.equal(held.origins, 4);
  for (let k = 0; k < 2; k++)
    for (let o = 0; o < 4; o++) {
      const at = (k * 4 + o) * 3;
      const origin = k * 40 + 40 - (o + 1) * 3;
      assert.deepEqual(held.actual.subarray(at, at + 3), set.values.subarray(origin, origin + 3));
      assert.ok(held.predicted[0]!.subarray(at, at + 3).every((v) => v === set.values[origin - 1]));
    }
});
