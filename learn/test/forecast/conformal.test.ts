import assert from 'node:assert/strict';
import test from 'node:test';
import { conformal, intervalsOf, outcomesOf, seeded, type Backtest } from '../../src/index.js';

/** A backtest of one step whose errors are drawn; `key k` errs by what `error(k, origin)` says. */
function made(keys: number, origins: number, error: (key: number, origin: number) => number) {
  const cells = keys * origins;
  const actual = new Float64Array(cells);
  for (let k = 0; k < keys; k++)
    for (let o = 0; o < origins; o++) actual[k * origins + o] = 100 + error(k, o);
  return {
    keys: Array.from({ length: keys }, (_, k) => `key ${k}`),
    horizon: 1,
    origins: Int32Array.from({ length: origins }, (_, o) => o),
    actual,
    predicted: new Float64Array(cells).fill(100),
    current: new Float64Array(cells).fill(100),
    scales: new Float64Array(cells).fill(2),
  } satisfies Backtest;
}

/** Share of fresh outcomes inside the interval, and what was measured on the held-out ones. */
function simulate(keys: number, origins: number, worlds: number, adaptive: boolean) {
  const rng = seeded(keys * 100 + origins);
  const sum = { inside: 0, count: 0, measured: 0 };
  for (let w = 0; w < worlds; w++) {
    const sizes = Array.from({ length: keys }, () => Math.exp(rng.normal()));
    const calibrated = conformal(
      made(keys, origins, (k) => sizes[k]! * rng.normal()),
      { levels: [0.9], adaptive },
    );
    const [level] = calibrated.levels;
    assert.ok(level !== undefined && 'radii' in level);
    sum.measured += level.coverage[0]! / worlds;
    for (let k = 0; k < keys; k++) {
      const [interval] = intervalsOf(calibrated, `key ${k}`, Float64Array.of(100));
      assert.ok(interval !== undefined && 'lower' in interval);
      const outcome = 100 + sizes[k]! * rng.normal();
      sum.count++;
      if (interval.lower[0]! <= outcome && outcome <= interval.upper[0]!) sum.inside++;
    }
  }
  return { inside: sum.inside / sum.count, measured: sum.measured };
}

test('90 % intervals hold 90 ± 2 % of exchangeable outcomes, also with 10 points', () => {
  for (const [keys, origins, worlds] of [
    [1, 10, 2000],
    [1, 50, 500],
    [5, 10, 400],
    [20, 10, 120],
  ] as const) {
    const { inside, measured } = simulate(keys, origins, worlds, false);
    assert.ok(Math.abs(inside - 0.9) <= 0.02, `${keys} × ${origins}: ${inside}`);
    assert.ok(Math.abs(measured - inside) <= 0.025, `${keys} × ${origins}: measured ${measured}`);
  }
});

test('adaptive intervals follow errors that grow, and lose nothing where they do not', () => {
  const { inside } = simulate(20, 10, 100, true);
  assert.ok(Math.abs(inside - 0.9) <= 0.025, `${inside}`);
  const rng = seeded(8);
  const growing = made(10, 120, (_, o) => (1 + o / 20) * rng.normal());
  const [fixed, adaptive] = [false, true].map((way) =>
    conformal(growing, { levels: [0.9], adaptive: way }),
  );
  const fresh = Array.from({ length: 4000 }, () => 7 * rng.normal());
  const held = [fixed, adaptive].map((calibrated) => {
    const [interval] = intervalsOf(calibrated!, 'key 0', Float64Array.of(100));
    assert.ok(interval !== undefined && 'lower' in interval);
    const { lower, upper } = interval;
    return (
      fresh.filter((error) => lower[0]! - 100 <= error && error <= upper[0]! - 100).length / 4000
    );
  });
  assert.ok(Math.abs(held[1]! - 0.9) < Math.abs(held[0]! - 0.9) - 0.03, held.join(' and '));
});

test('the Winkler score is that of the intervals on the windows left out', () => {
  const rng = seeded(3);
  const worlds = made(1, 400, () => 5 * rng.normal());
  const calibrated = conformal(worlds, { levels: [0.9] });
  const [interval] = intervalsOf(calibrated, 'key 0', Float64Array.of(100));
  assert.ok(interval !== undefined && 'lower' in interval);
  // A normal error of deviation s: 2 s (z + (φ(z) − z (1 − Φ(z))) × 2 / 0.1), z = 1.645.
  const z = 1.6448536;
  const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
  const expected = 5 * (2 * z + (2 / 0.1) * 2 * (density - z * 0.05));
  assert.ok(Math.abs(interval.winkler[0]! / expected - 1) < 0.1, `${interval.winkler[0]}`);
  const [level] = calibrated.levels;
  assert.ok(level !== undefined && 'msis' in level);
  assert.ok(Math.abs(level.msis[0]! / (interval.winkler[0]! / 2) - 1) < 0.01);
});

