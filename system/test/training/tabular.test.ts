import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  categoryColumn,
  estimatorOf,
  foldsByTime,
  frame,
  loadModel,
  numberColumn,
  seeded,
} from '@tino/learn';
import { complexity, expand, sameRecipe } from '../../src/training/candidates.js';
import type { AutoDetail } from '../../src/training/auto.js';
import type { JobEffects, TabularJob, Tried } from '../../src/training/job.js';
import { trainTabular } from '../../src/training/tabular.js';
import { trainInThread } from '../../src/training/thread.js';
import { chooseWinner } from '../../src/training/winner.js';
import { boosting, ensemble, grid, linear } from '../../src/workspace/declare.js';
import { effects } from '../features/house.js';

const quiet: JobEffects = { stop: { stopped: false }, progress: () => {}, clock: () => 0 };

/** 300 rows over ten cut-offs; the label leans on `signal` and on one level of `kind`. */
function toy(): TabularJob {
  const rng = seeded('toy');
  const rows = 300;
  const signal = Array.from({ length: rows }, () => rng.normal());
  const kind = Array.from({ length: rows }, () => (rng.next() < 0.5 ? 'a' : 'b'));
  const y = Float64Array.from(signal, (value, row) =>
    value + (kind[row] === 'a' ? 1 : -1) + rng.normal() > 0 ? 1 : 0,
  );
  const order = Int32Array.from({ length: rows }, (_, row) => 30 * Math.floor(row / 30));
  return {
    task: 'classify',
    x: frame([numberColumn('signal', signal), categoryColumn('kind', kind)]),
    y,
    groups: Int32Array.from({ length: rows }, (_, row) => row % 100),
    order,
    folds: foldsByTime(
      order,
      order.map((day) => day + 30),
      { folds: 3 },
    ),
    entries: [
      { name: 'prior', recipe: { kind: 'prior', params: {} }, baseline: true },
      ...expand(
        [
          { kind: 'logistic', params: {}, grid: { l2: [1, 10] } },
          { kind: 'boosting', params: { rounds: 10, minDataInLeaf: 10 }, grid: { leaves: [4] } },
          { kind: 'boosting', params: { leavez: 3 }, grid: {} },
        ],
        'classify',
      ),
    ],
    metric: 'rocAuc',
    calibrate: 'platt',
    target: 'identity',
    seed: 1,
    champion: null,
    replays: {},
  };
}

test('a grid becomes its combinations, named by what varies', () => {
  const entries = expand(
    [{ kind: 'boosting', params: { rounds: 5 }, grid: { leaves: [4, 8], l2: [1, 2] } }],
    'classify',
  );
  assert.deepEqual(
    entries.map(({ name }) => name),
    [
      'boosting leaves 4 l2 1',
      'boosting leaves 4 l2 2',
      'boosting leaves 8 l2 1',
      'boosting leaves 8 l2 2',
    ],
  );
  assert.deepEqual(entries[0]!.recipe.params, { rounds: 5, leaves: 4, l2: 1 });
  assert.ok(complexity(entries[0]!.recipe) < complexity(entries[2]!.recipe));
  assert.ok(
    sameRecipe({ kind: 'k', params: { a: 1, b: 2 } }, { kind: 'k', params: { b: 2, a: 1 } }),
  );
});

test('the search beats the prior, keeps a failure in its row, and calibrates', async () => {
  const cells: string[] = [];
  const result = await trainTabular(toy(), {
    ...quiet,
    progress: (_, score) => score && cells.push(`${score.candidate}/${score.fold}`),
  });
  assert.equal(result.scores.baseline.length, 3);
  assert.ok(result.metrics['rocAuc']! > 0.75);
  const failed = result.leaderboard.find(({ error }) => error !== null);
  assert.match(failed!.error!, /no parameter leavez/);
  assert.equal(result.leaderboard.filter(({ winner }) => winner).length, 1);
  assert.equal(new Set(cells).size, 12);
  assert.ok(result.checks.find(({ check }) => check === 'calibration')!.passed);
  assert.deepEqual(
    loadModel(result.model).columns.map(({ name }) => name),
    ['signal', 'kind'],
  );
  const shares = result.importance.reduce((sum, { share }) => sum + share, 0);
  assert.ok(Math.abs(shares - 1) < 1e-9);
});

test('a version keeps what is said as a column changes', async () => {
  const { dependence, importance } = await trainTabular(toy(), quiet);
  assert.deepEqual(
    dependence.map(({ column }) => column),
    importance.map(({ column }) => column),
  );
  const signal = dependence.find(({ column }) => column === 'signal')!.points;
  assert.equal(signal.length, 12);
  assert.ok(signal[11]!.predicted > signal[0]!.predicted + 0.2);
  const kind = dependence.find(({ column }) => column === 'kind')!.points;
  const said = (level: string) => kind.find(({ value }) => value === level)!.predicted;
  assert.ok(said('a') > said('b'));
});

test('a thread gives the same bytes as inline', async () => {
  const inline = await trainTabular(toy(), quiet);
  const threaded = await trainInThread(toy(), effects);
  assert.deepEqual(threaded.model, inline.model);
  assert.deepEqual(threaded.scores, inline.scores);
});

test('a stopped training ends as cancelled', async () => {
  await assert.rejects(
    trainInThread(toy(), { ...effects, stop: { stopped: true } }),
    (error: Error & { code?: string }) => error.code === 'CANCELLED',
  );
});

