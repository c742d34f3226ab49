import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapTasks } from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { toy } from '../toy.js';

const fits = Array.from({ length: 5 }, (_, seed) => ({
  recipe: { kind: 'boosting', params: { rounds: 3 } },
  task: 'regress' as const,
  classes: 0,
  data: toy(60, 'value', seed),
  seed,
}));

test('a task has the same results, in order, with and without workers', async () => {
  const alone = await mapTasks(undefined, 'fit', fits);
  for (const threads of [1, 3]) {
    const pool = createPool({ threads });
    try {
      assert.deepEqual(await mapTasks(pool, 'fit', fits), alone);
    } finally {
      await pool.close();
    }
  }
});

test('the first failure in order is thrown, and the pool works on', async () => {
  const pool = createPool({ threads: 2 });
  try {
    const wrong = fits.map((fit, i) =>
      i % 2 === 0 ? fit : { ...fit, recipe: { kind: `stranger${i}`, params: {} } },
    );
    await assert.rejects(mapTasks(pool, 'fit', wrong), /recipe kind stranger1 cannot regress/);
    assert.equal((await mapTasks(pool, 'fit', fits.slice(0, 1))).length, 1);
  } finally {
    await pool.close();
  }
});

test('a pool has at least one thread', () => {
  assert.throws(() => createPool({ threads: 0 }), /threads is 0, expected a whole number from 1/);
});
