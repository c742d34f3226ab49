import assert from 'node:assert/strict';
import test from 'node:test';
import {
  backtest,
  chooseMembers,
  conformal,
  forecasterOf,
  historyAt,
  intervalsOf,
  outcomesOf,
  seasonalPattern,
  seeded,
  seriesSet,
  type Backtest,
  type Forecaster,
} from '../../src/index.js';
import { someSeries } from './some-series.js';

const effects = { rng: seeded(1) };
const naive = forecasterOf({ kind: 'naive', params: {} });

test('each origin sees its past only, and predicts what a direct fit predicts', async () => {
  const set = someSeries(3, 40);
  const seen: number[] = [];
  const spy: Forecaster = {
    fit(history, given) {
      seen.push(history.starts[0]! + history.offsets[1]! - 1);
      return naive.fit(history, given);
    },
  };
  const result = await backtest(spy, set, { horizon: 4, origins: 3, step: 2 }, effects);
  assert.deepEqual(seen, [...result.origins]);
  assert.deepEqual([...result.origins], [55, 57, 59]);
  for (let i = 0; i < 3; i++)
    for (const [o, origin] of result.origins.entries())
      for (let h = 0; h < 4; h++) {
        const at = (i * 3 + o) * 4 + h;
        const values = set.values.subarray(set.offsets[i], set.offsets[i + 1]);
        assert.equal(result.predicted[at], values[origin - 24]);
        assert.equal(result.actual[at], values[origin + 1 + h - 24]);
      }
});

test('changing the future changes no prediction', async () => {
  const set = someSeries(4, 40);
  const plan = { horizon: 4, origins: 2, step: 3 };
  const recipe = { kind: 'global', params: { rounds: 10, leaves: 4, minDataInLeaf: 5 } };
  const before = await backtest(forecasterOf(recipe), set, plan, effects);
  const changed = { ...set, values: set.values.slice() };
  for (let i = 0; i < 4; i++)
    changed.values.fill(1e6, set.offsets[i + 1]! - 4, set.offsets[i + 1]!);
  const after = await backtest(forecasterOf(recipe), changed, plan, effects);
  assert.deepEqual(after.predicted, before.predicted);
});

test('a series that stopped or has not begun keeps its place on the calendar', () => {
  const set = seriesSet(
    [
      { key: 'stopped', start: 0, values: [1, 2] },
      { key: 'later', start: 6, values: [5] },
    ],
    1,
  );
  const history = historyAt(set, 3);
  assert.deepEqual([...history.values], [1, 2, NaN, NaN]);
  assert.deepEqual([...history.starts], [0, 4]);
});

test('a plan that does not fit the history says what it needs', async () => {
  await assert.rejects(
    backtest(naive, someSeries(1, 8), { horizon: 4, origins: 5, step: 2 }, effects),
    /spans 8 steps.* need 13/,
  );
});

/** A backtest in which each method errs by its own amount. */
function made(error: (key: number, origin: number) => number, keys = 40, origins = 4): Backtest {
  const cells = keys * origins;
  const predicted = new Float64Array(cells);
  for (let k = 0; k < keys; k++)
    for (let o = 0; o < origins; o++) predicted[k * origins + o] = 10 + error(k, o);
  return {
    keys: Array.from({ length: keys }, (_, k) => `key ${k}`),
    horizon: 1,
    origins: Int32Array.from({ length: origins }, (_, o) => o),
    actual: new Float64Array(cells).fill(10),
    predicted,
    current: new Float64Array(cells).fill(10),
    scales: new Float64Array(cells).fill(1),
  };
}

test('members are chosen for merit and not for luck', () => {
  const rng = seeded(2);
  const noisy = () => Math.abs(1 + 0.5 * rng.normal());
  const lucky = chooseMembers({
    global: made(noisy),
    local: made(noisy),
    seasonalNaive: made(() => 5),
  });
  const moved = lucky.filter(({ reason }) => reason !== 'anchor').length;
  assert.ok(moved <= 3, `${moved} of 40 members moved for nothing`);
  const better = chooseMembers({
    global: made(noisy),
    local: made((key) => noisy() * (key < 10 ? 0.2 : 2)),
    seasonalNaive: made(() => 5),
  });
  const local = better.filter(({ winner }) => winner === 'local').map(({ key }) => key);
  assert.ok(local.length >= 8 && local.every((key) => Number(key.slice(4)) < 10), local.join());
});

