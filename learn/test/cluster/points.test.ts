import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame, numberColumn, seeded } from '@tino/learn';
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
