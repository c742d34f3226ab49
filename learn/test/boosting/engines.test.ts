import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  categoryColumn,
  frame,
  numberColumn,
  seeded,
  type BoostingParameters,
  type Effects,
  type TrainingData,
} from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { toy } from '../toy.js';

type Settings = Partial<BoostingParameters>;

const bytesOf = async (settings: Settings, data: TrainingData, lent: Omit<Effects, 'rng'>) =>
  (await boosting(settings).fit(data, { rng: seeded(7), ...lent })).bytes();

/** Every rule of growth, one or two at a time. */
const rules: Settings[] = [
  { rounds: 5, minDataInLeaf: 5 },
  { rounds: 5, minDataInLeaf: 5, categoryRowsMin: 10, categorySmoothing: 30 },
  { rounds: 5, leaves: 100, minDataInLeaf: 1, minHessianInLeaf: 0, l2: 0 },
  { rounds: 3, depthMax: 3, monotone: { area: 1 }, minGain: 0.5 },
  { rounds: 4, rowSample: 0.6, columnSample: 0.5, bins: 16 },
  { rounds: 4, sampling: 'goss', dropRate: 0.5 },
  { rounds: 30, earlyStoppingRounds: 3, categorySmoothing: 0, categoriesMax: 2 },
];

for (const [objective, target] of [
  ['squared', 'value'],
  ['poisson', 'positive'],
  ['logistic', 'binary'],
  ['softmax', 'classes'],
] as const)
  test(`plain and compiled kernels grow the same ${objective} trees`, async () => {
    for (const [seed, rule] of rules.entries()) {
      const data = toy(300, target, seed);
      const settings = { ...rule, objective, classes: target === 'classes' ? 3 : 2 };
      const plain = await bytesOf(settings, data, { kernels: 'plain' });
      assert.deepEqual(await bytesOf(settings, { ...data }, {}), plain, JSON.stringify(settings));
    }
  });

/** Enough rows that threads share the large leaves, and enough columns for two blocks. */
function wide(rows: number): TrainingData {
  const rng = seeded('wide');
  const numbers = Array.from({ length: 34 }, (_, c) =>
    numberColumn(
      `n${c}`,
      Float64Array.from({ length: rows }, () =>
        rng.next() < 0.05 ? NaN : c % 5 === 0 ? rng.below(4) : rng.normal(),
      ),
    ),
  );
  const codes = Array.from({ length: rows }, () => `level ${rng.below(rng.below(90) + 1)}`);
  const x = frame([...numbers, categoryColumn('level', codes)]);
  const y = Float64Array.from({ length: rows }, (_, row) => {
    const at = (c: number) => numbers[c].values[row] || 0;
    return at(0) + at(1) * at(2) + codes[row].length + rng.normal() > 7.5 ? 1 : 0;
  });
  return { x, y };
}

test('one, two and three threads leave the same bytes, and so does the plain engine', async () => {
  const data = wide(40_000);
  const settings = { objective: 'logistic', rounds: 3, leaves: 40, minDataInLeaf: 50 } as const;
  const smoothed = { ...settings, rounds: 2, pathSmoothing: 20 };
  const alone = await bytesOf(settings, data, {});
  const aloneSmoothed = await bytesOf(smoothed, data, {});
  for (const threads of [2, 3]) {
    const pool = createPool({ threads });
    try {
      const own = { ...data, x: { ...data.x } };
      assert.deepEqual(await bytesOf(settings, own, { pool }), alone);
      assert.deepEqual(await bytesOf(settings, data, { pool }), alone);
      assert.deepEqual(await bytesOf(smoothed, data, { pool }), aloneSmoothed);
    } finally {
      await pool.close();
    }
  }
  const plain = await bytesOf({ ...settings, rounds: 1 }, data, { kernels: 'plain' });
  assert.deepEqual(await bytesOf({ ...settings, rounds: 1 }, data, {}), plain);
});

/** What leaves of many rows are asked under, besides the plain search. */
const rulesOfLarge: Settings[] = [
  { monotone: { area: 1, age: -1 } },
  { l1: 2, maxDelta: 0.3 },
  { columnSampleByNode: 0.5 },
  { interactions: [['area', 'city'], ['age']] },
  { leafModel: 'linear' },
  { categories: 'ordered', orderedFrom: 2 },
  { growth: 'symmetric', maxDelta: 0.3, pathSmoothing: 10 },
  { growth: 'symmetric', boostingOrder: 'ordered' },
];

test('threads that share large leaves leave the same bytes under every rule', async () => {
  const data = toy(40_000, 'value');
  const pool = createPool({ threads: 2 });
  try {
    for (const rule of rulesOfLarge) {
      const settings = { rounds: 2, leaves: 12, minDataInLeaf: 5, ...rule };
      const alone = await bytesOf(settings, data, {});
      assert.deepEqual(await bytesOf(settings, data, { pool }), alone, JSON.stringify(rule));
    }
  } finally {
    await pool.close();
  }
});
