import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  categoryColumn,
  decodeArtifact,
  frame,
  metricOf,
  numberColumn,
  partialDependence,
  seeded,
  takeRows,
} from '@tino/learn';
import { predictionsOf, toy } from '../toy.js';

const fit = (settings: Parameters<typeof boosting>[0], data: ReturnType<typeof toy>) =>
  boosting({ minDataInLeaf: 5, ...settings }).fit(data, { rng: seeded(3) });

test('a monotone column never turns, also where the data does', async () => {
  const rng = seeded(5);
  const x = frame([
    numberColumn(
      'x',
      Float64Array.from({ length: 800 }, () => 10 * rng.next()),
    ),
    numberColumn(
      'z',
      Float64Array.from({ length: 800 }, () => rng.normal()),
    ),
  ]);
  const [column] = x.columns;
  const values = column.kind === 'number' ? column.values : new Float64Array(0);
  const y = Float64Array.from(
    values,
    (value) => Math.sin(value) + 0.2 * value + 0.1 * rng.normal(),
  );
  for (const [sign, objective] of [
    [1, 'squared'],
    [-1, 'squared'],
    [1, 'absolute'],
  ] as const) {
    const model = await fit({ monotone: { x: sign }, rounds: 60, objective }, { x, y });
    for (const z of [-1, 0, 1]) {
      const grid = Float64Array.from({ length: 200 }, (_, i) => i / 20);
      const line = frame([
        numberColumn('x', grid),
        numberColumn(
          'z',
          grid.map(() => z),
        ),
      ]);
      const out = predictionsOf(model, line);
      for (let i = 1; i < out.length; i++) assert.ok(sign * (out[i] - out[i - 1]) >= -1e-12);
    }
  }
});

test('a monotone constraint must name a number column of the frame', async () => {
  const data = toy(50, 'value');
  await assert.rejects(
    fit({ monotone: { rooms: 1 } }, data),
    /column rooms, which the frame lacks/,
  );
  await assert.rejects(fit({ monotone: { city: 1 } }, data), /column city, which is no number/);
});

test('early stopping keeps the best round, fewer than were allowed', async () => {
  const data = toy(400, 'value');
  const model = await fit({ rounds: 500, learningRate: 0.3, earlyStoppingRounds: 10 }, data);
  const { roots } = decodeArtifact(model.bytes()).sections;
  assert.ok(roots.length > 3 && roots.length < 300);
});

test('more levels than bins: the frequent ones are told apart, the rest share a bin', async () => {
  const rng = seeded(9);
  const names = Array.from({ length: 4000 }, (_, row) =>
    row < 2000 ? `common ${row % 10}` : `rare ${row}`,
  );
  const y = Float64Array.from(names, (name) =>
    name.startsWith('common') ? Number(name.slice(7)) + 0.1 * rng.normal() : 20,
  );
  const x = frame([categoryColumn('name', names)]);
  const out = predictionsOf(await fit({ rounds: 100, categorySmoothing: 1 }, { x, y }), x);
  for (let row = 0; row < 2000; row++) assert.ok(Math.abs(out[row] - (row % 10)) < 0.5);
});

test('a level never seen follows the larger child', async () => {
  const names = Array.from({ length: 200 }, (_, row) => (row % 5 === 0 ? 'rare' : 'common'));
  for (const common of [10, -10]) {
    const y = Float64Array.from(names, (name) => (name === 'common' ? common : 0));
    const model = await fit({ rounds: 100 }, { x: frame([categoryColumn('name', names)]), y });
    const [unseen] = predictionsOf(model, frame([categoryColumn('name', ['new'])]));
    assert.ok(Math.abs(unseen - common) < 0.1);
  }
});

