import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  bootstrapDifference,
  conformalFactors,
  bandAround,
  conformalBands,
  conformalInterval,
  foldsByTime,
  kFold,
  metricOf,
  pairedBootstrap,
  rollingFolds,
  seeded,
} from '@tino/learn';

test('every row is tested once and never with itself; groups stay whole; classes are spread', () => {
  const shape = fc.record({
    rows: fc.integer({ min: 2, max: 80 }),
    folds: fc.integer({ min: 2, max: 6 }),
    seed: fc.integer(),
    kind: fc.constantFrom('plain', 'groups', 'stratify'),
  });
  fc.assert(
    fc.property(shape, ({ rows, folds, seed, kind }) => {
      const label = Int32Array.from({ length: rows }, (_, row) => (row * 7 + seed) % 3);
      const options = kind === 'plain' ? {} : { [kind]: label };
      const found = kFold(rows, { folds, rng: seeded(seed), ...options });
      const tested = found.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
      assert.deepEqual(
        tested,
        Array.from({ length: rows }, (_, row) => row),
      );
      for (const { train, test } of found) {
        assert.equal(train.length + test.length, rows);
        const held = new Set(test);
        assert.ok(train.every((row) => !held.has(row)));
        const labels = new Set(Array.from(test, (row) => label[row]));
        if (kind === 'groups') assert.ok(train.every((row) => !labels.has(label[row])));
        else assert.ok(Math.abs(test.length - rows / folds) < 1);
        if (kind !== 'stratify') continue;
        for (let k = -2; k < 3; k++) {
          const count = (of: Int32Array) => of.filter((row) => label[row] === k).length;
          assert.ok(Math.abs(count(test) - (count(test) + count(train)) / folds) <= 1);
        }
      }
    }),
    { seed: 3 },
  );
});

test('one group alone, or one row, gives no fold', () => {
  assert.deepEqual(kFold(5, { folds: 3, rng: seeded(1), groups: [1, 1, 1, 1, 1] }), []);
  assert.deepEqual(kFold(1, { folds: 2, rng: seeded(1) }), []);
  assert.throws(() => kFold(5, { folds: 1, rng: seeded(1) }), /folds is 1/);
});

test('folds by time train on nothing that was not known at their first cut-off', () => {
  const row = fc.record({
    cutoff: fc.integer({ min: 0, max: 30 }),
    horizon: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 40, maxLength: 90 }),
      fc.integer({ min: 1, max: 5 }),
      (rows, folds) => {
        const cutoffs = rows.map(({ cutoff }) => cutoff);
        const closed = rows.map(({ cutoff, horizon }) => cutoff + horizon);
        fc.pre(new Set(cutoffs).size > 12);
        const found = foldsByTime(cutoffs, closed, { folds });
        assert.ok(found.length > 0 && found.length <= folds);
        let last = -Infinity;
        for (const { train, test } of found) {
          const first = Math.min(...Array.from(test, (i) => cutoffs[i]));
          for (const i of train) assert.ok(closed[i] <= first && cutoffs[i] < first);
          assert.ok(first > last);
          last = Math.max(...Array.from(test, (i) => cutoffs[i]));
        }
      },
    ),
    { seed: 4 },
  );
});

test('monthly cut-offs: each fold validates a later block, labels still open are left out', () => {
  const cutoffs = [1, 1, 2, 2, 3, 3, 4, 4];
  const closed = cutoffs.map((cutoff) => cutoff + 1.5);
  assert.deepEqual(
    foldsByTime(cutoffs, closed, { folds: 3 }).map(({ train, test }) => [[...train], [...test]]),
    [
      [
        [0, 1],
        [4, 5],
      ],
      [
        [0, 1, 2, 3],
        [6, 7],
      ],
    ],
  );
  assert.throws(() => foldsByTime([1, 1], [2, 2], { folds: 3 }), /no fold by time/);
});

test('a gap keeps rolling folds apart', () => {
  const times = Array.from({ length: 100 }, (_, i) => i);
  for (const { train, test } of rollingFolds(times, { folds: 4, gap: 7 }))
    assert.equal(test[0] - train[train.length - 1], 7);
});

test('a bootstrap interval holds the difference, and is wider when rows come in groups', () => {
  const rng = seeded(5);
  const groups = Array.from({ length: 600 }, (_, i) => Math.floor(i / 20));
  const shared = Array.from({ length: 30 }, () => rng.normal());
  const differences = groups.map((group) => 0.5 + shared[group] + 0.1 * rng.normal());
  const alone = pairedBootstrap(differences, { rng: seeded(1) });
  const together = pairedBootstrap(differences, { rng: seeded(1), groups });
  assert.equal(alone.difference, differences.reduce((a, b) => a + b, 0) / 600);
  for (const { difference, lower, upper } of [alone, together])
    assert.ok(lower < difference && difference < upper);
  assert.ok(together.upper - together.lower > 2 * (alone.upper - alone.lower));
});

