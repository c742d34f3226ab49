import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  estimatorOf,
  loadModel,
  encodeArtifact,
  recipeKinds,
  seeded,
  type Task,
} from '@tino/learn';
import { predictionsOf, toy } from './toy.js';

const binary = { task: 'classify', classes: 2 } as const;
const numbers = { task: 'regress', classes: 0 } as const;

test('every kind fits with the defaults that its table names', async () => {
  for (const [kind, { task, params }] of Object.entries(recipeKinds)) {
    // They read columns of customers by name.
    if (kind === 'bgNbd' || kind === 'hazard') continue;
    const defaults = Object.fromEntries(
      Object.entries(params).map(([name, entry]) => [name, entry.default]),
    );
    if (task.includes('classify')) delete defaults['objective'];
    for (const one of task) {
      const data = toy(60, one === 'regress' ? 'positive' : 'binary');
      const fit = (given: Record<string, unknown>) =>
        estimatorOf({ kind, params: given }, { task: one, classes: 2 }).fit(data, {
          rng: seeded(1),
        });
      assert.deepEqual(
        predictionsOf(await fit(defaults), data.x),
        predictionsOf(await fit({}), data.x),
        kind,
      );
    }
  }
});

test('what is unknown or wrong is refused, with what there is', () => {
  const make =
    (kind: string, params: Record<string, unknown>, task: { task: Task; classes: number }) => () =>
      estimatorOf({ kind, params }, task);
  assert.throws(
    make('forest', {}, numbers),
    /kind forest cannot regress; there are boosting, ridge/,
  );
  assert.throws(
    make('ridge', {}, binary),
    /kind ridge cannot classify; there are boosting, logistic/,
  );
  assert.throws(make('ridge', { lambda: 1 }, numbers), /no parameter lambda; there are alpha, cv/);
  assert.throws(make('mean', { x: 1 }, numbers), /no parameter x; there are none/);
  assert.throws(make('ridge', { alpha: '1' }, numbers), /ridge.alpha is "1", expected a number/);
  assert.throws(make('ridge', { alpha: -1 }, numbers), /alpha is -1/);
  assert.throws(
    make('boosting', { objective: 'squared' }, binary),
    /squared, which cannot classify/,
  );
  assert.throws(
    make('boosting', { objective: 'logistic' }, numbers),
    /logistic, which cannot regress/,
  );
});

test('weights of classes are a word or a record', async () => {
  const data = toy(200, 'binary');
  const meanOf = async (classWeights: unknown) => {
    const params = { rounds: 20, leaves: 4, classWeights };
    const model = await estimatorOf({ kind: 'boosting', params }, binary).fit(data, {
      rng: seeded(1),
    });
    return predictionsOf(model, data.x).reduce((sum, p) => sum + p / 200, 0);
  };
  assert.ok((await meanOf({ 1: 5 })) > (await meanOf('none')) + 0.05);
  assert.throws(
    () => estimatorOf({ kind: 'boosting', params: { classWeights: [1, 5] } }, binary),
    /boosting.classWeights is \[1,5\], expected a string/,
  );
});

test('a file of an unknown kind, or without its sections, is refused', () => {
  assert.throws(
    () => loadModel(encodeArtifact({ kind: 'oracle', meta: {}, sections: {} })),
    /model kind oracle is unknown; this version reads constant, linear, boosting/,
  );
  assert.throws(
    () => loadModel(encodeArtifact({ kind: 'constant', meta: {}, sections: {} })),
    /kind constant has no section values/,
  );
});
