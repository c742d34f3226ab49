import { CELLS_OF_LINES } from '../boosting/defaults.js';
import type { TrainingData } from '../estimator.js';
import type { Column, Frame } from '../frame.js';
import type { Recipe, Task } from '../recipe-type.js';

export interface Candidate {
  name: string;
  recipe: Recipe;
  /** Lower ones are tried first, so that a short time is spent where most is learned. */
  turn: number;
}

const SMALL_ROWS = 1000;
const LARGE_ROWS = 20_000;
const MANY_LEVELS = 20;

interface Table {
  task: Task;
  data: TrainingData;
  metric: string;
  /** Targets are counts or amounts judged on a log scale. */
  counts: boolean;
  /** The models for few rows, however many there are. */
  small: boolean;
}

/**
 * What is worth trying on a table, the simplest first: a constant, single columns, linear models
 * from much to little shrinkage, then trees from stumps on. The settings of trees are spread over
 * what tuned boosters end with on public collections of tables; few rows get the small ones only,
 * because what many choices win on them is luck.
 */
export function portfolio({ task, data, metric, counts, small }: Table): Candidate[] {
  return [
    ...smallest(task, metric),
    ...linear(task, counts, data),
    ...trees(task, data.x, small).map(({ name, turn, params }) => ({
      name,
      turn,
      recipe: {
        kind: 'boosting',
        params: counts ? { objective: 'poisson', ...params } : params,
      },
    })),
  ];
}

/** Always among the candidates: what everything else must beat. */
export const smallest = (task: Task, metric: string): Candidate[] => [
  {
    name: 'constant',
    turn: 0,
    recipe: { kind: task === 'classify' ? 'prior' : 'mean', params: {} },
  },
  { name: 'one column', turn: 6, recipe: { kind: 'oneColumn', params: { metric } } },
];

function linear(task: Task, counts: boolean, { x }: TrainingData): Candidate[] {
  const kind = task === 'classify' ? 'logistic' : counts ? 'poisson' : 'ridge';
  const penalty = kind === 'ridge' ? 'alpha' : 'l2';
  const many = x.columns.some(hasManyLevels);
  // A penalty counts against rows: a share of them shrinks tables of any length alike.
  const shares = [
    ...(x.rows < LARGE_ROWS
      ? [
          { name: ', strongly shrunk', turn: 7, share: 0.1 },
          { name: ', shrunk', turn: 3, share: 0.01 },
        ]
      : []),
    { name: '', turn: 1, share: 0.001 },
  ];
  const plain = shares.map(({ name, turn, share }) => ({
    name: `${kind}${name}`,
    turn,
    params: { [penalty]: Math.max(0.1, Number((share * x.rows).toPrecision(2))) },
  }));
  const last = plain[plain.length - 1]!;
  const byTarget = {
    name: `${last.name}, levels by target`,
    turn: 8,
    params: { ...last.params, categories: 'target' },
  };
  return [...plain, ...(many ? [byTarget] : [])].map(({ name, turn, params }) => ({
    name,
    turn,
    recipe: { kind, params },
  }));
}

type Trees = { name: string; turn: number; params: Recipe['params'] };

/** Without a number of rounds a booster takes as many as help on rows that it holds out. */
function trees(task: Task, { rows, columns }: Frame, small: boolean): Trees[] {
  const stumps = { name: 'stumps', turn: 8, params: { leaves: 2, rounds: 150 } };
  const shallow = {
    name: 'shallow trees',
    turn: 4,
    params: {
      leaves: 5,
      rounds: 150,
      learningRate: 0.05,
      l2: 10,
      rowSample: 0.8,
      columnSample: 0.7,
    },
  };
  // A fixed number of rounds costs a fraction of the search for one: something good is soon there.
  const quick = { name: 'quick trees', turn: 2, params: { rounds: 150, learningRate: 0.1 } };
  const usual = { name: 'trees', turn: 5, params: { leafModel: 'constant' } };
  const symmetric = {
    name: 'symmetric trees',
    turn: 9,
    params: { growth: 'symmetric', leaves: 64, leafModel: 'constant' },
  };
  // Log-odds saturate within a few splits, and seldom leave a slope.
  const lines =
    task === 'regress' &&
    rows * columns.length <= CELLS_OF_LINES &&
    columns.some(({ kind }) => kind === 'number')
      ? [{ name: 'trees with lines', turn: 10, params: { leafModel: 'linear' } }]
      : [];
  const fine = {
    name: 'small trees',
    turn: 11,
    params: { leaves: 10, l2: 5, columnSample: 0.5, leafModel: 'constant', members: 1 },
  };
  const wide = {
    name: 'wide trees',
    turn: 12,
    params: {
      leaves: 96,
      l2: 10,
      minDataInLeaf: 40,
      columnSample: 0.5,
      leafModel: 'constant',
      members: 1,
    },
  };
  const ordered = {
    name: 'trees, levels by target',
    turn: 13,
    params: { categories: 'ordered', members: 1 },
  };
  if (small || rows < SMALL_ROWS) return [stumps, shallow];
  const byTarget = columns.some(hasManyLevels) ? [ordered] : [];
  return rows < LARGE_ROWS
    ? [stumps, shallow, quick, fine, symmetric, usual, ...lines, ...byTarget]
    : [stumps, quick, fine, symmetric, usual, ...lines, wide, ...byTarget];
}

const hasManyLevels = (column: Column) =>
  column.kind === 'category' && column.levels.length > MANY_LEVELS;
