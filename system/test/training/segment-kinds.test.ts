import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  categoryColumn,
  chooseK,
  frame,
  loadModel,
  numberColumn,
  seeded,
  type Frame,
} from '@tino/learn';
import { trainSegments } from '../../src/training/segment-job.js';
import { judgedKinds, winnerOf, type Clustering } from '../../src/training/segment-kinds.js';

const stop = { stopped: false };
const effects = { stop, progress: () => {}, clock: () => 0 };

const judged = (x: Frame, clusters: { min: number; max: number }) => {
  const { candidates } = chooseK(x, { kMin: clusters.min, kMax: clusters.max }, { rng: seeded(1) });
  return judgedKinds(x, clusters, candidates[0]!, { rng: seeded(1), stop });
};

/** Two half moons, one within the other’s reach, and a few rows far from both. */
function moons(rows: number): Frame {
  const rng = seeded('moons');
  const [a, b] = [new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    const angle = Math.PI * rng.next();
    a[row] = (row % 2 === 0 ? Math.cos(angle) : 1 - Math.cos(angle)) + 0.04 * rng.normal();
    b[row] = (row % 2 === 0 ? Math.sin(angle) : 0.4 - Math.sin(angle)) + 0.04 * rng.normal();
    if (row % 40 === 39) {
      a[row] = 4 * rng.next() - 1.5;
      b[row] = 4 * rng.next() - 1.75;
    }
  }
  return frame([numberColumn('a', a), numberColumn('b', b)]);
}

/** Three groups that both a number and a category tell apart. */
function mixed(rows: number) {
  const rng = seeded('mixed');
  const group = Array.from({ length: rows }, (_, i) => i % 3);
  const near = () => Float64Array.from(group, (g) => 6 * g + rng.normal());
  const kind = group.map((g) => ['x', 'y', 'z'][g]!);
  return frame([numberColumn('a', near()), categoryColumn('kind', kind)]);
}

test('prototypes are judged where there are categories, and a kind says how well it does', async () => {
  const { others: found } = await judged(mixed(240), { min: 3, max: 4 });
  const prototypes = found.find(({ kind }) => kind === 'kPrototypes')!;
  assert.equal(prototypes.refused, null);
  assert.ok(prototypes.stability > 0.9, `stability ${prototypes.stability}`);
  assert.match(found.find(({ kind }) => kind === 'mixture')!.refused!, /numbers only/);
});

test('one cloud is refused in words', async () => {
  const rng = seeded('cloud');
  const column = (name: string) =>
    numberColumn(
      name,
      Float64Array.from({ length: 200 }, () => rng.normal()),
    );
  const x = frame([column('a'), column('b')]);
  const { others } = await judged(x, { min: 2, max: 4 });
  const [mixture, shapes] = others;
  assert.match(mixture!.refused!, /^no clusters: one cloud/);
  assert.match(shapes!.refused!, /one dense place|no dense place/);
  const clusters = { min: 2, max: 4 };
  const found = await trainSegments(
    { task: 'segment', x, clusters, seed: 1, previous: null },
    effects,
  );
  assert.equal(found.shaped, false);
});

test('another kind must come back on resamples and stand out clearly', () => {
  const of = (
    silhouette: number,
    stability: number,
    refused: string | null = null,
  ): Clustering => ({
    kind: 'mixture',
    params: {},
    k: 3,
    silhouette,
    stability,
    validity: 0.1,
    noise: 0,
    refused,
  });
  const plain: Clustering = { ...of(0.3, 0.8), kind: 'kMeans' };
  const clear = of(0.4, 0.8);
  assert.equal(winnerOf(plain, [of(0.32, 0.9), of(0.5, 0.5), of(0.6, 0.9, 'why')]), plain);
  assert.equal(winnerOf(plain, [clear]), clear);
  // Shapes win by emptiness between them, whatever their silhouette.
  const shapes: Clustering = { ...of(-0.1, 0.9), kind: 'hdbscan', validity: 0.3 };
  assert.equal(winnerOf(plain, [clear, shapes]), shapes);
  assert.equal(winnerOf(plain, [clear, { ...shapes, validity: 0.12 }]), clear);
  assert.equal(winnerOf(plain, [{ ...shapes, stability: 0.5 }]), plain);
});

test('moons are cut as moons, and whoever is in neither is in no segment', async () => {
  const x = moons(800);
  const clusters = { min: 2, max: 4 };
  const job = { task: 'segment' as const, x, clusters, seed: 1, previous: null };
  const found = await trainSegments(job, effects);
  assert.equal(found.chosen.kind, 'hdbscan');
  assert.deepEqual(found.ids, ['s1', 's2', 'none']);
  const labels = new Float64Array(x.rows);
  loadModel(found.model).predict(x, labels);
  const inMoons = [...labels.keys()].filter((row) => row % 40 !== 39);
  const [even, odd] = [0, 1].map((moon) => labels[inMoons.find((row) => row % 2 === moon)!]!);
  const right = inMoons.filter((row) => labels[row] === (row % 2 === 0 ? even : odd));
  assert.ok(right.length > 0.95 * inMoons.length, `${right.length} of ${inMoons.length}`);
  const nobody = found.profiles.at(-1)!;
  assert.equal(nobody.size, labels.filter((label) => label < 0).length);
  assert.ok(nobody.size > 0 && Math.abs(found.chosen.noise - nobody.share) < 1e-12);
  // Names outlive a training, and nobody is no name.
  const again = await trainSegments(
    { ...job, seed: 2, previous: { model: found.model, ids: ['s7', 's3'], named: 7 } },
    effects,
  );
  assert.deepEqual(again.ids, ['s7', 's3', 'none']);
});
