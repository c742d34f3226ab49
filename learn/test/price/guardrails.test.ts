import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { guardrails, priceGrid, type Guardrail } from '../../src/index.js';

const money = fc.integer({ min: 1, max: 6000 }).map((cents) => cents / 100);
const rules: fc.Arbitrary<Guardrail>[] = [
  fc
    .tuple(money, money)
    .map(([a, b]) => ({ rule: 'priceBand', lower: Math.min(a, b), upper: Math.max(a, b) })),
  fc.integer({ min: 0, max: 60 }).map((percent) => ({ rule: 'maximumChange', percent })),
  fc.constantFrom(0.9, 0.99, 0.5).map((ending) => ({ rule: 'ending', ending })),
  fc.integer({ min: 0, max: 70 }).map((percent) => ({ rule: 'minimumMargin', percent })),
  money.map((amount) => ({ rule: 'minimumMargin', money: amount / 4 })),
];
const policies = fc.shuffledSubarray(rules).chain((chosen) => fc.tuple(...chosen));
const contexts = fc.record({ cost: money, current: fc.option(money) });

/** The answer, or nothing where the policy contradicts itself. */
function guard(
  policy: readonly Guardrail[],
  proposed: number,
  context: { cost: number; current: number | null },
) {
  try {
    return guardrails(policy, proposed, context);
  } catch (error) {
    assert.match(String(error), /contradict each other/);
    return undefined;
  }
}

test('no order of rules lets a price under cost plus margin, and every rule is kept', () => {
  fc.assert(
    fc.property(policies, money, contexts, (policy, proposed, context) => {
      const answer = guard(policy, proposed, context);
      if (answer === undefined || answer.price === null) return;
      const { price } = answer;
      assert.ok(price >= context.cost - 1e-9);
      for (const rule of policy) {
        if (rule.rule === 'minimumMargin')
          assert.ok(
            price - context.cost >=
              ('percent' in rule ? (price * rule.percent) / 100 : rule.money) - 1e-6,
          );
        if (rule.rule === 'priceBand')
          assert.ok(price >= rule.lower - 1e-9 && price <= rule.upper + 1e-9);
        if (rule.rule === 'maximumChange' && context.current !== null)
          assert.ok(Math.abs(price / context.current - 1) <= rule.percent / 100 + 1e-6);
        if (rule.rule === 'ending')
          assert.ok(Math.abs(price - Math.floor(price + 1e-9) - rule.ending) < 1e-6);
      }
    }),
    { numRuns: 1000 },
  );
});

test('the order of rules does not change the price', () => {
  fc.assert(
    fc.property(policies, money, contexts, (policy, proposed, context) => {
      const forward = guard(policy, proposed, context);
      const backward = guard([...policy].reverse(), proposed, context);
      assert.equal(forward?.price, backward?.price);
    }),
    { numRuns: 500 },
  );
});

test('the trail leads from the proposal to the price, and the same price needs none', () => {
  fc.assert(
    fc.property(policies, money, contexts, (policy, proposed, context) => {
      const answer = guard(policy, proposed, context);
      if (answer === undefined || answer.price === null) return;
      let at = proposed;
      for (const { from, to } of answer.trail) {
        assert.equal(from, at);
        at = to;
      }
      assert.equal(at, answer.price);
      const again = guard(policy, answer.price, context);
      assert.deepEqual(again?.trail, []);
    }),
  );
});

test('one clamp at a time, the last one binding', () => {
  const policy: Guardrail[] = [
    { rule: 'maximumChange', percent: 10 },
    { rule: 'minimumMargin', percent: 50 },
    { rule: 'ending', ending: 0.9 },
  ];
  assert.deepEqual(guardrails(policy, 40, { cost: 10, current: 30 }), {
    price: 32.9,
    binding: 'ending',
    trail: [
      { rule: 'maximumChange', from: 40, to: 33 },
      { rule: 'ending', from: 33, to: 32.9 },
    ],
  });
  const floored = guardrails(policy.slice(1, 2), 12, { cost: 10, current: 30 });
  assert.deepEqual([floored.price, floored.binding], [20, 'minimumMargin']);
  const free = guardrails(policy.slice(0, 1), 31.5, { cost: 10, current: 30 });
  assert.deepEqual(free, { price: 31.5, binding: null, trail: [] });
});

test('rules that collide for an item are named, as are those that always do', () => {
  const risen = guardrails(
    [
      { rule: 'maximumChange', percent: 5 },
      { rule: 'minimumMargin', percent: 50 },
    ],
    20,
    { cost: 15, current: 20 },
  );
  assert.equal(risen.price, null);
  assert.deepEqual(risen.conflict.between, ['minimumMargin', 'maximumChange']);
  assert.match(risen.conflict.reason, /at least 30, maximumChange for at most 21/);
  const bands: Guardrail[] = [
    { rule: 'priceBand', lower: 1, upper: 2 },
    { rule: 'priceBand', lower: 3, upper: 4 },
  ];
  assert.throws(
    () => guardrails(bands, 2, { cost: 1, current: 2 }),
    /priceBand 3 to 4 and priceBand 1 to 2/,
  );
  assert.throws(
    () =>
      guardrails(
        [
          { rule: 'ladder', prices: [9.5] },
          { rule: 'ending', ending: 0.9 },
        ],
        9,
        { cost: 1, current: 9 },
      ),
    /ladder and ending contradict/,
  );
  const narrow = guardrails(
    [
      { rule: 'ending', ending: 0.9 },
      { rule: 'maximumChange', percent: 1 },
    ],
    20,
    { cost: 1, current: 20.4 },
  );
  assert.match(narrow.price === null ? narrow.conflict.reason : '', /no price of ending/);
});

test('a dear price with an ending stays dear', () => {
  const policy: Guardrail[] = [{ rule: 'ending', ending: 0.9 }];
  assert.equal(guardrails(policy, 512.2, { cost: 5, current: 500 }).price, 511.9);
  const ladder: Guardrail[] = [{ rule: 'ladder', prices: [300, 500, 900] }];
  assert.equal(guardrails(ladder, 512.2, { cost: 5, current: null }).price, 500);
  assert.equal(guardrails(ladder, 512.2, { cost: 600, current: null }).price, 900);
});

test('a grid keeps the guardrails, holds the current price and ascends', () => {
  const policy: Guardrail[] = [{ rule: 'minimumMargin', percent: 40 }];
  const grid = priceGrid({ cost: 9, current: 16, guardrails: policy, steps: 9, span: 0.25 });
  assert.ok(grid.includes(16) && grid[0] === 15);
  for (let i = 1; i < grid.length; i++) assert.ok(grid[i]! > grid[i - 1]!);
  const none: Guardrail[] = [{ rule: 'priceBand', lower: 5, upper: 8 }];
  assert.equal(priceGrid({ cost: 9, current: 16, guardrails: none }).length, 0);
});
