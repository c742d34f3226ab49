import assert from 'node:assert/strict';
import test from 'node:test';
import {
  forecasterOf,
  forecastKinds,
  loadForecastModel,
  seeded,
  seriesSet,
  type ForecastModel,
  type ForecastRecipe,
  type SeriesSet,
} from '../../src/index.js';
import { reordered, someSeries, withValues } from './some-series.js';

const combinations = ['combination', 'scum', 'etsTheta'];
const small = { rounds: 20, leaves: 7, minDataInLeaf: 5 };
const forecasters: Record<string, ForecastRecipe & { scales?: boolean; shifts?: boolean }> = {
  naive: { kind: 'naive', params: {}, scales: true, shifts: true },
  'seasonal naive': { kind: 'seasonalNaive', params: {}, scales: true, shifts: true },
  drift: { kind: 'drift', params: {}, scales: true, shifts: true },
  mean: { kind: 'mean', params: {}, scales: true, shifts: true },
  'recent mean': { kind: 'mean', params: { window: 6 }, scales: true, shifts: true },
  'simple smoothing': { kind: 'ses', params: {}, scales: true },
  'damped trend': { kind: 'holt', params: {}, scales: true },
  'linear trend': { kind: 'holt', params: { damped: false }, scales: true },
  ets: { kind: 'ets', params: {}, scales: true },
  'ets MAM': { kind: 'ets', params: { model: 'MAM' }, scales: true },
  'ets, averaged': { kind: 'etsAverage', params: {}, scales: true },
  'dynamic theta': { kind: 'theta', params: {}, scales: true },
  'optimised theta': { kind: 'theta', params: { dynamic: false }, scales: true },
  'classical theta': { kind: 'theta', params: { dynamic: false, theta: 2 }, scales: true },
  'complex smoothing': { kind: 'ces', params: {}, scales: true },
  arima: { kind: 'arima', params: {}, scales: true },
  'seasons by loess': { kind: 'mstl', params: {}, scales: true },
  croston: { kind: 'croston', params: {}, scales: true },
  sba: { kind: 'sba', params: {}, scales: true },
  tsb: { kind: 'tsb', params: {}, scales: true },
  'line and waves': { kind: 'regression', params: {}, scales: true },
  'waves and errors': { kind: 'fourier', params: {}, scales: true },
  adida: { kind: 'adida', params: {}, scales: true },
  imapa: { kind: 'imapa', params: {}, scales: true },
  'by demand': { kind: 'intermittent', params: {}, scales: true },
  'ets of logarithms': { kind: 'ets', params: { transform: 'log' } },
  'theta of powers': { kind: 'theta', params: { transform: 'boxcox' } },
  combination: { kind: 'combination', params: {}, scales: true },
  'four models': { kind: 'scum', params: {}, scales: true },
  'two models': { kind: 'etsTheta', params: {}, scales: true },
  auto: {
    kind: 'auto',
    params: { members: ['theta', 'naive'].map((kind) => ({ kind, params: {} })), horizon: 6 },
    scales: true,
  },
  global: { kind: 'global', params: small },
  'global, recursive': { kind: 'global', params: { ...small, block: 1, anchor: 'last' } },
};

const fit = (recipe: ForecastRecipe, set: SeriesSet) =>
  forecasterOf(recipe).fit(set, { rng: seeded(7) });

function forecast(model: ForecastModel, set: SeriesSet, horizon = 14): Float64Array {
  const out = new Float64Array(set.keys.length * horizon);
  model.forecast(set, horizon, out);
  return out;
}

const close = (a: Float64Array, b: Float64Array, tolerance = 1e-9) => {
  assert.equal(a.length, b.length);
  a.forEach((value, i) =>
    assert.ok(
      Math.abs(value - b[i]!) <= tolerance * (1 + Math.abs(value)),
      `${value} and ${b[i]} at ${i}`,
    ),
  );
};

test('every kind of forecaster is under contract', () => {
  const covered = new Set(Object.values(forecasters).map(({ kind }) => kind));
  assert.deepEqual([...covered].sort(), Object.keys(forecastKinds).sort());
});

