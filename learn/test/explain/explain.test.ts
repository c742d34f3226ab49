import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boosting,
  calibrated,
  categoryColumn,
  correlatedGroups,
  explainRows,
  frame,
  groupedImportance,
  individualDependence,
  jointDependence,
  metricOf,
  numberColumn,
  partialDependence,
  permutationImportance,
  reasonCodes,
  seeded,
} from '@tino/learn';
import { toy, toyFrame } from '../toy.js';

/** Two columns and a category that say the same, one of their own, and one that is noise. */
function twins(rows: number, seed: string) {
  const rng = seeded(seed);
  const numbers = () => Float64Array.from({ length: rows }, () => rng.normal());
  const a = numbers();
  const other = numbers();
  const x = frame([
    numberColumn('a', a),
    numberColumn('other', other),
    numberColumn(
      'cube of a',
      a.map((value) => (rng.next() < 0.1 ? NaN : value ** 3)),
    ),
    numberColumn('noise', numbers()),
    categoryColumn(
      'sign of a',
      Array.from(a, (value) => (value > 0.7 ? 'high' : value > -0.7 ? 'mid' : 'low')),
    ),
  ]);
  return { x, y: a.map((value, row) => value + other[row]! + 0.1 * rng.normal()) };
}

test('columns that say the same are one group', () => {
  const { x } = twins(800, 'groups');
  assert.deepEqual(correlatedGroups(x), [['a', 'cube of a', 'sign of a'], ['other'], ['noise']]);
  const all = x.columns.map(({ name }) => name);
  assert.deepEqual(correlatedGroups(x, 1), [
    ['a', 'cube of a'],
    ['other'],
    ['noise'],
    ['sign of a'],
  ]);
  assert.deepEqual(new Set(correlatedGroups(x, 1e-9).flat()), new Set(all));
  assert.throws(() => correlatedGroups(x, 0), /is 0, expected above 0/);
});

test('categories are told by levels, and many levels by chance are no tie', () => {
  const rng = seeded('categories');
  const codes = Array.from({ length: 600 }, () => rng.below(4));
  const column = (name: string, of: (code: number, row: number) => string | null) =>
    categoryColumn(name, codes.map(of));
  const x = frame([
    column('shop', (code) => `shop ${code}`),
    column('city', (code) => (rng.next() < 0.05 ? null : `city ${code >> 1}`)),
    column('order', (_, row) => `order ${row % 300}`),
    numberColumn(
      'money',
      Float64Array.from({ length: 600 }, () => rng.normal()),
    ),
  ]);
  assert.deepEqual(correlatedGroups(x), [['shop', 'city'], ['order'], ['money']]);
});

test('correlated columns matter together what each alone hides', async () => {
  const { x, y } = twins(700, 'train');
  const settings = { rounds: 60, leaves: 8, columnSample: 0.5 };
  const model = await boosting(settings).fit({ x, y }, { rng: seeded(1) });
  const held = twins(700, 'held');
  const rmse = metricOf('rmse');
  const together = groupedImportance(model, held.x, held.y, rmse, { rng: seeded(2) });
  const alone = permutationImportance(model, held.x, held.y, rmse, { rng: seeded(2) });
  assert.deepEqual(
    together.map(({ columns }) => columns.length),
    [3, 1, 1],
  );
  const first = together[0]!;
  const most = Math.max(
    ...alone.filter(({ column }) => first.columns.includes(column)).map(({ loss }) => loss),
  );
  assert.ok(first.loss > 1.15 * most, `${first.loss}, ${most}`);
  assert.ok(first.deviation > 0 && first.deviation < first.loss);
  assert.ok(Math.abs(together[2]!.loss) < 0.05);
});

test('partial dependence is the mean of individual lines, and of a row of the joint one', async () => {
  const model = await boosting({ rounds: 30 }).fit(toy(500, 'value'), { rng: seeded(1) });
  const x = toyFrame(80, 'fresh');
  const grid = [-1, 0, 1, NaN];
  const cities = ['north', 'south'];
  const partial = partialDependence(model, x, 'area', grid);
  const lines = individualDependence(model, x, 'area', grid);
  assert.equal(lines.length, 80 * 4);
  partial.forEach((value, g) => {
    const own = lines.filter((_, i) => i % 4 === g);
    assert.ok(Math.abs(value - own.reduce((a, b) => a + b, 0) / 80) < 1e-12);
  });
  assert.ok(partial[2]! > partial[0]! + 0.5);
  const joint = jointDependence(model, x, ['area', 'city'], [grid, cities]);
  assert.equal(joint.length, 8);
  const [city] = x.columns.filter(({ name }) => name === 'city');
  assert.ok(city?.kind === 'category');
  const north = { ...city, codes: city.codes.map(() => city.levels.indexOf('north')) };
  const moved = { rows: 80, columns: x.columns.map((own) => (own === city ? north : own)) };
  const wanted = partialDependence(model, moved, 'area', grid);
  wanted.forEach((value, g) => assert.equal(joint[2 * g], value));
  assert.throws(() => jointDependence(model, x, ['area', 'area'], [grid, grid]), /asked twice/);
  assert.throws(() => partialDependence(model, x, 'moon', grid), /column moon is missing/);
  assert.throws(() => partialDependence(model, x, 'area', ['north']), /area holds north/);
  assert.throws(
    () => individualDependence(model, x, 'area', grid, 1),
    /output is 1, the model has 1/,
  );
});

test('reason codes are the largest contributions, of one direction where that is asked', () => {
  const columns = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
  const contributions = [0.5, -2, 0, 1, -0.1];
  assert.deepEqual(
    reasonCodes(columns, contributions).map(({ column, direction }) => `${column} ${direction}`),
    ['b lowers', 'd raises', 'a raises', 'e lowers'],
  );
  const raises = reasonCodes(columns, contributions, { direction: 'raises', most: 1 });
  assert.deepEqual(raises, [{ column: 'd', contribution: 1, direction: 'raises' }]);
  assert.throws(() => reasonCodes(columns, [1]), /1 contributions for 5 columns/);
});

test('many rows of a model without a way of its own are explained one by one', async () => {
  const estimator = calibrated(boosting({ rounds: 5, objective: 'logistic' }), { folds: 3 });
  const model = await estimator.fit(toy(200, 'binary'), { rng: seeded(1) });
  assert.equal(model.explainRows, undefined);
  const x = toyFrame(10, 'fresh');
  const { base, contributions } = explainRows(model, x);
  for (let row = 0; row < 10; row++) {
    const one = model.explain!(x, row);
    assert.equal(base[0], one.base);
    assert.deepEqual(contributions.slice(row * 4, row * 4 + 4), one.contributions);
  }
});
