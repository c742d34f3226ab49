import assert from 'node:assert/strict';
import test from 'node:test';
import { itemPairs, itemSequences, seeded } from '@tino/learn';

/** Baskets of items at random; beer (0) brings nuts (1) along. */
function lines(count: number, items: number, seed: number) {
  const rng = seeded(seed);
  const baskets: number[] = [];
  const bought: number[] = [];
  const put = (basket: number, item: number) => {
    baskets.push(basket);
    bought.push(item);
  };
  for (let basket = 0; basket < count; basket++) {
    for (let n = rng.below(8); n >= 0; n--) put(basket, rng.below(items));
    if (rng.next() < 0.15) {
      put(basket, 0);
      if (rng.next() < 0.6) put(basket, 1);
    }
  }
  return { baskets, items: bought };
}

test('pairs agree with a count by brute force', () => {
  const given = lines(800, 12, 1);
  const sets = new Map<number, Set<number>>();
  given.baskets.forEach((basket, i) => {
    if (!sets.has(basket)) sets.set(basket, new Set());
    sets.get(basket)!.add(given.items[i]);
  });
  const count = (...items: number[]) =>
    [...sets.values()].filter((set) => items.every((item) => set.has(item))).length;
  const { pairs, looks, baskets } = itemPairs(given, { countMin: 1, qMax: 1 });
  assert.equal(baskets, sets.size);
  assert.equal(looks, (12 * 11) / 2);
  assert.ok(pairs.length > 20);
  for (const pair of pairs) {
    const both = count(pair.a, pair.b);
    assert.equal(pair.count, both);
    assert.ok(Math.abs(pair.lift - (both * sets.size) / (count(pair.a) * count(pair.b))) < 1e-12);
    assert.ok(Math.abs(pair.confidence - both / count(pair.a)) < 1e-12);
    assert.ok(pair.lower < pair.lift && pair.lift < pair.upper && pair.lift > 1);
  }
});

test('the pair that belongs together is found and chance pairs are not', () => {
  const { pairs } = itemPairs(lines(4000, 40, 2));
  assert.equal(pairs.length, 1);
  assert.deepEqual([pairs[0].a, pairs[0].b], [0, 1]);
  assert.ok(pairs[0].lower > 1.5);
});

const SEEDS = 50;

/** Items dealt to lists by popularity alone: `sizes` says how many each list gets. */
function dealt(seed: number, lists: number, sizes: (u: number) => number) {
  const rng = seeded(`dealt ${seed}`);
  const popular = Array.from({ length: 60 }, (_, item) => 1 / (item + 8));
  const upTo = popular.map((_, i) => popular.slice(0, i + 1).reduce((sum, one) => sum + one, 0));
  const found = { lists: [] as number[], items: [] as number[], times: [] as number[] };
  for (let list = 0; list < lists; list++)
    for (let left = sizes(rng.next()); left > 0; left--) {
      const at = rng.next() * upTo.at(-1)!;
      found.lists.push(list);
      found.items.push(upTo.findIndex((sum) => sum >= at));
      found.times.push(rng.below(300));
    }
  return found;
}

for (const [name, sizes] of [
  ['alike', () => 6],
  ['of all sizes', (u: number) => 1 + Math.floor(-6 * Math.log(1 - u))],
] as const)
  test(`baskets ${name}: of runs where nothing goes together, one in twenty tells a pair at most`, () => {
    let [told, toldLater] = [0, 0];
    for (let seed = 0; seed < SEEDS; seed++) {
      const { lists, items, times } = dealt(seed, 900, sizes);
      if (itemPairs({ baskets: lists, items }).pairs.length > 0) told++;
      if (itemSequences({ customers: lists, items, times }).sequences.length > 0) toldLater++;
    }
    // Of 50 runs at 5 %, more than 6 are seen once in 25 times.
    assert.ok(told <= 6, `${told} of ${SEEDS}`);
    assert.ok(toldLater <= 6, `${toldLater} of ${SEEDS}`);
  });

test('order of lines and lines said twice change nothing', () => {
  const { baskets, items } = lines(1500, 20, 3);
  const found = itemPairs({ baskets, items });
  assert.deepEqual(itemPairs({ baskets: baskets.toReversed(), items: items.toReversed() }), found);
  assert.deepEqual(
    itemPairs({ baskets: [...baskets, ...baskets], items: [...items, ...items] }),
    found,
  );
  assert.throws(() => itemPairs({ baskets: [0], items: [-1] }), /item of line 0 is -1/);
  assert.deepEqual(itemPairs({ baskets: [], items: [] }), {
    pairs: [],
    looks: 0,
    baskets: 0,
    crowding: 1,
  });
});