for (const [name, recipe] of Object.entries(forecasters)) {
  const set = someSeries(6, 50);

  test(`${name}: a saved model forecasts the same, from the same bytes`, async () => {
    const model = await fit(recipe, set);
    const bytes = model.bytes();
    assert.deepEqual(forecast(loadForecastModel(bytes), set), forecast(model, set));
    assert.deepEqual(loadForecastModel(bytes).bytes(), bytes);
    assert.deepEqual((await fit(recipe, set)).bytes(), bytes);
    const damaged = bytes.slice();
    damaged[damaged.length - 5]! ^= 1;
    assert.throws(() => loadForecastModel(damaged), /checksum/);
  });

  test(`${name}: leaves its input alone, forecasts known and unknown keys`, async () => {
    const before = set.values.slice();
    const model = await fit(recipe, set);
    const later = someSeries(8, 62, 2);
    assert.ok(forecast(model, later).every(Number.isFinite));
    assert.deepEqual(set.values, before);
  });

  test(`${name}: the order of series does not matter`, async () => {
    const order = [3, 0, 5, 1, 4, 2];
    const horizon = 6;
    const straight = forecast(await fit(recipe, set), set, horizon);
    const shuffled = reordered(set, order);
    // The booster sums its rows in the order in which they come, so trees are compared on one fit.
    const model = await fit(recipe, recipe.kind === 'global' ? set : shuffled);
    const crossed = forecast(model, shuffled, horizon);
    order.forEach((i, at) =>
      close(
        crossed.subarray(at * horizon, (at + 1) * horizon),
        straight.subarray(i * horizon, (i + 1) * horizon),
      ),
    );
  });

  test(`${name}: series of 1, 2, 3 and 5 points, constant, zero and with gaps`, async () => {
    const odd = seriesSet(
      [
        { key: 'one', start: 40, values: [3] },
        { key: 'two', start: 40, values: [3, 4] },
        { key: 'three', start: 40, values: [NaN, 3, NaN, 4, 3] },
        { key: 'five', start: 40, values: [3, 4, 3, 4, 5] },
        { key: 'constant', start: 0, values: Array.from({ length: 40 }, () => 7) },
        { key: 'zero', start: 0, values: Array.from({ length: 40 }, () => 0) },
        { key: 'gaps', start: 0, values: Array.from({ length: 45 }, (_, t) => (t % 4 ? 9 : NaN)) },
      ],
      12,
    );
    const out = forecast(await fit(recipe, odd), odd, 5);
    assert.ok(out.every(Number.isFinite), [...out].join());
    if (recipe.kind === 'global') return;
    close(out.subarray(20, 25), new Float64Array(5).fill(7), 0.06);
    close(out.subarray(25, 30), new Float64Array(5), 1e-9);
    close(out.subarray(30, 35), new Float64Array(5).fill(9), 0.06);
  });

  test(`${name}: missing points and a floor`, async () => {
    const gaps = withValues(set, (value, at) => (at % 7 === 0 ? NaN : value));
    assert.ok(forecast(await fit(recipe, gaps), gaps).every(Number.isFinite));
    if (combinations.includes(recipe.kind)) return;
    const floored = { ...recipe, params: { ...recipe.params, floor: 60 } };
    assert.ok(forecast(await fit(floored, set), set).every((value) => value >= 60));
  });

  test(`${name}: without history it says nothing, or what its analogues say`, async () => {
    const model = await fit(recipe, set);
    const empty = { ...seriesSet([{ key: 'new', start: 74, values: [] }], 12) };
    const statics = reordered(set, [2]).statics!;
    const out = forecast(model, { ...empty, statics }, 3);
    if (recipe.kind !== 'global') return assert.ok(out.every(Number.isNaN));
    assert.ok(
      out.every((value) => value > 70 && value < 140),
      [...out].join(),
    );
    assert.equal(model.analogues!({ ...empty, statics }, 0)[0]!.key, 'series 2');
  });

  if (recipe.scales)
    test(`${name}: four times the values, four times the forecast`, async () => {
      const large = withValues(set, (value) => 4 * value);
      const expected = forecast(await fit(recipe, set), set).map((value) => 4 * value);
      close(forecast(await fit(recipe, large), large), expected, 1e-6);
    });

  if (recipe.shifts)
    test(`${name}: values moved, forecast moved`, async () => {
      const moved = withValues(set, (value) => value + 100);
      const expected = forecast(await fit(recipe, set), set).map((value) => value + 100);
      close(forecast(await fit(recipe, moved), moved), expected);
    });
}

test('an unknown kind, parameter or type of parameter is named', () => {
  assert.throws(() => forecasterOf({ kind: 'prophet', params: {} }), /naive, seasonalNaive/);
  assert.throws(() => forecasterOf({ kind: 'ets', params: { alpha: 1 } }), /no parameter alpha/);
  assert.throws(() => forecasterOf({ kind: 'tsb', params: { alpha: 'x' } }), /expected a number/);
  assert.throws(() => forecasterOf({ kind: 'ets', params: { model: 'XYZ' } }), /ANN/);
});

test('a strict model names the key that it does not know', async () => {
  const set = someSeries(2, 30);
  const model = await fit({ kind: 'ses', params: { strict: true } }, set);
  assert.throws(() => forecast(model, someSeries(3, 30)), /series 2 was not in the training/);
});
