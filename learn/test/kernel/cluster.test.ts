import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded, type Rng } from '@tino/learn';
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

// Where single precision alone would mislabel: ties, near ties, and numbers that it cannot hold.
const coordinates: Record<string, (rng: Rng) => number> = {
  'normal numbers': (rng) => rng.normal(),
  'whole numbers, whose distances are often equal': (rng) => rng.below(3) - 1,
  'numbers a rounding error from each other': (rng) => 1 + rng.below(4) * 2 ** -27,
  'small differences far from the middle': (rng) => 1000 + rng.normal() / 1000,
  'numbers that overflow': (rng) => rng.normal() * 1e30,
  'numbers that underflow': (rng) => rng.normal() * 1e-30,
  'a few very far away': (rng) => (rng.next() < 0.001 ? 1e12 : 1) * rng.normal(),
};

const shapes = [1, 2, 3, 8, 9].flatMap((dimensions) =>
  [1, 3, 4, 7].map((k) => ({ dimensions, k })),
);

for (const [what, coordinate] of Object.entries(coordinates))
  test(`labels and sums of ${what} are those of double precision`, () => {
    for (const { dimensions, k } of shapes) {
      const rng = seeded(`${what} ${dimensions} ${k}`);
      const rows = 1501;
      const values = Float64Array.from({ length: rows * dimensions }, () => coordinate(rng));
      const by = (kernels: 'auto' | 'plain') =>
        cluster(
          { rows, dimensions, values },
          { k, starts: 1, iterationsMax: 5, kernels },
          seeded(1),
        );
      assert.deepEqual(by('auto'), by('plain'), `${dimensions} dimensions, k = ${k}`);
    }
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
