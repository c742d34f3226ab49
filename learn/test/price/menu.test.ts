import assert from 'node:assert/strict';
import test from 'node:test';
import {
  optimiseMenu,
  priceGrid,
  seeded,
  type BinaryProgram,
  type CrossEffect,
  type Guardrail,
  type MenuOptions,
  type PricedItem,
  type PriceRelation,
  type Risk,
  type Rng,
  type Solver,
} from '../../src/index.js';
import { judge, scenariosOf } from '../../src/price/risk.js';

const policy: Guardrail[] = [
  { rule: 'maximumChange', percent: 20 },
  { rule: 'minimumMargin', percent: 20 },
];
const grid = { steps: 5, span: 0.2 };

function randomMenu(count: number, rng: Rng): PricedItem[] {
  return Array.from({ length: count }, (_, i) => {
    const price = Math.round(1000 + 2000 * rng.next()) / 100;
    return {
      id: `item ${i}`,
      price,
      cost: price * (0.2 + 0.5 * rng.next()),
      demand: {
        referencePrice: price * (0.9 + 0.2 * rng.next()),
        units: 20 + 100 * rng.next(),
        unitsError: 0.1,
        elasticity: -0.5 - 2.5 * rng.next(),
        elasticityError: 0.3 * rng.next(),
      },
    };
  });
}

const relationsAmong = (count: number, rng: Rng, edges: number): PriceRelation[] =>
  Array.from({ length: edges }, () => {
    const a = rng.below(count);
    const b = (a + 1 + rng.below(count - 1)) % count;
    return {
      lower: `item ${a}`,
      upper: `item ${b}`,
      ratio: 0.7 + 0.6 * rng.next(),
      gap: rng.below(2),
    };
  });

/** Mean gain over the 21 scenarios, as the manual says it is; −Infinity where a rule is broken. */
function worthOf(items: readonly PricedItem[], prices: readonly number[], options: MenuOptions) {
  const { relations = [], changesMax = Infinity } = options;
  const at = new Map(items.map(({ id }, i) => [id, prices[i]!]));
  const kept = relations.every(
    ({ lower, upper, ratio = 1, gap = 0 }) => at.get(upper)! >= ratio * at.get(lower)! + gap - 1e-9,
  );
  const changes = items.filter(({ price }, i) => price !== prices[i]).length;
  return kept && changes <= changesMax;
}

function everyChoice(items: readonly PricedItem[]): number[][] {
  return items.reduce<number[][]>(
    (choices, { price, cost }) => {
      const own = priceGrid({ cost, current: price, guardrails: policy, ...grid });
      const all = [...new Set([price, ...own])];
      return choices.flatMap((choice) => all.map((one) => [...choice, one]));
    },
    [[]],
  );
}

/** Tries every assignment of the programme: for a few dozen variables in groups. */
const bruteForce: Solver = {
  maximise: async ({ objective, constraints }: BinaryProgram) => {
    const groups = constraints.filter(({ lower, upper }) => lower === 1 && upper === 1);
    let best: { worth: number; x: Uint8Array } | undefined;
    const walk = (group: number, x: Uint8Array) => {
      if (group < groups.length) {
        for (const variable of groups[group]!.variables) {
          x[variable] = 1;
          walk(group + 1, x);
          x[variable] = 0;
        }
        return;
      }
      const keeps = constraints.every(({ variables, coefficients, lower, upper }) => {
        const sum = variables.reduce((total, v, i) => total + x[v]! * coefficients[i]!, 0);
        return sum >= lower - 1e-9 && sum <= upper + 1e-9;
      });
      const worth = objective.reduce((sum, value, v) => sum + value * x[v]!, 0);
      if (keeps && (best === undefined || worth > best.worth)) best = { worth, x: x.slice() };
    };
    walk(0, new Uint8Array(objective.length));
    return best === undefined ? 'infeasible' : best.x;
  },
};

test('the menu equals brute force over all prices, with few changes and relations', async () => {
  const rng = seeded(1);
  const methods = new Map<string, number>();
  for (let trial = 0; trial < 60; trial++) {
    const items = randomMenu(4, rng);
    const relations = relationsAmong(4, rng, trial % 5);
    const options: MenuOptions = {
      relations,
      guardrails: policy,
      grid,
      solver: bruteForce,
      ...(trial % 3 > 0 && { changesMax: 1 + (trial % 3) }),
      ...(trial % 4 === 0 && { risk: { kind: 'worst' } }),
    };
    const answer = await optimiseMenu(items, options);
    const choices = everyChoice(items).filter((prices) => worthOf(items, prices, options));
    if (answer.prices === null) {
      assert.equal(choices.length, 0, answer.conflict.reason);
      assert.ok(answer.conflict.between.length > 0 && answer.conflict.reason.length > 20);
      methods.set('conflict', (methods.get('conflict') ?? 0) + 1);
      continue;
    }
    const alone = new Map<string, number>();
    for (const item of items)
      for (const { price, gain } of await everyGain(item, options))
        alone.set(`${item.id} ${price}`, gain);
    const total = (prices: readonly number[]) =>
      prices.reduce((sum, price, i) => sum + alone.get(`item ${i} ${price}`)!, 0);
    const found = total(answer.prices.map(({ price }) => price));
    const best = Math.max(...choices.map(total));
    assert.ok(Math.abs(found - best) < 1e-6 * (1 + Math.abs(best)), `${found} of ${best}`);
    methods.set(answer.method, (methods.get(answer.method) ?? 0) + 1);
  }
  for (const name of ['tree', 'solver', 'conflict']) assert.ok((methods.get(name) ?? 0) > 2, name);
});

