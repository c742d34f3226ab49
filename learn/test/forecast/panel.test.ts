import assert from 'node:assert/strict';
import test from 'node:test';
import { createPool } from '@tino/learn/node';
import {
  forecasterOf,
  loadForecastModel,
  seeded,
  seriesSet,
  type ForecastModel,
  type SeriesSet,
} from '../../src/index.js';
import type { LocalMethod } from '../../src/forecast/local/local-method.js';
import { local } from '../../src/forecast/local/local.js';
import { someSeries } from './some-series.js';

function forecast(model: ForecastModel, set: SeriesSet, horizon: number): Float64Array {
  const out = new Float64Array(set.keys.length * horizon);
  model.forecast(set, horizon, out);
  return out;
}

/** Forecasts the mean; counts its fits and fails on a series that holds 13. */
function counting(): { method: LocalMethod; fits: () => number } {
  let fits = 0;
  const method: LocalMethod = {
    kind: 'counting',
    fit(values) {
      fits++;
      if (values.includes(13)) throw new Error('13 is unlucky');
      return Float64Array.of(0, values.reduce((sum, value) => sum + value, 0) / values.length);
    },
    forecast: (_, __, { parameters }, out) => void out.fill(parameters[1]!),
  };
  return { method, fits: () => fits };
}

const limits = { floor: null, ceiling: null, strict: false };
const effects = () => ({ rng: seeded(1) });
const short = (values: Record<string, number[]>) =>
  seriesSet(
    Object.entries(values).map(([key, list]) => ({ key, start: 0, values: list })),
    1,
  );

test('a pool of workers gives the same bytes as one thread, with covariates too', async () => {
  const plain = someSeries(450, 30);
  const covariates = {
    names: ['visits', 'promotion'],
    kinds: ['past', 'known'] as const,
    at: (series: number, step: number) => ((step * 7 + series) % 5 === 0 ? 1 : 0),
  };
  const pool = createPool({ threads: 2 });
  const members = [
    { kind: 'theta', params: {} },
    { kind: 'global', params: { rounds: 5, rowsMax: 2000 } },
  ];
  for (const [kind, params, set] of [
    ['etsTheta', {}, plain],
    ['regression', {}, { ...plain, covariates }],
    ['auto', { members, horizon: 4 }, plain],
  ] as const) {
    const forecaster = forecasterOf({ kind, params });
    const alone = await forecaster.fit(set, effects());
    const together = await forecaster.fit(set, { ...effects(), pool });
    assert.deepEqual(together.bytes(), alone.bytes());
  }
  await pool.close();
});

test('series without new data are not fitted again', async () => {
  const { method, fits } = counting();
  const forecaster = local(method, {}, limits);
  const first = await forecaster.fit(short({ a: [1, 2], b: [3, 4], c: [5, 6] }), effects());
  assert.equal(fits(), 3);
  const next = short({ c: [5, 6], b: [3, 4, 8], d: [7, 7], a: [1, 2] });
  const second = await forecaster.fit(next, effects(), first);
  assert.equal(fits(), 5, 'b has grown and d is new');
  assert.deepEqual([...forecast(second, next, 1)], [5.5, 5, 7, 1.5]);
  const other = local(method, { another: 'recipe' }, limits);
  await other.fit(next, effects(), second);
  assert.equal(fits(), 9, 'what another recipe fitted is not taken over');
});

test('combinations and auto take over what their members fitted', async () => {
  const set = someSeries(8, 40);
  for (const recipe of [
    { kind: 'etsTheta', params: {} },
    { kind: 'auto', params: { members: [{ kind: 'theta', params: {} }], horizon: 4 } },
  ]) {
    const first = await forecasterOf(recipe).fit(set, effects());
    const second = await forecasterOf(recipe).fit(set, effects(), first);
    assert.deepEqual(second.bytes(), first.bytes());
    const loaded = loadForecastModel(first.bytes());
    const third = await forecasterOf(recipe).fit(set, effects(), loaded);
    assert.deepEqual(third.bytes(), first.bytes());
  }
});

test('a series that cannot be fitted is named and forecast like an unknown one', async () => {
  const { method } = counting();
  const set = short({ a: [1, 3], unlucky: [13, 13], endless: [1, Infinity], b: [4, 4] });
  const model = await local(method, {}, limits).fit(set, effects());
  assert.deepEqual(model.failures, [
    { key: 'unlucky', message: '13 is unlucky' },
    { key: 'endless', message: 'a value is Infinity, expected finite numbers or NaN for a gap' },
  ]);
  assert.deepEqual([...forecast(model, set, 1)], [2, 3, 3, 4]);
  await assert.rejects(
    local(method, {}, limits).fit(short({ only: [13] }), effects()),
    /series only: 13 is unlucky/,
  );
});
