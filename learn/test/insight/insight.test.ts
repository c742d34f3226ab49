import assert from 'node:assert/strict';
import test from 'node:test';
import {
  cohorts,
  concentration,
  isNews,
  priceVolumeMix,
  rankInsights,
  seeded,
  type Insight,
} from '@tino/learn';

const near = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) < 1e-9 * (1 + Math.abs(expected)), `${found} ${expected}`);

test('price, volume and mix of a hand-made shop', () => {
  const found = priceVolumeMix({
    unitsBefore: [10, 20, 5, 0],
    unitsAfter: [12, 18, 0, 4],
    revenueBefore: [100, 40, 50, 0],
    revenueAfter: [132, 36, 0, 80],
  });
  // Item 0 from 10 to 11 each, item 1 at 2 all along; 30 units before and after.
  near(found.change, 248 - 190);
  near(found.price, 12);
  near(found.volume, 0);
  near(found.mix, 2 * 10 - 2 * 2);
  near(found.launched, 80);
  near(found.dropped, -50);
  near(found.items.price[0], 12);
  near(found.items.volumeAndMix[1], -4);
});

test('the parts add up to the change, and a rise of all prices is price alone', () => {
  const rng = seeded(1);
  for (let run = 0; run < 50; run++) {
    const column = (most: number) => Array.from({ length: 30 }, () => rng.below(most));
    const unitsBefore = column(6);
    const unitsAfter = column(6);
    const priced = (units: number[]) => units.map((n) => n * (1 + 9 * rng.next()));
    const revenueBefore = priced(unitsBefore);
    const found = priceVolumeMix({
      unitsBefore,
      unitsAfter,
      revenueBefore,
      revenueAfter: priced(unitsAfter),
    });
    const { price, volume, mix, launched, dropped, change } = found;
    near(price + volume + mix + launched + dropped, change);
    const dearer = priceVolumeMix({
      unitsBefore,
      unitsAfter: unitsBefore,
      revenueBefore,
      revenueAfter: revenueBefore.map((money) => money * 1.1),
    });
    near(dearer.price, dearer.change);
    near(dearer.volume, 0);
    near(dearer.mix, 0);
  }
  const wrong = { unitsBefore: [1], unitsAfter: [-1], revenueBefore: [1], revenueAfter: [1] };
  assert.throws(() => priceVolumeMix(wrong), /unitsAfter of item 0 is -1/);
  assert.throws(() => priceVolumeMix({ ...wrong, unitsAfter: [] }), /unitsAfter has 0 items/);
});

test('cohorts: who came back, and what is not yet known', () => {
  const found = cohorts({
    customers: [0, 0, 0, 1, 1, 2, 2],
    periods: [5, 6, 6, 5, 7, 7, 7],
    values: [10, 5, 5, 20, 40, 8, 2],
  });
  assert.deepEqual([...found.periods], [5, 7]);
  assert.deepEqual([...found.sizes], [2, 1]);
  assert.equal(found.ages, 3);
  assert.deepEqual([...found.retained], [1, 0.5, 0.5, 1, NaN, NaN]);
  assert.deepEqual([...found.value], [15, 5, 20, 10, NaN, NaN]);
  assert.throws(() => cohorts({ customers: [1], periods: [], values: [1] }), /1, 0 and 1 rows/);
});

test('concentration of known distributions', () => {
  const even = concentration(new Float64Array(100).fill(7));
  near(even.gini, 0);
  near(even.topShares[0].share, 0.01);
  near(even.paretoCustomers, 0.8);
  const one = concentration([0, 0, 0, 100], { tops: [0.25, 0.125] });
  near(one.gini, 0.75);
  assert.deepEqual(
    one.topShares.map(({ share }) => share),
    [1, 0.5],
  );
  near(one.paretoCustomers, 0.25);
  // Pareto's law of index 2: Gini 1 ÷ (2·2 − 1).
  const rng = seeded(2);
  const law = Float64Array.from({ length: 200_000 }, () => (1 - rng.next()) ** -0.5);
  assert.ok(Math.abs(concentration(law).gini - 1 / 3) < 0.02);
  assert.throws(() => concentration([3, -1]), /value 1 is -1/);
});

const insight = (id: string, effect: number, half: number, q = 0.001, family = 'f'): Insight => ({
  id,
  family,
  what: 'moved',
  figures: { effect },
  sure: { q },
  money: { effect, lower: effect - half, upper: effect + half },
});

test('insights rank by the money that is sure', () => {
  const given = [
    insight('unsure', 900, 950),
    insight('small', 50, 5),
    insight('loss', -300, 50),
    insight('wide', 400, 300),
    insight('chance', 5000, 10, 0.2),
  ];
  assert.deepEqual(
    rankInsights(given).map(({ id }) => id),
    ['loss', 'wide', 'small', 'unsure'],
  );
  assert.deepEqual(
    rankInsights(given, { limit: 1 }).map(({ id }) => id),
    ['loss'],
  );
  const many = insight('many', 100, 10, 0.03);
  assert.equal(rankInsights([many]).length, 1);
  assert.equal(rankInsights([many], { families: 5 }).length, 0);
  assert.throws(() => rankInsights(given, { families: 0 }), /families is 0/);
});

test('news is what moved, not what was said', () => {
  const before = insight('a', 100, 20);
  assert.equal(isNews(undefined, before), true);
  assert.equal(isNews(before, insight('a', 115, 20)), false);
  assert.equal(isNews(before, insight('a', 124, 1)), false);
  assert.equal(isNews(before, insight('a', 150, 20)), true);
  assert.equal(isNews(before, insight('a', -100, 20)), true);
  assert.equal(isNews(insight('a', 100, 80), insight('a', 150, 20)), false);
  assert.equal(isNews(before, insight('b', 100, 20)), true);
});
