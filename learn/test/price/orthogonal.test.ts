import assert from 'node:assert/strict';
import test from 'node:test';
import {
  categoryColumn,
  elasticity,
  frame,
  numberColumn,
  orthogonalElasticity,
  seeded,
  takeRows,
  type OrthogonalHistory,
} from '../../src/index.js';
import { poisson } from './market.js';

/** A season that no straight line follows, and prices that rise with it. */
function followingMarket({ items, periods, follow }: Record<string, number>, seed: string) {
  const rng = seeded(seed);
  const rows = items! * periods!;
  const [price, units, time, day] = Array.from({ length: 4 }, () => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const item: string[] = [];
  const category: string[] = [];
  const weekday: string[] = [];
  const truths = Array.from(
    { length: items! },
    (_, i) => -1.5 - (i % 2) * 0.7 + 0.3 * rng.normal(),
  );
  for (let i = 0; i < items!; i++)
    for (let t = 0; t < periods!; t++) {
      const row = i * periods! + t;
      day[row] = (t * 3) % 365;
      const summer = day[row]! > 150 && day[row]! < 240 ? 0.7 : day[row]! > 330 ? 0.4 : 0;
      const season = summer + 0.2 * Math.sin((2 * Math.PI * day[row]!) / 365);
      const weekend = (t * 3) % 7 > 4;
      const peak = season + (weekend ? 0.5 * (1 + season) : 0);
      price[row] = 10 * Math.exp(follow! * peak + 0.1 * rng.normal());
      const mean = 20 * (price[row]! / 10) ** truths[i]! * Math.exp(peak);
      units[row] = poisson(mean * Math.exp(0.1 * rng.normal()), rng);
      time[row] = t;
      item.push(`item ${i}`);
      category.push(`category ${i % 2}`);
      weekday.push(`day ${(t * 3) % 7}`);
    }
  const controls = frame([
    numberColumn('day', day),
    categoryColumn('weekday', weekday),
    numberColumn('trend', time),
  ]);
  return { history: { price, units, item, category, time, controls }, truths };
}

test('prices that follow demand bias plain regression, and orthogonal scores do not mind', async () => {
  const sums = { plain: 0, orthogonal: 0, inside: 0, count: 0 };
  for (let market = 0; market < 12; market++) {
    const seed = `following ${market}`;
    const { history, truths } = followingMarket({ items: 6, periods: 300, follow: 0.1 }, seed);
    const plain = elasticity(history);
    const found = await orthogonalElasticity(history, { folds: 5 }, { rng: seeded(seed) });
    truths.forEach((truth, i) => {
      const one = found[i]!;
      assert.ok(one.identifiable);
      sums.plain += plain[i]!.elasticity - truth;
      sums.orthogonal += one.elasticity - truth;
      if (one.lower <= truth && truth <= one.upper) sums.inside++;
      sums.count++;
    });
  }
  assert.ok(sums.plain / sums.count > 1, `plain is off by ${sums.plain / sums.count}`);
  const bias = sums.orthogonal / sums.count;
  assert.ok(Math.abs(bias) < 0.05, `orthogonal is off by ${bias}`);
  const coverage = sums.inside / sums.count;
  // As many intervals vary by chance on their own.
  const chance = Math.sqrt((0.9 * 0.1) / sums.count);
  assert.ok(
    Math.abs(coverage - 0.9) <= 0.03 + chance,
    `coverage ${coverage} of 0.9, off by ${bias}`,
  );
});

test('markets have models of their own and share their categories', async () => {
  const { history } = followingMarket({ items: 4, periods: 120, follow: 0.1 }, 'd');
  const market = history.item.map((item) => (item < 'item 2' ? 'north' : 'south'));
  const run = (given: OrthogonalHistory) =>
    orthogonalElasticity(given, { folds: 3, blocks: 12 }, { rng: seeded(1) });
  const both = await run({ ...history, market });
  const rows = market.flatMap((name, row) => (name === 'north' ? [row] : []));
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  const north = await run({
    price: take(history.price),
    units: take(history.units),
    time: take(history.time),
    controls: takeRows(history.controls, rows),
    item: rows.map((row) => history.item[row]!),
    category: rows.map((row) => history.category[row]!),
    market: rows.map(() => 'north'),
  });
  assert.deepEqual(
    north.map(({ own }) => own),
    both.slice(0, 2).map(({ own }) => own),
  );
  assert.ok(both[0]!.elasticity !== north[0]!.elasticity, 'the other market says something too');
  await assert.rejects(run({ ...history, market: ['north'] }), /market has 1 rows/);
});

test('the same seed gives the same numbers, and what controls set is refused', async () => {
  const { history } = followingMarket({ items: 4, periods: 120, follow: 0.12 }, 'c');
  const led: OrthogonalHistory = { ...history, price: history.price.slice() };
  for (let row = 0; row < 120; row++) led.price[row] = 8 + (row % 7);
  const run = () => orthogonalElasticity(led, { folds: 3, blocks: 12 }, { rng: seeded(1) });
  const [first, second] = [await run(), await run()];
  assert.deepEqual(first, second);
  assert.match(first[0]!.reason!, /price moves with season/);
  assert.ok(first.slice(1).every(({ identifiable }) => identifiable));
  await assert.rejects(
    orthogonalElasticity(history, { folds: 1 }, { rng: seeded(1) }),
    /folds is 1/,
  );
  await assert.rejects(
    orthogonalElasticity({ ...history, time: new Float64Array(3) }, {}, { rng: seeded(1) }),
    /time has 3 rows/,
  );
});
