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
import { addLines } from '../../src/boosting/linear-leaves.js';
import { predictionsOf, toy } from '../toy.js';

const rmse = metricOf('rmse');

/** A plane with a bend, some numbers missing, and two levels that shift it. */
function smooth(rows: number, seed: string, missing = 0.02): TrainingData {
  const rng = seeded(seed);
  const draw = () => Float64Array.from({ length: rows }, () => 4 * rng.next() - 2);
  const [a, b] = [draw(), draw()];
  const names = Array.from({ length: rows }, () => (rng.next() < 0.5 ? 'up' : 'down'));
  const y = a.map(
    (value, row) =>
      3 * value - 2 * b[row] + Math.abs(value) + (names[row] === 'up' ? 1 : 0) + 0.1 * rng.normal(),
  );
  const holes = a.map((value) => (rng.next() < missing ? NaN : value));
  return {
    x: frame([numberColumn('a', holes), numberColumn('b', b), categoryColumn('name', names)]),
    y,
  };
}

const fit = (options: BoostingOptions, data: TrainingData) =>
  boosting({ rounds: 40, leaves: 12, ...options }).fit(data, { rng: seeded(1) });

test('lines in the leaves follow a smooth target closer than steps', async () => {
  const data = smooth(1200, 'train');
  const held = smooth(1200, 'held', 0);
  const error = async (leafModel: 'constant' | 'linear') => {
    const model = await fit({ leafModel, rounds: 60 }, data);
    const said = predictionsOf(model, held.x);
    assert.deepEqual(predictionsOf(loadModel(model.bytes()), held.x), said);
    return rmse.of(held.y, said);
  };
  const [steps, lines] = [await error('constant'), await error('linear')];
  assert.ok(lines < 0.85 * steps, `${lines} against ${steps}`);
});

test('lines stay within what their leaf has seen', async () => {
  const model = await fit({ leafModel: 'linear' }, smooth(600, 'train'));
  const at = (a: number) =>
    predictionsOf(
      model,
      frame([numberColumn('a', [a]), numberColumn('b', [0]), categoryColumn('name', ['up'])]),
    )[0];
  assert.equal(at(1e9), at(2));
  assert.equal(at(-Infinity), at(-2));
  assert.ok(Number.isFinite(at(NaN)));
});

test('the line of a leaf is the ridge of what the gradients ask for', () => {
  const values = [1, 2, 4, 7, NaN];
  const x = frame([numberColumn('v', values), numberColumn('w', [1, 1, 1, 1, 1])]);
  const split = {
    gain: 1,
    column: 0,
    bin: 1,
    missingLeft: false,
    levels: null,
  };
  const tree = {
    nodes: [{ split, left: -1, right: -2, rows: 5 }],
    values: [0, 0],
    rows: [5, 0],
  } as Parameters<typeof addLines>[0]['tree'];
  const gradients = Float64Array.of(2, -1, 0.5, -3, 9);
  const hessians = Float64Array.of(1, 2, 1, 0.5, 1);
  const rows = Int32Array.of(0, 1, 2, 3, 4);
  addLines({ tree, starts: [0, 5], ends: [5, 5] }, x, { rows, gradients, hessians }, 3);
  const [line, none] = tree.lines!;
  assert.equal(none, undefined);
  const total = 4.5;
  const mean = (1 + 4 + 4 + 3.5) / total;
  const spread = [0, 1, 2, 3].reduce((sum, i) => sum + hessians[i] * (values[i] - mean) ** 2, 0);
  const pull = [0, 1, 2, 3].reduce((sum, i) => sum - gradients[i] * (values[i] - mean), 0);
  // The penalty is on the slope of the standardised number: 3 × its variance on its own scale.
  const slope = pull / (spread + (3 * spread) / total);
  assert.ok(Math.abs(line!.coefficients[0] - slope) < 1e-12);
  assert.ok(Math.abs(line!.means[0] - mean) < 1e-12);
  assert.deepEqual([line!.columns, line!.low, line!.high], [[0], [1], [7]]);
});

test('lines go with samples, dropped trees, log links and a second fit', async () => {
  const data = toy(400, 'positive');
  const held = toy(400, 'positive', 'held');
  const deviance = metricOf('poissonDeviance');
  const constant = held.y.map(() => data.y.reduce((a, b) => a + b, 0) / 400);
  for (const extra of [{ rowSample: 0.6 }, { sampling: 'goss' }, { dropRate: 0.2 }] as const) {
    const settings = { objective: 'poisson', leafModel: 'linear', ...extra } as const;
    const startFrom = await fit({ ...settings, rounds: 25 }, data);
    const model = await fit({ ...settings, rounds: 25, startFrom }, data);
    const found = deviance.of(held.y, predictionsOf(model, held.x));
    assert.ok(found < 0.6 * deviance.of(held.y, constant), `${found}`);
  }
});

test('lines are refused where they cannot be fitted or could turn', () => {
  assert.throws(
    () => boosting({ leafModel: 'linear', objective: 'quantile' }),
    /quantile has none/,
  );
  assert.throws(
    () => boosting({ leafModel: 'linear', monotone: { area: 1 } }),
    /cannot keep area monotone/,
  );
});
