import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boosting, foldOf, frame, numberColumn, seeded, takeRows, type Frame } from '@tino/learn';
import { binFrame, type BinnedFrame } from '../../src/boosting/binning.js';
import { takeFold, takeTraining } from '../../src/training-data.js';
import { toy } from '../toy.js';

/** From so many rows on folds take the bins of their whole. */
const ROWS = 10_000;

const binsOf = ({ memory, columns, rows }: BinnedFrame) =>
  columns.map(({ first }) => memory.views.u8.slice(first, first + rows));

/** Rows of bins as they lie in the blocks, without what pads them. */
const rowsOfBins = ({ memory, blocks, rows }: BinnedFrame) =>
  blocks.map(({ address, shift, lanes }) =>
    Array.from({ length: rows }, (_, row) => {
      const at = address + row * 2 ** shift;
      return [...memory.views.u8.subarray(at, at + lanes)];
    }),
  );

const everyFifth = (n: number, left: number) =>
  Int32Array.from({ length: n }, (_, row) => row).filter((row) => row % 5 !== left);

for (const kernels of ['plain', 'auto'] as const)
  test(`a fold has the bins of its whole, row by row (${kernels})`, () => {
    const rng = seeded('folds');
    const numbers = Array.from({ length: 37 }, (_, c) =>
      numberColumn(
        `n${c}`,
        Array.from({ length: ROWS }, () => (rng.next() < 0.1 ? NaN : rng.normal())),
      ),
    );
    const x = frame([...numbers, ...toy(ROWS, 'value').x.columns]);
    const rows = everyFifth(ROWS, 2);
    const whole = binFrame(x, 32, { kernels });
    const fold = binFrame(foldOf(x, rows), 32, { kernels });
    assert.equal(fold.rows, rows.length);
    const wanted = binsOf(whole).map((bins) => Uint8Array.from(rows, (row) => bins[row]!));
    assert.deepEqual(binsOf(fold), wanted);
    const all = rowsOfBins(whole);
    assert.deepEqual(
      rowsOfBins(fold),
      all.map((bins) => Array.from(rows, (row) => bins[row])),
    );
    assert.deepEqual(
      fold.columns.map(({ edges }) => edges),
      whole.columns.map(({ edges }) => edges),
    );
  });

test('a fold of a fold has the bins of the first whole', () => {
  const { x } = toy(ROWS, 'value');
  const outer = everyFifth(ROWS, 0);
  const inner = everyFifth(outer.length, 3);
  const nested = foldOf(foldOf(x, outer), inner);
  const direct = foldOf(
    x,
    Int32Array.from(inner, (row) => outer[row]!),
  );
  assert.deepEqual(nested.columns, direct.columns);
  assert.deepEqual(binsOf(binFrame(nested, 64)), binsOf(binFrame(direct, 64)));
});

test('a fold of all rows trains the model of the whole', async () => {
  const data = toy(ROWS, 'binary');
  const all = takeFold(data, Int32Array.from(data.y.keys()));
  const fit = async (given: typeof data) =>
    (await boosting({ rounds: 5, objective: 'logistic' }).fit(given, { rng: seeded(1) })).bytes();
  assert.deepEqual(await fit(all), await fit(data));
});

test('what was binned before decides nothing', async () => {
  const fit = async (warm: boolean, kernels: 'plain' | 'auto') => {
    const data = toy(ROWS, 'value');
    if (warm) binFrame(data.x, 255, { kernels });
    const fold = takeFold(data, everyFifth(ROWS, 1));
    return (await boosting({ rounds: 5 }).fit(fold, { rng: seeded(1), kernels })).bytes();
  };
  const cold = await fit(false, 'auto');
  assert.deepEqual(await fit(true, 'auto'), cold);
  assert.deepEqual(await fit(true, 'plain'), cold);
});

test('small parts, small tables and rows that are no fold have bins of their own', () => {
  const data = toy(ROWS, 'value');
  const few = Int32Array.from({ length: 100 }, (_, i) => 5 * i);
  const own = (x: Frame) => binFrame(x, 16).columns.map(({ edges }) => edges);
  const taken = own(takeRows(data.x, few));
  assert.deepEqual(own(foldOf(data.x, few)), taken);
  assert.notDeepEqual(own(data.x), taken);
  const small = toy(ROWS - 1, 'value').x;
  const some = everyFifth(ROWS - 1, 1);
  assert.deepEqual(own(foldOf(small, some)), own(takeRows(small, some)));
  const most = everyFifth(ROWS, 1);
  assert.notDeepEqual(own(takeTraining(data, most).x), own(data.x));
});
