import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  conform,
  decodeArtifact,
  permutationImportance,
  metricOf,
  seeded,
} from '@tino/learn';
import { goesLeft, treeInput, type Forest, type TreeInput } from '../../src/boosting/forest.js';
import { toy } from '../toy.js';

/** Expected value of a tree when only the columns of `known` are. */
function expectation(
  forest: Forest,
  input: TreeInput,
  row: number,
  node: number,
  known: number,
): number {
  if (node < 0) return forest.values[~node];
  const left = forest.left[node];
  const right = forest.right[node];
  if ((known >> forest.column[node]) & 1)
    return expectation(
      forest,
      input,
      row,
      goesLeft(forest, input, node, row) ? left : right,
      known,
    );
  const cover = (child: number) => (child < 0 ? forest.leafCover[~child] : forest.cover[child]);
  const of = (child: number) =>
    (cover(child) / forest.cover[node]) * expectation(forest, input, row, child, known);
  return of(left) + of(right);
}

/** Shapley values by their definition: over all sets of columns. */
function shapley(forest: Forest, input: TreeInput, row: number, columns: number): number[] {
  const value = (known: number) =>
    Array.from(forest.roots).reduce(
      (sum, root) => sum + expectation(forest, input, row, root, known),
      0,
    );
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let set = 0; set < 2 ** columns; set++) {
      if ((set >> column) & 1) continue;
      const size = set.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(columns - size - 1)) / factorial(columns);
      sum += weight * (value(set | (1 << column)) - value(set));
    }
    return sum;
  });
}

for (const [objective, target] of [
  ['squared', 'value'],
  ['logistic', 'binary'],
] as const)
  test(`reasons of ${objective} are Shapley values by definition`, async () => {
    const data = toy(400, target);
    const settings = { objective, rounds: 8, leaves: 16, minDataInLeaf: 5 };
    const model = await boosting(settings).fit(data, { rng: seeded(2) });
    const sections: unknown = decodeArtifact(model.bytes()).sections;
    const forest = sections as Forest;
    const fresh = toy(25, target, 'fresh').x;
    const input = treeInput(conform(fresh, model.columns), model.columns, forest);
    for (let row = 0; row < fresh.rows; row++) {
      const slow = shapley(forest, input, row, model.columns.length);
      const fast = model.explain!(fresh, row).contributions;
      slow.forEach((value, column) => assert.ok(Math.abs(value - fast[column]) < 1e-9));
    }
  });

test('shuffling a useful column costs, shuffling noise does not', async () => {
  const data = toy(800, 'value');
  const held = toy(800, 'value', 'held');
  const model = await boosting({ rounds: 50 }).fit(data, { rng: seeded(2) });
  const found = permutationImportance(model, held.x, held.y, metricOf('rmse'), { rng: seeded(4) });
  const loss = Object.fromEntries(found.map((one) => [one.column, one.loss]));
  assert.ok(loss['city'] > 0.3 && loss['area'] > 0.1);
  assert.ok(Math.abs(loss['noise']) < 0.05);
});