test('higher levels are never narrower and quantiles never cross', () => {
  const rng = seeded(5);
  for (const adaptive of [false, true]) {
    const calibrated = conformal(
      made(4, 12, () => rng.normal() ** 3),
      { levels: [0.9, 0.5, 0.8, 0.55], adaptive },
    );
    const intervals = intervalsOf(calibrated, 'key 2', Float64Array.of(7));
    let width = 0;
    for (const interval of intervals) {
      assert.ok('lower' in interval);
      assert.ok(interval.upper[0]! - interval.lower[0]! >= width);
      width = interval.upper[0]! - interval.lower[0]!;
    }
    const outcomes = outcomesOf(calibrated, 'key 2', 0, 7);
    outcomes.forEach((value, q) => assert.ok(q === 0 || value >= outcomes[q - 1]!));
  }
});

test('a series in another unit changes no other interval, and its own by that unit', () => {
  const rng = seeded(11);
  const drawn = Float64Array.from({ length: 24 * 6 }, () => rng.normal());
  const inUnits = (unit: number) => {
    const test = made(24, 6, (k, o) => (k % 3 === 0 ? 1 : 4) * drawn[k * 6 + o]!);
    const first = (values: Float64Array, width: number) =>
      values.map((value, i) => (i < width ? unit * value : value));
    return conformal({
      ...test,
      actual: first(test.actual, 6),
      predicted: first(test.predicted, 6),
      scales: first(test.scales, 6),
    });
  };
  const [plain, tiny] = [inUnits(1), inUnits(1e-4)];
  const radius = (calibrated: typeof plain, k: number, point: number) => {
    const [entry] = intervalsOf(calibrated, `key ${k}`, Float64Array.of(point));
    assert.ok(entry !== undefined && 'upper' in entry);
    return entry.upper[0]! - point;
  };
  for (const k of [1, 2, 23])
    assert.ok(Math.abs(radius(tiny, k, 0) / radius(plain, k, 0) - 1) < 1e-9);
  assert.ok(Math.abs((radius(tiny, 0, 0) * 1e4) / radius(plain, 0, 0) - 1) < 1e-9);
  // Of a series never seen, only the size is known.
  assert.ok(Math.abs((radius(tiny, 99, 5e-4) * 1e6) / radius(tiny, 99, 500) - 1) < 1e-9);
  assert.ok(radius(tiny, 99, 0) > 0);
});

test('a series is believed beside all others as far as its windows agree', () => {
  const widths = (sizeOf: (k: number) => number) => {
    const rng = seeded(12);
    const calibrated = conformal(made(60, 8, (k) => sizeOf(k) * rng.normal()));
    return calibrated.scales;
  };
  const ratio = (scales: readonly number[]) => {
    const mean = (part: readonly number[]) => part.reduce((sum, one) => sum + one, 0) / 30;
    return mean(scales.slice(30)) / mean(scales.slice(0, 30));
  };
  // Means of eight logarithms of normal sizes lie e^1.5 apart and more.
  const alike = widths(() => 3);
  assert.ok(Math.max(...alike) / Math.min(...alike) < 2.5, `${Math.max(...alike)}`);
  const apart = ratio(widths((k) => (k < 30 ? 1 : 10)));
  assert.ok(apart > 7 && apart < 11, `${apart}`);
});

test('the unit of an interval is that of where the forecast starts', () => {
  const rng = seeded(13);
  const test = made(10, 5, () => rng.normal());
  const [then, now] = [test, { ...test, scalesNow: test.scales.slice(0, 10).fill(6) }].map(
    (one) => conformal(one).scales,
  );
  then!.forEach((scale, k) => assert.ok(Math.abs(now![k]! / scale - 3) < 1e-9));
});

test('forecasts that were never wrong, and series without a change, have intervals', () => {
  const exact = conformal(
    made(5, 10, () => 0),
    { levels: [0.8] },
  );
  const [none] = intervalsOf(exact, 'key 1', Float64Array.of(7));
  assert.ok(none !== undefined && 'lower' in none);
  assert.deepEqual([...none.lower, ...none.upper], [7, 7]);
  const rng = seeded(14);
  const some = made(5, 10, (k) => (k === 0 ? 0 : rng.normal()));
  some.scales.fill(NaN, 0, 10);
  const [still, moving] = ['key 0', 'key 1'].map((key) => {
    const [entry] = intervalsOf(conformal(some), key, Float64Array.of(7));
    assert.ok(entry !== undefined && 'lower' in entry);
    return entry.upper[0]! - entry.lower[0]!;
  });
  assert.ok(still! > 0 && still! < moving!, `${still} ${moving}`);
});
