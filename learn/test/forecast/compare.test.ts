import assert from 'node:assert/strict';
import test from 'node:test';
import { compareBacktests, seeded, type Backtest, type ComparedBy } from '../../src/index.js';

type Draw = (key: number, step: number, window: number) => number;

/** Windows of series at 100, and what two methods say of them: `off` by as much. */
function windows(
  { keys, horizon, origins }: { keys: number; horizon: number; origins: number[] },
  off: [Draw, Draw],
): [Backtest, Backtest] {
  const cells = keys * origins.length;
  const said = off.map((draw) =>
    Float64Array.from({ length: cells * horizon }, (_, i) => {
      const cell = Math.floor(i / horizon);
      const o = cell % origins.length;
      return 100 + draw(Math.floor(cell / origins.length), origins[o]! + 1 + (i % horizon), o);
    }),
  );
  const of = (predicted: Float64Array): Backtest => ({
    keys: Array.from({ length: keys }, (_, k) => `${k}`),
    horizon,
    origins: Int32Array.from(origins),
    actual: new Float64Array(cells * horizon).fill(100),
    predicted,
    current: new Float64Array(cells).fill(100),
    scales: new Float64Array(cells).fill(4),
  });
  return [of(said[0]!), of(said[1]!)];
}

const plan = { keys: 3, horizon: 4, origins: [0, 4, 8] };

test('the difference is that of the scores', () => {
  const rng = seeded(1);
  const draw = () => 3 * rng.normal();
  const [first, second] = windows(plan, [draw, draw]);
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const scoreOf = ({ predicted, horizon, scales }: Backtest, metric: ComparedBy) =>
    mean(
      Array.from(scales, (scale, cell) => {
        const own = [...predicted.subarray(cell * horizon, (cell + 1) * horizon)];
        const errors = own.map((value) => Math.abs(value - 100));
        if (metric === 'smape') return mean(own.map((v, h) => (2 * errors[h]!) / (100 + v)));
        if (metric === 'rmsse') return Math.sqrt(mean(errors.map((error) => error ** 2))) / scale;
        return mean(errors) / (metric === 'wape' ? 100 : scale);
      }),
    );
  for (const metric of ['wape', 'mase', 'rmsse', 'smape'] as const) {
    const { difference, lower, upper } = compareBacktests(first, second, metric)!;
    assert.ok(Math.abs(difference - (scoreOf(first, metric) - scoreOf(second, metric))) < 1e-12);
    assert.ok(lower < difference && difference < upper);
    const back = compareBacktests(second, first, metric)!;
    assert.ok(Math.abs(back.lower + upper) < 1e-12 && Math.abs(back.upper + lower) < 1e-12);
  }
});

test('the same told twice, by more series or by windows that overlap, is no surer', () => {
  const rng = seeded(2);
  const drawn = Array.from({ length: 2 }, () => Array.from({ length: 40 }, () => rng.normal()));
  const off: [Draw, Draw] = [(_, step) => drawn[0]![step]!, (_, step) => drawn[1]![step]!];
  const width = (given: typeof plan) => {
    const { lower, upper } = compareBacktests(...windows(given, off), 'wape')!;
    return upper - lower;
  };
  const once = { keys: 1, horizon: 4, origins: Array.from({ length: 9 }, (_, o) => 4 * o) };
  assert.ok(Math.abs(width({ ...once, keys: 50 }) / width(once) - 1) < 1e-9);
  const overlapping = { ...once, origins: Array.from({ length: 33 }, (_, o) => o) };
  assert.ok(width(overlapping) > 0.9 * width(once));
});

test('of methods that err alike, hardly any is found to be better; of others, the better', () => {
  const found = { alike: 0, apart: 0 };
  const worlds = 300;
  for (let world = 0; world < worlds; world++) {
    const rng = seeded(world);
    // What all series share, which lasts, and what the forecasts from one origin share.
    const shared: number[][] = [[], []];
    for (const one of shared)
      for (let step = 0; step < 60; step++)
        one.push(0.7 * (one.at(-1) ?? rng.normal()) + 0.7 * rng.normal());
    const perWindow = [0, 1].map(() => Array.from({ length: 9 }, () => 0.5 * rng.normal()));
    const by =
      (m: number, size: number): Draw =>
      (_, step, window) =>
        size * (shared[m]![step]! + perWindow[m]![window]! + 0.5 * rng.normal());
    const given = { keys: 20, horizon: 6, origins: Array.from({ length: 9 }, (_, o) => 3 * o) };
    const isSure = ([first, second]: [Backtest, Backtest]) => {
      const { lower, upper } = compareBacktests(first, second, 'wape')!;
      return lower > 0 ? 1 : upper < 0 ? -1 : 0;
    };
    if (isSure(windows(given, [by(0, 1), by(1, 1)])) !== 0) found.alike++;
    if (isSure(windows(given, [by(0, 3), by(1, 1)])) === 1) found.apart++;
  }
  assert.ok(found.alike / worlds < 0.08, `${found.alike} of ${worlds} were told apart`);
  assert.ok(found.apart / worlds > 0.9, `${found.apart} of ${worlds} were found`);
});

test('one step has no interval, nothing judged no difference, and no difference no width', () => {
  const one = windows({ keys: 2, horizon: 1, origins: [3] }, [() => 2, () => 1]);
  assert.deepEqual(compareBacktests(...one, 'wape'), {
    difference: 0.01,
    lower: NaN,
    upper: NaN,
  });
  const [first] = windows(plan, [() => 2, () => 1]);
  assert.deepEqual(compareBacktests(first, first, 'mase'), { difference: 0, lower: 0, upper: 0 });
  const unknown = { ...first, predicted: first.predicted.map(() => NaN) };
  assert.equal(compareBacktests(first, unknown, 'mase'), null);
});
