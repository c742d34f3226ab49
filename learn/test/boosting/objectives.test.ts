import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boosting, frame, numberColumn, seeded, type OwnObjective } from '@tino/learn';
import { objectiveNames, type ObjectiveName } from '../../src/boosting/objective.js';
import { objectiveOf, type Objective } from '../../src/boosting/scores.js';
import { predictionsOf, toy } from '../toy.js';

const ROWS = 60;
const CLASSES = 4;
const every = Int32Array.from({ length: ROWS }, (_, row) => row);
const options = { alpha: 0.5, classes: CLASSES, rankedAt: 30 };
const alphaOf: Partial<Record<ObjectiveName, number>> = { tweedie: 1.4, huber: 0.8, quantile: 0.3 };

const rowWise = objectiveNames.filter((name) => name !== 'lambdarank');

function targets(name: ObjectiveName, withOffset = false) {
  const rng = seeded(name);
  const y = Float64Array.from({ length: ROWS }, () => {
    if (name === 'logistic') return rng.below(2);
    if (name === 'softmax') return rng.below(CLASSES);
    return ['poisson', 'tweedie'].includes(name) ? rng.below(6) : 0.1 + 3 * rng.next();
  });
  const weights = Float64Array.from({ length: ROWS }, () => 0.5 + rng.next());
  const outputs = name === 'softmax' ? CLASSES : 1;
  const offset = Float64Array.from({ length: ROWS * outputs }, () => 0.5 * rng.normal());
  return { y, weights, ...(withOffset && { offset }) };
}

function withScores(name: ObjectiveName) {
  const data = targets(name);
  const objective = objectiveOf(name, { ...options, alpha: alphaOf[name] ?? 0.5 }, data);
  const rng = seeded(`scores of ${name}`);
  const column = () => Float64Array.from({ length: ROWS }, () => 0.7 * rng.normal());
  const columns = (of: () => Float64Array) => Array.from({ length: objective.outputs }, of);
  const scores = columns(column);
  const gradients = columns(() => new Float64Array(ROWS));
  const hessians = columns(() => new Float64Array(ROWS));
  objective.derive(scores, data, gradients, hessians);
  return { data, objective, scores, gradients, hessians };
}

/** The row's weighted loss after a step of one of its scores. */
function lossAt(
  { objective, scores, data }: ReturnType<typeof withScores>,
  k: number,
  row: number,
  step: number,
): number {
  const before = scores[k][row];
  scores[k][row] += step;
  const loss = data.weights[row] * objective.loss(scores, data, Int32Array.of(row));
  scores[k][row] = before;
  return loss;
}

for (const name of rowWise)
  test(`${name}: the gradient is the slope of the loss`, () => {
    const state = withScores(name);
    const step = 1e-5;
    for (let k = 0; k < state.objective.outputs; k++)
      for (let row = 0; row < ROWS; row++) {
        const slope = (lossAt(state, k, row, step) - lossAt(state, k, row, -step)) / (2 * step);
        assert.ok(
          Math.abs(slope - state.gradients[k][row]) < 1e-6 * (1 + Math.abs(slope)),
          `row ${row}: ${slope} is not ${state.gradients[k][row]}`,
        );
      }
  });

/** Second derivatives that are stated larger than they are, to keep steps short. */
const larger: Partial<Record<ObjectiveName, number>> = {
  poisson: Math.exp(0.7),
  softmax: CLASSES / (CLASSES - 1),
};
for (const name of ['squared', 'poisson', 'gamma', 'tweedie', 'logistic', 'softmax'] as const)
  test(`${name}: the hessian is the curvature of the loss`, () => {
    const state = withScores(name);
    const step = 1e-4;
    for (let k = 0; k < state.objective.outputs; k++)
      for (let row = 0; row < ROWS; row++) {
        const [before, at, after] = [-step, 0, step].map((move) => lossAt(state, k, row, move));
        const curvature = ((larger[name] ?? 1) * (before - 2 * at + after)) / step ** 2;
        assert.ok(
          Math.abs(curvature - state.hessians[k][row]) < 1e-4 * (1 + curvature),
          `row ${row}: ${curvature} is not ${state.hessians[k][row]}`,
        );
      }
  });

const meanLossAt = (
  objective: Objective,
  data: ReturnType<typeof targets>,
  start: Float64Array,
): number => {
  const scores = Array.from(start, (value, k) =>
    Float64Array.from(every, (row) => value + (data.offset?.[row * start.length + k] ?? 0)),
  );
  return objective.loss(scores, data, every);
};

