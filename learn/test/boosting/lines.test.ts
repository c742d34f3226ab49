import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame, loadModel, numberColumn } from '@tino/learn';
import { binFrame } from '../../src/boosting/binning.js';
import { packForest } from '../../src/boosting/forest.js';
import { boostedModel } from '../../src/boosting/model.js';
import type { Tree } from '../../src/boosting/tree.js';
import { predictionsOf } from '../toy.js';

const x = frame([numberColumn('a', [0, 1, 2, 3]), numberColumn('b', [5, 6, 7, NaN])]);

/** a ≤ 1 has a line over b, the others a plain value. */
const tree: Tree = {
  nodes: [
    {
      split: {
        gain: 1,
        column: 0,
        bin: 2,
        missingLeft: true,
        levels: null,
      },
      left: ~0,
      right: ~1,
      rows: 4,
    },
  ],
  values: [10, 20],
  rows: [2, 2],
  lines: [{ columns: [1], coefficients: [2], means: [5.5], low: [5], high: [6] }, undefined],
};
const model = boostedModel({
  columns: x.columns.map(({ name }) => ({ kind: 'number', name })),
  link: 'identity',
  objective: 'squared',
  start: Float64Array.of(1),
  forest: packForest([tree], binFrame(x, 255)),
});
const asked = frame([
  numberColumn('a', [0, 0, 0, 0, 3]),
  numberColumn('b', [5.25, 100, -100, NaN, 5.25]),
]);

test('a leaf adds its line, kept within what it saw; a missing number leaves its plain value', () => {
  assert.deepEqual([...predictionsOf(model, asked)], [10.5, 12, 10, 11, 21]);
});

test('lines are saved with the model', () => {
  const again = loadModel(model.bytes());
  assert.deepEqual(predictionsOf(again, asked), predictionsOf(model, asked));
  assert.deepEqual(again.bytes(), model.bytes());
});
