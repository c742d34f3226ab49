import assert from 'node:assert/strict';
import test from 'node:test';
import {
  adjustedRand,
  chooseMixture,
  frame,
  loadModel,
  mixture,
  numberColumn,
  seeded,
  type CovarianceKind,
  type Frame,
  type MixtureModel,
} from '@tino/learn';
import { withBlocks } from '../../src/cluster/blocks.js';
import { expectation } from '../../src/cluster/expectation.js';

const raw = { winsor: 0, logSkewed: false, tolerance: 1e-6 };

/** Three slanted clouds that k-means cuts wrongly; the truth is row % 3. */
function clouds(rows: number, seed = 1): Frame {
  const rng = seeded(seed);
  const [a, b] = [new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    const along = 1.5 * rng.normal();
    a[row] = along + 0.3 * rng.normal();
    b[row] = along + 4 * (row % 3) + 0.3 * rng.normal();
  }
  return frame([numberColumn('a', a), numberColumn('b', b)]);
}

const truth = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row % 3);
const fit = (x: Frame, covariance: CovarianceKind, k = 3, starts = 4) =>
  mixture({ k, covariance, starts, ...raw }).fit({ x, y: new Float64Array(0) }, { rng: seeded(1) });
const labelsOf = (model: MixtureModel, x: Frame) => {
  const labels = new Float64Array(x.rows);
  model.predict(x, labels);
  return labels;
};

test('slanted clouds are told apart by one slant for all, not by round ones', async () => {
  const x = clouds(900);
  const tied = await fit(x, 'tied');
  assert.ok(adjustedRand(labelsOf(tied, x), truth(900)) > 0.95);
  const round = await fit(x, 'spherical');
  assert.ok(adjustedRand(labelsOf(round, x), truth(900)) < 0.6);
  assert.ok(tied.bic(x) < round.bic(x));
  assert.ok(tied.bic(x) < (await fit(x, 'tied', 2)).bic(x));
});

test('components and shape are chosen, and one cloud is not cut', async () => {
  const found = await chooseMixture(
    clouds(600),
    { kMax: 4, starts: 2, ...raw },
    { rng: seeded(1) },
  );
  assert.equal(found.k, 3);
  assert.equal(found.covariance, 'tied');
  assert.equal(found.candidates.length, 16);
  const rng = seeded(8);
  const column = (name: string) =>
    numberColumn(
      name,
      Float64Array.from({ length: 400 }, () => rng.normal()),
    );
  const cloud = frame([column('a'), column('b')]);
  const none = await chooseMixture(cloud, { kMax: 3, starts: 1, ...raw }, { rng: seeded(1) });
  assert.equal(none.k, null);
  assert.match(none.reason, /no clusters: one cloud/);
  await assert.rejects(
    chooseMixture(frame([numberColumn('a', [1, 2])]), {}, { rng: seeded(1) }),
    /2 rows are too few/,
  );
});

test('chances sum to one, labels are the likeliest, distances agree with both', async () => {
  const x = clouds(300);
  const model = await fit(x, 'full');
  const [chances, distances] = [new Float64Array(900), new Float64Array(900)];
  model.probabilities(x, chances);
  model.distances(x, distances);
  labelsOf(model, x).forEach((label, row) => {
    const own = [...chances.subarray(3 * row, 3 * row + 3)];
    const far = [...distances.subarray(3 * row, 3 * row + 3)];
    assert.ok(Math.abs(own.reduce((a, b) => a + b) - 1) < 1e-12);
    assert.equal(own.indexOf(Math.max(...own)), label);
    assert.equal(far.indexOf(Math.min(...far)), label);
    assert.ok(far.every((one) => one >= 0));
  });
  assert.ok(Math.abs(model.weights.reduce((a, b) => a + b) - 1) < 1e-9);
  assert.ok(model.weights[0] >= model.weights[1] && model.weights[1] >= model.weights[2]);
});

test('same seed, same bytes; saved, it says the same; weight zero is absence', async () => {
  const x = clouds(200);
  for (const covariance of ['full', 'diagonal', 'tied', 'spherical'] as const) {
    const model = await fit(x, covariance);
    const bytes = model.bytes();
    assert.deepEqual((await fit(x, covariance)).bytes(), bytes);
    const again = loadModel(bytes) as MixtureModel;
    assert.deepEqual(labelsOf(again, x), labelsOf(model, x));
    assert.equal(again.logLikelihood(x), model.logLikelihood(x));
    assert.deepEqual(again.bytes(), bytes);
  }
  const weights = Float64Array.from({ length: 200 }, (_, row) => (row < 100 ? 1 : 0));
  const half = frame(
    x.columns.map((column) =>
      column.kind === 'number' ? numberColumn(column.name, column.values.slice(0, 100)) : column,
    ),
  );
  const y = new Float64Array(0);
  const estimator = mixture({ k: 3, ...raw });
  assert.deepEqual(
    (await estimator.fit({ x, y, weights }, { rng: seeded(1) })).bytes(),
    (await estimator.fit({ x: half, y }, { rng: seeded(1) })).bytes(),
  );
  await assert.rejects(fit(half, 'full', 101), /100 rows cannot make 101 clusters/);
  assert.throws(() => mixture({ k: 2, covariance: 'round' as never }), /covariance is round/);
});