for (const withOffset of [false, true])
  for (const name of rowWise)
    test(`${name}: starts where no constant is better${withOffset ? ', offset included' : ''}`, () => {
      const data = targets(name, withOffset);
      const objective = objectiveOf(name, { ...options, alpha: alphaOf[name] ?? 0.5 }, data);
      const start = objective.start(data);
      const least = meanLossAt(objective, data, start);
      for (let k = 0; k < start.length; k++)
        for (const step of [-0.1, -1e-3, 1e-3, 0.1]) {
          const moved = start.map((value, at) => (at === k ? value + step : value));
          assert.ok(meanLossAt(objective, data, moved) >= least - 1e-9, `${k} by ${step}`);
        }
    });

/** Squared error, told as a caller would. */
const own: OwnObjective = {
  name: 'own squared',
  start: ({ y }) => Float64Array.of(y.reduce((sum, value) => sum + value, 0) / y.length),
  derive: ([scores], { y }, [gradients], [hessians]) => {
    gradients.set(y.map((value, row) => scores[row] - value));
    hessians.fill(1);
  },
  loss: ([scores], { y }, rows) =>
    rows.reduce((sum, row) => sum + (scores[row] - y[row]) ** 2, 0) / rows.length,
};

test('an objective of one’s own does what the same built-in one does', async () => {
  const data = toy(300, 'value');
  const fit = async (objective: OwnObjective | 'squared') =>
    predictionsOf(await boosting({ objective, rounds: 30 }).fit(data, { rng: seeded(1) }), data.x);
  const [mine, built] = [await fit(own), await fit('squared')];
  mine.forEach((value, row) => assert.ok(Math.abs(value - built[row]) < 1e-9));
});

test('an objective of one’s own brings its link and its rule of y', async () => {
  const data = toy(200, 'positive');
  const objective: OwnObjective = {
    ...own,
    link: 'log',
    target: { says: 'a positive number', holds: (y) => y > 0 },
    start: () => Float64Array.of(0),
  };
  const model = await boosting({ objective, rounds: 1 }).fit(data, { rng: seeded(1) });
  assert.ok(predictionsOf(model, data.x).every((value) => value > 0));
  const y = data.y.slice();
  y[3] = -1;
  await assert.rejects(
    boosting({ objective }).fit({ ...data, y }, { rng: seeded(1) }),
    /y of row 3 is -1, expected a positive number/,
  );
});

test('an offset of each class is learned around by softmax', async () => {
  const data = toy(600, 'classes');
  const offset = Float64Array.from({ length: 1800 }, (_, i) => (i % 3 === 0 ? 1.5 : 0));
  const fit = async (extra: { offset?: Float64Array }) => {
    const estimator = boosting({ objective: 'softmax', classes: 3, rounds: 40 });
    return predictionsOf(await estimator.fit({ ...data, ...extra }, { rng: seeded(1) }), data.x);
  };
  const [plain, shifted] = [await fit({}), await fit({ offset })];
  // With the offset added back the shifted model says what the plain one says.
  for (let row = 0; row < 600; row++) {
    const odds = [0, 1, 2].map((k) => shifted[3 * row + k] * Math.exp(offset[3 * row + k]));
    const sum = odds[0] + odds[1] + odds[2];
    odds.forEach((value, k) => assert.ok(Math.abs(value / sum - plain[3 * row + k]) < 1e-6));
  }
  await assert.rejects(fit({ offset: offset.slice(3) }), /offset has 599 rows/);
});

test('one leaf a side: the tree of each side is a Newton step, as by hand', async () => {
  const x = frame([numberColumn('side', [0, 0, 0, 1, 1, 1])]);
  const y = Float64Array.of(0, 0, 1, 1, 1, 0);
  const model = await boosting({
    objective: 'logistic',
    rounds: 1,
    learningRate: 1,
    minDataInLeaf: 1,
    l2: 1,
  }).fit({ x, y }, { rng: seeded(1) });
  // The start is log-odds 0, each hessian 1/4: left -(1/2) / (3/4 + 1), right the opposite.
  const odds = predictionsOf(model, x).map((p) => Math.log(p / (1 - p)));
  [-2, -2, -2, 2, 2, 2].forEach((seventh, row) =>
    assert.ok(Math.abs(odds[row] - seventh / 7) < 1e-12),
  );
});
