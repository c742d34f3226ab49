import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  frame,
  numberColumn,
  seeded,
  type BoostingParameters,
  type Effects,
  type TrainingData,
} from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { binFrame, layLanes, type BinnedFrame } from '../../src/boosting/binning.js';
import { isSparse, planLanes } from '../../src/boosting/bundles.js';
import { makeGrower } from '../../src/boosting/grower.js';
import type { GrowRules } from '../../src/boosting/rules.js';
import type { EngineOptions } from '../../src/kernel/engine.js';
import { LEVELS, sparseTable } from './sparse-table.js';

const OTHERS = 3;

test('levels of one category as columns of their own share a byte', () => {
  const { x } = sparseTable(800);
  const { lanes, columns, blocks } = binFrame(x, 255, {});
  assert.ok(lanes.length <= OTHERS + 2, `${lanes.length} lanes`);
  assert.deepEqual(
    lanes.flat().toSorted((a, b) => a - b),
    [...x.columns.keys()],
  );
  assert.equal(columns.filter(({ usual }) => usual >= 0).length, LEVELS);
  assert.equal(blocks.length, 1);
});

test('columns that are ever unusual together are kept apart', () => {
  const rows = 100;
  const unusualAt = (...at: number[]) => ({
    count: 3,
    bins: Uint8Array.from({ length: rows }, (_, row) => (at.includes(row) ? 2 : 1)),
  });
  const full = { count: 200, bins: Uint8Array.from({ length: rows }, (_, row) => row) };
  const columns = [full, unusualAt(1, 2, 3), unusualAt(3), unusualAt(4, 5), unusualAt(3, 6)];
  const { lanes, usual } = planLanes(columns, rows);
  assert.deepEqual(lanes, [[0], [1, 3], [2], [4]]);
  assert.deepEqual([...usual], [-1, 1, -1, 1, -1]);
});

test('a table without sparse columns is bundled nowhere', () => {
  const rng = seeded('dense');
  const numbers = Array.from({ length: 20 }, (_, c) =>
    numberColumn(
      `n${c}`,
      Array.from({ length: 300 }, () => rng.below(3)),
    ),
  );
  const x = frame(numbers);
  assert.ok(!isSparse(x));
  assert.ok(binFrame(x, 255, {}).lanes.every((lane) => lane.length === 1));
});

type Settings = Partial<BoostingParameters>;
const rules: Settings[] = [
  { rounds: 4, minDataInLeaf: 5 },
  { rounds: 4, minDataInLeaf: 2, leaves: 60, l1: 0.5 },
  { rounds: 4, columnSample: 0.4, columnSampleByNode: 0.5 },
  { rounds: 3, growth: 'symmetric' },
  { rounds: 3, objective: 'logistic', sampling: 'goss' },
];

const bytesOf = async (settings: Settings, data: TrainingData, lent: Omit<Effects, 'rng'>) =>
  (await boosting(settings).fit(data, { rng: seeded(3), ...lent })).bytes();

test('bundled columns train the same bytes in plain, compiled and threaded kernels', async () => {
  const pool = createPool({ threads: 2 });
  try {
    for (const settings of rules) {
      const data = sparseTable(900, settings.objective === 'logistic');
      const plain = await bytesOf(settings, data, { kernels: 'plain' });
      assert.deepEqual(await bytesOf(settings, data, {}), plain, JSON.stringify(settings));
    }
    const large = sparseTable(40_000);
    const alone = await bytesOf({ rounds: 2 }, large, {});
    assert.deepEqual(await bytesOf({ rounds: 2 }, large, { pool }), alone);
  } finally {
    await pool.close();
  }
});

const growRules: GrowRules = {
  leaves: 40,
  depthMax: Infinity,
  minDataInLeaf: 3,
  minHessianInLeaf: 1e-3,
  minGain: 0,
  l2: 1,
  categorySmoothing: 10,
  categoryRowsMin: 5,
  categoriesMax: 32,
  interactions: undefined,
  columnSampleByNode: 1,
  seed: 0,
};

/** Trees of two rounds on one layout of bins. */
function grown(binned: BinnedFrame, y: Float64Array, options: EngineOptions) {
  const signs = new Int8Array(binned.columns.length);
  const grower = makeGrower(binned, growRules, signs, { ...options, columns: 3 });
  try {
    const [scores, gradients, hessians] = grower.columns;
    const rows = Int32Array.from(y.keys());
    scores.fill(0);
    return [0, 1].map((round) => {
      y.forEach((value, row) => {
        gradients[row] = 0.3 * scores[row] - value;
        hessians[row] = 0.5 + (row % 7) / 7;
      });
      const columns = binned.columns.map((_, c) => c).filter((c) => c % 5 !== round);
      const each = grower.grow({ rows, gradients, hessians, columns });
      grower.addLeaves(each, scores);
      return each.tree;
    });
  } finally {
    grower.end();
  }
}

for (const [name, options] of [
  ['plain', { kernels: 'plain' }],
  ['compiled', {}],
] as const)
  test(`trees are those of columns that lie alone (${name})`, () => {
    const { x, y } = sparseTable(1200);
    const bundled = binFrame(x, 255, options);
    const lanes = x.columns.map((_, c) => [c]);
    const usual = new Int16Array(x.columns.length).fill(-1);
    const alone = layLanes(bundled, { lanes, usual });
    assert.ok(bundled.lanes.length < alone.lanes.length / 3);
    const trees = grown(bundled, y, options);
    assert.ok(trees.every(({ nodes }) => nodes.length > 20));
    assert.ok(trees[0].nodes.some(({ split }) => bundled.columns[split.column].usual >= 0));
    assert.deepEqual(trees, grown(alone, y, options));
  });
