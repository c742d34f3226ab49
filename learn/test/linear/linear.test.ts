import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  elasticNet,
  frame,
  logistic,
  numberColumn,
  poisson,
  ridge,
  seeded,
  type Frame,
} from '@tino/learn';
import { solveSymmetric } from '../../src/linear/solve.js';
import { predictionsOf, toy } from '../toy.js';

const effects = () => ({ rng: seeded(1) });

function someNumbers(rows: number, columns: number, seed: number): { x: Frame; z: number[][] } {
  const rng = seeded(seed);
  const drawn = Array.from({ length: columns }, (_, c) =>
    Float64Array.from({ length: rows }, () => 10 * c + (c + 1) * rng.normal()),
  );
  // Standardised by hand, as the model does inside.
  const z = drawn.map((values) => {
    const mean = values.reduce((a, b) => a + b, 0) / rows;
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / rows);
    return Array.from(values, (value) => (value - mean) / deviation);
  });
  return { x: frame(drawn.map((values, c) => numberColumn(`x${c}`, values))), z };
}

/** Solves by Gauss–Jordan elimination with pivoting. */
function gauss(matrix: number[][], target: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, target[i]]);
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    const pivot = rows
      .slice(i)
      .reduce((p, row, k) => (Math.abs(row[i]) > Math.abs(rows[p][i]) ? i + k : p), i);
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const factor = rows[j][i] / rows[i][i];
      for (let k = i; k <= n; k++) rows[j][k] -= factor * rows[i][k];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

test('ridge is the solution of its normal equations', async () => {
  for (const alpha of [0, 1, 100]) {
    const { x, z } = someNumbers(60, 4, 3);
    const rng = seeded(8);
    const y = Float64Array.from({ length: 60 }, (_, i) => 3 + z[0][i] - 2 * z[2][i] + rng.normal());
    const terms = [...z, Array.from({ length: 60 }, () => 1)];
    const matrix = terms.map((a, i) =>
      terms.map(
        (b, j) => a.reduce((sum, v, r) => sum + v * b[r], 0) + (i === j && i < 4 ? alpha : 0),
      ),
    );
    const beta = gauss(
      matrix,
      terms.map((a) => a.reduce((sum, v, r) => sum + v * y[r], 0)),
    );
    const out = predictionsOf(
      await ridge({ alpha, logAboveSkewness: null }).fit({ x, y }, effects()),
      x,
    );
    out.forEach((said, r) => {
      const wanted = terms.reduce((sum, term, i) => sum + beta[i] * term[r], 0);
      assert.ok(Math.abs(said - wanted) < 1e-8);
    });
  }
});

test('a matrix without full rank is solved where it says something', () => {
  const x = solveSymmetric(Float64Array.of(1, 1, 1, 1), Float64Array.of(2, 2), 2);
  assert.deepEqual([...x], [2, 0]);
});

test('folds choose a strong penalty for noise and a weak one for signal', async () => {
  const { x, z } = someNumbers(40, 12, 5);
  const rng = seeded(6);
  const noise = Float64Array.from({ length: 40 }, () => rng.normal());
  const signal = noise.map((value, i) => 5 * z[0][i] + 0.01 * value);
  const spread = async (y: Float64Array) => {
    const out = predictionsOf(await ridge({ cv: 5 }).fit({ x, y }, effects()), x);
    const deviation = (values: Float64Array) => {
      const mean = values.reduce((a, b) => a + b, 0) / 40;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    };
    return deviation(out) / deviation(y);
  };
  assert.ok((await spread(noise)) < 0.3);
  assert.ok((await spread(signal)) > 0.99);
});

test('elastic net meets its optimality conditions and drops what is useless', async () => {
  const { x, z } = someNumbers(200, 6, 9);
  const rng = seeded(10);
  const y = Float64Array.from({ length: 200 }, (_, i) => 1 + 2 * z[0][i] - z[1][i] + rng.normal());
  const alpha = 0.2;
  const l1Ratio = 0.5;
  const model = await elasticNet({ alpha, l1Ratio, logAboveSkewness: null }).fit(
    { x, y },
    effects(),
  );
  const out = predictionsOf(model, x);
  const { contributions } = model.explain!(x, 0);
  const beta = z.map((values, c) => contributions[c] / values[0]);
  assert.ok(beta.filter((value) => value === 0).length >= 3);
  z.forEach((values, c) => {
    const pull = values.reduce((sum, v, r) => sum + v * (y[r] - out[r]), 0) / 200;
    if (beta[c] === 0) assert.ok(Math.abs(pull) <= alpha * l1Ratio + 1e-6);
    else {
      const wanted = alpha * l1Ratio * Math.sign(beta[c]) + alpha * (1 - l1Ratio) * beta[c];
      assert.ok(Math.abs(pull - wanted) < 1e-5);
    }
  });
});

test('the gradient of penalised likelihoods is zero at the fit', async () => {
  const { x, z } = someNumbers(300, 3, 12);
  const rng = seeded(13);
  const score = (i: number) => 0.5 + z[0][i] - z[1][i];
  const l2 = 2;
  const cases = {
    logistic: {
      estimator: logistic({ l2, logAboveSkewness: null }),
      y: Float64Array.from(z[0], (_, i) => (rng.next() < 1 / (1 + Math.exp(-score(i))) ? 1 : 0)),
    },
    poisson: {
      estimator: poisson({ l2, logAboveSkewness: null }),
      y: Float64Array.from(z[0], (_, i) => Math.round(Math.exp(score(i)) * 2 * rng.next())),
    },
  };
  for (const { estimator, y } of Object.values(cases)) {
    const model = await estimator.fit({ x, y }, effects());
    const out = predictionsOf(model, x);
    const { contributions } = model.explain!(x, 0);
    const intercept = out.reduce((sum, p, r) => sum + p - y[r], 0);
    assert.ok(Math.abs(intercept) < 1e-5);
    z.forEach((values, c) => {
      const beta = contributions[c] / values[0];
      const gradient = values.reduce((sum, v, r) => sum + v * (out[r] - y[r]), l2 * beta);
      assert.ok(Math.abs(gradient) < 1e-5);
    });
  }
});

test('the mean probability of each class is its share', async () => {
  const data = toy(500, 'classes');
  const out = predictionsOf(await logistic({ classes: 3 }).fit(data, effects()), data.x);
  for (let k = 0; k < 3; k++) {
    const said = out.reduce((sum, p, i) => sum + (i % 3 === k ? p : 0), 0);
    const happened = data.y.filter((value) => value === k).length;
    assert.ok(Math.abs(said - happened) < 1e-3);
  }
});

test('classes that a column separates have finite coefficients', async () => {
  const x = frame([numberColumn('x', [1, 2, 3, 4, 5, 6])]);
  const y = Float64Array.of(0, 0, 0, 1, 1, 1);
  const out = predictionsOf(await logistic({ l2: 0.01 }).fit({ x, y }, effects()), x);
  assert.ok(out[2] < 0.5 && out[3] > 0.5 && out.every(Number.isFinite));
});
