import assert from 'node:assert/strict';
import test from 'node:test';
import {
  forecasterOf,
  loadForecastModel,
  seeded,
  seriesSet,
  type ForecastModel,
  type ForecastRecipe,
  type SeriesSet,
} from '../../src/index.js';
import { takeSeries, withoutTail } from '../../src/forecast/series/panel.js';
import { joiner, stack } from '../../src/forecast/choice/stack.js';
import { someSeries } from './some-series.js';

const plain = (kind: string): ForecastRecipe => ({ kind, params: {} });
const members = [plain('theta'), plain('naive'), plain('drift'), plain('etsAverage')];
const fit = (set: SeriesSet, params: Record<string, unknown> = {}, stopped = false) =>
  forecasterOf({ kind: 'auto', params: { members, ...params } }).fit(set, {
    rng: seeded(1),
    stop: { stopped },
  });

function forecast(model: ForecastModel, set: SeriesSet, horizon: number): Float64Array {
  const out = new Float64Array(set.keys.length * horizon);
  model.forecast(set, horizon, out);
  return out;
}

const weightOf = (model: ForecastModel, kind: string, key?: string) =>
  model.members!(key).find(({ recipe }) => recipe.kind === kind)?.weight ?? 0;

test('what suits the series weighs most, and parts sum to one', async () => {
  const set = someSeries(12, 72);
  const model = await fit(set, { horizon: 6 });
  const parts = model.members!('series 3');
  assert.ok(Math.abs(parts.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9);
  assert.equal(weightOf(model, 'naive'), 0, 'a season is not forecast by the last value');
  assert.ok(weightOf(model, 'theta') + weightOf(model, 'etsAverage') > 0.6);
  assert.ok(model.members!().every(({ loss }) => loss !== null && loss <= 1.5));
});

test('series of another kind than most get their own parts', async () => {
  const rng = seeded(4);
  const walk = (drifts: boolean, i: number) => {
    let level = 500;
    const values = Array.from({ length: 60 }, (_, t) => {
      level += (drifts || t < 20 ? 10 : 0) + 2 * rng.normal();
      return level;
    });
    return { key: `${drifts ? 'drifting' : 'stopped'} ${i}`, start: 0, values };
  };
  const list = Array.from({ length: 40 }, (_, i) => walk(i % 2 === 0, i));
  const two = { members: [plain('drift'), plain('mean')], horizon: 6, origins: 3 };
  const model = await fit(seriesSet(list, 1), two);
  const drifting = weightOf(model, 'drift', 'drifting 0');
  const stopped = weightOf(model, 'drift', 'stopped 1');
  assert.ok(drifting > stopped + 0.1, `${drifting} ${stopped}`);
});

test('where every member loses to the seasonal naive forecast, that is served', async () => {
  const season = [5, 90, 20, 70];
  const rng = seeded(3);
  const list = Array.from({ length: 10 }, (_, i) => ({
    key: `${i}`,
    start: 0,
    values: Array.from({ length: 40 }, (__, t) => season[t % 4]! + rng.normal()),
  }));
  const set = seriesSet(list, 4);
  const model = await fit(set, { members: [plain('naive'), plain('drift')], horizon: 4 });
  const seasonal = await forecasterOf(plain('seasonalNaive')).fit(set, { rng: seeded(1) });
  assert.deepEqual(forecast(model, set, 4), forecast(seasonal, set, 4));
});

test('a stop leaves members out and still answers; its file forecasts the same', async () => {
  const set = someSeries(4, 40);
  const model = await fit(set, { horizon: 3 }, true);
  assert.deepEqual(
    model.members!().map(({ recipe }) => recipe.kind),
    ['seasonalNaive'],
  );
  const full = await fit(set, { horizon: 3 });
  const loaded = loadForecastModel(full.bytes());
  assert.deepEqual(forecast(loaded, set, 3), forecast(full, set, 3));
  assert.deepEqual(loaded.members!('series 1'), full.members!('series 1'));
});

test('series that were not held out, or are new, take the pooled parts', async () => {
  const set = someSeries(12, 60);
  const model = await fit(set, { horizon: 4, sampleMax: 5 });
  const unseen = model.members!('never seen').map(({ weight }) => weight);
  const without = set.keys.filter(
    (key) =>
      JSON.stringify(model.members!(key).map(({ weight }) => weight)) === JSON.stringify(unseen),
  );
  assert.ok(without.length >= 7);
  assert.ok(forecast(model, set, 4).every(Number.isFinite));
});

test('series too short to hold out are forecast all the same', async () => {
  const list = [1, 2, 3].map((count) => ({
    key: `${count}`,
    start: 0,
    values: Array.from({ length: count }, (_, t) => 10 + t),
  }));
  const model = await fit(seriesSet(list, 12));
  assert.ok(forecast(model, seriesSet(list, 12), 2).every((value) => value >= 10 && value <= 14));
});

test('windows before the first whole season judge nobody where more is known by now', async () => {
  const rng = seeded(8);
  const seasonal = (points: number) => (_: unknown, i: number) => ({
    key: `${i}`,
    start: 0,
    values: Array.from({ length: points }, (__, t) => 100 + 50 * (t % 12) + rng.normal()),
  });
  const judged = async (points: number) => {
    const set = seriesSet(Array.from({ length: 6 }, seasonal(points)), 12);
    const own = { members: [plain('naive'), plain('mean')], horizon: 3, origins: 2 };
    return (await fit(set, own)).members!();
  };
  // Cut by 3 and 6 steps, 14 points do not know a season: all members are served alike.
  const early = await judged(14);
  assert.equal(early.length, 3);
  for (const { weight, loss } of early) {
    assert.ok(Math.abs(weight - 1 / 3) < 1e-9, `${weight}`);
    assert.equal(loss, null);
  }
  const [seasonalNaive] = await judged(30);
  assert.ok(seasonalNaive!.weight > 0.999, `${seasonalNaive!.weight}`);
});

test('members are joined by weight: the mean, and a median that moves smoothly between them', () => {
  const values = [1, 2, 10, NaN];
  const by = (how: 'mean' | 'median', weights: readonly number[]) =>
    joiner(how, 4)(
      (m) => values[m]!,
      (m) => weights[m]!,
    );
  assert.equal(by('mean', [1, 1, 2, 5]), 23 / 4);
  assert.equal(by('median', [1, 1, 1, 1]), 2);
  assert.equal(by('median', [1, 1, 0, 1]), 1.5);
  assert.equal(by('median', [0, 0, 1, 1]), 10);
  assert.equal(by('median', [1, 5, 1, 0]), 2);
});

test('pooled parts find the mixture that made the series, and lean to equal ones without proof', () => {
  const make = (series: number) => {
    const rng = seeded(8);
    const points = series * 2 * 3;
    const a = Float64Array.from({ length: points }, () => 100 + 10 * rng.normal());
    const b = Float64Array.from({ length: points }, () => 100 + 10 * rng.normal());
    const actual = a.map((value, i) => 0.55 * value + 0.45 * b[i]! + 0.5 * rng.normal());
    const weights = new Float64Array(series * 2).fill(0.1);
    return stack({ series, origins: 2, horizon: 3, step: 3, actual, predicted: [a, b], weights });
  };
  const many = make(2000).pooled[0]!;
  assert.ok(Math.abs(many - 0.55) < 0.02, `${many}`);
  const few = make(3).pooled[0]!;
  assert.ok(Math.abs(few - 0.5) < many - 0.5, `${few}`);
});

test('a cut hides what came after, of values and of past covariates', () => {
  const set = someSeries(3, 20);
  const covariates = {
    names: ['open', 'visits'],
    kinds: ['known', 'past'] as const,
    at: (_: number, step: number) => step,
  };
  const cut = withoutTail({ ...set, covariates }, 5);
  assert.equal(cut.offsets[1], 15);
  assert.equal(cut.covariates!.at(0, 39, 0), 39);
  assert.equal(cut.covariates!.at(0, 38, 1), 38);
  assert.ok(Number.isNaN(cut.covariates!.at(0, 39, 1)));
  const two = takeSeries(set, [2, 0]);
  assert.deepEqual(two.keys, ['series 2', 'series 0']);
  assert.deepEqual(two.values.subarray(0, 20), set.values.subarray(40, 60));
  const kind = two.statics!.columns[0]!;
  assert.deepEqual(kind.kind === 'category' && [...kind.codes], [2, 0]);
});