test('what loses to the seasonal naive forecast is never chosen', () => {
  const choices = chooseMembers({
    global: made((key) => (key === 3 ? 2 : 0.5)),
    seasonalNaive: made(() => 1),
  });
  for (const { key, winner, losses } of choices) {
    assert.equal(winner, key === 'key 3' ? 'seasonalNaive' : 'global');
    assert.ok(losses[winner]! <= losses['seasonalNaive']!);
  }
});

/** Normal errors of a size of its own for each series. */
const noise = (keys: number, origins: number, seed: number) => {
  const rng = seeded(seed);
  return made((key) => (1 + (key % 4)) * rng.normal(), keys, origins);
};

test('intervals hold what they say on new outcomes, and never cross', () => {
  const calibrated = conformal(noise(20, 30, 1));
  const fresh = noise(20, 60, 2);
  const [narrow, wide] = ['0.8', '0.95'].map((level) => {
    let inside = 0;
    fresh.predicted.forEach((value, i) => {
      const key = fresh.keys[Math.floor(i / 60)]!;
      const found = intervalsOf(calibrated, key, Float64Array.of(value));
      const interval = found.find((one) => String(one.level) === level)!;
      assert.ok('lower' in interval);
      if (interval.lower[0]! <= 10 && interval.upper[0]! >= 10) inside++;
    });
    return inside / fresh.predicted.length;
  });
  assert.ok(Math.abs(narrow! - 0.8) < 0.04, `${narrow}`);
  assert.ok(Math.abs(wide! - 0.95) < 0.025, `${wide}`);
  const measured = calibrated.levels.map((one) => ('coverage' in one ? one.coverage[0]! : NaN));
  assert.ok(Math.abs(measured[0]! - 0.8) < 0.05 && Math.abs(measured[1]! - 0.95) < 0.04);
});

test('a level that the points cannot support is refused with the count', () => {
  const [narrow, wide] = conformal(noise(1, 10, 3)).levels;
  assert.ok('radii' in narrow!);
  assert.ok('reason' in wide!);
  assert.match(wide.reason, /not enough calibration points: 10 .* needs 19/);
});

test('multiplicative intervals stay positive, and plain data survives JSON', () => {
  const calibrated = conformal(noise(8, 30, 4), { multiplicative: true, levels: [0.5, 0.9] });
  const again = JSON.parse(JSON.stringify(calibrated)) as typeof calibrated;
  assert.deepEqual(again, calibrated);
  const [half, most] = intervalsOf(again, 'key 1', Float64Array.of(2));
  assert.ok('lower' in half! && 'lower' in most!);
  assert.ok(most.lower[0]! > 0 && most.lower[0]! <= half.lower[0]!);
  assert.ok(most.upper[0]! >= half.upper[0]!);
});

test('a sample of outcomes is centred on the point and ascends', () => {
  const outcomes = outcomesOf(conformal(noise(10, 40, 5)), 'key 0', 0, 50);
  assert.equal(outcomes.length, 101);
  assert.ok(Math.abs(outcomes[50]! - 50) < 0.5);
  for (let i = 1; i < outcomes.length; i++) assert.ok(outcomes[i]! >= outcomes[i - 1]!);
});

test('a seasonal habit is counted by phase of the calendar', () => {
  const values = Float64Array.from({ length: 48 }, (_, t) => ((t + 6) % 12 === 0 ? 120 : 100));
  const pattern = seasonalPattern(values, 6, 12);
  assert.deepEqual([pattern[0]!.rose, pattern[0]!.fell, pattern[0]!.flat], [4, 0, 0]);
  assert.deepEqual([pattern[1]!.rose, pattern[1]!.fell, pattern[1]!.flat], [0, 4, 0]);
  assert.deepEqual([pattern[7]!.rose, pattern[7]!.fell, pattern[7]!.flat], [0, 0, 4]);
  assert.ok(Math.abs(pattern[0]!.meanDeviation - (120 / (1220 / 12) - 1)) < 1e-12);
});
