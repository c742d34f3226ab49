import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boosting, schemaOf, seeded } from '@tino/learn';
import { addForest, treeInput } from '../../src/boosting/forest.js';
import { BLOCK, layoutOf } from '../../src/boosting/layout.js';
import { pathsOf } from '../../src/boosting/paths.js';
import { symmetricTrees } from '../../src/boosting/symmetric-layout.js';
import { makeScorer } from '../../src/boosting/scorer.js';
import { shapLayout } from '../../src/boosting/shap-layout.js';
import { memoryFor, openEngine } from '../../src/kernel/engine.js';
import {
  SCORE_SYMMETRIC,
  EXPLAIN_ROWS,
  SCORE_QUICK,
  SCORE_ROW,
  SCORE_ROWS,
  scoringKernels,
} from '../../src/kernel/scoring.js';
import { predictionsOf, toy, toyFrame } from '../toy.js';
import {
  randomForest,
  randomRows,
  symmetricForest,
  withLines,
  type Shape,
} from './random-forest.js';

const shapes: Record<string, Shape & { outputs: number; lines?: true }> = {
  'lines in the leaves': {
    numbers: 4,
    categories: 1,
    trees: 10,
    leaves: 12,
    outputs: 2,
    lines: true,
  },
  'numbers alone': { numbers: 5, categories: 0, trees: 21, leaves: 31, outputs: 1 },
  'numbers and sets of levels': { numbers: 3, categories: 2, trees: 16, leaves: 40, outputs: 1 },
  'zeros as missing': { numbers: 3, categories: 1, trees: 9, leaves: 20, outputs: 1, zeros: true },
  'three outputs': { numbers: 4, categories: 1, trees: 12, leaves: 12, outputs: 3 },
  'one leaf a tree': { numbers: 1, categories: 0, trees: 4, leaves: 1, outputs: 1 },
  'long chains': { numbers: 2, categories: 1, trees: 3, leaves: 200, outputs: 1 },
  'no tree': { numbers: 2, categories: 0, trees: 0, leaves: 1, outputs: 2 },
};

for (const [name, shape] of Object.entries(shapes))
  test(`scores have the bits of the plain walk: ${name}`, () => {
    const rng = seeded(name);
    const grown = randomForest(shape, rng);
    const forest = shape.lines ? withLines(grown, shape.numbers, rng) : grown;
    const { outputs } = shape;
    for (const rows of [0, 1, 7, 8, 9, 63, 64, 65, 200]) {
      const x = randomRows(shape, rows, rng);
      const schema = schemaOf(x);
      const input = treeInput(x, schema, forest);
      const start = Float64Array.from({ length: rows * outputs }, () => rng.normal());
      const slow = start.slice();
      addForest(forest, input, rows, outputs, slow);
      const scorer = makeScorer(forest, schema, outputs);
      const fast = start.slice();
      scorer.add(input, rows, fast);
      assert.deepEqual(fast, slow);
      const single = new Float64Array(outputs);
      for (let row = 0; row < rows; row++) {
        single.set(start.subarray(row * outputs, (row + 1) * outputs));
        scorer.addRow(
          x.columns.map(
            (column) => (column.kind === 'number' ? column.values : column.codes)[row]!,
          ),
          single,
        );
        assert.deepEqual(single, slow.slice(row * outputs, (row + 1) * outputs));
      }
    }
  });

