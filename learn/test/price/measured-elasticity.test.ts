import assert from 'node:assert/strict';
import test from 'node:test';
import {
  categoryColumn,
  elasticity,
  frame,
  measuredElasticity,
  numberColumn,
  orthogonalElasticity,
  seeded,
  type OrthogonalHistory,
} from '../../src/index.js';
import { poisson } from './market.js';

/** Weekends sell more, summers too when `summer`; prices rise with what sells by the share `follow`. */
function marketOf({ follow, summer }: { follow: number; summer: number }, seed: string) {
  const rng = seeded(seed);
  const [items, periods] = [6, 150];
  const truths = Array.from({ length: items }, (_, i) => -1.5 - 0.7 * (i % 2) + 0.3 * rng.normal());
  const rows = truths.flatMap((truth, i) =>
    Array.from({ length: periods }, (_, time) => {
      const day = (3 * time) % 365;
      const weekday = (3 * time) % 7;
      // No straight line follows it, and weekends of a summer are more than both.
      const season = day > 150 && day < 240 ? summer : 0;
      const peak = season + (weekday > 4 ? 0.5 * (1 + season) : 0);
      const price = 10 * Math.exp(follow * peak + 0.1 * rng.normal());
      const mean = 20 * (price / 10) ** truth * Math.exp(peak + 0.1 * rng.normal());
      return { i, time, day, weekday, price, units: poisson(mean, rng) };
    }),
  );
  const of = (value: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, value);
  const history: OrthogonalHistory = {
    price: of(({ price }) => price),
    units: of(({ units }) => units),
    time: of(({ time }) => time),
    item: rows.map(({ i }) => `item ${i}`),
    category: rows.map(({ i }) => `category ${i % 2}`),
    controls: frame([
      numberColumn(
        'day',
        of(({ day }) => day),
      ),
      categoryColumn(
        'weekday',
        rows.map(({ weekday }) => `${weekday}`),
      ),
    ]),
  };
  return { history, truths };
}

const options = { folds: 4 };

test('where controls hold what moves prices the regression stands, though prices follow demand', async () => {
  for (const follow of [0, 0.1]) {
    const { history } = marketOf({ follow, summer: 0 }, `held ${follow}`);
    const { items, verdict } = await measuredElasticity(history, options, { rng: seeded(1) });
    assert.equal(verdict.method, 'regression', JSON.stringify(verdict));
    assert.deepEqual(items, elasticity(history));
    assert.ok(verdict.compared === 6 && verdict.apart <= verdict.chance);
  }
});

test('where prices follow what no control holds the scores contradict it, and are nearer', async () => {
  for (const seed of ['a', 'b']) {
    const { history, truths } = marketOf({ follow: 0.12, summer: 0.7 }, seed);
    const { items, verdict } = await measuredElasticity(history, options, { rng: seeded(1) });
    assert.equal(verdict.method, 'orthogonal', JSON.stringify(verdict));
    assert.ok(verdict.apart > verdict.chance);
    assert.deepEqual(items, await orthogonalElasticity(history, options, { rng: seeded(1) }));
    const off = (found: readonly { elasticity: number }[]) =>
      truths.reduce((sum, truth, i) => sum + (found[i]!.elasticity - truth) ** 2, 0);
    assert.ok(off(items) < 0.2 * off(elasticity(history)), `${off(items)}`);
  }
});

test('without an item that both can measure the regression says so', async () => {
  const { history } = marketOf({ follow: 0, summer: 0 }, 'still');
  const still = { ...history, price: history.price.map(() => 10) };
  const { items, verdict } = await measuredElasticity(still, options, { rng: seeded(1) });
  assert.deepEqual(verdict, { method: 'regression', compared: 0, apart: 0, chance: 0 });
  assert.match(items[0]!.reason!, /too few price levels/);
});
