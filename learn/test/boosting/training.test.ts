import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  categoryColumn,
  frame,
  mean,
  metricOf,
  numberColumn,
  seeded,
  takeRows,
  type BoostingOptions,
  type OwnObjective,
  type TrainingData,
} from '@tino/learn';
import { predictionsOf, toy } from '../toy.js';

const fit = (options: BoostingOptions, data: TrainingData) =>
  boosting({ minDataInLeaf: 5, leaves: 8, ...options }).fit(data, { rng: seeded(3) });

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, row) => from + row);

test('rounds on an old model are the rounds that one fit would have added', async () => {
  for (const [objective, target] of [
    ['squared', 'value'],
    ['absolute', 'value'],
    ['logistic', 'binary'],
    ['softmax', 'classes'],
  ] as const) {
    const data = toy(400, target);
    const settings = { objective, classes: 3, learningRate: 0.2 };
    const through = await fit({ ...settings, rounds: 25 }, data);
    const startFrom = await fit({ ...settings, rounds: 10 }, data);
    const further = await fit({ ...settings, rounds: 15, startFrom }, data);
    assert.deepEqual(further.bytes(), through.bytes(), objective);
  }
});

test('the same with lines in the leaves', async () => {
  const data = toy(400, 'value');
  const settings = { leafModel: 'linear', learningRate: 0.2 } as const;
  const through = await fit({ ...settings, rounds: 12 }, data);
  const startFrom = await fit({ ...settings, rounds: 5 }, data);
  const further = await fit({ ...settings, rounds: 7, startFrom }, data);
  assert.deepEqual(further.bytes(), through.bytes());
});

test('rounds on other rows keep what the old model says of levels they lack', async () => {
  const named = (names: readonly string[]) => frame([categoryColumn('name', names)]);
  const old = { x: named([...'aabbccddee'.repeat(6)]), y: new Float64Array(60) };
  const y = [1, 2, 3, 4, 5];
  old.y.forEach((_, row) => (old.y[row] = y[Math.floor((row % 10) / 2)]));
  const settings = { l2: 0, categorySmoothing: 0, learningRate: 1, leaves: 8, rounds: 6 };
  const startFrom = await fit(settings, old);
  const fresh = { x: named([...'eeddd'.repeat(8)]), y: new Float64Array(40) };
  fresh.y.forEach((_, row) => (fresh.y[row] = row % 5 < 2 ? 15 : 4));
  const model = await fit({ ...settings, rounds: 1, startFrom }, fresh);
  const asked = named([...'abcde']);
  const found = predictionsOf(model, asked);
  const before = predictionsOf(startFrom, asked);
  assert.ok(Math.abs(found[4] - 15) < 1e-9 && Math.abs(found[3] - 4) < 1e-9);
  // Levels the new rows lack move together, as one that was never seen.
  const moves = [0, 1, 2].map((code) => found[code] - before[code]);
  moves.forEach((move) => assert.ok(Math.abs(move - moves[0]) < 1e-9));
});

test('an old model of another kind, objective or set of columns is refused', async () => {
  const data = toy(100, 'positive');
  const startFrom = await fit({ rounds: 2 }, data);
  const constant = await mean().fit(data, { rng: seeded(1) });
  await assert.rejects(fit({ startFrom: constant }, data), /startFrom is a model of kind constant/);
  await assert.rejects(
    fit({ startFrom, objective: 'poisson' }, data),
    /startFrom was trained for squared with 1 raw scores a row, these rounds are for poisson/,
  );
  const wider = [...data.x.columns, numberColumn('rooms', new Float64Array(100))];
  await assert.rejects(
    fit({ startFrom }, { ...data, x: frame(wider) }),
    /column rooms is not in the model of startFrom/,
  );
});

test('class weights are the weights of their rows', async () => {
  const data = toy(300, 'binary');
  const options = { objective: 'logistic', rounds: 20 } as const;
  const weights = data.y.map((label) => (label === 1 ? 3 : 1));
  const byClass = await fit({ ...options, classWeights: { 1: 3 } }, data);
  assert.deepEqual(byClass.bytes(), (await fit(options, { ...data, weights })).bytes());

  const ones = data.y.reduce((sum, label) => sum + label, 0);
  const even = data.y.map((label) => 150 / (label === 1 ? ones : 300 - ones));
  const balanced = await fit({ ...options, classWeights: 'balanced' }, data);
  assert.deepEqual(balanced.bytes(), (await fit(options, { ...data, weights: even })).bytes());

  await assert.rejects(fit({ ...options, classWeights: { 7: 2 } }, data), /names class 7/);
  await assert.rejects(fit({ ...options, classWeights: { 1: 0 } }, data), /of class 1 is 0/);
  await assert.rejects(fit({ classWeights: 'balanced' }, data), /squared has no classes/);
});

