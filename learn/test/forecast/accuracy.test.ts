import assert from 'node:assert/strict';
import test from 'node:test';
import {
  accuracy,
  backtest,
  forecasterOf,
  historyAt,
  seeded,
  seriesSet,
  type Backtest,
  type Forecaster,
  type SeriesSet,
} from '../../src/index.js';
import { missing, readRows } from './real-data.js';
import { someSeries } from './some-series.js';

const effects = { rng: seeded(1) };
const naive = forecasterOf({ kind: 'naive', params: {} });

test('a gap leaves out what arrives late, a window what is old, and refits are counted', async () => {
  const set = someSeries(2, 40);
  const fits: number[] = [];
  const spy: Forecaster = {
    fit(history, given) {
      fits.push(history.offsets[1]!);
      return naive.fit(history, given);
    },
  };
  const plan = { horizon: 3, origins: 4, step: 2, gap: 2, window: 10, refitEvery: 3 };
  const result = await backtest(spy, set, plan, effects);
  assert.deepEqual(fits, [10, 10]);
  assert.deepEqual([...result.origins], [52, 54, 56, 58]);
  for (let i = 0; i < 2; i++)
    for (const [o, origin] of result.origins.entries())
      for (let h = 0; h < 3; h++) {
        const at = (i * 4 + o) * 3 + h;
        assert.equal(result.predicted[at], set.values[set.offsets[i]! + origin - 24]);
        assert.equal(result.actual[at], set.values[set.offsets[i]! + origin + 3 + h - 24]);
      }
  const kept = historyAt(set, 50, 5);
  assert.deepEqual([...kept.starts], [46, 46]);
  assert.deepEqual([...kept.values.subarray(0, 5)], [...set.values.subarray(22, 27)]);
  await assert.rejects(backtest(naive, set, { ...plan, gap: -1 }, effects), /gap is -1/);
});

test('errors are those of the textbook, by all, series, step and level', async () => {
  const set = seriesSet(
    [
      { key: 'a', start: 0, values: [10, 12, 11, 13, 15] },
      { key: 'b', start: 0, values: [0, 2, 0, 4, 0] },
    ],
    1,
  );
  const result = await backtest(naive, set, { horizon: 2, origins: 1, step: 1 }, effects);
  const [all] = accuracy(result, set, { benchmark: result });
  // Forecasts 11, 11 against 13, 15; 0, 0 against 4, 0. Histories move by 2, 1 and by 2, 2.
  assert.equal(all!.points, 4);
  assert.ok(Math.abs(all!.mase - (3 / 1.5 + 2 / 2) / 2) < 1e-12);
  assert.ok(Math.abs(all!.rmsse - (Math.sqrt(10 / 2.5) + Math.sqrt(8 / 4)) / 2) < 1e-12);
  assert.ok(Math.abs(all!.wape - 10 / 32) < 1e-12 && Math.abs(all!.bias + 10 / 32) < 1e-12);
  const ofA = (200 * 2) / 24 + (200 * 4) / 26;
  assert.ok(Math.abs(all!.smape - (ofA / 2 + 200 / 2) / 2) < 1e-12);
  assert.deepEqual([all!.owa, all!.valueAdded], [1, 0]);
  const groups = (by: 'series' | 'step' | ((k: number) => string)) =>
    accuracy(result, set, { by }).map(({ group, wape }) => [group, wape]);
  assert.deepEqual(groups('series'), [
    ['a', 6 / 28],
    ['b', 1],
  ]);
  assert.deepEqual(groups('step'), [
    ['1', 6 / 17],
    ['2', 4 / 15],
  ]);
  assert.deepEqual(groups((k) => `level ${k}`)[1], ['level 1', 1]);
  const shifted = { ...result, origins: Int32Array.of(1) };
  assert.throws(() => accuracy(result, set, { benchmark: shifted }), /expected the same folds/);
});

test('intervals are scored by coverage, Winkler, MSIS and pinball', async () => {
  const set = seriesSet([{ key: 'a', start: 0, values: [1, 3, 5, 6, 20] }], 1);
  const result = await backtest(naive, set, { horizon: 2, origins: 1, step: 1 }, effects);
  const band = { level: 0.8, lower: Float64Array.of(4, 4), upper: Float64Array.of(10, 10) };
  const [all] = accuracy(result, set, { bands: [band] });
  const [scores] = all!.intervals;
  // Width 6, and 10 above in the second: 6 and 6 + 10 × 10; the history moves by 2.
  const rounded = Object.entries(scores!).map(([name, value]) => `${name} ${value.toFixed(6)}`);
  const expected = { level: 0.8, coverage: 0.5, winkler: 56, msis: 28, pinball: 2.8 };
  assert.deepEqual(
    rounded,
    Object.entries(expected).map(([name, value]) => `${name} ${value.toFixed(6)}`),
  );
});

/** The M4 rules on a file of the competition: forecasts of the last known values. */
async function m4(frequency: 'Hourly' | 'Weekly', period: number) {
  const rows = (part: string) => readRows(`m4_hourly_weekly/${frequency}-${part}.csv.gz`);
  const numbers = (row: string[]) =>
    row
      .slice(1)
      .map((cell) => cell.replaceAll('"', ''))
      .filter((cell) => cell !== '')
      .map(Number);
  const test = rows('test').map(numbers);
  const horizon = test[0]!.length;
  const histories = rows('train').map(numbers);
  const longest = Math.max(...histories.map((values) => values.length));
  const list = histories.map((values, i) => ({
    key: `${i}`,
    start: longest - values.length,
    values: [...values, ...test[i]!],
  }));
  const set: SeriesSet = seriesSet(list, period);
  const kind = period === 1 ? 'naive' : 'seasonalNaive';
  const plan = { horizon, origins: 1, step: 1 };
  const result: Backtest = await backtest(forecasterOf({ kind, params: {} }), set, plan, effects);
  return accuracy(result, set)[0]!;
}

const file = 'm4_hourly_weekly/Weekly-train.csv.gz';
test(
  'the M4 competition’s own numbers come out: weekly naive',
  { skip: missing(file) },
  async () => {
    const { smape, mase } = await m4('Weekly', 1);
    assert.equal(smape.toFixed(3), '9.161');
    assert.equal(mase.toFixed(3), '2.777');
  },
);

test('and hourly seasonal naive', { skip: missing(file) }, async () => {
  const { smape, mase } = await m4('Hourly', 24);
  assert.equal(smape.toFixed(3), '13.912');
  assert.equal(mase.toFixed(3), '1.193');
});
