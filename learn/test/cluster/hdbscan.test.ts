import assert from 'node:assert/strict';
import test from 'node:test';
import {
  adjustedRand,
  doubles,
  frame,
  hdbscan,
  loadModel,
  numberColumn,
  seeded,
  type Frame,
  type HdbscanModel,
} from '@tino/learn';
import { kdTree, nearest, neighbours } from '../../src/cluster/kd-tree.js';
import { spanningTree } from '../../src/cluster/spanning-tree.js';

const raw = { winsor: 0, logSkewed: false };

/** Two half moons and noise around them. */
function moons(rows: number, seed = 1): { x: Frame; truth: Int32Array } {
  const rng = seeded(seed);
  const [a, b] = [new Float64Array(rows), new Float64Array(rows)];
  const truth = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    truth[row] = row % 2;
    const angle = Math.PI * rng.next();
    a[row] = (row % 2 === 0 ? Math.cos(angle) : 1 - Math.cos(angle)) + 0.05 * rng.normal();
    b[row] = (row % 2 === 0 ? Math.sin(angle) : 0.4 - Math.sin(angle)) + 0.05 * rng.normal();
    if (row % 20 === 19) {
      a[row] = 6 * rng.next() - 3;
      b[row] = 6 * rng.next() - 3;
    }
  }
  return { x: frame([numberColumn('a', a), numberColumn('b', b)]), truth };
}

const fit = (x: Frame, clusterSizeMin = 20, samplesMin = 8) =>
  hdbscan({ clusterSizeMin, samplesMin, ...raw }).fit(
    { x, y: new Float64Array(0) },
    { rng: seeded(1) },
  );

const shifted = (labels: ArrayLike<number>) => Array.from(labels, (label) => label + 1);

test('two moons are two clusters, and what is between them is noise', async () => {
  const { x, truth } = moons(1000);
  const model = await fit(x);
  assert.equal(model.k, 2);
  const inside = Array.from(model.labels.keys()).filter((row) => row % 20 !== 19);
  const held = inside.filter((row) => model.labels[row] >= 0);
  assert.ok(held.length > 0.95 * inside.length);
  assert.equal(
    adjustedRand(
      held.map((row) => model.labels[row]),
      held.map((row) => truth[row]),
    ),
    1,
  );
  assert.ok(model.labels.filter((label) => label < 0).length > 20);
});

test('one cloud has no clusters', async () => {
  const rng = seeded(2);
  const column = (name: string) =>
    numberColumn(
      name,
      Float64Array.from({ length: 500 }, () => rng.next()),
    );
  const model = await fit(frame([column('a'), column('b')]), 60, 30);
  assert.equal(model.k, 0);
  assert.ok(model.labels.every((label) => label === -1));
});

test('rows of training are predicted as they were labelled; far ones are noise; it saves itself', async () => {
  const { x } = moons(600, 3);
  const model = await fit(x);
  const [labels, again] = [new Float64Array(600), new Float64Array(600)];
  model.predict(x, labels);
  assert.deepEqual([...labels], [...model.labels]);
  const loaded = loadModel(model.bytes()) as HdbscanModel;
  loaded.predict(x, again);
  assert.deepEqual(again, labels);
  assert.deepEqual(loaded.bytes(), model.bytes());
  assert.deepEqual((await fit(x)).bytes(), model.bytes());
  const out = new Float64Array(1);
  model.predict(frame([numberColumn('a', [50]), numberColumn('b', [50])]), out);
  assert.equal(out[0], -1);
  const distances = new Float64Array(600 * model.k);
  model.distances(x, distances);
  model.labels.forEach((label, row) => {
    if (label >= 0) assert.equal(distances[row * model.k + label], 0);
  });
});

test('scale, order and doubles of rows', async () => {
  const { x } = moons(500, 4);
  const model = await fit(x);
  const changed = (of: (values: Float64Array) => Float64Array) =>
    frame(
      x.columns.map((column) =>
        column.kind === 'number' ? numberColumn(column.name, of(doubles(column.values))) : column,
      ),
    );
  const scaled = await fit(changed((values) => values.map((value) => 1000 * value + 7)));
  assert.equal(adjustedRand(shifted(scaled.labels), shifted(model.labels)), 1);
  const turned = await fit(changed((values) => values.toReversed()));
  assert.deepEqual([...turned.labels].toReversed(), [...model.labels]);
  const twice = await fit(
    changed((values) => Float64Array.from([...values, ...values])),
    40,
    16,
  );
  assert.ok(adjustedRand(shifted(twice.labels).slice(0, 500), shifted(model.labels)) > 0.99);
  const same = await fit(frame([numberColumn('a', new Float64Array(100).fill(3))]));
  assert.ok(same.probabilities.every(Number.isFinite));
  await assert.rejects(fit(frame([numberColumn('a', [1, 2])])), /2 rows cannot make 8 clusters/);
});

test('neighbours and spanning tree equal those of all pairs', () => {
  const rng = seeded(5);
  for (const [rows, dimensions] of [
    [1, 2],
    [40, 1],
    [300, 3],
    [200, 6],
  ]) {
    const values = Float64Array.from({ length: rows * dimensions }, () =>
      // Steps make equal distances, which trees must bear.
      rows === 200 ? Math.round(3 * rng.normal()) : rng.normal(),
    );
    const tree = kdTree({ rows, dimensions, values });
    const square = (a: number, b: number) => {
      let sum = 0;
      for (let d = 0; d < dimensions; d++)
        sum += (tree.values[a * dimensions + d] - tree.values[b * dimensions + d]) ** 2;
      return sum;
    };
    const places = Array.from({ length: rows }, (_, place) => place);
    const k = Math.min(5, rows);
    const found = neighbours(k);
    const core = Float64Array.from(places, (place) => {
      nearest(tree, tree.values, place * dimensions, found);
      const expected = places.map((other) => square(place, other)).sort((a, b) => a - b);
      assert.deepEqual([...found.squares], expected.slice(0, k));
      return found.squares[k - 1];
    });
    const reach = (a: number, b: number) => Math.max(core[a], core[b], square(a, b));
    assert.deepEqual([...spanningTree(tree, core).squares], prim(rows, reach));
  }
});

/** Weights of a minimum spanning tree, ascending (Prim, 1957). */
function prim(count: number, weight: (a: number, b: number) => number): number[] {
  const least = new Float64Array(count).fill(Infinity);
  const left = new Set(Array.from({ length: count }, (_, i) => i).slice(1));
  const weights: number[] = [];
  for (let at = 0; left.size > 0;) {
    let next = -1;
    for (const one of left) {
      least[one] = Math.min(least[one], weight(at, one));
      if (next < 0 || least[one] < least[next]) next = one;
    }
    weights.push(least[next]);
    left.delete(next);
    at = next;
  }
  return weights.sort((a, b) => a - b);
}
