import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { withBlocks } from '../../src/cluster/blocks.js';
import { expectation } from '../../src/cluster/expectation.js';
import { covarianceKinds } from '../../src/cluster/gaussians.js';
import { cluster } from '../../src/cluster/lloyd.js';
import type { EngineOptions } from '../../src/kernel/engine.js';

/** More than the small data that always runs plain, and no whole number of blocks. */
function points(rows = 12_345, dimensions = 5) {
  const rng = seeded('points');
  const values = Float64Array.from(
    { length: rows * dimensions },
    (_, i) => rng.normal() + 3 * (Math.floor(i / dimensions) % 3),
  );
  return { rows, dimensions, values };
}

async function sameForAll<T>(by: (options: EngineOptions) => T): Promise<T> {
  const plain = by({ kernels: 'plain' });
  assert.deepEqual(by({}), plain);
  for (const threads of [2, 3]) {
    const pool = createPool({ threads });
    try {
      assert.deepEqual(by({ pool }), plain);
    } finally {
      await pool.close();
    }
  }
  return plain;
}

test('k-means has the same bytes plain, compiled and threaded', async () => {
  const given = points();
  const weights = Float64Array.from({ length: given.rows }, (_, row) => 1 + (row % 4));
  const { labels } = await sameForAll((options) =>
    cluster(given, { k: 4, starts: 2, iterationsMax: 20, weights, ...options }, seeded(1)),
  );
  assert.equal(new Set(labels).size, 4);
});

test('a mixture has the same bytes plain, compiled and threaded', async () => {
  const given = points();
  const weights = Float64Array.from({ length: given.rows }, (_, row) => 1 + (row % 2));
  const labels = Int32Array.from({ length: given.rows }, (_, row) => row % 3);
  for (const covariance of covarianceKinds) {
    const options = { k: 3, covariance, iterationsMax: 4, tolerance: 0, ridge: 1e-6 };
    const { logLikelihood } = await sameForAll((engine) =>
      withBlocks(given, engine, (blocks) => expectation(blocks, weights, labels, options)),
    );
    assert.ok(Number.isFinite(logLikelihood));
  }
});
