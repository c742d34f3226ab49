import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  decodeArtifact,
  frame,
  metricOf,
  numberColumn,
  seeded,
  type BoostingOptions,
  type Model,
  type TrainingData,
} from '@tino/learn';
import { predictionsOf, toy } from '../toy.js';

/** Products of pairs that overlap: without a constraint trees would mix all of them. */
function pairs(rows: number, seed: string): TrainingData {
  const rng = seeded(seed);
  const columns = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    numberColumn(
      name,
      Float64Array.from({ length: rows }, () => rng.normal()),
    ),
  );
  const [a, b, c, d, e] = columns.map(({ values }) => values);
  const y = a.map((value, row) => value * b[row] + b[row] * c[row] + c[row] * d[row] + e[row]);
  return { x: frame(columns), y };
}

/** The set of columns on the way to each leaf. */
function pathsOf(model: Model): Set<number>[] {
  const { roots, column, left, right } = decodeArtifact(model.bytes()).sections;
  const paths: Set<number>[] = [];
  const walk = (node: number, above: ReadonlySet<number>): void => {
    if (node < 0) return void paths.push(new Set(above));
    const here = new Set([...above, column[node]]);
    walk(left[node], here);
    walk(right[node], here);
  };
  roots.forEach((root) => walk(root, new Set()));
  return paths;
}

const fit = (options: BoostingOptions, data: TrainingData) =>
  boosting({ rounds: 40, ...options }).fit(data, { rng: seeded(1) });

test('no path mixes columns that share no list', async () => {
  const data = pairs(1500, 'train');
  const free = pathsOf(await fit({}, data));
  assert.ok(free.some((path) => path.has(0) && path.has(3)));
  const lists = [
    ['a', 'b'],
    ['b', 'c', 'd'],
  ];
  const model = await fit({ interactions: lists }, data);
  const allowed = [new Set([0, 1]), new Set([1, 2, 3]), new Set([4])];
  for (const path of pathsOf(model))
    assert.ok(
      allowed.some((list) => [...path].every((column) => list.has(column))),
      [...path].join(' '),
    );
  // Each list is used, and so is the column that is in none.
  for (const column of [0, 1, 2, 3, 4]) assert.ok(pathsOf(model).some((path) => path.has(column)));
});

test('lists name columns of the frame', async () => {
  await assert.rejects(
    fit({ interactions: [['area', 'rooms']] }, toy(50, 'value')),
    /interactions names column rooms, which the frame lacks/,
  );
});

test('columns drawn at each split differ within a tree, and by seed', async () => {
  const data = pairs(800, 'train');
  const held = pairs(800, 'held');
  const one = (seed: number, columnSampleByNode: number) =>
    boosting({ rounds: 120, columnSampleByNode }).fit(data, { rng: seeded(seed) });
  const models = [await one(1, 0.4), await one(2, 0.4)];
  assert.notDeepEqual(models[0].bytes(), models[1].bytes());
  assert.ok(pathsOf(models[0]).some((path) => path.size > 2));
  const rmse = metricOf('rmse');
  const error = (model: Model) => rmse.of(held.y, predictionsOf(model, held.x));
  const whole = error(await one(1, 1));
  models.forEach((model) => assert.ok(error(model) < 1.15 * whole));
});

test('no leaf adds more than maxDelta, before the learning rate', async () => {
  const data = toy(300, 'value');
  const settings = { rounds: 5, learningRate: 0.5, minDataInLeaf: 5, maxDelta: 0.2 };
  const { values } = decodeArtifact((await fit(settings, data)).bytes()).sections;
  const sizes = [...values].map(Math.abs);
  assert.ok(Math.max(...sizes) <= 0.1 + 1e-12 && Math.max(...sizes) > 0.099);
});

test('L1 sets small leaves to zero, path smoothing draws leaves together', async () => {
  const data = toy(400, 'value');
  const leaves = async (options: BoostingOptions) => {
    const model = await fit({ rounds: 1, minDataInLeaf: 5, minGain: 1e-9, ...options }, data);
    return [...decodeArtifact(model.bytes()).sections['values']];
  };
  const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
  const plain = await leaves({});
  const strict = await leaves({ l1: 40 });
  assert.ok(Math.max(...strict.map(Math.abs)) < Math.max(...plain.map(Math.abs)));
  assert.ok(spread(await leaves({ pathSmoothing: 50 })) < 0.9 * spread(plain));
});

test('narrowed columns are the same by kernels and by their plain twin', async () => {
  const data = pairs(600, 'train');
  const lists = [
    ['a', 'b', 'c'],
    ['c', 'd', 'e'],
  ];
  const estimator = boosting({ rounds: 8, interactions: lists, columnSampleByNode: 0.6 });
  const fast = await estimator.fit(data, { rng: seeded(1) });
  const plain = await estimator.fit(data, { rng: seeded(1), kernels: 'plain' });
  assert.deepEqual(fast.bytes(), plain.bytes());
});
