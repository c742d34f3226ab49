import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  categoryColumn,
  encoded,
  frame,
  logistic,
  metricOf,
  numberColumn,
  ridge,
  seeded,
  type Estimator,
  type Frame,
} from '@tino/learn';
import { frequencyCode, lookUp, oneHotCode, targetCode } from '../../src/encode/code.js';
import { predictionsOf, toy } from '../toy.js';

const city = categoryColumn('city', ['a', 'b', 'a', null, 'c', 'a', 'b']);

test('one-hot gives the frequent levels a column and the others one together', () => {
  const code = oneHotCode(city, 2);
  assert.deepEqual(code.names, ['city=a', 'city=b', 'city other']);
  assert.deepEqual(
    lookUp(city, code).map(({ values }) => [...values]),
    [
      [1, 0, 1, 0, 0, 1, 0],
      [0, 1, 0, 0, 0, 0, 1],
      [0, 0, 0, 1, 1, 0, 0],
    ],
  );
});

test('frequency is the share of the weight', () => {
  const weights = Float64Array.of(1, 1, 1, 1, 4, 1, 1);
  const [column] = lookUp(city, frequencyCode(city, weights));
  assert.deepEqual([...column.values], [0.3, 0.2, 0.3, 0.1, 0.4, 0.3, 0.2]);
});

test('the mean target of a level is pulled towards the mean of all', () => {
  const y = Float64Array.of(1, 0, 1, 0, 0, 0, 1);
  const input = { column: city, targets: [y], weights: undefined };
  const all = [...y.keys()];
  const mean = 3 / 7;
  const [column] = lookUp(city, targetCode(input, all, 2));
  const a = (2 + 2 * mean) / 5;
  const b = (1 + 2 * mean) / 4;
  const once = (2 * mean) / 3;
  [a, b, a, once, once, a, b].forEach((wanted, row) =>
    assert.ok(Math.abs(column.values[row] - wanted) < 1e-12),
  );
  const [bare] = lookUp(city, targetCode(input, [0, 1, 2], 0));
  assert.deepEqual([...bare.values], [1, 0, 1, 2 / 3, 2 / 3, 1, 0]);
});

test('a useless category of many levels does not fool the target encoder', async () => {
  const rng = seeded(4);
  const draw = (rows: number) => {
    const codes = Array.from({ length: rows }, () => `shop ${rng.below(400)}`);
    const levels = Array.from({ length: 400 }, (_, k) => `shop ${k}`);
    const signal = Float64Array.from({ length: rows }, () => rng.normal());
    const x = frame([categoryColumn('shop', codes, levels), numberColumn('signal', signal)]);
    return { x, y: signal.map((value) => value + rng.normal()) };
  };
  const train = draw(1200);
  const held = draw(3000);
  const error = async (estimator: Estimator) =>
    metricOf('rmse').of(
      held.y,
      predictionsOf(await estimator.fit(train, { rng: seeded(1) }), held.x),
    );
  const alone: Frame = frame([train.x.columns[1]]);
  const floor = metricOf('rmse').of(
    held.y,
    predictionsOf(await ridge().fit({ x: alone, y: train.y }, { rng: seeded(1) }), held.x),
  );
  assert.ok((await error(encoded(ridge(), { smoothing: 0 }))) < 1.02 * floor);
  assert.ok((await error(encoded(ridge(), { encoding: 'oneHot', levelsMax: 400 }))) > 1.05 * floor);
});

test('indicators outside the model equal those inside it', async () => {
  const data = toy(400, 'binary');
  const outside = await encoded(logistic({ logAboveSkewness: null, l2: 1e-7 }), {
    encoding: 'oneHot',
  }).fit(data, { rng: seeded(1) });
  const inside = await logistic({ logAboveSkewness: null, l2: 1e-7 }).fit(data, {
    rng: seeded(1),
  });
  const said = predictionsOf(outside, data.x);
  predictionsOf(inside, data.x).forEach((p, row) => assert.ok(Math.abs(p - said[row]) < 1e-4));
});

test('a column that is absent or no category is refused', async () => {
  const data = toy(50, 'value');
  const fit = (columns: string[]) => encoded(ridge(), { columns }).fit(data, { rng: seeded(1) });
  await assert.rejects(fit(['moon']), /column moon, which the frame lacks/);
  await assert.rejects(fit(['age']), /column age, which is no category/);
});
