import assert from 'node:assert/strict';
import test from 'node:test';
import {
  categoryColumn,
  elasticity,
  frame,
  numberColumn,
  seeded,
  unitsAt,
  type PriceHistory,
  type Rng,
} from '../../src/index.js';
import { normalQuantile } from '../../src/price/demand.js';
import { missing, readRows } from '../forecast/real-data.js';
import { poisson } from './market.js';

interface World {
  items: number;
  periods: number;
  truth: (item: number) => number;
  price?: (item: number, t: number, rng: Rng) => number;
  mean?: number;
}

/** Weekend sells more, and prices are a little higher then: what controls are for. */
function simulate({ items, periods, truth, price, mean = 30 }: World, seed: number): PriceHistory {
  const rng = seeded(seed);
  const rows = items * periods;
  const history = { price: new Float64Array(rows), units: new Float64Array(rows) };
  const item: string[] = [];
  const category: string[] = [];
  const weekday: string[] = [];
  const trend = new Float64Array(rows);
  for (let i = 0; i < items; i++)
    for (let t = 0; t < periods; t++) {
      const row = i * periods + t;
      const weekend = t % 7 > 4;
      const steps = [9, 10, 11, 12.5][rng.below(4)]! * (weekend ? 1.05 : 1);
      history.price[row] = price?.(i, t, rng) ?? steps;
      const expected = mean * (history.price[row]! / 10) ** truth(i) * (weekend ? 1.6 : 1);
      history.units[row] = poisson(expected * Math.exp(0.1 * rng.normal()), rng);
      item.push(`item ${i}`);
      category.push(`category ${i % 2}`);
      weekday.push(`day ${t % 7}`);
      trend[row] = t;
    }
  const controls = frame([categoryColumn('weekday', weekday), numberColumn('trend', trend)]);
  return { ...history, controls, item, category };
}

test('known elasticities come back, and intervals hold them as often as they say', () => {
  let inside = 0;
  let count = 0;
  let bias = 0;
  for (let seed = 0; seed < 30; seed++) {
    const rng = seeded(`truth ${seed}`);
    const truths = Array.from({ length: 10 }, () => -1.5 + 0.5 * rng.normal());
    const found = elasticity(simulate({ items: 10, periods: 80, truth: (i) => truths[i]! }, seed));
    found.forEach((one, i) => {
      assert.ok(one.identifiable && one.lower < one.elasticity && one.elasticity < one.upper);
      if (one.lower <= truths[i]! && truths[i]! <= one.upper) inside++;
      bias += one.elasticity - truths[i]!;
      count++;
    });
  }
  assert.ok(Math.abs(inside / count - 0.9) <= 0.03, `coverage ${inside / count} of 0.9`);
  assert.ok(Math.abs(bias / count) < 0.05, `bias ${bias / count}`);
});

test('pooling draws thin items to their category and errs less than each alone', () => {
  let pooled = 0;
  let alone = 0;
  for (let seed = 0; seed < 6; seed++) {
    const truth = (i: number) => (i % 2 === 0 ? -1 : -2.5);
    for (const [i, one] of elasticity(
      simulate({ items: 12, periods: 30, truth, mean: 4 }, seed),
    ).entries()) {
      pooled += (one.elasticity - truth(i)) ** 2;
      alone += (one.own!.elasticity - truth(i)) ** 2;
    }
  }
  assert.ok(pooled < 0.6 * alone, `${pooled} against ${alone}`);
});

test('what cannot be identified gets the verdict and the reason', () => {
  const base = { items: 6, periods: 60, truth: () => -2 };
  const last = (price: (t: number, rng: Rng) => number) =>
    elasticity(
      simulate(
        {
          ...base,
          price: (i, t, rng) => (i === 5 ? price(t, rng) : [9, 10, 11, 12][rng.below(4)]!),
        },
        1,
      ),
    )[5]!;
  const constant = last(() => 10);
  assert.match(constant.reason!, /too few price levels: 1/);
  assert.match(last((_, rng) => 10 + 0.01 * rng.below(5)).reason!, /too little variation/);
  assert.match(last((t) => 8 + 0.3 * (t % 7)).reason!, /price moves with season/);
  // Its category speaks for it, with a wider interval than any item measured.
  assert.equal(constant.identifiable, false);
  assert.ok(Math.abs(constant.elasticity + 2) < 0.4);
  assert.ok(constant.upper - constant.lower > 0.3);
  const [single] = elasticity(simulate({ ...base, items: 1, price: () => 10 }, 1));
  assert.ok(Number.isNaN(single!.elasticity) && single!.demand === undefined);
  const few = elasticity(simulate({ ...base, periods: 5 }, 1))[0]!;
  assert.match(few.reason!, /too few periods: 5/);
});

