import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseK, frame, numberColumn, seeded, type Rng } from '@tino/learn';
import { axesOf, pointsOf } from '../../src/cluster/points.js';
import { quantileSorted, sortedKnown } from '../../src/forecast/series/statistics.js';

const mean = (values: readonly number[]) =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

test('an axis holds values between the quantiles of the sorted ones, and leaves unit variance', () => {
  const rng = seeded('axes');
  for (const winsor of [0, 0.01, 0.2])
    for (const rows of [1, 2, 7, 500]) {
      const values = Float64Array.from({ length: rows }, () =>
        rows > 2 && rng.next() < 0.1 ? NaN : Math.round(20 * rng.normal()),
      );
      const x = frame([numberColumn('a', values)]);
      const before = values.slice();
      const [axis] = axesOf(x, { winsor, logSkewed: false });
      assert.deepEqual(values, before, 'the column is left alone');
      assert.ok(axis?.kind === 'number');
      const sorted = sortedKnown(values);
      const quantile = (at: number) => quantileSorted(sorted, at);
      assert.deepEqual(
        [axis.low, axis.median, axis.high],
        [quantile(winsor), quantile(0.5), quantile(1 - winsor)],
      );
      const points = [...pointsOf(x, [axis]).values].filter((_, i) => !Number.isNaN(values[i]));
      assert.ok(Math.abs(mean(points)) < 1e-9);
      const variance = mean(points.map((one) => one ** 2));
      assert.ok(Math.abs(variance - (axis.deviation === Infinity ? 0 : 1)) < 1e-9, `${variance}`);
    }
});

test('only a skewed column without negative values is taken as its logarithm', () => {
  const rng = seeded('skew');
  const column = (of: (z: number) => number) =>
    numberColumn(
      'a',
      Float64Array.from({ length: 500 }, () => of(rng.normal())),
    );
  const isLog = (of: (z: number) => number) => {
    const [axis] = axesOf(frame([column(of)]), { winsor: 0.01, logSkewed: true });
    return axis?.kind === 'number' && axis.log;
  };
  assert.deepEqual(
    [isLog(Math.exp), isLog((z) => z), isLog((z) => Math.exp(z) - 1)],
    [true, false, false],
  );
});

test('one long-tailed cloud is refused, whatever the unit of its columns', () => {
  const cloud = (unit: number) => {
    const rng = seeded('tails');
    const column = (name: string, spread: number) =>
      numberColumn(
        name,
        Float64Array.from({ length: 500 }, () => unit * Math.exp(spread * rng.normal())),
      );
    return frame([column('a', 2), column('b', 2), column('c', 1.5)]);
  };
  for (const unit of [1e-6, 0.01, 1, 100, 1e6]) {
    const { k, reason } = chooseK(cloud(unit), { kMax: 5 }, { rng: seeded(1) });
    assert.equal(k, null, `in units of ${unit}: ${reason}`);
  }
});

const shapes: Record<string, (rng: Rng, row: number) => number[]> = {
  'one flat cloud': (rng) => [rng.next(), rng.next()],
  'one flat column': (rng) => [rng.next()],
  'a flat box': (rng) => [rng.next(), rng.next(), rng.next()],
  'a cloud beside a constant': (rng) => [rng.normal(), 7],
  'a cloud with one row far away': (rng, row) => [row === 0 ? 1e15 : rng.normal(), rng.normal()],
  'three clouds': (rng, row) => [
    (row % 3 === 0 ? 5 : 0) + rng.normal(),
    (row % 3 === 1 ? 5 : 0) + rng.normal(),
  ],
};

for (const [what, pointOf] of Object.entries(shapes))
  test(`the choice of k is right about ${what}`, () => {
    const rng = seeded(what);
    const rows = Array.from({ length: 600 }, (_, row) => pointOf(rng, row));
    const x = frame(
      rows[0]!.map((_, d) =>
        numberColumn(
          `c${d}`,
          rows.map((point) => point[d]!),
        ),
      ),
    );
    const { k, reason } = chooseK(x, { kMax: 4 }, { rng: seeded(1) });
    assert.equal(k, what === 'three clouds' ? 3 : null, reason);
  });

test('a column varies by its own measure, however small, and rounding is no variation', () => {
  const axis = (values: number[]) => {
    const [found] = axesOf(frame([numberColumn('a', values)]), { winsor: 0, logSkewed: true });
    assert.ok(found?.kind === 'number');
    return found.deviation;
  };
  assert.ok(axis([1e-20, 2e-20, 3e-20]) < 1e-19);
  assert.equal(axis(Array<number>(999).fill(123_456.789)), Infinity);
  assert.equal(axis([0.1 + 0.2, 0.3, 0.3, 0.3]), Infinity);
});
