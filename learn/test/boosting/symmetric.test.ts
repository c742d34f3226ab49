import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  decodeArtifact,
  frame,
  loadModel,
  metricOf,
  numberColumn,
  seeded,
  type BoostingOptions,
  type Effects,
  type TrainingData,
} from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { predictionsOf, toy } from '../toy.js';

const fit = (options: BoostingOptions, data: TrainingData, lent: Partial<Effects> = {}) =>
  boosting({ rounds: 20, growth: 'symmetric', leaves: 16, minDataInLeaf: 5, ...options }).fit(
    data,
    {
      rng: seeded(1),
      ...lent,
    },
  );

test('all nodes of a level split alike, and every leaf is as deep', async () => {
  for (const [objective, target] of [
    ['squared', 'value'],
    ['logistic', 'binary'],
  ] as const) {
    const model = await fit({ objective }, toy(400, target));
    const { roots, column, threshold, levelSet, levelWords, missingLeft, left, right } =
      decodeArtifact(model.bytes()).sections;
    const tell = (node: number) => {
      const at = levelSet[node];
      const set = at < 0 ? [] : levelWords.slice(at, at + 8);
      return [column[node], threshold[node], missingLeft[node], ...set].join(' ');
    };
    for (const root of roots) {
      let level = [root];
      while (level[0] >= 0) {
        assert.equal(new Set(level.map(tell)).size, 1);
        level = level.flatMap((node) => [left[node], right[node]]);
        assert.ok(level.every((node) => node < 0) || level.every((node) => node >= 0));
      }
      assert.ok(level.length <= 16);
    }
    assert.ok([...roots].some((root) => root >= 0));
  }
});

test('one level is the best split that growth by leaf finds', async () => {
  for (const target of ['value', 'binary', 'positive'] as const) {
    const data = toy(300, target);
    const objective = target === 'binary' ? 'logistic' : target === 'value' ? 'squared' : 'poisson';
    const settings = { objective, leaves: 2, rounds: 6 } as const;
    const one = predictionsOf(await fit(settings, data), data.x);
    const other = predictionsOf(await fit({ ...settings, growth: 'leafWise' }, data), data.x);
    one.forEach((value, row) => assert.ok(Math.abs(value - other[row]) < 1e-9 * (1 + value)));
  }
});

test('the second level gains most over both of its leaves, as by hand', async () => {
  // Left and right differ by x; within each, z matters more than w taken together.
  const rows = [0, 1].flatMap((x) => [0, 1].flatMap((z) => [0, 1].map((w) => ({ x, z, w }))));
  const data = {
    x: frame([
      numberColumn(
        'x',
        rows.map(({ x }) => x),
      ),
      numberColumn(
        'z',
        rows.map(({ z }) => z),
      ),
      numberColumn(
        'w',
        rows.map(({ w }) => w),
      ),
    ]),
    // In the left leaf w matters most by itself, over both leaves z does.
    y: Float64Array.from(rows, ({ x, z, w }) => 100 * x + (x === 0 ? 3 * z + 4 * w : 9 * z)),
  };
  const settings = { rounds: 1, leaves: 4, minDataInLeaf: 1, l2: 0, learningRate: 1 };
  const { column } = decodeArtifact((await fit(settings, data)).bytes()).sections;
  assert.deepEqual([...column], [0, 1, 1]);
  const byLeaf = await fit({ ...settings, growth: 'leafWise', leaves: 5 }, data);
  assert.ok([...decodeArtifact(byLeaf.bytes()).sections['column']].includes(2));
});

test('symmetric trees learn unseen rows about as well, and are saved', async () => {
  const data = toy(1500, 'value');
  const held = toy(1500, 'value', 'held');
  const rmse = metricOf('rmse');
  const model = await fit({ rounds: 150 }, data);
  const said = predictionsOf(model, held.x);
  assert.deepEqual(predictionsOf(loadModel(model.bytes()), held.x), said);
  const byLeaf = predictionsOf(await fit({ rounds: 150, growth: 'leafWise' }, data), held.x);
  assert.ok(rmse.of(held.y, said) < 1.05 * rmse.of(held.y, byLeaf));
});

test('a leaf with too few rows has the value of the nearest node with enough', async () => {
  const rng = seeded(8);
  const draw = () => Float64Array.from({ length: 120 }, () => rng.normal());
  const columns = [draw(), draw(), draw()];
  const y = columns[0].map((value, row) => value * columns[1][row] + columns[2][row]);
  const x = frame(columns.map((values, c) => numberColumn(`x${c}`, values)));
  const model = await fit({ rounds: 1, leaves: 32, minDataInLeaf: 15, learningRate: 1 }, { x, y });
  const { column, threshold, left, right, values, leafCover } = decodeArtifact(
    model.bytes(),
  ).sections;
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  let few = 0;
  const check = (node: number, rows: readonly number[], above: number): void => {
    const own = rows.reduce((sum, row) => sum + y[row] - mean, 0) / (rows.length + 1);
    const value = rows.length >= 15 ? own : above;
    if (node < 0) {
      assert.equal(leafCover[~node], rows.length);
      assert.ok(Math.abs(values[~node] - value) < 1e-9, `${values[~node]} is not ${value}`);
      if (rows.length < 15) few++;
      return;
    }
    const goes = (row: number) => columns[column[node]][row] <= threshold[node];
    check(left[node], rows.filter(goes), value);
    check(
      right[node],
      rows.filter((row) => !goes(row)),
      value,
    );
  };
  check(0, [...y.keys()], 0);
  assert.ok(few > 0);
});

test('symmetric trees are the same by kernels, by their plain twin and by two threads', async () => {
  const data = toy(500, 'binary');
  const settings = { objective: 'logistic', rowSample: 0.7, columnSampleByNode: 0.7 } as const;
  const fast = await fit(settings, data);
  assert.deepEqual((await fit(settings, data, { kernels: 'plain' })).bytes(), fast.bytes());
  const pool = createPool({ threads: 2 });
  try {
    assert.deepEqual((await fit(settings, data, { pool })).bytes(), fast.bytes());
  } finally {
    await pool.close();
  }
});

test('threads that share large leaves leave the same bytes', async () => {
  const data = toy(40_000, 'value');
  const settings = { rounds: 2, leaves: 32 };
  const alone = (await fit(settings, data)).bytes();
  const pool = createPool({ threads: 3 });
  try {
    assert.deepEqual((await fit(settings, data, { pool })).bytes(), alone);
  } finally {
    await pool.close();
  }
});

test('a level is searched alike with and without rules that bind nothing', async () => {
  for (const target of ['value', 'binary'] as const) {
    const data = toy(500, target);
    const objective = target === 'binary' ? 'logistic' : 'squared';
    const free = predictionsOf(await fit({ objective }, data), data.x);
    const bound = predictionsOf(await fit({ objective, maxDelta: 1e6 }, data), data.x);
    free.forEach((value, row) => assert.ok(Math.abs(value - bound[row]) < 1e-9));
  }
});
