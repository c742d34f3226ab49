import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  categoryColumn,
  frame,
  numberColumn,
  seeded,
  type Column,
  type Rng,
} from '@tino/learn';
import { predictionsOf } from '../toy.js';

const L2 = 0.7;
const MIN_ROWS = 3;

interface Rows {
  columns: readonly Column[];
  gradients: number[];
  hessians: number[];
}

const score = (data: Rows, rows: readonly number[]) => {
  const gradient = rows.reduce((sum, row) => sum + data.gradients[row], 0);
  const hessian = rows.reduce((sum, row) => sum + data.hessians[row], 0);
  return { gain: gradient ** 2 / (hessian + L2), value: -gradient / (hessian + L2) };
};

/** Every way to send rows left: thresholds with missing on either side, and sets of levels. */
function* ways(
  column: Column,
  data: Rows,
  rows: readonly number[],
): Generator<(row: number) => boolean> {
  if (column.kind === 'number') {
    const cuts = [...new Set(column.values)].filter((value) => !Number.isNaN(value));
    for (const cut of cuts)
      for (const missingLeft of [true, false])
        yield (row) => (Number.isNaN(column.values[row]) ? missingLeft : column.values[row] <= cut);
    return;
  }
  // All sets are not searched on purpose: the levels of a set are neighbours by mean gradient.
  const mean = (level: number) => {
    const held = rows.filter((row) => column.codes[row] === level);
    const gradient = held.reduce((sum, row) => sum + data.gradients[row], 0);
    return gradient / held.reduce((sum, row) => sum + data.hessians[row], 0);
  };
  for (const [code] of [-1, ...column.levels.keys()].entries())
    yield (row) => mean(column.codes[row]) <= mean(code - 1);
}

/** The value of each row by exhaustive greedy search, without bins, histograms or sorting. */
function grow(data: Rows, rows: readonly number[], out: Float64Array): void {
  let best = { gain: 1e-9, left: [] as number[], right: [] as number[] };
  for (const column of data.columns)
    for (const goesLeft of ways(column, data, rows)) {
      const left = rows.filter(goesLeft);
      const right = rows.filter((row) => !goesLeft(row));
      if (left.length < MIN_ROWS || right.length < MIN_ROWS) continue;
      const gain = score(data, left).gain + score(data, right).gain - score(data, rows).gain;
      if (gain > best.gain + 1e-9) best = { gain, left, right };
    }
  if (best.left.length === 0) for (const row of rows) out[row] = score(data, rows).value;
  else for (const side of [best.left, best.right]) grow(data, side, out);
}

function someColumns(rows: number, rng: Rng): Column[] {
  const levels = ['a', 'b', 'c'];
  return [
    numberColumn(
      'x',
      Float64Array.from({ length: rows }, () => rng.normal()),
    ),
    numberColumn(
      'holes',
      Float64Array.from({ length: rows }, () => (rng.next() < 0.3 ? NaN : rng.below(5))),
    ),
    categoryColumn(
      'level',
      Array.from({ length: rows }, () => (rng.next() < 0.2 ? null : levels[rng.below(3)])),
      levels,
    ),
  ];
}

for (const objective of ['squared', 'logistic'] as const)
  test(`one tree of ${objective} equals exhaustive search`, async () => {
    for (let seed = 0; seed < 25; seed++) {
      const rng = seeded(`${objective} ${seed}`);
      const rows = 20 + rng.below(30);
      const columns = someColumns(rows, rng);
      const y = Float64Array.from({ length: rows }, () =>
        objective === 'squared' ? rng.normal() : rng.below(2),
      );
      const weights = Float64Array.from({ length: rows }, () => 0.5 + rng.next());
      const total = weights.reduce((a, b) => a + b, 0);
      const mean = y.reduce((sum, value, row) => sum + weights[row] * value, 0) / total;
      const isSquared = objective === 'squared';
      const data: Rows = {
        columns,
        gradients: Array.from(y, (value, row) => weights[row] * (mean - value)),
        hessians: Array.from(weights, (weight) =>
          isSquared ? weight : weight * mean * (1 - mean),
        ),
      };
      const values = new Float64Array(rows);
      grow(
        data,
        Array.from({ length: rows }, (_, row) => row),
        values,
      );
      const start = isSquared ? mean : Math.log(mean / (1 - mean));
      const model = await boosting({
        objective,
        rounds: 1,
        learningRate: 1,
        leaves: 1000,
        l2: L2,
        minDataInLeaf: MIN_ROWS,
        minHessianInLeaf: 0,
        categorySmoothing: 0,
        categoryRowsMin: 1,
        minGain: 1e-9,
      }).fit({ x: frame(columns), y, weights }, { rng });
      const raw = Float64Array.from(predictionsOf(model, frame(columns)), (said) =>
        isSquared ? said : Math.log(said / (1 - said)),
      );
      raw.forEach((said, row) =>
        assert.ok(Math.abs(said - start - values[row]) < 1e-6, `seed ${seed}, row ${row}`),
      );
    }
  });
