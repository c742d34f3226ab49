import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  categoryColumn,
  decodeArtifact,
  frame,
  metricOf,
  numberColumn,
  seeded,
  type BoostingOptions,
  type TrainingData,
} from '@tino/learn';
import { settle } from '../../src/boosting/defaults.js';
import { boostingSettings } from '../../src/boosting/parameters.js';
import { objectiveOf } from '../../src/boosting/scores.js';
import { predictionsOf, toy } from '../toy.js';

const settled = (options: BoostingOptions, data: TrainingData) => {
  const open = boostingSettings(options);
  return settle(open, objectiveOf(open.objective, open, data), data);
};

const fit = (options: BoostingOptions, data: TrainingData) =>
  boosting(options).fit(data, { rng: seeded(1) });

test('with a number of rounds it is plain boosting', () => {
  const { rounds, members, earlyStoppingRounds, rowSample, columnSample, leafModel } = settled(
    { rounds: 60 },
    toy(500, 'value'),
  );
  assert.deepEqual(
    { rounds, members, earlyStoppingRounds, rowSample, columnSample, leafModel },
    {
      rounds: 60,
      members: 1,
      earlyStoppingRounds: 0,
      rowSample: 1,
      columnSample: 1,
      leafModel: 'constant',
    },
  );
});

test('without one, members stop by held-out rows, and what is given is kept', () => {
  const open = settled({ learningRate: 0.3, members: 2 }, toy(500, 'value'));
  assert.ok(open.earlyStoppingRounds > 0 && open.rounds > 100);
  assert.deepEqual([open.learningRate, open.members, open.leafModel], [0.3, 2, 'auto']);
  // Log-odds, several raw scores, medians and monotone columns have leaves of one value.
  for (const options of [
    { objective: 'logistic' },
    { objective: 'softmax', classes: 3 },
    { objective: 'absolute' },
    { monotone: { area: 1 } },
  ] as const)
    assert.equal(settled(options, toy(300, 'binary')).leafModel, 'constant');
  assert.equal(settled({}, toy(30, 'value')).earlyStoppingRounds, 0);
  assert.equal(settled({ dropRate: 0.1 }, toy(500, 'value')).earlyStoppingRounds, 0);
});

test('more work means faster learning by fewer members', () => {
  const small = settled({}, toy(2000, 'value'));
  const many = { x: toy(2000, 'value').x, y: new Float64Array(2000).map((_, row) => row % 500) };
  const large = settled({ objective: 'softmax', classes: 500 }, many);
  assert.ok(large.learningRate > small.learningRate && large.members < small.members);
});

/** A bend, a product and noise; several tables, so that no one seed decides. */
function table(seed: number, rows: number): TrainingData {
  const rng = seeded(`table ${seed}`);
  const draw = () => Float64Array.from({ length: rows }, () => rng.normal());
  const [a, b, c, d, e] = [draw(), draw(), draw(), draw(), draw()];
  const names = ['p', 'q', 'r', 's', 't', 'u', 'v', 'w'];
  const levels = Array.from({ length: rows }, () => rng.below(8));
  const y = a.map(
    (value, row) => Math.abs(value) + b[row] * c[row] + (levels[row] % 3) + rng.normal(),
  );
  const columns = [a, b, c, d, e].map((values, i) => numberColumn(`x${i}`, values));
  const category = categoryColumn(
    'level',
    levels.map((level) => names[level]),
    names,
  );
  return { x: frame([...columns, category]), y };
}

test('untuned, it beats a fixed number of rounds on tables it has not seen', async () => {
  const rmse = metricOf('rmse');
  let better = 0;
  for (const seed of [1, 2]) {
    const held = table(seed + 100, 2000);
    const error = async (options: BoostingOptions) =>
      rmse.of(held.y, predictionsOf(await fit(options, table(seed, 600)), held.x));
    if ((await error({})) < 0.99 * (await error({ rounds: 200 }))) better++;
  }
  assert.equal(better, 2);
});

test('the leaves are lines where lines are better, and steps where steps are', async () => {
  const rng = seeded(3);
  const columns = [0, 1, 2].map((c) =>
    numberColumn(
      `x${c}`,
      Float64Array.from({ length: 1000 }, () => rng.normal()),
    ),
  );
  const [a, b] = columns.map(({ values }) => values);
  const x = frame(columns);
  const hasLines = async (y: Float64Array) =>
    'lineFirst' in decodeArtifact((await fit({ members: 1 }, { x, y })).bytes()).sections;
  assert.ok(await hasLines(a.map((value, row) => 2 * value + value * b[row] + 0.1 * rng.normal())));
  const steps = a.map(
    (value, row) => (value > 0 ? 3 : 0) + (b[row] > 0.5 ? 2 : 0) + 0.3 * rng.normal(),
  );
  assert.ok(!(await hasLines(steps)));
});

test('a class of two rows among thousands ruins nothing, with or without a penalty', async () => {
  const rng = seeded(9);
  const rows = 4000;
  const x = frame(
    [0, 1, 2, 3].map((c) =>
      numberColumn(
        `x${c}`,
        Float64Array.from({ length: rows }, () => rng.normal()),
      ),
    ),
  );
  const [first] = x.columns;
  const values = first.kind === 'number' ? first.values : new Float64Array(0);
  const y = Float64Array.from(values, (value, row) =>
    row < 2 ? 3 : row < 7 ? 4 : value < -1 ? 0 : value < 1 ? 1 : 2,
  );
  const held = Uint8Array.from({ length: rows }, (_, row) => (row % 4 === 3 ? 1 : 0));
  for (const l2 of [0, 1]) {
    const options = { objective: 'softmax', classes: 5, rounds: 60, l2 } as const;
    const said = predictionsOf(await fit(options, { x, y, validation: held }), x);
    const rest = [...y.keys()].filter((row) => held[row] === 1);
    const loss = rest.reduce((sum, row) => sum - Math.log(said[5 * row + y[row]]), 0) / rest.length;
    assert.ok(loss < 0.1, `log loss ${loss} with l2 ${l2}`);
  }
});