test('symmetric trees are known as such, and score the same by their own kernel and twin', () => {
  const shape = { numbers: 4, categories: 0, trees: 20, leaves: 1 };
  const rng = seeded('symmetric');
  const forest = symmetricForest(4, 20, rng);
  assert.equal(symmetricTrees(forest)?.length, 20);
  const uneven = forest.threshold.slice();
  uneven[uneven.length - 1]! += 1;
  assert.equal(symmetricTrees({ ...forest, threshold: uneven }), undefined);
  for (const rows of [2, 8, 77]) {
    const x = randomRows(shape, rows, rng);
    const input = treeInput(x, schemaOf(x), forest);
    const slow = new Float64Array(rows * 2).fill(0.1);
    const fast = slow.slice();
    addForest(forest, input, rows, 2, slow);
    makeScorer(forest, schemaOf(x), 2).add(input, rows, fast);
    assert.deepEqual(fast, slow);
  }
  const said = (['plain', 'auto'] as const).map((kernels) => {
    const memory = memoryFor({ kernels });
    const engine = openEngine(scoringKernels, memory, { kernels });
    const layout = layoutOf(forest, 4, 1);
    const address = memory.take(layout.bytes);
    const at = layout.write(memory.views, address);
    const { f64 } = memory.views;
    const values = seeded('values');
    for (let i = 0; i < 4 * BLOCK; i++) f64[at.values / 8 + i] = values.normal();
    f64.fill(0, at.scores / 8, at.scores / 8 + BLOCK);
    const args = [
      at.symmetric,
      20,
      at.slots,
      layout.slots.length,
      at.groups,
      8,
      at.scores,
      at.toValue,
      1,
      0,
    ];
    engine.run(SCORE_SYMMETRIC, 1, args);
    return Float64Array.from(f64.subarray(at.scores / 8, at.scores / 8 + BLOCK));
  });
  assert.ok(new Set(said[0]).size > 20);
  assert.deepEqual(said[1], said[0]);
});

test('trees of few leaves are scored by bit vectors where those are faster: the same bits, and as their twin', () => {
  const shape: Shape = { numbers: 20, categories: 0, trees: 90, leaves: 60, zeros: true };
  const rng = seeded('quick');
  const forest = randomForest(shape, rng);
  for (const rows of [2, 8, 77]) {
    const x = randomRows(shape, rows, rng);
    const input = treeInput(x, schemaOf(x), forest);
    const slow = new Float64Array(rows * 2).fill(0.1);
    const fast = slow.slice();
    addForest(forest, input, rows, 2, slow);
    makeScorer(forest, schemaOf(x), 2).add(input, rows, fast);
    assert.deepEqual(fast, slow);
  }
  const said = (['plain', 'auto'] as const).map((kernels) => {
    const memory = memoryFor({ kernels });
    const engine = openEngine(scoringKernels, memory, { kernels });
    const layout = layoutOf(forest, 20, 2);
    const address = memory.take(layout.bytes);
    const at = layout.write(memory.views, address);
    assert.ok(at.quick > 0);
    const { f64 } = memory.views;
    const values = seeded('values');
    for (let i = 0; i < 20 * BLOCK; i++)
      f64[at.values / 8 + i] = [NaN, 0, -Infinity][values.below(9)] ?? values.normal();
    const scores = f64.subarray(at.scores / 8, at.scores / 8 + 2 * BLOCK).fill(0.5);
    const head = [at.quick, 90, at.slots, layout.slots.length, at.groups, 3];
    engine.run(SCORE_QUICK, 1, [...head, at.scores, at.toValue, 2, 0]);
    return Float64Array.from(scores);
  });
  assert.ok(new Set(said[0]).size > 20);
  assert.deepEqual(said[1], said[0]);
});

test('trees are walked where bit vectors would be slower or do not fit', () => {
  const quickOf = (shape: Partial<Shape>) => {
    const numbers = shape.numbers ?? 20;
    const whole = { numbers, categories: 0, trees: 90, leaves: 60, ...shape };
    const layout = layoutOf(randomForest(whole, seeded('walked')), numbers + whole.categories, 1);
    const memory = memoryFor({});
    const address = memory.take(layout.bytes);
    return layout.write(memory.views, address).quick;
  };
  assert.ok(quickOf({}) > 0);
  assert.equal(quickOf({ trees: 2 }), 0);
  assert.equal(quickOf({ categories: 1 }), 0);
  assert.equal(quickOf({ leaves: 200 }), 0);
  // More thresholds of one column than a byte has ranks.
  assert.equal(quickOf({ numbers: 1, trees: 200 }), 0);
});

