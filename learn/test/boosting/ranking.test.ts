import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boosting, frame, loadModel, ndcg, numberColumn, seeded } from '@tino/learn';
import { objectiveOf } from '../../src/boosting/scores.js';
import { predictionsOf } from '../toy.js';

/** Lists whose grades follow one column; each list has a level of its own, which must not matter. */
function queries(count: number, seed: string) {
  const rng = seeded(seed);
  const each = 12;
  const rows = count * each;
  const groups = Int32Array.from({ length: rows }, (_, row) => row % count);
  const level = Float64Array.from({ length: count }, () => 5 * rng.normal());
  const useful = Float64Array.from({ length: rows }, () => rng.normal());
  const y = useful.map((value) =>
    Math.min(4, Math.max(0, Math.round(2 + value + 0.7 * rng.normal()))),
  );
  const x = frame([
    numberColumn('useful', useful),
    numberColumn(
      'level',
      Float64Array.from(groups, (query) => level[query]),
    ),
    numberColumn(
      'noise',
      Float64Array.from({ length: rows }, () => rng.normal()),
    ),
  ]);
  return { x, y, groups };
}

const rankRounds = (rounds: number) => boosting({ objective: 'lambdarank', rounds, leaves: 8 });

test('NDCG of a list is as by hand', () => {
  // Gains 3, 7, 0 in the order of scores; the best order is 7, 3, 0.
  const found = ndcg([2, 3, 0], [9, 8, 7], [1, 1, 1], 10);
  const hand = (3 + 7 / Math.log2(3)) / (7 + 3 / Math.log2(3));
  assert.ok(Math.abs(found - hand) < 1e-12);
  assert.equal(ndcg([0, 0], [1, 2], [5, 5]), 1);
  assert.equal(ndcg([1, 0, 0, 2], [2, 1, 1, 2], [1, 1, 2, 2], 1), 1);
});

test('the pulls within a query sum to zero and lift the better row', () => {
  const data = { y: Float64Array.of(0, 2, 1, 1), groups: Int32Array.of(7, 7, 7, 8) };
  const objective = objectiveOf('lambdarank', { alpha: 0.5, classes: 2, rankedAt: 30 }, data);
  const gradient = new Float64Array(4);
  const hessian = new Float64Array(4);
  objective.derive([Float64Array.of(1, 0, 0.5, 3)], data, [gradient], [hessian]);
  assert.ok(Math.abs(gradient[0] + gradient[1] + gradient[2]) < 1e-12);
  assert.ok(gradient[1] < 0 && gradient[0] > 0);
  assert.ok(hessian[0] > 0 && hessian[1] > 0 && hessian[2] > 0);
  assert.deepEqual([gradient[3], hessian[3]], [0, 0]);
});

test('more rounds rank unseen queries better, and a saved model the same', async () => {
  const data = queries(80, 'train');
  const held = queries(80, 'held');
  const found: number[] = [];
  for (const rounds of [1, 40]) {
    const model = await rankRounds(rounds).fit(data, { rng: seeded(1) });
    const said = predictionsOf(model, held.x);
    found.push(ndcg(held.y, said, held.groups));
    assert.deepEqual(predictionsOf(loadModel(model.bytes()), held.x), said);
  }
  const blind = ndcg(held.y, new Float64Array(held.y.length), held.groups);
  assert.ok(found[0] > blind + 0.1 && found[1] > 0.85 && found[1] >= found[0], found.join(' '));
});

test('early stopping of a ranking keeps queries whole and judges by NDCG', async () => {
  const data = queries(60, 'train');
  const settings = { objective: 'lambdarank', rounds: 300, earlyStoppingRounds: 5 } as const;
  const model = await boosting(settings).fit(data, { rng: seeded(2) });
  assert.ok(ndcg(data.y, predictionsOf(model, data.x), data.groups) > 0.8);
});

test('a ranking without queries, or with grades that are none, is refused', async () => {
  const { x, y, groups } = queries(5, 'small');
  await assert.rejects(rankRounds(1).fit({ x, y }, { rng: seeded(1) }), /lambdarank needs groups/);
  const wrong = y.slice();
  wrong[2] = 1.5;
  await assert.rejects(
    rankRounds(1).fit({ x, y: wrong, groups }, { rng: seeded(1) }),
    /y of row 2 is 1.5, expected a grade from 0 to 30/,
  );
});
