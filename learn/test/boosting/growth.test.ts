import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boosting, seeded } from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { requireBoosted } from '../../src/boosting/model.js';
import { toy } from '../toy.js';

/** The splits of one tree in the order in which they were made. */
async function splitsOf(leaves: number, lent: Parameters<typeof createPool>[0] | undefined) {
  const pool = lent && createPool(lent);
  try {
    const model = await boosting({ rounds: 1, leaves, minDataInLeaf: 10 }).fit(
      toy(12_000, 'value'),
      { rng: seeded(1), ...(pool && { pool }) },
    );
    const { column, threshold, gain } = requireBoosted(model, 'growth').forest;
    return Array.from(column, (c, node) => [c, threshold[node], gain[node]]);
  } finally {
    await pool?.close();
  }
}

test('best first: a tree of few leaves is how a tree of many begins, also where histograms are few', async () => {
  const many = await splitsOf(512, undefined);
  assert.ok(many.length > 100);
  for (const leaves of [2, 3, 4, 5, 8, 13, 31, 64, 100])
    for (const lent of [undefined, { threads: 2 }, { threads: 3 }])
      assert.deepEqual(
        await splitsOf(leaves, lent),
        many.slice(0, leaves - 1),
        `${leaves} leaves, ${lent?.threads ?? 1} threads`,
      );
});