/** What each price of one item is worth: the menu of that item and that price alone. */
async function everyGain(item: PricedItem, options: MenuOptions) {
  const own = priceGrid({ cost: item.cost, current: item.price, guardrails: policy, ...grid });
  const gains = [{ price: item.price, gain: 0 }];
  for (const price of own) {
    const band: Guardrail[] = [{ rule: 'priceBand', lower: price, upper: price }];
    const one = await optimiseMenu([item], { guardrails: band, grid });
    const { expected, lower } = one.prices![0]!.gain;
    gains.push({ price, gain: options.risk?.kind === 'worst' ? lower : expected });
  }
  return gains;
}

test('no rule is broken on many random menus', async () => {
  const rng = seeded(2);
  let answered = 0;
  for (let trial = 0; trial < 10_000; trial++) {
    const count = 2 + rng.below(4);
    const items = randomMenu(count, rng);
    const chain = items
      .slice(1)
      .flatMap((_, i) =>
        rng.next() < 0.6
          ? [{ lower: `item ${i}`, upper: `item ${i + 1}`, ratio: 0.5 + 0.5 * rng.next() }]
          : [],
      );
    const changesMax = rng.below(count + 1);
    const options = { relations: chain, changesMax, guardrails: policy, grid: { steps: 3 } };
    const { prices } = await optimiseMenu(items, options);
    if (prices === null) continue;
    answered++;
    const final = prices.map(({ price }) => price);
    assert.ok(worthOf(items, final, options));
    prices.forEach(({ price, trail }, i) => {
      const { cost, price: today } = items[i]!;
      if (price === today) return;
      assert.ok(price * 0.8 >= cost - 0.01 && Math.abs(price / today - 1) <= 0.2 + 1e-3);
      assert.equal(trail.at(-1)?.to ?? price, price);
    });
  }
  assert.ok(answered > 5000, `${answered}`);
});

test('conflicts are named: between sizes, and with too few changes', async () => {
  const [small, large] = randomMenu(2, seeded(3)).map((item, i) => ({
    ...item,
    id: i === 0 ? 'small' : 'large',
    price: 20,
    cost: 5,
  })) as [PricedItem, PricedItem];
  const sizes = [{ lower: 'small', upper: 'large', ratio: 2 }];
  const far = await optimiseMenu([small, large], { relations: sizes, guardrails: policy });
  assert.ok(far.prices === null);
  assert.match(far.conflict.reason, /large must cost at least 2 × small; small costs at least 16/);
  assert.deepEqual(far.conflict.between, ['relation', 'maximumChange', 'maximumChange']);
  const near = [{ lower: 'small', upper: 'large', ratio: 1.2 }];
  const none = await optimiseMenu([small, large], { relations: near, changesMax: 0 });
  assert.ok(none.prices === null);
  assert.match(none.conflict.reason, /at least 1 prices must change .* changesMax is 0/);
  const circle = [...near, { lower: 'large', upper: 'small', ratio: 0.5 }];
  await assert.rejects(optimiseMenu([small, large], { relations: circle }), /form a circle/);
  await assert.rejects(
    optimiseMenu([small], { relations: near }),
    /names item large, which is not on the menu/,
  );
  await assert.rejects(optimiseMenu([small], { changesMax: -1 }), /changesMax is -1/);
  assert.deepEqual(await optimiseMenu([]), {
    prices: [],
    method: 'tree',
    worth: 0,
    worthMost: 0,
  });
});

test('sizes move together and the answer says why', async () => {
  const [small, large] = randomMenu(2, seeded(4)) as [PricedItem, PricedItem];
  const base = { unitsError: 0.05, elasticityError: 0.1 };
  const items: PricedItem[] = [
    {
      ...small,
      id: 'small',
      price: 20,
      cost: 5,
      demand: { ...base, referencePrice: 20, units: 100, elasticity: -0.6 },
    },
    { id: 'large', price: 24, cost: 8 },
    { ...large, id: 'other' },
  ];
  const relations = [{ lower: 'small', upper: 'large', ratio: 1.2 }];
  const { prices } = await optimiseMenu(items, { relations, guardrails: policy });
  assert.ok(prices !== null && prices[0]!.price > 20);
  assert.ok(prices[1]!.price >= 1.2 * prices[0]!.price - 1e-9);
  assert.equal(prices[1]!.binding, 'relation');
  assert.equal(prices[1]!.trail.at(-1)!.rule, 'relation');
});

