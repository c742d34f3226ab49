import assert from 'node:assert/strict';
import test from 'node:test';
import {
  adjustedRand,
  categoryColumn,
  frame,
  hdbscan,
  kMeans,
  kPrototypes,
  loadModel,
  mixture,
  numberColumn,
  seeded,
  takeRows,
  type ClusterEstimator,
  type ClusterModel,
  type Frame,
} from '@tino/learn';

const GROUPS = 3;

/** Customers of three kinds, with skewed money, holes and a category that tells them apart. */
function customers(rows: number, seed = 1): Frame {
  const rng = seeded(seed);
  const kind = (row: number) => row % GROUPS;
  const hole = (value: number) => (rng.next() < 0.02 ? NaN : value);
  const column = (of: (row: number) => number) =>
    Float64Array.from({ length: rows }, (_, row) => hole(of(row)));
  const names = ['shop', 'app', 'phone'];
  return frame([
    numberColumn(
      'spend',
      column((row) => Math.exp(3 + 1.5 * kind(row) + 0.25 * rng.normal())),
    ),
    numberColumn(
      'visits',
      column((row) => 12 * (kind(row) % 2) + rng.normal()),
    ),
    categoryColumn(
      'channel',
      Array.from({ length: rows }, (_, row) =>
        rng.next() < 0.1 ? names[rng.below(GROUPS)] : names[kind(row)],
      ),
      names,
    ),
  ]);
}

const truth = Int32Array.from({ length: 300 }, (_, row) => row % GROUPS);

/** A new clusterer adds a line here. */
const clusterers: Record<string, ClusterEstimator> = {
  'k-means': kMeans({ k: GROUPS }),
  'mixture, full': mixture({ k: GROUPS, starts: 3 }),
  'mixture, diagonal': mixture({ k: GROUPS, covariance: 'diagonal', starts: 3 }),
  'mixture, tied': mixture({ k: GROUPS, covariance: 'tied', starts: 3 }),
  'mixture, spherical': mixture({ k: GROUPS, covariance: 'spherical', starts: 3 }),
  'k-prototypes': kPrototypes({ k: GROUPS }),
  HDBSCAN: hdbscan({ clusterSizeMin: 20, samplesMin: 5 }),
};

const effects = (seed = 1) => ({ rng: seeded(seed) });
const labelsOf = (model: ClusterModel, x: Frame) => {
  const labels = new Float64Array(x.rows);
  model.predict(x, labels);
  return labels;
};

for (const [name, estimator] of Object.entries(clusterers)) {
  const numbers = name.startsWith('mixture');
  const readable = (all: Frame) =>
    numbers ? frame(all.columns.filter(({ kind }) => kind === 'number')) : all;
  const x = readable(customers(300));
  const y = new Float64Array(0);

  test(`${name}: finds the groups that are there, in order of size, from any seed`, async () => {
    for (const seed of [1, 2]) {
      const model = await estimator.fit({ x, y }, effects(seed));
      assert.equal(model.k, GROUPS);
      const labels = labelsOf(model, x);
      const held = Array.from(labels.keys()).filter((row) => labels[row] >= 0);
      assert.ok(held.length > 250);
      const agreement = adjustedRand(
        held.map((row) => labels[row]),
        held.map((row) => truth[row]),
      );
      assert.ok(agreement > 0.9, `${agreement}`);
    }
  });

  test(`${name}: same seed, same bytes; saved, it says the same; input is left alone`, async () => {
    const before = structuredClone(x);
    const model = await estimator.fit({ x, y }, effects());
    const bytes = model.bytes();
    assert.deepEqual((await estimator.fit({ x, y }, effects())).bytes(), bytes);
    const again = loadModel(bytes) as ClusterModel;
    assert.deepEqual(labelsOf(again, x), labelsOf(model, x));
    assert.deepEqual(again.bytes(), bytes);
    assert.deepEqual(x, before);
    const damaged = bytes.slice();
    damaged[damaged.length - 1] ^= 1;
    assert.throws(() => loadModel(damaged), /damaged/);
  });

  test(`${name}: strangers and holes get a cluster or noise, distances are finite`, async () => {
    const model = await estimator.fit({ x, y }, effects());
    const strange = frame([
      categoryColumn('channel', ['pigeon', null, 'app']),
      numberColumn('visits', [NaN, 1e9, -1e9]),
      numberColumn('spend', [NaN, 0, 1e12]),
    ]);
    for (const label of labelsOf(model, strange))
      assert.ok(Number.isInteger(label) && label >= -1 && label < model.k);
    const distances = new Float64Array(3 * model.k);
    model.distances(strange, distances);
    assert.ok(distances.every((one) => one >= 0 && one < Infinity));
    assert.equal(model.points(strange).rows, 3);
  });

  test(`${name}: rows of weight zero are as good as absent`, async () => {
    const weights = Float64Array.from({ length: 300 }, (_, row) => (row < 240 ? 1 : 0));
    const rows = Array.from({ length: 240 }, (_, row) => row);
    const weighted = await estimator.fit({ x, y, weights }, effects());
    const absent = await estimator.fit({ x: takeRows(x, rows), y }, effects());
    assert.deepEqual(weighted.bytes(), absent.bytes());
    await assert.rejects(
      estimator.fit({ x, y, weights: weights.fill(-1) }, effects()),
      /weight of row 0 is -1/,
    );
  });

  test(`${name}: a column that does not vary, and money in cents, change no label`, async () => {
    const labels = labelsOf(await estimator.fit({ x, y }, effects()), x);
    const flat = frame([...x.columns, numberColumn('flat', new Float64Array(300).fill(2))]);
    const same = labelsOf(await estimator.fit({ x: flat, y }, effects()), flat);
    const shifted = (all: Float64Array) => all.map((label) => label + 1);
    assert.deepEqual(same, labels);
    const [spend, ...others] = x.columns;
    const cents = frame([
      ...(spend.kind === 'number'
        ? [
            numberColumn(
              'spend',
              spend.values.map((value) => 100 * value),
            ),
          ]
        : []),
      ...others,
    ]);
    const scaled = labelsOf(await estimator.fit({ x: cents, y }, effects()), cents);
    assert.ok(adjustedRand(shifted(scaled), shifted(labels)) > 0.9);
  });

  test(`${name}: neither the order of rows nor every row twice changes who is with whom`, async () => {
    const labels = labelsOf(await estimator.fit({ x, y }, effects()), x);
    const order = Int32Array.from({ length: x.rows }, (_, row) => (row * 37) % x.rows);
    const turned = await estimator.fit({ x: takeRows(x, order), y }, effects());
    assert.ok(adjustedRand(labelsOf(turned, x), labels) > 0.95);
    const rows = Int32Array.from({ length: 2 * x.rows }, (_, row) => row % x.rows);
    const twice = await estimator.fit({ x: takeRows(x, rows), y }, effects());
    assert.ok(adjustedRand(labelsOf(twice, x), labels) > 0.95);
  });
}

test('a mixture refuses categories with words', async () => {
  const data = { x: customers(60), y: new Float64Array(0) };
  await assert.rejects(mixture({ k: 2 }).fit(data, effects()), /column channel is a category/);
});