test('an offset is learned around, not repeated', async () => {
  const data = toy(500, 'positive');
  const offset = Float64Array.from({ length: 500 }, (_, row) => (row % 2 === 0 ? 0 : 1));
  const y = data.y.map((value, row) => Math.round(value * Math.exp(offset[row])));
  const settings = { objective: 'poisson', rounds: 50 } as const;
  const plain = predictionsOf(await fit(settings, data), data.x);
  const shifted = predictionsOf(await fit(settings, { ...data, y, offset }), data.x);
  const away = plain.map((value, row) => Math.abs(Math.log(shifted[row] / value)));
  assert.ok(away.reduce((a, b) => a + b, 0) / 500 < 0.1);
});

test('quantiles cover what their level says, on rows not seen', async () => {
  const data = toy(3000, 'value');
  const held = toy(3000, 'value', 'held');
  for (const alpha of [0.1, 0.9]) {
    const model = await fit({ objective: 'quantile', alpha, rounds: 60, minDataInLeaf: 40 }, data);
    const out = predictionsOf(model, held.x);
    const below = held.y.filter((value, row) => value <= out[row]).length / 3000;
    assert.ok(Math.abs(below - alpha) < 0.04);
  }
});

test('integer weights are as good as repeated rows', async () => {
  const data = toy(200, 'value');
  const weights = Float64Array.from({ length: 200 }, (_, row) => 1 + (row % 3));
  const rows = Array.from({ length: 200 }, (_, row) => row).flatMap((row) =>
    Array.from({ length: 1 + (row % 3) }, () => row),
  );
  // Levels are told apart by rows, of which repeated ones are more.
  const byHessian = { minDataInLeaf: 1, minHessianInLeaf: 8, categoryRowsMin: 1 };
  const settings = { ...byHessian, categorySmoothing: 0, rounds: 10 };
  const repeated = { x: takeRows(data.x, rows), y: Float64Array.from(rows, (row) => data.y[row]) };
  const one = predictionsOf(await fit(settings, { ...data, weights }), data.x);
  const two = predictionsOf(await fit(settings, repeated), data.x);
  one.forEach((value, row) => assert.ok(Math.abs(value - two[row]) < 1e-9));
});

test('more rounds lower the training loss of every objective', async () => {
  for (const [objective, target, metric] of [
    ['squared', 'value', 'rmse'],
    ['absolute', 'value', 'mae'],
    ['poisson', 'positive', 'poissonDeviance'],
    ['logistic', 'binary', 'logLoss'],
  ] as const) {
    const data = toy(400, target);
    const losses: number[] = [];
    for (const rounds of [1, 5, 25])
      losses.push(
        metricOf(metric).of(data.y, predictionsOf(await fit({ objective, rounds }, data), data.x)),
      );
    assert.ok(losses[0] > losses[1] && losses[1] > losses[2], `${objective}: ${losses.join(' ')}`);
  }
});

test('infinite values are ordered like any other', async () => {
  const values = Float64Array.from({ length: 90 }, (_, i) => [-Infinity, 0, Infinity][i % 3]);
  const x = frame([numberColumn('x', values)]);
  const y = values.map((value) => (value === 0 ? 5 : value > 0 ? 9 : 1));
  const out = predictionsOf(await fit({ rounds: 100, l2: 0 }, { x, y }), x);
  out.forEach((value, row) => assert.ok(Math.abs(value - y[row]) < 0.01));
});

test('parameters out of range are refused by name', () => {
  assert.throws(() => boosting({ leaves: 1 }), /leaves is 1, expected a whole number from 2/);
  assert.throws(() => boosting({ learningRate: 0 }), /learningRate is 0/);
  assert.throws(() => boosting({ objective: 'quantile', alpha: 2 }), /alpha of quantile is 2/);
});

test('partial dependence follows the effect of a number and of a level', async () => {
  const data = toy(1500, 'value');
  const model = await fit({ rounds: 60 }, data);
  const area = partialDependence(model, data.x, 'area', [-1, 0, 1]);
  assert.ok(area[0] < area[1] && area[1] < area[2]);
  const city = partialDependence(model, data.x, 'city', ['north', 'east', 'south']);
  assert.ok(city[0] > city[1] && city[1] > city[2]);
  assert.throws(() => partialDependence(model, data.x, 'rooms', [1]), /rooms is missing/);
});