test('the kernels and their plain twin leave the same scores', () => {
  const shape: Shape = { numbers: 4, categories: 2, trees: 20, leaves: 30, zeros: true };
  const forest = randomForest(shape, seeded('twin'));
  const said = (['plain', 'auto'] as const).map((kernels) => {
    const memory = memoryFor({ kernels });
    const engine = openEngine(scoringKernels, memory, { kernels });
    const layout = layoutOf(forest, 6, 2);
    const address = memory.take(layout.bytes);
    const at = layout.write(memory.views, address);
    const rng = seeded('values');
    const { f64, i32 } = memory.views;
    for (let i = 0; i < 4 * BLOCK; i++)
      f64[at.values / 8 + i] = [NaN, 0, -Infinity][rng.below(9)] ?? rng.normal();
    for (let i = 4 * BLOCK; i < 6 * BLOCK; i++) i32[at.values / 4 + 2 * i] = rng.below(256);
    const args = [
      at.trees,
      20,
      at.slots,
      layout.slots.length,
      at.groups,
      3,
      at.scores,
      at.toValue,
      2,
    ];
    const scores = f64.subarray(at.scores / 8, at.scores / 8 + 2 * BLOCK);
    return [SCORE_ROWS, SCORE_ROW].map((operation) => {
      scores.fill(0.5);
      engine.run(operation, 1, args);
      return Float64Array.from(scores);
    });
  });
  assert.ok(new Set(said[0]![0]).size > 20);
  assert.deepEqual(said[1], said[0]);
});

test('the kernel of contributions and its plain twin leave the same bits', () => {
  const shape: Shape = { numbers: 4, categories: 2, trees: 9, leaves: 40, zeros: true };
  const forest = randomForest(shape, seeded('contributions'));
  const trees = Array.from(forest.roots, (root) => pathsOf(forest, root));
  const said = (['plain', 'auto'] as const).map((kernels) => {
    const memory = memoryFor({ kernels });
    const engine = openEngine(scoringKernels, memory, { kernels });
    const layout = shapLayout(forest, trees, 6, 2);
    const address = memory.take(layout.bytes);
    const at = layout.write(memory.views, address);
    const rng = seeded('values');
    const { f64, i32 } = memory.views;
    for (let i = 0; i < 4 * BLOCK; i++)
      f64[at.values / 8 + i] = [NaN, 0, -Infinity][rng.below(9)] ?? rng.normal();
    for (let i = 4 * BLOCK; i < 6 * BLOCK; i++) i32[at.values / 4 + 2 * i] = rng.below(256);
    const out = f64.subarray(at.contributions / 8, at.contributions / 8 + 20 * 2 * 6).fill(0);
    const head = [at.trees, 9, at.slots, layout.slots.length, at.groups, 3];
    engine.run(EXPLAIN_ROWS, 1, [...head, at.contributions, 20, 2, 6, at.scratch]);
    return Float64Array.from(out);
  });
  assert.ok(new Set(said[0]).size > 100);
  assert.deepEqual(said[1], said[0]);
});

test('one row by its values is that row of a frame', async () => {
  for (const [objective, target, classes] of [
    ['logistic', 'binary', 2],
    ['softmax', 'classes', 3],
  ] as const) {
    const settings = { objective, classes, rounds: 10, leaves: 8, minDataInLeaf: 5 };
    const model = await boosting(settings).fit(toy(200, target), { rng: seeded(1) });
    const x = toyFrame(30, 'fresh');
    const all = predictionsOf(model, x);
    const out = new Float64Array(model.outputs);
    for (let row = 0; row < x.rows; row++) {
      const values = x.columns.map((c) => (c.kind === 'number' ? c.values : c.codes)[row]!);
      model.predictRow!(values, out);
      assert.deepEqual(out, all.slice(row * model.outputs, (row + 1) * model.outputs));
    }
  }
});