test('marked rows judge and are not trained on', async () => {
  const data = toy(500, 'value');
  const validation = Uint8Array.from({ length: 500 }, (_, row) => (row >= 400 ? 1 : 0));
  // What cannot be learned from the others is not learned.
  const y = data.y.map((value, row) => (row >= 400 ? 1e3 : value));
  const said = predictionsOf(await fit({ rounds: 30 }, { ...data, y, validation }), data.x);
  assert.ok(said.every((value) => Math.abs(value) < 20));
  const stopped = await fit(
    { rounds: 300, learningRate: 0.3, earlyStoppingRounds: 5 },
    { ...data, validation },
  );
  const part = {
    x: takeRows(data.x, range(0, 400)),
    y: data.y.slice(0, 400),
  };
  const long = await fit({ rounds: 300, learningRate: 0.3 }, part);
  const held = takeRows(data.x, range(400, 500));
  const rmse = metricOf('rmse');
  const score = (model: typeof long) => rmse.of(data.y.slice(400), predictionsOf(model, held));
  assert.ok(score(stopped) < score(long));
  await assert.rejects(
    fit({}, { ...data, validation: new Uint8Array(500).fill(1) }),
    /all 500 rows are marked as validation/,
  );
});

test('early stopping watches the metric that it is given', async () => {
  const data = toy(400, 'binary');
  const options = { objective: 'logistic', rounds: 150, earlyStoppingRounds: 10 } as const;
  const byLoss = await fit(options, data);
  const byArea = await fit({ ...options, metric: 'rocAuc' }, data);
  assert.notDeepEqual(byLoss.bytes(), byArea.bytes());
  await assert.rejects(fit({ ...options, metric: 'rmse' }, data), /metric rmse needs a value/);
  assert.throws(() => boosting({ metric: 'fit' }), /metric fit is unknown/);
});

test('samples of rows differ by seed and learn about as much', async () => {
  const data = toy(1500, 'value');
  const held = toy(1500, 'value', 'held');
  const rmse = metricOf('rmse');
  const score = async (options: BoostingOptions, seed: number) => {
    const model = await boosting({ rounds: 100, leaves: 8, ...options }).fit(data, {
      rng: seeded(seed),
    });
    return rmse.of(held.y, predictionsOf(model, held.x));
  };
  const plain = await score({}, 1);
  for (const options of [
    { sampling: 'goss' },
    { rowSample: 0.5, rowSampleEvery: 5 },
    { dropRate: 0.1, learningRate: 0.2 },
  ] as const) {
    const found = [await score(options, 1), await score(options, 2)];
    assert.notEqual(found[0], found[1]);
    found.forEach((error) => assert.ok(error < 1.1 * plain, `${error} against ${plain}`));
  }
});

test('DART keeps scores and trees in step', async () => {
  const data = toy(300, 'value');
  let seen = new Float64Array(0);
  const objective: OwnObjective = {
    name: 'watched',
    start: () => Float64Array.of(0),
    derive: ([scores], { y }, [gradients], [hessians]) => {
      seen = scores.slice();
      gradients.set(y.map((value, row) => scores[row] - value));
      hessians.fill(1);
    },
    loss: () => 0,
  };
  const options = { objective, dropRate: 0.5, learningRate: 0.3 };
  let before = predictionsOf(await fit({ ...options, rounds: 10 }, data), data.x);
  let whole = 0;
  for (let rounds = 11; rounds <= 20; rounds++) {
    // The round before it saw the scores of all trees, or of some where it left trees out.
    const model = await fit({ ...options, rounds }, data);
    if (seen.every((score, row) => Math.abs(score - before[row]) < 1e-9)) whole++;
    before = predictionsOf(model, data.x);
  }
  assert.ok(whole >= 2 && whole <= 8, `${whole} rounds of 10 left out no tree`);
});

test('parameters that do not go together are refused', () => {
  assert.throws(
    () => boosting({ sampling: 'goss', objective: 'quantile' }),
    /sampling goss prefers large gradients, and those of quantile are all alike/,
  );
  assert.throws(() => boosting({ sampling: 'goss', rowSample: 0.5 }), /rowSample is 0.5/);
  assert.throws(() => boosting({ sampling: 'goss', gossTop: 0.8, gossRest: 0.3 }), /gossTop \+/);
  assert.throws(() => boosting({ dropRate: 0.1, earlyStoppingRounds: 5 }), /with dropRate 0.1/);
});

test('members are averaged, and beat each of them on average', async () => {
  const data = toy(500, 'value');
  const held = toy(2000, 'value', 'held');
  const rmse = metricOf('rmse');
  const options = { rounds: 200, earlyStoppingRounds: 10, rowSample: 0.7 };
  const error = async (members: number) =>
    rmse.of(held.y, predictionsOf(await fit({ ...options, members }, data), held.x));
  assert.ok((await error(5)) < (await error(1)));
});

test('a stop in the second member leaves the first as it is', async () => {
  const data = toy(300, 'value');
  const alone = await fit({ rounds: 10, rowSample: 0.5 }, data);
  let asked = 0;
  const stop = {
    get stopped() {
      return ++asked > 15;
    },
  };
  const cut = await boosting({
    minDataInLeaf: 5,
    leaves: 8,
    rounds: 10,
    rowSample: 0.5,
    members: 3,
  }).fit(data, { rng: seeded(3), stop });
  assert.deepEqual(cut.bytes(), alone.bytes());
});