/** Cross effects among items, each of several moved by a few others. */
const effectsAmong = (count: number, rng: Rng, size: number): CrossEffect[] =>
  Array.from({ length: 2 * count }, () => {
    const item = rng.below(count);
    const other = (item + 1 + rng.below(count - 1)) % count;
    return { item: `item ${item}`, other: `item ${other}`, elasticity: size * (rng.next() - 0.3) };
  });

/** Worth of prices by the definition: demand of each item times what the others do to it. */
function crossedWorth(
  items: readonly PricedItem[],
  prices: readonly number[],
  { crossEffects = [], risk = { kind: 'mean' } }: MenuOptions,
): number {
  return items.reduce((sum, { id, cost, price: today, demand }, i) => {
    const factor = crossEffects
      .filter(({ item }) => item === id)
      .reduce((product, { other, elasticity }) => {
        const k = Number(other.slice(5));
        return product * (prices[k]! / items[k]!.price) ** elasticity;
      }, 1);
    const [now, then] = [prices[i]!, today].map((price) =>
      scenariosOf(demand!, price, { cost, objective: 'margin' }),
    ) as [Float64Array, Float64Array];
    return (
      sum +
      judge(
        now.map((value, s) => factor * value - then[s]!),
        risk,
      )
    );
  }, 0);
}

test('cross effects: a small menu equals brute force, whatever the rules and the risk', async () => {
  const rng = seeded(5);
  const risks: Risk[] = [
    { kind: 'mean' },
    { kind: 'deviation', lambda: 0.5 },
    { kind: 'tail', share: 0.2 },
    { kind: 'worst' },
  ];
  let better = 0;
  for (let trial = 0; trial < 60; trial++) {
    const items = randomMenu(4, rng);
    const options: MenuOptions = {
      guardrails: policy,
      grid,
      crossEffects: effectsAmong(4, rng, 1 + (trial % 3)),
      relations: relationsAmong(4, rng, trial % 3),
      solver: bruteForce,
      risk: risks[trial % 4]!,
      ...(trial % 5 === 0 && { changesMax: 2 }),
    };
    const answer = await optimiseMenu(items, options);
    if (answer.prices === null) continue;
    const worth = (prices: readonly number[]) => crossedWorth(items, prices, options);
    const choices = everyChoice(items).filter((prices) => worthOf(items, prices, options));
    const best = Math.max(...choices.map(worth));
    const found = answer.prices.map(({ price }) => price);
    const close = 1e-6 * (1 + Math.abs(best));
    assert.equal(answer.method, 'branch');
    assert.ok(worthOf(items, found, options), 'the rules are kept');
    assert.ok(Math.abs(worth(found) - best) < close, `${worth(found)} of ${best}, trial ${trial}`);
    assert.ok(Math.abs(answer.worth - best) < close && answer.worthMost === answer.worth);
    const { prices } = await optimiseMenu(items, { ...options, crossEffects: [] });
    if (best > worth(prices!.map(({ price }) => price)) + close) better++;
  }
  assert.ok(better > 20, `cross effects matter in ${better} of 60`);
});

test('cross effects of a large menu: the answer says how much better another could be', async () => {
  const rng = seeded(6);
  const items = randomMenu(60, rng);
  const options = { guardrails: policy, grid, crossEffects: effectsAmong(60, rng, 0.6) };
  const answer = await optimiseMenu(items, options);
  assert.ok(answer.prices !== null);
  const found = answer.prices.map(({ price }) => price);
  const worth = crossedWorth(items, found, options);
  assert.ok(Math.abs(worth - answer.worth) < 1e-6 * worth);
  assert.ok(answer.worthMost >= answer.worth);
  assert.ok(answer.worthMost < 1.1 * answer.worth, `${answer.worth} of ${answer.worthMost}`);
  // No single price can be moved for the better.
  for (const [i, { cost, price: today }] of items.entries())
    for (const price of priceGrid({ cost, current: today, guardrails: policy, ...grid })) {
      const moved = found.with(i, price);
      assert.ok(crossedWorth(items, moved, options) <= worth + 1e-6, `item ${i} at ${price}`);
    }
  assert.deepEqual(await optimiseMenu(items, options), answer, 'the same answer twice');
});

test('an item that nobody can judge stays beside cross effects', async () => {
  const [first, second, third] = randomMenu(3, seeded(7)) as [PricedItem, PricedItem, PricedItem];
  const { demand: _, ...unknown } = third;
  const { prices } = await optimiseMenu([first, second, unknown], {
    guardrails: policy,
    crossEffects: [{ item: 'item 0', other: 'item 1', elasticity: 0.9 }],
  });
  assert.equal(prices![2]!.price, third.price);
  const odd = (elasticity: number, other = 'item 1') =>
    optimiseMenu([first, second], { crossEffects: [{ item: 'item 0', other, elasticity }] });
  await assert.rejects(odd(1, 'nobody'), /cross effect of nobody on item 0/);
  await assert.rejects(odd(NaN), /cross effect of item 1 on item 0 is NaN/);
});
