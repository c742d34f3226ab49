import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, frame, numberColumn, seeded } from '@tino/learn';
import { otherKinds, winnerOf, type Clustering } from '../../src/training/segment-kinds.js';

const stop = { stopped: false };

/** Three groups that both a number and a category tell apart. */
function mixed(rows: number) {
  const rng = seeded('mixed');
  const group = Array.from({ length: rows }, (_, i) => i % 3);
  const near = () => Float64Array.from(group, (g) => 6 * g + rng.normal());
  const kind = group.map((g) => ['x', 'y', 'z'][g]!);
  return frame([numberColumn('a', near()), categoryColumn('kind', kind)]);
}

test('prototypes are judged where there are categories, and a kind says how well it does', async () => {
  const found = await otherKinds(
    mixed(240),
    { min: 2, max: 4 },
    { k: 3 },
    { rng: seeded(1), stop },
  );
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
  const [mixture] = await otherKinds(
    frame([column('a'), column('b')]),
    { min: 2, max: 4 },
    { k: 2 },
    { rng: seeded(1), stop },
  );
  assert.match(mixture!.refused!, /^no clusters: one cloud/);
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
    refused,
  });
  const plain: Clustering = { ...of(0.3, 0.8), kind: 'kMeans' };
  const clear = of(0.4, 0.8);
  assert.equal(winnerOf(plain, [of(0.32, 0.9), of(0.5, 0.5), of(0.6, 0.9, 'why')]), plain);
  assert.equal(winnerOf(plain, [clear]), clear);
});
