import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boosting, schemaOf, seeded, type Frame } from '@tino/learn';
import {
  goesLeft,
  leafOutput,
  treeInput,
  type Forest,
  type TreeInput,
} from '../../src/boosting/forest.js';
import { termPart } from '../../src/boosting/lines.js';
import { boostedModel, type BoostedModel } from '../../src/boosting/model.js';
import { toy, toyFrame } from '../toy.js';
import { randomForest, randomRows, withLines, type Shape } from '../boosting/random-forest.js';

const ROWS = 6;
const shape: Shape = { numbers: 4, categories: 2, trees: 4, leaves: 12, zeros: true };
const COLUMNS = 6;

/** What is expected of a row when only the columns of `known` are: lines count where their column is. */
function expectation(
  forest: Forest,
  input: TreeInput,
  row: number,
  node: number,
  known: number,
): number {
  if (node < 0) {
    const { lines, values } = forest;
    const leaf = ~node;
    let sum = values[leaf]!;
    if (!lines || leafOutput(forest, leaf, input, row) === sum) return sum;
    for (let term = lines.first[leaf]!; term < lines.first[leaf + 1]!; term++) {
      const column = lines.column[term]!;
      if ((known >> column) & 1) sum += termPart(lines, term, input.numbers[column]![row]!);
    }
    return sum;
  }
  const left = forest.left[node]!;
  const right = forest.right[node]!;
  const of = (child: number) => expectation(forest, input, row, child, known);
  if ((known >> forest.column[node]!) & 1)
    return of(goesLeft(forest, input, node, row) ? left : right);
  const cover = (child: number) => (child < 0 ? forest.leafCover[~child]! : forest.cover[child]!);
  return (cover(left) * of(left) + cover(right) * of(right)) / forest.cover[node]!;
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
const sizeOf = (set: number) => set.toString(2).replaceAll('0', '').length;

/** Values of all 64 sets of columns, over all trees of one output. */
function gameOf(forest: Forest, x: Frame, row: number, outputs: number, output: number): number[] {
  const input = treeInput(x, schemaOf(x), forest);
  return Array.from({ length: 2 ** COLUMNS }, (_, known) =>
    Array.from(forest.roots).reduce(
      (sum, root, t) =>
        t % outputs === output ? sum + expectation(forest, input, row, root, known) : sum,
      0,
    ),
  );
}

function shapley(game: readonly number[], column: number): number {
  return game.reduce((sum, value, set) => {
    if ((set >> column) & 1) return sum;
    const size = sizeOf(set);
    const weight = (factorial(size) * factorial(COLUMNS - size - 1)) / factorial(COLUMNS);
    return sum + weight * (game[set | (1 << column)]! - value);
  }, 0);
}

/** Half of the Shapley interaction index of a pair. */
function interaction(game: readonly number[], a: number, b: number): number {
  const both = (1 << a) | (1 << b);
  return game.reduce((sum, value, set) => {
    if (set & both) return sum;
    const size = sizeOf(set);
    const weight = (factorial(size) * factorial(COLUMNS - size - 2)) / factorial(COLUMNS - 1) / 2;
    return (
      sum + weight * (game[set | both]! - game[set | (1 << a)]! - game[set | (1 << b)]! + value)
    );
  }, 0);
}

function modelOf(forest: Forest, x: Frame, outputs: number): BoostedModel {
  const start = Float64Array.from({ length: outputs }, (_, k) => k + 0.5);
  return boostedModel({
    columns: schemaOf(x),
    link: 'identity',
    objective: 'squared',
    start,
    forest,
  });
}

const near = (found: number, wanted: number, of: string) =>
  assert.ok(Math.abs(found - wanted) < 1e-9, `${of}: ${found}, ${wanted}`);

for (const [name, lined] of [
  ['plain leaves', false],
  ['lines in the leaves', true],
] as const)
  test(`contributions and interactions of ${name} are Shapley's by definition`, () => {
    for (let seed = 0; seed < 4; seed++) {
      const rng = seeded(`${name} ${seed}`);
      const grown = randomForest(shape, rng);
      const forest = lined ? withLines(grown, shape.numbers, rng) : grown;
      const x = randomRows(shape, ROWS, rng);
      const model = modelOf(forest, x, 1);
      const all = model.explainRows!(x);
      for (let row = 0; row < ROWS; row++) {
        const game = gameOf(forest, x, row, 1, 0);
        near(all.base[0]!, game[0]! + 0.5, `base of seed ${seed}`);
        const pairs = model.interactions!(x, row);
        for (let a = 0; a < COLUMNS; a++) {
          const contribution = shapley(game, a);
          near(
            all.contributions[row * COLUMNS + a]!,
            contribution,
            `seed ${seed}, row ${row}, ${a}`,
          );
          const own = pairs.subarray(a * COLUMNS, (a + 1) * COLUMNS);
          near(
            own.reduce((x, y) => x + y, 0),
            contribution,
            'sum of a row of pairs',
          );
          for (let b = 0; b < a; b++) {
            near(own[b]!, interaction(game, a, b), `seed ${seed}, row ${row}, pair ${a} ${b}`);
            assert.equal(own[b], pairs[b * COLUMNS + a]);
          }
        }
      }
    }
  });

test('every output of three has its own contributions', () => {
  const rng = seeded('outputs');
  const forest = randomForest({ ...shape, trees: 6 }, rng);
  const x = randomRows(shape, ROWS, rng);
  const { base, contributions } = modelOf(forest, x, 3).explainRows!(x);
  for (let row = 0; row < ROWS; row++)
    for (let k = 0; k < 3; k++) {
      const game = gameOf(forest, x, row, 3, k);
      near(base[k]!, game[0]! + k + 0.5, 'base');
      for (let c = 0; c < COLUMNS; c++)
        near(
          contributions[(row * 3 + k) * COLUMNS + c]!,
          shapley(game, c),
          `output ${k}, column ${c}`,
        );
    }
});

test('the rows of a batch are explained as one by one, and deep trees still sum', async () => {
  const settings = { rounds: 20, leaves: 60, minDataInLeaf: 2 };
  const model = await boosting(settings).fit(toy(500, 'value'), { rng: seeded(1) });
  const x = toyFrame(150, 'fresh');
  const said = new Float64Array(x.rows);
  model.predict(x, said);
  const { base, contributions } = model.explainRows!(x);
  for (let row = 0; row < x.rows; row++) {
    const own = contributions.slice(row * 4, (row + 1) * 4);
    assert.deepEqual(own, model.explain!(x, row).contributions);
    near(
      own.reduce((a, b) => a + b, base[0]!),
      said[row]!,
      `row ${row}`,
    );
  }
});
