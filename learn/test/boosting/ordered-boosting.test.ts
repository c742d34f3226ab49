import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  frame,
  metricOf,
  numberColumn,
  seeded,
  type BoostingOptions,
  type TrainingData,
} from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { orderedBoosting } from '../../src/boosting/ordered-boosting.js';
import { objectiveOf } from '../../src/boosting/scores.js';
import { predictionsOf, toy } from '../toy.js';

/** A weak slope among noise. */
function noisy(rows: number, seed: number): TrainingData {
  const rng = seeded(seed);
  const normal = () => Float64Array.from({ length: rows }, () => rng.normal());
  const columns = ['a', 'b', 'c', 'd'].map((name) => numberColumn(name, normal()));
  const y = columns[0].values.map((value) => 0.5 * value + rng.normal());
  return { x: frame(columns), y };
}

const settings = { rounds: 60, learningRate: 0.1, leaves: 16, minDataInLeaf: 3 } as const;
const ordered = { ...settings, boostingOrder: 'ordered' } as const;

test('on few noisy rows, stopped by others, it learns, and errs about as plain boosting does', async () => {
  const stopped = { ...settings, leaves: 8, rounds: 200, earlyStoppingRounds: 20 };
  for (const growth of ['symmetric', 'leafWise'] as const) {
    const sums = { plain: 0, ordered: 0, constant: 0 };
    for (let seed = 1; seed <= 6; seed++) {
      const held = noisy(1000, 100 + seed);
      const train = noisy(200, seed);
      const mean = train.y.reduce((sum, value) => sum + value / 200, 0);
      sums.constant += metricOf('rmse').of(held.y, new Float64Array(1000).fill(mean));
      for (const boostingOrder of ['plain', 'ordered'] as const) {
        const model = await boosting({ ...stopped, growth, boostingOrder }).fit(train, {
          rng: seeded(seed),
        });
        sums[boostingOrder] += metricOf('rmse').of(held.y, predictionsOf(model, held.x));
      }
    }
    assert.ok(sums.ordered < 1.03 * sums.plain, `${growth}: ${sums.ordered}, ${sums.plain}`);
    assert.ok(sums.ordered < 0.98 * sums.constant, `${growth}: ${sums.ordered}, ${sums.constant}`);
  }
});

test('what a row is judged by has not seen its target', () => {
  const rows = 40;
  const y = Float64Array.from({ length: rows }, (_, row) => Math.sin(3 * row));
  const training = Int32Array.from({ length: rows }, (_, row) => row);
  /** What is said of each row after one tree of one leaf, without shrinkage: the mean of others. */
  const saidOf = (target: Float64Array) => {
    const data = { x: frame([numberColumn('a', target)]), y: target };
    const objective = objectiveOf('squared', { alpha: 0.5, classes: 2, rankedAt: 30 }, data);
    const own = orderedBoosting({
      objective,
      data,
      training,
      start: Float64Array.of(0),
      l2: 0,
      learningRate: 1,
      minDataInLeaf: 1,
      stepMax: Infinity,
      rng: seeded(4),
    });
    const gradients = new Float64Array(rows);
    const scores = [new Float64Array(rows)];
    own.derive(scores, [gradients], []);
    const values = [0];
    const tree = { nodes: [], values, rows: [] };
    const bounds = [{ lower: -Infinity, upper: Infinity }];
    own.learn({ tree, rows: training, starts: [0], ends: [rows], bounds }, 0);
    own.derive(scores, [gradients], []);
    return { said: gradients.map((gradient, row) => gradient + target[row]), value: values[0] };
  };
  const { said, value } = saidOf(y);
  const mean = y.reduce((sum, each) => sum + each / rows, 0);
  assert.ok(Math.abs(value - mean) < 1e-12);
  for (const row of [0, 7, 23, 39]) {
    const other = y.slice();
    other[row] += 100;
    const changed = saidOf(other);
    assert.ok(Math.abs(changed.said[row] - said[row]) < 1e-12);
    assert.ok(Math.abs(changed.value - value) > 1);
  }
});

test('the same bytes with threads, without WebAssembly, and again', async () => {
  const pool = await createPool({ threads: 2 });
  try {
    for (const [objective, target] of [
      ['squared', 'value'],
      ['logistic', 'binary'],
      ['softmax', 'classes'],
    ] as const) {
      const options: BoostingOptions = { ...ordered, rounds: 8, objective, classes: 3 };
      const fit = async (lent: object) =>
        (await boosting(options).fit(toy(400, target), { rng: seeded(1), ...lent })).bytes();
      const one = await fit({});
      for (const lent of [{}, { pool }, { kernels: 'plain' }])
        assert.deepEqual(await fit(lent), one);
    }
  } finally {
    await pool.close();
  }
});

test('monotone columns stay monotone, and rows may be held out', async () => {
  const model = await boosting({
    ...ordered,
    monotone: { a: 1 },
    earlyStoppingRounds: 10,
  }).fit(noisy(200, 3), { rng: seeded(2) });
  const steps = Float64Array.from({ length: 50 }, (_, i) => i / 10 - 2.5);
  const still = new Float64Array(50);
  const out = predictionsOf(
    model,
    frame(['a', 'b', 'c', 'd'].map((name) => numberColumn(name, name === 'a' ? steps : still))),
  );
  for (let i = 1; i < 50; i++) assert.ok(out[i] >= out[i - 1]);
  assert.ok(out[49] > out[0]);
});

test('what supporting models cannot follow is refused', () => {
  for (const [options, says] of [
    [{ rowSample: 0.5 }, /rowSample is 0.5/],
    [{ sampling: 'goss' }, /sampling is goss/],
    [{ leafModel: 'linear' }, /leafModel is linear/],
    [{ objective: 'quantile' }, /objective is quantile/],
    [{ dropRate: 0.1 }, /dropRate is 0.1/],
    [{ pathSmoothing: 2 }, /pathSmoothing is 2/],
  ] as const)
    assert.throws(() => boosting({ ...ordered, ...options }), says);
});