test('demand meets the units sold and its interval widens away from the usual price', () => {
  const [found] = elasticity(simulate({ items: 4, periods: 90, truth: () => -1.5 }, 2));
  const demand = found!.demand!;
  const near = unitsAt(demand, demand.referencePrice);
  const far = unitsAt(demand, demand.referencePrice * 1.4);
  assert.ok(Math.abs(near.units - demand.units) < 1e-9);
  assert.ok(far.units < near.units && far.lower > 0);
  assert.ok(far.upper / far.lower > near.upper / near.lower);
  assert.throws(() => unitsAt(demand, 0), /price is 0/);
});

test('rows with unknown prices are left out and negative units refused', () => {
  const history = simulate({ items: 3, periods: 40, truth: () => -1 }, 3);
  history.price[5] = NaN;
  assert.ok(elasticity(history).every((one) => Number.isFinite(one.elasticity)));
  history.units[7] = -2;
  assert.throws(() => elasticity(history), /units of row 7 \(item item 0\) are -2/);
});

test('rows that ran out say nothing of demand', () => {
  const history = simulate({ items: 4, periods: 90, truth: () => -1.5 }, 4);
  const stockOut = history.units.map((_, row) => (row % 5 === 0 ? 1 : 0));
  const sold = history.units.map((units, row) => (stockOut[row] ? Math.min(units, 2) : units));
  const censored = elasticity({ ...history, units: sold, stockOut });
  const ignored = elasticity({ ...history, units: sold });
  const [one, other] = [censored[0]!.demand!, ignored[0]!.demand!];
  assert.ok(other.units < 0.9 * one.units, `${other.units} of ${one.units}`);
  assert.throws(() => elasticity({ ...history, stockOut: [1] }), /stockOut has 1 rows/);
});

test('weeks that move together widen the interval, and large weeks do not drown the rest', () => {
  let plain = 0;
  let together = 0;
  let poissonError = 0;
  let negativeError = 0;
  for (let seed = 0; seed < 12; seed++) {
    const rng = seeded(`weeks ${seed}`);
    const history = simulate(
      {
        items: 6,
        periods: 84,
        truth: () => -1.5,
        price: (_, t) => [9, 10, 11.5][((t / 7) % 3) | 0]!,
      },
      seed,
    );
    const shocks = Array.from({ length: 12 }, () => Math.exp(0.5 * rng.normal()));
    const cluster = history.item.map((_, row) => Math.floor((row % 84) / 7));
    const units = history.units.map((value, row) => Math.round(value * shocks[cluster[row]!]!));
    const free = elasticity({ ...history, units });
    const tied = elasticity({ ...history, units, cluster });
    const negative = elasticity({ ...history, units, cluster }, { family: 'negativeBinomial' });
    free.forEach((one, i) => {
      plain += one.own!.standardError;
      together += tied[i]!.own!.standardError;
      poissonError += (tied[i]!.own!.elasticity + 1.5) ** 2;
      negativeError += (negative[i]!.own!.elasticity + 1.5) ** 2;
    });
  }
  assert.ok(together > 1.4 * plain, `${together} against ${plain}`);
  assert.ok(negativeError < 1.05 * poissonError, `${negativeError} against ${poissonError}`);
});

test('normal quantiles against the tables', () => {
  const table: [number, number][] = [
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.999, 3.090232306167813],
    [1e-6, -4.753424308822899],
  ];
  for (const [probability, expected] of table)
    assert.ok(Math.abs(normalQuantile(probability) - expected) < 1e-8, `${probability}`);
});

const juice = 'dominicks_orange_juice/oj_yx.csv.gz';

test(
  'orange juice: every brand sells less when dearer, promotions held fixed',
  { skip: missing(juice) },
  () => {
    const rows = readRows(juice).filter(([store]) => Number(store) <= 20);
    const brand = rows.map((row) => row[1]!);
    const column = (at: number) => Float64Array.from(rows, (row) => Number(row[at]));
    const found = elasticity({
      price: Float64Array.from(rows, (row) => Number(row[4 + Number(row[1])])),
      units: column(3).map(Math.exp),
      controls: frame([
        numberColumn('deal', column(16)),
        numberColumn('feature', column(17)),
        categoryColumn(
          'store',
          rows.map((row) => row[0]!),
        ),
      ]),
      item: brand,
      category: brand.map(() => 'juice'),
    });
    assert.equal(found.length, 11);
    for (const one of found) {
      assert.ok(one.identifiable, one.reason);
      assert.ok(one.elasticity < -0.5 && one.elasticity > -5, `${one.item} ${one.elasticity}`);
    }
  },
);
