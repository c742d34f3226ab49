import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { boostingKernels } from '../../src/kernel/boosting/index.js';
import { chunkOf, chunksOf, operations } from '../../src/kernel/boosting/operations.js';
import { memoryFor, openEngine, type EngineOptions } from '../../src/kernel/engine.js';

const ROWS = 5 * chunkOf.binning + 17;

/** Bins of seeded values, holes and infinities among them, as an engine finds them, many times over. */
function binsBy(options: EngineOptions): Uint8Array {
  const memory = memoryFor(options);
  const engine = openEngine(boostingKernels, memory, options);
  try {
    const rng = seeded('bins');
    const at = memory.take(8 * ROWS);
    const edges = memory.take(8 * 256);
    const table = memory.take(20);
    const out = memory.take(5 * ROWS);
    const { f64, i32, u8 } = memory.views;
    for (let row = 0; row < ROWS; row++)
      f64[at / 8 + row] = [NaN, Infinity, -Infinity, 0.5][rng.below(40)] ?? rng.normal();
    f64.fill(Infinity, edges / 8, edges / 8 + 256);
    for (let i = 0; i < 200; i++) f64[edges / 8 + i] = (i - 100) / 40;
    u8.fill(0, out, out + 5 * ROWS);
    for (let run = 0; run < 50; run++) {
      i32.set([0, at, edges, run % 4, out + 4 * ROWS], table / 4);
      const chunks = chunksOf(ROWS, chunkOf.binning);
      engine.run(operations.binRows, chunks, [table, 1, ROWS, out, 2, 0]);
    }
    return u8.slice(out, out + 5 * ROWS);
  } finally {
    engine.end();
  }
}

test('plain, compiled and threaded kernels leave the same bytes', async () => {
  const plain = binsBy({ kernels: 'plain' });
  assert.ok(new Set(plain.subarray(0, 4000)).size > 100);
  assert.deepEqual(binsBy({}), plain);
  for (const threads of [1, 2, 3]) {
    const pool = createPool({ threads });
    try {
      for (let again = 0; again < 3; again++) assert.deepEqual(binsBy({ pool }), plain);
    } finally {
      await pool.close();
    }
  }
});