test('equals a slow twin step by step', () => {
  const rng = seeded(5);
  const [rows, dimensions, k] = [150, 3, 2];
  const values = Float64Array.from(
    { length: rows * dimensions },
    (_, i) => rng.normal() + (Math.floor(i / dimensions) % 2) * (i % dimensions),
  );
  const points = { rows, dimensions, values };
  const weights = new Float64Array(rows).fill(1);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % 2);
  const options = { k, covariance: 'full', iterationsMax: 7, tolerance: 0, ridge: 1e-6 } as const;
  const found = withBlocks(points, {}, (blocks) => expectation(blocks, weights, labels, options));
  const slow = slowTwin(values, labels, { rows, dimensions, k, iterations: 7, ridge: 1e-6 });
  assert.ok(Math.abs(found.logLikelihood - slow.logLikelihood) < 1e-10);
  found.gaussians.means.forEach((mean, i) => assert.ok(Math.abs(mean - slow.means[i]) < 1e-10));
});

test('a row of weight two is the row twice', () => {
  const rng = seeded(6);
  const values = Float64Array.from({ length: 240 }, (_, i) => rng.normal() + (i % 3));
  const labels = Int32Array.from({ length: 120 }, (_, row) => row % 2);
  const options = {
    k: 2,
    covariance: 'full',
    iterationsMax: 10,
    tolerance: 0,
    ridge: 1e-6,
  } as const;
  const by = (all: Float64Array, weight: number, own: Int32Array) =>
    withBlocks({ rows: own.length, dimensions: 2, values: all }, {}, (blocks) =>
      expectation(blocks, new Float64Array(own.length).fill(weight), own, options),
    );
  const heavy = by(values, 2, labels);
  const twice = by(
    Float64Array.from([...values, ...values]),
    1,
    Int32Array.from([...labels, ...labels]),
  );
  assert.ok(Math.abs(heavy.logLikelihood - twice.logLikelihood) < 1e-12);
  heavy.gaussians.factors.forEach((one, i) =>
    assert.ok(Math.abs(one - twice.gaussians.factors[i]) < 1e-9),
  );
});

/** EM as the textbook writes it, by Gauss–Jordan inverses and determinants. */
function slowTwin(
  values: Float64Array,
  labels: Int32Array,
  shape: { rows: number; dimensions: number; k: number; iterations: number; ridge: number },
) {
  const { rows, dimensions, k, iterations, ridge } = shape;
  const each = Array.from({ length: dimensions }, (_, d) => d);
  const point = (row: number) => each.map((d) => values[row * dimensions + d]);
  let shares = Array.from(labels, (label) => Array.from({ length: k }, (_, c) => +(c === label)));
  let means: number[][] = [];
  let logLikelihood = 0;
  for (let iteration = 0; iteration <= iterations; iteration++) {
    const totals = Array.from({ length: k }, (_, c) => shares.reduce((sum, s) => sum + s[c], 0));
    means = totals.map((total, c) =>
      each.map((d) => shares.reduce((sum, s, row) => sum + s[c] * point(row)[d], 0) / total),
    );
    const inverses = totals.map((total, c) =>
      inverse(
        each.map((i) =>
          each.map(
            (j) =>
              shares.reduce(
                (sum, s, row) =>
                  sum + s[c] * (point(row)[i] - means[c][i]) * (point(row)[j] - means[c][j]),
                0,
              ) /
                total +
              (i === j ? ridge : 0),
          ),
        ),
      ),
    );
    logLikelihood = 0;
    shares = shares.map((_, row) => {
      const densities = totals.map((total, c) => {
        const away = point(row).map((value, d) => value - means[c][d]);
        const square = each.reduce(
          (sum, i) =>
            sum + each.reduce((s, j) => s + away[i] * inverses[c].matrix[i][j] * away[j], 0),
          0,
        );
        const scale = (2 * Math.PI) ** dimensions * inverses[c].determinant;
        return ((total / rows) * Math.exp(-square / 2)) / Math.sqrt(scale);
      });
      const sum = densities.reduce((a, b) => a + b);
      logLikelihood += Math.log(sum) / rows;
      return densities.map((one) => one / sum);
    });
  }
  return { means: means.flat(), logLikelihood };
}

function inverse(matrix: number[][]) {
  const n = matrix.length;
  const work = matrix.map((line, i) => [...line, ...line.map((_, j) => +(i === j))]);
  let determinant = 1;
  for (let i = 0; i < n; i++) {
    const pivot = work[i][i];
    determinant *= pivot;
    work[i] = work[i].map((one) => one / pivot);
    work.forEach((line, r) => {
      const by = line[i];
      if (r !== i) work[r] = line.map((one, j) => one - by * work[i][j]);
    });
  }
  return { matrix: work.map((line) => line.slice(n)), determinant };
}
