import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  boosting,
  categoryColumn,
  frame,
  kFold,
  metricOf,
  numberColumn,
  seeded,
  takeRows,
  type Frame,
} from '@tino/learn';
import { predictionsOf } from './toy.js';

const folder =
  process.env['TINO_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const at = (file: string) => `${folder}/${file}`;
const skipWithout = (file: string) =>
  existsSync(at(file)) ? {} : { skip: `${file} is not in ${folder}; set TINO_DATA` };

/** Columns of a plain CSV without quotes. */
function table(file: string): Record<string, string[]> {
  const lines = gunzipSync(readFileSync(at(file)))
    .toString()
    .trim()
    .split('\n');
  const cells = lines.map((line) => line.trim().split(','));
  return Object.fromEntries(cells[0].map((name, c) => [name, cells.slice(1).map((row) => row[c])]));
}

async function outOfFold(
  x: Frame,
  y: Float64Array,
  folds: number,
  settings: Parameters<typeof boosting>[0],
) {
  const out = new Float64Array(x.rows);
  for (const { train, test } of kFold(x.rows, { folds, rng: seeded(1) })) {
    const model = await boosting(settings).fit(
      { x: takeRows(x, train), y: Float64Array.from(train, (row) => y[row]) },
      { rng: seeded(1) },
    );
    const said = predictionsOf(model, takeRows(x, test));
    test.forEach((row, i) => (out[row] = said[i]));
  }
  return out;
}

const houses = 'california_housing/california_sklearn_form.csv.gz';
test('California houses: cross-validated error below 0.50', skipWithout(houses), async () => {
  const { Price, ...features } = table(houses);
  const x = frame(
    Object.entries(features).map(([name, cells]) => numberColumn(name, cells.map(Number))),
  );
  const y = Float64Array.from(Price, Number);
  const found = metricOf('rmse').of(y, await outOfFold(x, y, 5, { rounds: 60, learningRate: 0.2 }));
  assert.ok(found < 0.5, `root mean squared error ${found}`);
});

const adults = 'adult_census/adult_train.csv.gz';
test('Adult census: cross-validated area above 0.92', skipWithout(adults), async () => {
  const { income, ...features } = table(adults);
  const x = frame(
    Object.entries(features).map(([name, cells]) =>
      cells.every((cell) => cell !== '' && !Number.isNaN(Number(cell)))
        ? numberColumn(name, cells.map(Number))
        : categoryColumn(
            name,
            cells.map((cell) => (cell === '?' ? null : cell)),
          ),
    ),
  );
  const y = Float64Array.from(income, (cell) => (cell === '>50K' ? 1 : 0));
  const found = metricOf('rocAuc').of(
    y,
    await outOfFold(x, y, 3, { objective: 'logistic', rounds: 60, learningRate: 0.15 }),
  );
  assert.ok(found > 0.92, `area under the curve ${found}`);
});
