import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '@tino/learn';
import { createPool } from '@tino/learn/node';
import { boostingKernels } from '../../src/kernel/boosting/index.js';
import { chunkOf, chunksOf, operations } from '../../src/kernel/boosting/operations.js';
import { memoryFor, openEngine, type EngineOptions } from '../../src/kernel/engine.js';
import { objectiveOf } from '../../src/boosting/scores.js';

interface Case {
  rows: number;
  classes: number;
  weighted: boolean;
}

/** Scores of all sizes, seeded; classes of rows; weights. */
function drawn({ rows, classes, weighted }: Case) {
  const rng = seeded(`${rows} rows, ${classes} classes`);
  const column = (next: () => number) => Float64Array.from({ length: rows }, next);
  const scale = () => [0.1, 3, 40, 900][rng.below(4)];
  return {
    scores: Array.from({ length: classes }, () => column(() => scale() * rng.normal())),
    y: column(() => rng.below(classes)),
    ...(weighted && { weights: column(() => 3 * rng.next()) }),
  };
}

/** Gradients and hessians by class, as an engine leaves them. */
function derivedBy(given: Case, options: EngineOptions): Float64Array[] {
  const { rows, classes } = given;
  const { scores, y, weights } = drawn(given);
  const memory = memoryFor(options);
  const columns = Array.from({ length: 3 * classes + 2 }, () => memory.take(8 * rows));
  const engine = openEngine(boostingKernels, memory, options);
  try {
    const { f64 } = memory.views;
    const step = columns[1] - columns[0];
    const [gradients, hessians] = [columns[classes], columns[2 * classes]];
    const [targets, own] = columns.slice(3 * classes);
    scores.forEach((column, k) => f64.set(column, columns[k] / 8));
    f64.set(y, targets / 8);
    if (weights) f64.set(weights, own / 8);
    const places = [columns[0], gradients, hessians, step, targets, weights ? own : 0];
    const args = [rows, classes, ...places];
    const factor = classes / (classes - 1);
    engine.run(operations.deriveClasses, chunksOf(rows, chunkOf.gradients), args, [factor]);
    return columns.slice(classes, 3 * classes).map((at) => f64.slice(at / 8, at / 8 + rows));
  } finally {
    engine.end();
  }
}

const cases: Case[] = [
  { rows: 1, classes: 2, weighted: false },
  { rows: 257, classes: 3, weighted: true },
  { rows: 2 * chunkOf.gradients + 301, classes: 7, weighted: true },
  { rows: 1000, classes: 200, weighted: false },
];

test('derivatives of many classes have the same bits, plain, compiled and threaded', async () => {
  const pool = createPool({ threads: 3 });
  try {
    for (const each of cases) {
      const plain = derivedBy(each, { kernels: 'plain' });
      assert.deepEqual(derivedBy(each, {}), plain, JSON.stringify(each));
      assert.deepEqual(derivedBy(each, { pool }), plain, JSON.stringify(each));
    }
  } finally {
    await pool.close();
  }
});

test('derivatives of many classes are those of the objective', () => {
  for (const each of cases) {
    const { scores, ...data } = drawn(each);
    const objective = objectiveOf(
      'softmax',
      { alpha: 0, classes: each.classes, rankedAt: 1 },
      data,
    );
    const wanted = Array.from({ length: 2 * each.classes }, () => new Float64Array(each.rows));
    objective.derive(scores, data, wanted.slice(0, each.classes), wanted.slice(each.classes));
    derivedBy(each, {}).forEach((column, k) =>
      column.forEach((value, row) => {
        const away = Math.abs(value - wanted[k][row]);
        assert.ok(away <= 1e-14, `column ${k}, row ${row}: ${value}, not ${wanted[k][row]}`);
      }),
    );
  }
});
