import assert from 'node:assert/strict';
import test from 'node:test';
import { meanDifference, momentsOf, seeded, shareDifference } from '@tino/learn';

const near = (found: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${found}, expected ${expected}`);

test('moments are those of the definition, without what is not known', () => {
  const values = [4, NaN, 7, 13, 16, NaN];
  assert.deepEqual(momentsOf(values), { count: 4, mean: 10, variance: 30 });
  assert.deepEqual(momentsOf([NaN]), { count: 0, mean: NaN, variance: NaN });
  assert.equal(momentsOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance, 30);
});

test('the interval of a difference of means agrees with SciPy', () => {
  const first = momentsOf([3.1, 4.4, 9.9, 2.0, 5.5, 7.1, 6.6, 30.0]);
  const second = momentsOf([1.0, 2.5, 2.2, 1.9, 3.3]);
  const { value, lower, upper } = meanDifference(first, second, 0.95);
  near(value, 6.395, 1e-12);
  near(lower, -1.1399372827930243, 2e-3);
  near(upper, 13.929937282793023, 2e-3);
  const other = meanDifference(second, first, 0.95);
  near(other.lower, -upper, 1e-12);
  assert.deepEqual(meanDifference(momentsOf([2, 2]), momentsOf([1, 1]), 0.9), {
    value: 1,
    lower: 1,
    upper: 1,
  });
  assert.throws(() => meanDifference(momentsOf([1]), second, 0.9), /a group has 1 values/);
});

test('the interval of a difference of shares agrees with statsmodels and stays inside of its range', () => {
  for (const [first, second, lower, upper] of [
    [[56, 70], [48, 80], 0.05243147240236498, 0.33387265403690614],
    [[10, 10], [0, 20], 0.6790860371419145, 1],
    [[9, 10], [3, 10], 0.1705227239345029, 0.809017973535488],
  ] as const) {
    const found = shareDifference(
      { count: first[0], all: first[1] },
      { count: second[0], all: second[1] },
      0.95,
    );
    near(found.lower, lower, 1e-9);
    near(found.upper, upper, 1e-9);
    assert.ok(found.lower >= -1 && found.upper <= 1);
  }
  const none = { count: 0, all: 0 };
  assert.throws(() => shareDifference(none, { count: 1, all: 2 }, 0.9), /a group has 0 members/);
});

test('intervals hold the truth as often as they promise', () => {
  const rng = seeded('difference');
  let means = 0;
  let shares = 0;
  const times = 1000;
  for (let time = 0; time < times; time++) {
    const draw = (count: number, mean: number, spread: number) =>
      momentsOf(Array.from({ length: count }, () => mean + spread * rng.normal()));
    const mean = meanDifference(draw(12, 5, 1), draw(40, 3, 4), 0.9);
    if (mean.lower <= 2 && mean.upper >= 2) means++;
    const count = (all: number, share: number) => ({
      count: Array.from({ length: all }, () => rng.next()).filter((u) => u < share).length,
      all,
    });
    const share = shareDifference(count(30, 0.2), count(50, 0.1), 0.9);
    if (share.lower <= 0.1 && share.upper >= 0.1) shares++;
  }
  near(means / times, 0.9, 0.03);
  near(shares / times, 0.91, 0.04);
});
