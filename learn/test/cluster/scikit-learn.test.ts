import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  adjustedRand,
  daviesBouldin,
  frame,
  hdbscan,
  kMeans,
  mixture,
  numberColumn,
  seeded,
  silhouette,
  type ClusterSelection,
  type CovarianceKind,
} from '@tino/learn';

interface Golden {
  points: number[];
  kMeans: { inertia: number; labels: number[]; silhouette: number; daviesBouldin: number };
  mixture: Record<CovarianceKind, { logLikelihood: number; bic: number; weights: number[] }>;
  hdbscan: {
    clusterSizeMin: number;
    samplesMin: number;
    selection: ClusterSelection;
    labels: number[];
    probabilities: number[];
  }[];
}

const golden = JSON.parse(
  readFileSync(new URL('../../../test/cluster/golden/scikit-learn.json', import.meta.url), 'utf8'),
) as Golden;
const rows = golden.points.length / 3;
const values = Float64Array.from(golden.points);
const points = { rows, dimensions: 3, values };
const x = frame(
  ['a', 'b', 'c'].map((name, d) =>
    numberColumn(
      name,
      Float64Array.from({ length: rows }, (_, row) => values[3 * row + d]),
    ),
  ),
);
const data = { x, y: new Float64Array(0) };
/** The points are standardised already, so the space of the model is theirs. */
const raw = { winsor: 0, logSkewed: false };
const near = (found: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(found - expected) < tolerance, `${found}, expected ${expected}`);

test('k-means, silhouette and Davies–Bouldin agree with scikit-learn', async () => {
  const { inertia, labels, ...quality } = golden.kMeans;
  const model = await kMeans({ k: 3, starts: 20, ...raw }).fit(data, { rng: seeded(1) });
  const [own, distances] = [new Float64Array(rows), new Float64Array(3 * rows)];
  model.predict(x, own);
  model.distances(x, distances);
  assert.equal(adjustedRand(own, labels), 1);
  near(
    own.reduce((sum, label, row) => sum + distances[3 * row + label] ** 2, 0),
    inertia,
    1e-9 * inertia,
  );
  near(silhouette(points, own, { rng: seeded(1) }), quality.silhouette, 1e-12);
  near(daviesBouldin(points, own), quality.daviesBouldin, 1e-12);
});

test('mixtures reach the likelihood and the criterion of scikit-learn', async () => {
  for (const [covariance, expected] of Object.entries(golden.mixture)) {
    const params = { k: 3, covariance: covariance as CovarianceKind, starts: 10, ...raw };
    const limits = { tolerance: 1e-10, iterationsMax: 2000 };
    const model = await mixture({ ...params, ...limits }).fit(data, { rng: seeded(1) });
    near(model.logLikelihood(x), expected.logLikelihood, 1e-6);
    near(model.bic(x), expected.bic, 1e-3);
    model.weights.forEach((weight, c) => near(weight, expected.weights[c], 1e-3));
  }
});

test('HDBSCAN finds the clusters and the noise of scikit-learn', async () => {
  for (const { labels, probabilities, ...params } of golden.hdbscan) {
    const model = await hdbscan({ ...params, ...raw }).fit(data, { rng: seeded(1) });
    assert.equal(model.k, Math.max(...labels) + 1);
    // A row as far from one cluster as from another (its own core distance) may go either way.
    const agrees = (row: number) =>
      Math.abs(model.probabilities[row] - probabilities[row]) < 1e-8 &&
      model.labels[row] < 0 === labels[row] < 0;
    const same = labels.map((_, row) => row).filter(agrees);
    assert.ok(same.length >= rows - 2, `${rows - same.length} rows differ`);
    const of = (all: ArrayLike<number>) => same.map((row) => all[row] + 1);
    assert.equal(adjustedRand(of(model.labels), of(labels)), 1);
  }
});
