import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  boosting,
  calibrated,
  logistic,
  metricOf,
  ridge,
  seeded,
  transformedTarget,
} from '@tino/learn';
import { calibrate, learnCalibrator } from '../../src/calibrate/calibrator.js';
import { isotonic, atCurve } from '../../src/calibrate/isotonic.js';
import { learnTemperature, temper } from '../../src/calibrate/temperature.js';
import { predictionsOf, toy } from '../toy.js';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

test('each method undoes a distortion: Brier falls near that of the true probabilities', () => {
  const rng = seeded(3);
  const draw = () => {
    const truth = Float64Array.from({ length: 4000 }, () => sigmoid(1.5 * rng.normal()));
    const y = truth.map((p) => (rng.next() < p ? 1 : 0));
    // Too certain, and too high.
    const said = truth.map((p) => sigmoid(3 * Math.log(p / (1 - p)) + 1));
    return { truth, y, said };
  };
  const learned = draw();
  const held = draw();
  const brier = metricOf('brier').of;
  const best = brier(held.y, held.truth);
  const before = brier(held.y, held.said);
  for (const method of ['platt', 'beta', 'isotonic'] as const) {
    const calibrator = learnCalibrator(method, learned.said, learned.y);
    const after = brier(
      held.y,
      held.said.map((p) => calibrate(calibrator, p)),
    );
    assert.ok(before - after > 0.9 * (before - best), `${method}: ${before} ${after} ${best}`);
  }
});

test('an overfitted classifier is better calibrated after it', async () => {
  const data = toy(800, 'binary');
  const held = toy(2000, 'binary', 'held');
  const inner = boosting({ objective: 'logistic', rounds: 150, leaves: 31, minDataInLeaf: 3 });
  const loss = async (estimator: typeof inner) =>
    metricOf('logLoss').of(
      held.y,
      predictionsOf(await estimator.fit(data, { rng: seeded(1) }), held.x),
    );
  assert.ok((await loss(calibrated(inner))) < (await loss(inner)));
});

test('isotonic regression is the best rising fit', () => {
  const { x, y } = isotonic([1, 2, 3, 4, 5, 6], [1, 3, 2, 4, 3, 5]);
  assert.deepEqual(
    [x, y],
    [
      [1, 2, 3, 4, 5, 6],
      [1, 2.5, 2.5, 3.5, 3.5, 5],
    ],
  );
});

test('isotonic curves rise, keep the mean, and pool equal scores', () => {
  const row = fc.record({
    score: fc.integer({ min: 0, max: 20 }),
    y: fc.integer({ min: 0, max: 1 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
      const scores = rows.map(({ score }) => score);
      const y = rows.map((one) => one.y);
      const curve = isotonic(scores, y);
      for (let i = 1; i < curve.y.length; i++) assert.ok(curve.y[i] >= curve.y[i - 1]);
      const said = scores.reduce((sum, score) => sum + atCurve(curve, score), 0);
      assert.ok(Math.abs(said - y.reduce((a, b) => a + b, 0)) < 1e-9);
    }),
    { seed: 1 },
  );
});

test('none is the estimator itself, and few rows leave the inner model as it is', async () => {
  const inner = logistic();
  assert.equal(calibrated(inner, { method: 'none' }), inner);
  const data = toy(8, 'binary');
  const effects = () => ({ rng: seeded(1) });
  const plain = await inner.fit(data, { rng: seeded(1).fork('whole') });
  const model = await calibrated(inner).fit(data, effects());
  assert.deepEqual(predictionsOf(model, data.x), predictionsOf(plain, data.x));
});

test('the logarithm of a target is right on average in its own units', async () => {
  const data = toy(3000, 'positive');
  const held = toy(3000, 'positive', 'held');
  const model = await transformedTarget(ridge(), 'log').fit(data, { rng: seeded(1) });
  const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / held.y.length;
  const wanted = total(held.y);
  const corrected = total(predictionsOf(model, held.x));
  const logs = await ridge().fit({ x: data.x, y: data.y.map(Math.log) }, { rng: seeded(1) });
  const naive = total(predictionsOf(logs, held.x).map(Math.exp));
  assert.ok(Math.abs(corrected / wanted - 1) < 0.015);
  assert.ok(naive / wanted < 0.985, `${naive} ${corrected} ${wanted}`);
});

test('a target from 0 down has no logarithm', async () => {
  const data = toy(30, 'positive');
  data.y[4] = 0;
  await assert.rejects(
    transformedTarget(ridge(), 'log').fit(data, { rng: seeded(1) }),
    /y of row 4 is 0, expected a number above 0/,
  );
});

test('a temperature softens what was said too surely, and keeps the order of classes', () => {
  const rng = seeded(6);
  const rows = 4000;
  const said = new Float64Array(rows * 3);
  const y = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const scores = [rng.normal(), rng.normal(), rng.normal()];
    const shares = (power: number) => {
      const raised = scores.map((score) => Math.exp(power * score));
      const sum = raised.reduce((a, b) => a + b, 0);
      return raised.map((value) => value / sum);
    };
    const draw = rng.next();
    const [first, second] = shares(1);
    y[row] = draw < first ? 0 : draw < first + second ? 1 : 2;
    said.set(shares(2.5), row * 3);
  }
  const inverse = learnTemperature(said, 3, y);
  assert.ok(Math.abs(inverse - 0.4) < 0.03, `${inverse}`);
  const before = [...said.subarray(0, 3)];
  temper(said, 0, 3, inverse);
  const after = [...said.subarray(0, 3)];
  assert.ok(Math.abs(after.reduce((a, b) => a + b, 0) - 1) < 1e-12);
  assert.equal(after.indexOf(Math.max(...after)), before.indexOf(Math.max(...before)));
  assert.ok(Math.max(...after) < Math.max(...before));
});