test('the recipe that serves is judged on the same folds, its file on what it says now', async () => {
  const first = await trainTabular(toy(), quiet);
  const champion = {
    version: 1,
    recipe: first.winner.recipe,
    model: first.model,
    after: 1e6,
    columns: ['signal', 'kind'],
  };
  const refresh = await trainTabular({ ...toy(), champion }, quiet);
  assert.deepEqual(refresh.difference, { difference: 0, lower: 0, upper: 0 });
  assert.ok(refresh.checks.find(({ check }) => check === 'drift')!.passed);
  const other = { ...champion, recipe: { kind: 'boosting', params: { rounds: 1, leaves: 2 } } };
  const replace = await trainTabular({ ...toy(), champion: other }, quiet);
  assert.ok(replace.difference!.difference > 0);
  assert.ok(replace.difference!.lower <= replace.difference!.difference);
  const gone = { ...champion, columns: ['signal', 'kind', 'lost'] };
  const changed = await trainTabular({ ...toy(), champion: gone }, quiet);
  assert.ok(!changed.checks.find(({ check }) => check === 'signature')!.passed);
});

test('of recipes within one standard error the simplest wins; beyond it the best', () => {
  const one = (kind: string, scores: number[]): Tried => ({
    name: kind,
    recipe: { kind, params: {} },
    baseline: false,
    scores,
    said: new Float64Array(),
    seconds: 0,
    error: null,
  });
  const near = [one('boosting', [0.7, 0.72, 0.65]), one('logistic', [0.69, 0.68, 0.68])];
  assert.equal(chooseWinner(near, 'higher')!.name, 'logistic');
  const far = [one('boosting', [0.8, 0.81, 0.8]), one('logistic', [0.7, 0.71, 0.7])];
  assert.equal(chooseWinner(far, 'higher')!.name, 'boosting');
  assert.equal(chooseWinner([{ ...far[0]!, error: 'x' }], 'higher'), undefined);
});

test('a linear candidate is the one of its task', () => {
  const [kind] = expand([{ kind: 'linear', params: { l2: 3 }, grid: {} }], 'classify');
  assert.deepEqual(kind!.recipe, { kind: 'logistic', params: { l2: 3 } });
  const [value] = expand([{ kind: 'linear', params: {}, grid: {} }], 'regress');
  assert.equal(value!.recipe.kind, 'ridge');
});

test('what is a list or a record by nature is one value, and members become recipes', () => {
  const monotone = { area: 1 };
  const interactions = [['area', 'age'], ['city']];
  const inner = boosting(grid({ leaves: [7, 15] }), { monotone, interactions });
  const [blend, ...more] = expand([ensemble([linear(), inner], { folds: 3 })], 'regress');
  assert.equal(more.length, 0);
  const trees = (leaves: number) => ({
    kind: 'boosting',
    params: { monotone, interactions, leaves },
  });
  const members = [{ kind: 'ridge', params: {} }, trees(7), trees(15)];
  assert.deepEqual(blend!.recipe, { kind: 'ensemble', params: { members, folds: 3 } });
  assert.ok(complexity(blend!.recipe) > complexity(trees(15)));
  estimatorOf(blend!.recipe, { task: 'regress', classes: 2 });
});

test('a search ends with its minutes, and is made again from what it tried without a clock', async () => {
  const job = (): TabularJob => ({
    ...toy(),
    entries: [
      { name: 'prior', recipe: { kind: 'prior', params: {} }, baseline: true },
      ...expand(
        [{ kind: 'auto', params: { minutes: 1, folds: 3, repeats: 1 }, grid: {} }],
        'classify',
      ),
    ],
  });
  // Each look at the clock takes a fifth of a second; four searches share the minute.
  let now = 0;
  const first = await trainTabular(job(), { ...quiet, clock: () => (now += 200) });
  const { report, replays } = first.detail['auto'] as AutoDetail;
  const outcomes = report.candidates.map(({ outcome }) => outcome);
  assert.ok(outcomes.includes('tried') && outcomes.includes('skipped'), outcomes.join());
  const shown = first.leaderboard.find(({ name }) => name === 'auto')!.tried!;
  assert.deepEqual(
    shown.map(({ outcome }) => outcome),
    outcomes,
  );
  assert.ok(Math.abs(shown.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
  assert.deepEqual(Object.keys(replays), ['auto/0', 'auto/1', 'auto/2', 'final']);
  assert.deepEqual(first.winner.recipe.params['replay'], replays['final']);
  let later = 0;
  const again = await trainTabular(
    { ...job(), replays },
    { ...quiet, clock: () => (later += 60_000) },
  );
  assert.deepEqual(again.scores, first.scores);
  assert.deepEqual((again.detail['auto'] as AutoDetail).report.chosen, report.chosen);
  assert.ok(first.metrics['rocAuc']! > 0.75);
});

test('a search of a positive target on its logarithm predicts money', async () => {
  const base = toy();
  const result = await trainTabular(
    {
      ...base,
      task: 'regress',
      y: base.y.map((value, row) => 100 * (1 + value) + (row % 7)),
      metric: 'mae',
      calibrate: 'none',
      target: 'log',
      entries: [
        { name: 'mean', recipe: { kind: 'mean', params: {} }, baseline: true },
        ...expand([{ kind: 'auto', params: { folds: 3, repeats: 1 }, grid: {} }], 'regress'),
      ],
    },
    quiet,
  );
  assert.ok(result.scores.challenger[0]! < result.scores.baseline[0]!);
  assert.ok(Object.keys((result.detail['auto'] as AutoDetail).replays).includes('final, again'));
});
