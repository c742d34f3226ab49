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

/** Seeded columns, sorted by an engine. */
function sortedBy(options: EngineOptions): Float64Array[] {
  const memory = memoryFor(options);
  const rng = seeded('sort');
  const columns = [0, 1, 2, 777].map((count, c) =>
    Float64Array.from({ length: count }, (_, i) =>
      i % 50 === 0
        ? [0, -0, Infinity, -Infinity, 5e-324][rng.below(5)]
        : rng.normal() * 10 ** (c * 9),
    ),
  );
  columns.push(columns[3].map(Math.fround), new Float64Array(40).fill(3));
  const bytes = 8 * 777 + 8192;
  const table = memory.take(8 * columns.length);
  const scratch = memory.take(bytes * columns.length);
  const places = columns.map((column) => memory.take(8 * column.length));
  const engine = openEngine(boostingKernels, memory, options);
  const { i32, f64 } = memory.views;
  columns.forEach((column, c) => {
    f64.set(column, places[c] / 8);
    i32.set([places[c], column.length], table / 4 + 2 * c);
  });
  engine.run(operations.sortColumn, columns.length, [table, scratch, bytes]);
  engine.end();
  return columns.map((column, c) => f64.slice(places[c] / 8, places[c] / 8 + column.length));
}

test('the compiled sort orders doubles of every kind as a typed array does', () => {
  assert.deepEqual(sortedBy({}), sortedBy({ kernels: 'plain' }));
});
