import assert from 'node:assert/strict';
import test from 'node:test';
import {
  backtest,
  categoryColumn,
  chooseMembers,
  conformal,
  forecasterOf,
  frame,
  seeded,
  seriesSet,
  type SeriesSet,
} from '../../src/index.js';
import { missing, readRows } from './real-data.js';

const file = 'cesta_basica_bahia/precos_mensais.csv.gz';

/** Prices since 2015, in months since January 1970. */
function readBasket(): SeriesSet {
  const prices = new Map<string, number[]>();
  for (const [date, city, product, price] of readRows(file)) {
    if (date! < '2015') continue;
    const key = `${city}/${product}`;
    prices.set(key, [...(prices.get(key) ?? []), Number(price)]);
  }
  const keys = [...prices.keys()];
  const statics = frame([
    categoryColumn(
      'city',
      keys.map((key) => key.split('/')[0]),
    ),
    categoryColumn(
      'product',
      keys.map((key) => key.split('/')[1]),
    ),
  ]);
  const list = keys.map((key) => ({ key, start: 45 * 12, values: prices.get(key)! }));
  return { ...seriesSet(list, 12), statics };
}

test(
  'food prices of two cities: better than last year, intervals that hold',
  { skip: missing(file) },
  async () => {
    const set = readBasket();
    const recipes = {
      seasonalNaive: { kind: 'seasonalNaive', params: {} },
      naive: { kind: 'naive', params: {} },
      theta: { kind: 'theta', params: {} },
      global: { kind: 'global', params: { rounds: 60, anchor: 'last', leaves: 7 } },
    };
    const forecasters = Object.fromEntries(
      Object.entries(recipes).map(([name, recipe]) => [name, forecasterOf(recipe)]),
    );
    const tests = await backtest(
      forecasters,
      set,
      { horizon: 3, origins: 8, step: 3 },
      { rng: seeded(1) },
    );
    const choices = chooseMembers(tests);
    const loss = (name: string) =>
      choices.reduce((sum, { losses }) => sum + losses[name]!, 0) / choices.length;
    for (const name of ['naive', 'theta', 'global'])
      assert.ok(loss(name) < 0.7 * loss('seasonalNaive'), `${name} ${loss(name)}`);
    for (const { winner, losses } of choices)
      assert.ok(losses[winner]! <= losses['seasonalNaive']!);
    const intervals = conformal(tests['theta']!, { multiplicative: true });
    for (const one of intervals.levels) {
      assert.ok('coverage' in one);
      for (const share of one.coverage) assert.ok(Math.abs(share! - one.level) < 0.08, `${share}`);
    }
  },
);
