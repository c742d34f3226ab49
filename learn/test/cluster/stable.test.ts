import assert from 'node:assert/strict';
import test from 'node:test';
import {
  assignStable,
  clusterDrift,
  frame,
  kMeans,
  matchLabels,
  migration,
  numberColumn,
  seeded,
  type Frame,
} from '@tino/learn';

/** Two overlapping groups; `moved` shifts the second one, `grown` gives it more rows. */
function groups(rows: number, seed: number, { moved = 0, grown = 0.5 } = {}): Frame {
  const rng = seeded(seed);
  const second = Array.from({ length: rows }, () => rng.next() < grown);
  const column = (name: string) =>
    numberColumn(
      name,
      second.map((one) => rng.normal() + (one ? 4 + moved : 0)),
    );
  return frame([column('a'), column('b')]);
}

const fit = (x: Frame, seed = 1) =>
  kMeans({ k: 2, winsor: 0, logSkewed: false }).fit(
    { x, y: new Float64Array(0) },
    { rng: seeded(seed) },
  );

const labelsOf = (model: Awaited<ReturnType<typeof fit>>, x: Frame) => {
  const labels = new Float64Array(x.rows);
  model.predict(x, labels);
  return labels;
};

test('a row keeps its label unless there is evidence', async () => {
  const x = groups(2000, 1);
  const model = await fit(x);
  const before = labelsOf(model, x);
  const rng = seeded(2);
  const noisy = frame(
    x.columns.map((column) =>
      column.kind === 'number'
        ? numberColumn(
            column.name,
            column.values.map((value) => value + 0.15 * rng.normal()),
          )
        : column,
    ),
  );
  const changed = (labels: ArrayLike<number>) =>
    before.reduce((sum, label, row) => sum + (labels[row] === label ? 0 : 1), 0);
  const free = changed(labelsOf(model, noisy));
  const held = changed(assignStable(model, noisy, before, { margin: 0.2 }));
  assert.ok(free > 0 && held < free / 2, `${held} of ${free} changes are left`);
  const distances = new Float64Array(2 * x.rows);
  model.distances(noisy, distances);
  assignStable(model, noisy, before, { margin: 0.2 }).forEach((label, row) => {
    const [own, other] = [distances[2 * row + before[row]], distances[2 * row + 1 - before[row]]];
    assert.equal(label !== before[row], other < 0.8 * own);
  });
  const none = new Int32Array(x.rows).fill(-1);
  assert.deepEqual([...assignStable(model, noisy, none)], [...labelsOf(model, noisy)]);
  assert.equal(changed(assignStable(model, noisy, before, { margin: 1 })), 0);
  assert.throws(() => assignStable(model, x, [1]), /previous has 1 rows/);
  assert.throws(() => assignStable(model, x, before, { names: [1] }), /names has 1 entries/);
});

test('lasting names go through a model that counts its clusters otherwise', async () => {
  const x = groups(600, 3);
  const model = await fit(x);
  const turned = labelsOf(model, x).map((label) => 1 - label);
  const names = matchLabels(turned, labelsOf(model, x));
  const kept = assignStable(model, x, turned, { names });
  assert.deepEqual([...kept], [...turned]);
});

test('migration counts everyone once, by from and to', () => {
  const previous = [0, 0, 0, 1, 1, 2, -1, -1];
  const next = [0, 1, 1, 1, -1, 2, 0, -1];
  const { segments, counts, stayed, flows } = migration(
    previous,
    next,
    previous.map(() => 10),
  );
  assert.deepEqual([...segments], [0, 1, 2]);
  assert.equal(
    counts.reduce((a, b) => a + b),
    8,
  );
  assert.deepEqual([...counts.subarray(0, 4)], [1, 2, 0, 0]);
  assert.equal(stayed, 3 / 5);
  assert.deepEqual(flows, [
    { from: 0, to: 1, count: 2, value: 20 },
    { from: -1, to: 0, count: 1, value: 10 },
    { from: 1, to: -1, count: 1, value: 10 },
  ]);
  assert.ok(Number.isNaN(migration([], []).stayed));
  assert.throws(() => migration([1], [1, 2]), /previous has 1 rows, next 2/);
});

test('drift of clusters: none in new rows of the same, seen when one moves or grows', async () => {
  const x = groups(2000, 4);
  const model = await fit(x);
  const same = clusterDrift(model, x, groups(2000, 5));
  assert.ok(same.sizePsi < 0.02);
  for (const { distance, byChance } of same.clusters) assert.ok(distance < 3 * byChance);
  const moved = clusterDrift(model, x, groups(2000, 6, { moved: 1 }));
  assert.equal(moved.clusters.filter((one) => one.distance > 5 * one.byChance).length, 1);
  const grown = clusterDrift(model, x, groups(2000, 7, { grown: 0.85 }));
  assert.ok(grown.sizePsi > 0.25);
  assert.ok(Math.max(...grown.clusters.map(({ shareAfter }) => shareAfter)) > 0.8);
});
