// Predictions of scikit-learn 1.9.1 after StandardScaler, on tables that a formula makes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  elasticNet,
  frame,
  gamma,
  logistic,
  numberColumn,
  poisson,
  ridge,
  seeded,
  type Estimator,
} from '@tino/learn';
import { limitedMemory } from '../../src/linear/limited-memory.js';
import { likelihoodOf } from '../../src/linear/likelihood.js';
import { learnEncoder } from '../../src/linear/encoder.js';
import { multinomial } from '../../src/linear/families.js';
import { newton } from '../../src/linear/newton.js';
import { predictionsOf, toy } from '../toy.js';

const rows = Array.from({ length: 80 }, (_, i) => i);
const a = rows.map((i) => Math.sin(1.3 * i));
const b = rows.map((i) => Math.cos(0.7 * i) * (i % 5));
const c = rows.map((i) => ((37 * i) % 11) / 11);
const x = frame([numberColumn('a', a), numberColumn('b', b), numberColumn('c', c)]);
const of = (value: (i: number) => number) => Float64Array.from(rows, value);

const value = of((i) => 1 + 2 * a[i] - 0.5 * b[i] + Math.sin(5.1 * i));
const binary = of((i) => (a[i] + 0.4 * b[i] + 1.5 * Math.sin(9.7 * i) > 0.2 ? 1 : 0));
const classes = of((i) => {
  const score = a[i] + c[i] + Math.sin(7.3 * i);
  return score < 0.2 ? 0 : score < 1.1 ? 1 : 2;
});
const counts = of((i) => Math.floor(Math.exp(1 + 0.6 * a[i] + 0.5 * Math.sin(3.3 * i))));
const amounts = of((i) => Math.exp(0.3 + 0.7 * a[i] - 0.2 * b[i] + 0.6 * Math.sin(3.3 * i)));

const plain = { logAboveSkewness: null };

interface Golden {
  estimator: Estimator;
  y: Float64Array;
  said: number[];
  /** Of the peer's own solver. */
  within: number;
}

const goldens: Record<string, Golden> = {
  'Ridge(alpha=3)': {
    estimator: ridge({ ...plain, alpha: 3 }),
    y: value,
    said: [0.858518537302, 2.442547001775, 1.911251081061, 0.317811012802],
    within: 1e-10,
  },
  'ElasticNet(alpha=0.1, l1_ratio=0.7)': {
    estimator: elasticNet({ ...plain, alpha: 0.1, l1Ratio: 0.7 }),
    y: value,
    said: [0.9785943829, 2.418144745409, 1.812467171145, 0.409611763397],
    within: 1e-9,
  },
  'Lasso(alpha=0.2)': {
    estimator: elasticNet({ ...plain, alpha: 0.2, l1Ratio: 1 }),
    y: value,
    said: [1.010207221004, 2.346271336307, 1.751840189187, 0.431970985756],
    within: 1e-9,
  },
  'LogisticRegression(C=0.5)': {
    estimator: logistic({ ...plain, l2: 2 }),
    y: binary,
    said: [0.305558956128, 0.721218499695, 0.655820337523, 0.105517085839],
    within: 1e-9,
  },
  'LogisticRegression(C=0.5), three classes': {
    estimator: logistic({ ...plain, l2: 2, classes: 3 }),
    y: classes,
    said: [
      0.76588407596, 0.118376446916, 0.115739477125, 0.090554337562, 0.232944921802, 0.676500740636,
    ],
    within: 1e-6,
  },
  "LogisticRegression(C=0.25, penalty='l1')": {
    estimator: logistic({ ...plain, l1: 4, l2: 0 }),
    y: binary,
    said: [0.39222700059, 0.668517724056, 0.575907898749, 0.189987787979],
    within: 1e-7,
  },
  "LogisticRegression(C=0.25, penalty='l1'), three classes": {
    estimator: logistic({ ...plain, l1: 4, l2: 0, classes: 3 }),
    y: classes,
    said: [
      0.668806887556, 0.172612912418, 0.158580200026, 0.120599385022, 0.24699257248, 0.632408042497,
    ],
    within: 1e-6,
  },
  'PoissonRegressor(alpha=2/80)': {
    estimator: poisson({ ...plain, l2: 2 }),
    y: counts,
    said: [2.459340375666, 4.715166009635, 3.333902457444, 1.486829257746],
    within: 1e-9,
  },
  'GammaRegressor(alpha=2/80)': {
    estimator: gamma({ ...plain, l2: 2 }),
    y: amounts,
    said: [1.454150797159, 2.430761442196, 1.970701882154, 1.233237038237],
    within: 1e-9,
  },
};

for (const [name, { estimator, y, said, within }] of Object.entries(goldens))
  test(`predicts as ${name}`, async () => {
    const out = predictionsOf(await estimator.fit({ x, y }, { rng: seeded(1) }), x);
    said.forEach((wanted, i) =>
      assert.ok(Math.abs(out[i] - wanted) < within, `${i}: ${out[i]} instead of ${wanted}`),
    );
  });

test('curvature learned on the way ends where the matrix of second derivatives does', () => {
  const data = toy(500, 'classes');
  const encoder = learnEncoder(data.x, undefined, { logAboveSkewness: 2, levelsMax: 9 });
  const job = { encoder, data, family: multinomial(3), l2: 1 };
  const size = 3 * (encoder.terms + 1);
  const exact = newton(job, new Float64Array(size));
  const likelihood = likelihoodOf(job);
  const found = limitedMemory(likelihood, new Float64Array(size), undefined);
  assert.ok(likelihood.loss(found) - likelihood.loss(exact) < 1e-7 * likelihood.loss(exact));
});

test('folds choose a penalty near the one that generalises best, and useless columns get 0', async () => {
  const rng = seeded(11);
  const columns = Array.from({ length: 30 }, (_, k) =>
    numberColumn(
      `x${k}`,
      Float64Array.from({ length: 120 }, () => rng.normal()),
    ),
  );
  const y = columns[0].values.map((v, i) => 2 * v - columns[1].values[i] + rng.normal());
  const model = await elasticNet({ cv: 5, l1Ratio: 1 }).fit(
    { x: frame(columns), y },
    { rng: seeded(1) },
  );
  const shares = model.importance!();
  assert.ok(shares[0] > 0.4 && shares[1] > 0.15);
  assert.ok(shares.filter((share) => share === 0).length > 10);
});
