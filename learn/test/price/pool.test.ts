import assert from 'node:assert/strict';
import test from 'node:test';
import { seeded } from '../../src/index.js';
import { poolEstimates, priorOf, shrink, type PooledItem } from '../../src/price/pool.js';

const LEVEL = 1.6449;

/** Items of four categories whose truth leans on a trait by `slope`. */
function world({ slope, items = 80, error = 0.4 }: Record<string, number>, seed: string) {
  const rng = seeded(seed);
  const truths: number[] = [];
  const found = Array.from({ length: items }, (_, i): PooledItem => {
    const trait = 0.5 + 0.4 * rng.normal();
    truths.push(-1.5 - 0.3 * (i % 4) + slope! * (trait - 0.5) + 0.2 * rng.normal());
    const variance = (error * (0.5 + rng.next())) ** 2;
    const mean = truths[i]! + Math.sqrt(variance) * rng.normal();
    return { mean, variance, category: `category ${i % 4}`, trait };
  });
  return { found, truths };
}

function judge(slope: number, use: (items: readonly PooledItem[]) => readonly PooledItem[]) {
  const sums = { squares: 0, inside: 0, count: 0, slope: 0 };
  for (let seed = 0; seed < 40; seed++) {
    const { found, truths } = world({ slope }, `${slope} ${seed}`);
    const items = use(found);
    const pooled = poolEstimates(items)!;
    sums.slope += pooled.slope.mean / 40;
    items.forEach((item, i) => {
      const { mean, variance } = shrink(item, priorOf(pooled, item), pooled.freedom);
      sums.squares += (mean - truths[i]!) ** 2;
      if (Math.abs(mean - truths[i]!) < LEVEL * Math.sqrt(variance)) sums.inside++;
      sums.count++;
    });
  }
  return { ...sums, coverage: sums.inside / sums.count };
}

const withoutTrait = (items: readonly PooledItem[]) =>
  items.map(({ mean, variance, category }) => ({ mean, variance, category }));

test('a trait that tells is found and used, and intervals keep what they promise', () => {
  const [known, unknown] = [judge(0.8, (items) => items), judge(0.8, withoutTrait)];
  assert.ok(Math.abs(known.slope - 0.8) < 0.1, `slope ${known.slope}`);
  assert.ok(known.squares < 0.75 * unknown.squares, `${known.squares} of ${unknown.squares}`);
  for (const { coverage } of [known, unknown])
    assert.ok(Math.abs(coverage - 0.9) <= 0.03, `coverage ${coverage} of 0.9`);
});

test('a trait that tells nothing costs next to nothing', () => {
  const [known, unknown] = [judge(0, (items) => items), judge(0, withoutTrait)];
  assert.ok(Math.abs(known.slope) < 0.05, `slope ${known.slope}`);
  assert.ok(known.squares < 1.03 * unknown.squares, `${known.squares} of ${unknown.squares}`);
  assert.ok(Math.abs(known.coverage - 0.9) <= 0.03, `coverage ${known.coverage} of 0.9`);
});

test('unknown traits, few items and equal traits fall back to the category', () => {
  const { found } = world({ slope: 0.8, items: 40 }, 'partly');
  const partly = found.map((item, i) => (i % 3 === 0 ? { ...item, trait: NaN } : item));
  const pooled = poolEstimates(partly)!;
  assert.ok(pooled.slope.mean > 0.3, `${pooled.slope.mean}`);
  assert.deepEqual(priorOf(pooled, partly[0]!), pooled.categories.get('category 0'));
  assert.deepEqual(priorOf(pooled, { category: 'elsewhere', trait: 1 }), pooled.all);
  const same = poolEstimates(found.map((item) => ({ ...item, trait: 1 })))!;
  assert.deepEqual(same, {
    ...poolEstimates(withoutTrait(found)),
    traits: new Map(Array.from({ length: 4 }, (_, i) => [`category ${i}`, 1])),
  });
  assert.equal(poolEstimates(found.slice(0, 4))!.slope.mean, 0);
  assert.equal(poolEstimates(found.slice(0, 2)), undefined);
});