test('a bootstrap of means agrees with the one of any measure', () => {
  const rng = seeded(6);
  const values = Array.from({ length: 80 }, () => rng.normal());
  const mean = (sample: Int32Array) =>
    sample.reduce((sum, row) => sum + values[row], 0) / sample.length;
  const options = () => ({ rng: seeded(2), samples: 300 });
  const one = pairedBootstrap(values, options());
  const two = bootstrapDifference(80, mean, options());
  assert.ok(Math.abs(one.lower - two.lower) < 1e-12 && Math.abs(one.upper - two.upper) < 1e-12);
  const y = values.map((_, i) => (i < 2 ? 1 : 0));
  const auc = (sample: Int32Array) =>
    metricOf('rocAuc').of(
      Array.from(sample, (i) => y[i]),
      Array.from(sample, (i) => values[i]),
    );
  const rare = bootstrapDifference(80, auc, options());
  assert.ok(Number.isFinite(rare.lower) && Number.isFinite(rare.upper));
});

test('conformal intervals hold as often as they say, whatever the distribution', () => {
  const rng = seeded(7);
  const noise = () => rng.normal() ** 3;
  for (const level of [0.8, 0.95]) {
    let inside = 0;
    for (let trial = 0; trial < 4000; trial++) {
      const [found] = conformalInterval(Float64Array.from({ length: 39 }, noise), [level]);
      assert.ok('offset' in found);
      if (Math.abs(noise()) <= found.offset) inside++;
    }
    // 39 points support both levels exactly: the coverage is the level.
    assert.ok(Math.abs(inside / 4000 - level) < 0.02);
  }
});

test('a level that the points cannot support is left out with the reason', () => {
  const residuals = Float64Array.from({ length: 18 }, (_, i) => i);
  const [fine, wide] = conformalInterval(residuals, [0.8, 0.95]);
  assert.deepEqual(fine, { level: 0.8, offset: 15 });
  assert.deepEqual(wide, {
    level: 0.95,
    reason: '18 calibration points cannot support level 0.95; it takes 19',
  });
  assert.ok('offset' in conformalInterval(new Float64Array(19), [0.95])[0]);
});

test('factors for prices are relative and need values above 0', () => {
  const predicted = Array.from({ length: 9 }, () => 100);
  const actual = predicted.map((_, i) => (i % 2 === 0 ? 200 : 50));
  const [found] = conformalFactors(actual, predicted, [0.8]);
  assert.ok('factor' in found && Math.abs(found.factor - 2) < 1e-12);
  assert.throws(() => conformalFactors([0], [1], [0.8]), /row 0 is 0 against 1 predicted/);
});

test('bands hold their share among small and large predictions alike, where one width does not', () => {
  const world = (rows: number, seed: number) => {
    const rng = seeded(seed);
    const predicted = Float64Array.from({ length: rows }, () => Math.exp(1.5 * rng.normal()));
    // Many bring nothing, the others a multiple: skew, and a spread that grows with the prediction.
    const actual = predicted.map((p) =>
      rng.next() < 0.4 ? 0 : (p / 0.6) * Math.exp(0.5 * rng.normal()),
    );
    return { predicted, actual };
  };
  const train = world(5000, 1);
  const held = world(5000, 2);
  const outside = (interval: (p: number) => [number, number]) =>
    [held.predicted.map((p) => Number(p < 0.3)), held.predicted.map((p) => Number(p > 4))].map(
      (part) => {
        let [wrong, all] = [0, 0];
        part.forEach((is, row) => {
          if (is === 0) return;
          const [lower, upper] = interval(held.predicted[row]);
          all++;
          if (held.actual[row] < lower - 1e-9 || held.actual[row] > upper) wrong++;
        });
        return wrong / all;
      },
    );
  const [bands] = conformalBands(train.actual, train.predicted, [0.8]);
  assert.ok('bands' in bands && bands.bands.length === 10);
  for (const share of outside((p) => bandAround(bands, p))) assert.ok(share < 0.23, String(share));
  const [one] = conformalInterval(
    train.actual.map((value, row) => value - train.predicted[row]),
    [0.8],
  );
  assert.ok('offset' in one);
  assert.ok(outside((p) => [p - one.offset, p + one.offset])[1] > 0.5);
  const few = conformalBands(
    train.actual.subarray(0, 30),
    train.predicted.subarray(0, 30),
    [0.8, 0.95],
  );
  assert.ok('bands' in few[0] && few[0].bands.length === 1);
  assert.ok('reason' in few[1] && few[1].reason.startsWith('30 calibration points cannot'));
  const [flat] = conformalBands(
    new Float64Array(400).fill(3),
    new Float64Array(400).fill(3),
    [0.8],
  );
  assert.ok('bands' in flat);
  assert.deepEqual(bandAround(flat, 3), [3, 3]);
});
