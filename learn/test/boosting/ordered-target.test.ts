import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  categoryColumn,
  frame,
  loadModel,
  metricOf,
  numberColumn,
  seeded,
  type BoostingOptions,
  type TrainingData,
} from '@tino/learn';
import { orderCategories } from '../../src/boosting/ordered-target.js';
import { predictionsOf } from '../toy.js';

/** Many levels with few rows each: some have an effect, most are noise that invites learning it. */
function manyLevels(rows: number, seed: string, effect: number): TrainingData {
  const rng = seeded(seed);
  const names = Array.from({ length: rows }, () => `level ${rng.below(400)}`);
  const effects = seeded('effects');
  const of = Float64Array.from({ length: 400 }, () => effect * effects.normal());
  const z = Float64Array.from({ length: rows }, () => rng.normal());
  const y = Float64Array.from(
    names,
    (name, row) => of[Number(name.slice(6))] + z[row] + rng.normal(),
  );
  return { x: frame([categoryColumn('name', names), numberColumn('z', z)]), y };
}

const fit = (options: BoostingOptions, data: TrainingData) =>
  boosting({ rounds: 80, leaves: 16, ...options }).fit(data, { rng: seeded(4) });
const rmse = metricOf('rmse');

test('a row’s statistic knows the rows before it and never its own target', () => {
  const names = ['a', 'b', 'a', 'b', 'a', null, 'a', null];
  const x = frame([categoryColumn('name', names)]);
  const y = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const rows = Int32Array.from(y, (_, row) => row);
  const options = { levelsMin: 2, smoothing: 1, bins: 255 };
  const split = { training: rows.subarray(0, 7), validation: rows.subarray(7) };
  const values = (targets: Float64Array) => {
    const [column] = orderCategories({ x, y: targets }, rows, options, seeded(1)).frameOf(
      split,
      seeded(2),
    ).columns;
    return column.kind === 'number' ? column.values : new Float64Array(0);
  };
  const before = values(y);
  // The mean of all moves with a target, and all statistics with it: keep it and swap two.
  const swapped = y.slice();
  [swapped[0], swapped[1]] = [y[1], y[0]];
  const first = values(swapped);
  assert.equal(before.length, 8);
  assert.ok(first.some((value, row) => value !== before[row]));
  // The first row of a level, in the random order, sees nothing but the mean of all.
  const prior = [...before].filter(
    (value, row) => before.indexOf(value) !== row || before.lastIndexOf(value) !== row,
  );
  assert.ok(prior.length >= 3);
});

test('levels of noise fool ordered statistics less than sets of rare levels', async () => {
  const data = manyLevels(1500, 'train', 0);
  const held = manyLevels(1500, 'held', 0);
  const error = async (options: BoostingOptions) =>
    rmse.of(held.y, predictionsOf(await fit(options, data), held.x));
  const sets = await error({ categories: 'sets', categorySmoothing: 1, categoryRowsMin: 1 });
  const ordered = await error({ categories: 'ordered' });
  assert.ok(ordered < sets, `${ordered} against ${sets}`);
});

test('levels that matter are told apart, and a saved model predicts the same', async () => {
  const data = manyLevels(4000, 'train', 2);
  const held = manyLevels(1000, 'held', 2);
  const model = await fit({ categories: 'ordered' }, data);
  const said = predictionsOf(model, held.x);
  const error = rmse.of(held.y, said);
  assert.ok(error < 1.5, `${error}`);
  const again = loadModel(model.bytes());
  assert.deepEqual(predictionsOf(again, held.x), said);
  const { base, contributions, raw } = model.explain!(held.x, 0);
  assert.ok(Math.abs(base + contributions[0] + contributions[1] - said[0]) < 1e-9);
  assert.ok(Math.abs(raw - said[0]) < 1e-9);
  const unknown = frame([categoryColumn('name', ['new', null]), numberColumn('z', [0, 0])]);
  const [fresh, missing] = predictionsOf(model, unknown);
  assert.equal(fresh, missing);
  // Near the middle of all levels, not at an end.
  assert.ok(Math.abs(fresh) < 1.5, `${fresh}`);
});

test('members and early stopping share one set of bins', async () => {
  const data = manyLevels(1500, 'train', 2);
  const held = manyLevels(1000, 'held', 2);
  const options = { categories: 'ordered', earlyStoppingRounds: 10, rounds: 200 } as const;
  const one = rmse.of(held.y, predictionsOf(await fit(options, data), held.x));
  const four = await fit({ ...options, members: 4 }, data);
  assert.ok(rmse.of(held.y, predictionsOf(four, held.x)) < one);
});

test('ordered statistics are refused where a level has no one statistic', async () => {
  assert.throws(
    () => boosting({ categories: 'ordered', objective: 'softmax', classes: 3 }),
    /one statistic a level/,
  );
});
