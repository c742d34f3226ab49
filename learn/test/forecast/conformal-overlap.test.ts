import assert from 'node:assert/strict';
import test from 'node:test';
import { conformal, intervalsOf, seeded, type Backtest } from '../../src/index.js';

const SPAN = 6;
const KEYS = 16;

/**
 * Sums of six steps, forecast from each of some origins; series err by sizes of their own, and what
 * happens in a step happens to all.
 * @returns the windows, and what each series errs by in the six steps after them
 */
function world(seed: number, origins: number, every: number) {
  const rng = seeded(seed);
  const sizes = Array.from({ length: KEYS }, () => Math.exp(0.7 * rng.normal()));
  const length = (origins - 1) * every + 2 * SPAN;
  const shared = Array.from({ length }, () => rng.normal());
  const errors = sizes.map((size) => shared.map((one) => size * (one + rng.normal())));
  const sumOf = (own: readonly number[], from: number) =>
    own.slice(from, from + SPAN).reduce((sum, one) => sum + one, 0);
  const cells = KEYS * origins;
  const windows: Backtest = {
    keys: sizes.map((_, k) => `${k}`),
    horizon: 1,
    span: SPAN,
    origins: Int32Array.from({ length: origins }, (_, o) => o * every - 1),
    actual: Float64Array.from(
      errors.flatMap((own) => {
        const each = Array.from({ length: origins }, (_, o) => sumOf(own, o * every));
        return each.map((error) => 1000 + error);
      }),
    ),
    predicted: new Float64Array(cells).fill(1000),
    current: new Float64Array(cells).fill(1000),
    scales: new Float64Array(cells).fill(1),
  };
  const next = errors.map((own) => sumOf(own, length - SPAN));
  return { windows, next };
}

/** Share of what came that lay inside, and the share that the windows had promised. */
function coverage(worlds: number, change: (windows: Backtest) => Backtest) {
  const sums = { inside: 0, measured: 0, judged: 0 };
  for (let seed = 0; seed < worlds; seed++) {
    const { windows, next } = world(seed, 13, 1);
    const calibrated = conformal(change(windows), { levels: [0.8] });
    next.forEach((error, k) => {
      const [interval] = intervalsOf(calibrated, `${k}`, Float64Array.of(1000));
      assert.ok(interval && 'lower' in interval);
      const value = 1000 + error;
      if (interval.lower[0]! <= value && value <= interval.upper[0]!) sums.inside++;
    });
    const [level] = calibrated.levels;
    assert.ok(level && 'coverage' in level && typeof level.coverage[0] === 'number');
    sums.measured += level.coverage[0];
  }
  return { inside: sums.inside / worlds / KEYS, measured: sums.measured / worlds };
}

test('windows that share steps do not vouch for each other', () => {
  const blind = coverage(150, (windows) => ({ ...windows, span: 1 }));
  assert.ok(blind.measured - blind.inside > 0.04, `${blind.measured} ${blind.inside}`);
  const { inside, measured } = coverage(150, (windows) => windows);
  assert.ok(Math.abs(inside - 0.8) < 0.02, `${inside}`);
  assert.ok(Math.abs(measured - inside) < 0.02, `${measured} ${inside}`);
});

test('windows that all share steps are judged by none', () => {
  const { windows } = world(1, 3, 2);
  const [level] = conformal(windows, { levels: [0.8] }).levels;
  assert.ok(level && 'coverage' in level);
  assert.deepEqual(level.coverage, [null]);
});