test('with the worth of items pairs and sequences come by their money beyond chance', () => {
  const rng = seeded('worth');
  const given = { customers: [] as number[], items: [] as number[], times: [] as number[] };
  const put = (customer: number, item: number, time: number) => {
    given.customers.push(customer);
    given.items.push(item);
    given.times.push(time);
  };
  // After item 0 comes 1, rarely; after 2 comes 3, often; 4 and 5 are bought by whoever likes.
  for (let customer = 0; customer < 600; customer++) {
    if (rng.next() < 0.08) for (const item of [0, 1]) put(customer, item, item);
    if (rng.next() < 0.3) for (const item of [2, 3]) put(customer, item, item);
    for (const item of [4, 5]) if (rng.next() < 0.3) put(customer, item, rng.below(9));
  }
  const lines = { baskets: given.customers, items: given.items };
  const worth = [1, 1, 1, 5, 1, 1];
  const firsts = (found: { pairs: { a: number }[] }) => found.pairs.map(({ a }) => a);
  assert.deepEqual(firsts(itemPairs(lines)), [0, 2], 'by lift');
  assert.deepEqual(firsts(itemPairs(lines, { worth })), [2, 0], 'by money');
  const starts = (options: object) =>
    itemSequences(given, options).sequences.map(({ first }) => first);
  assert.deepEqual(starts({}), [0, 2]);
  assert.deepEqual(starts({ worth }), [2, 0]);
});

test('the interval of lift covers the truth', () => {
  let covered = 0;
  for (let run = 0; run < 100; run++) {
    const rng = seeded(run);
    const baskets: number[] = [];
    const items: number[] = [];
    for (let basket = 0; basket < 1000; basket++) {
      baskets.push(basket);
      items.push(2);
      const beer = rng.next() < 0.3;
      if (beer) {
        baskets.push(basket);
        items.push(0);
      }
      if (rng.next() < (beer ? 0.5 : 0.2)) {
        baskets.push(basket);
        items.push(1);
      }
    }
    const pair = itemPairs({ baskets, items }).pairs.find(({ a, b }) => a === 0 && b === 1)!;
    const truth = 0.5 / (0.3 * 0.5 + 0.7 * 0.2);
    if (pair.lower <= truth && truth <= pair.upper) covered++;
  }
  assert.ok(covered >= 90, `${covered} of 100`);
});

test('sequences agree with a count by brute force', () => {
  const rng = seeded(4);
  const drawn = Array.from({ length: 3000 }, () => [rng.below(120), rng.below(9), rng.below(12)]);
  const [customers, items, times] = [0, 1, 2].map((i) => drawn.map((line) => line[i]!));
  const firsts = new Map<number, Map<number, number>>();
  for (const [customer, item, time] of drawn as [number, number, number][]) {
    const own = firsts.get(customer) ?? new Map<number, number>();
    own.set(item, Math.min(own.get(item) ?? Infinity, time));
    firsts.set(customer, own);
  }
  const both = (a: number, b: number) =>
    [...firsts.values()].filter((own) => own.has(a) && own.has(b));
  const { sequences, looks } = itemSequences({ customers, items, times }, { countMin: 1, qMax: 1 });
  assert.equal(looks, 9 * 8);
  assert.ok(sequences.length > 10);
  for (const { first, next, count, countBack, countSame, gap } of sequences) {
    const gaps = both(first, next).map((own) => own.get(next)! - own.get(first)!);
    const later = gaps.filter((days) => days > 0);
    assert.equal(count, later.length);
    assert.equal(countBack, gaps.filter((days) => days < 0).length);
    assert.equal(countSame, gaps.filter((days) => days === 0).length);
    assert.ok(Math.abs(gap - later.reduce((sum, days) => sum + days, 0) / count) < 1e-9);
  }
});

test('what is bought after something, in that order', () => {
  const rng = seeded(5);
  const customers: number[] = [];
  const items: number[] = [];
  const times: number[] = [];
  const put = (customer: number, item: number, time: number) => {
    customers.push(customer);
    items.push(item);
    times.push(time);
  };
  for (let customer = 0; customer < 2000; customer++) {
    for (let n = rng.below(6); n >= 0; n--) put(customer, 2 + rng.below(20), rng.below(300));
    // A machine (0), and filters (1) for it a month later; a set (30, 31) always on one day.
    if (rng.next() < 0.2) {
      const day = rng.below(200);
      put(customer, 0, day);
      if (rng.next() < 0.5) put(customer, 1, day + 20 + rng.below(20));
      put(customer, 30, day);
      put(customer, 31, day);
    }
    if (rng.next() < 0.1) put(customer, 1, rng.below(300));
  }
  const { sequences } = itemSequences({ customers, items, times });
  const after = sequences.find(({ first, next }) => first === 0 && next === 1)!;
  assert.ok(after.lift > 2 && after.lower > 1 && after.direction.lower > 0.6);
  assert.ok(after.confidence > 0.4 && after.gap > 20 && after.gap < 60 && after.q < 1e-4);
  assert.ok(sequences.every(({ first, next }) => next !== 0 && !(first === 30 && next === 31)));
  assert.ok(sequences.every(({ first }) => first === 0 || first === 30 || first === 31));
  assert.throws(() => itemSequences({ customers, items, times: [] }), /0 lines/);
});
