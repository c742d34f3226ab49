import assert from 'node:assert/strict';
import test from 'node:test';
import {
  forecasterOf,
  seeded,
  seriesSet,
  type Forecaster,
  type ForecastRecipe,
} from '../../src/index.js';
import { holdOut, planHoldOut } from '../../src/forecast/choice/hold-out.js';
import { someSeries } from './some-series.js';

test('long histories carry more windows with the same fits; a number asked for is kept', () => {
  const plan = (points: number, origins: number | null = null, series = 40) =>
    planHoldOut(someSeries(series, points), 12, origins);
  const apart = { horizon: 12, fits: 2, step: 12 };
  assert.deepEqual(plan(40), { ...apart, windows: 1 });
  assert.deepEqual(plan(100), { ...apart, windows: 2 });
  assert.deepEqual(plan(900), { ...apart, windows: 3 });
  assert.deepEqual(plan(900, 4), { ...apart, fits: 4, windows: 1 });
  // Of few series as many windows as an interval of 95 % needs, where half of the history has them.
  assert.deepEqual(plan(900, null, 1), { ...apart, windows: 10 });
  assert.deepEqual(plan(100, null, 1), { ...apart, step: 2, windows: 10 });
  assert.deepEqual(plan(100, null, 4), { ...apart, step: 7, windows: 3 });
  assert.deepEqual(plan(40, null, 1), { ...apart, windows: 1 });
});

test('a fit that stands for further windows has seen how one season follows the last', () => {
  const weekly = (points: number) =>
    seriesSet(
      Array.from({ length: 60 }, (_, i) => ({
        key: `${i}`,
        start: 0,
        values: Float64Array.from({ length: points }, (__, t) => 10 + (t % 52)),
      })),
      52,
    );
  for (const points of [60, 91, 108, 134, 250]) {
    const { horizon, fits, windows, step } = planHoldOut(weekly(points), 9, null);
    const oldest = points - horizon - (fits * windows - 1) * step;
    assert.equal(horizon, 9);
    if (windows > 1) assert.ok(oldest >= 52 + horizon, `${oldest} of ${points} weeks are left`);
    assert.equal(windows > 1, points > 91, `${windows} windows of ${points} weeks`);
  }
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
  for (const step of [3, 2]) {
    const plan = { horizon: 3, fits: 2, windows: 2, step };
    fits.length = 0;
    made.length = 0;
    const { held } = await holdOut(set, [{ kind: 'naive', params: {} }], plan, make, {
      rng: seeded(1),
    });
    const ends = [0, 1, 2, 3].map((o) => 37 - o * step);
    assert.deepEqual(fits, [ends[1], ends[3]]);
    assert.deepEqual(
      made,
      ends.map((end, o) => [fits[o >> 1], end]),
    );
    assert.equal(held.origins, 4);
    for (let k = 0; k < 2; k++)
      for (let o = 0; o < 4; o++) {
        const at = (k * 4 + o) * 3;
        const origin = k * 40 + ends[o]!;
        assert.deepEqual(held.actual.subarray(at, at + 3), set.values.subarray(origin, origin + 3));
        assert.ok(
          held.predicted[0]!.subarray(at, at + 3).every((v) => v === set.values[origin - 1]),
        );
      }
  }
});
