import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import {
  applyPolicy,
  approvePrice,
  cautiousCost,
  productCosts,
  floorPrice,
  type Guardrail,
  type PolicyItem,
  type PricePolicy,
} from '../../src/index.js';

const policy: PricePolicy = {
  version: 7,
  rules: [
    { rule: 'minimumMargin', percent: 30 },
    { rule: 'maximumChange', percent: 10 },
    { rule: 'ending', ending: 0.9 },
  ],
  exclusions: [
    { exclude: 'new', days: 28 },
    { exclude: 'attribute', name: 'regulated', values: [true, 'yes'] },
  ],
  changesPerDayMax: 5,
  automatic: { money: 3, percent: 8, band: { lower: 10, upper: 60 } },
};
const item: PolicyItem = { cost: 12, current: 30, daysOnSale: 300, attributes: {} };
const today = { changedToday: 0 };

test('a change says whether it needs a person, and which limit it passes', () => {
  const small = applyPolicy(policy, 31.8, item, today);
  assert.deepEqual(
    { ...small, trail: small.trail.map(({ rule }) => rule) },
    {
      version: 7,
      verdict: 'change',
      price: 31.9,
      automatic: true,
      waitsFor: null,
      binding: 'ending',
      trail: ['ending'],
    },
  );
  const waits = (proposed: number, other: Partial<PolicyItem>, limits = policy) => {
    const answer = applyPolicy(limits, proposed, { ...item, ...other }, today);
    return answer.verdict === 'change' ? answer.waitsFor : answer.verdict;
  };
  assert.equal(waits(40, {}), 'percent');
  assert.equal(waits(80, { current: 75 }), 'money');
  assert.equal(waits(9.9, { current: 9.5, cost: 2 }), 'band');
  assert.equal(waits(30.9, { current: null }), 'firstPrice');
  const { automatic: _none, ...manual } = policy;
  assert.equal(waits(31, {}, manual), 'approval');
});

test('new and regulated items stay, and so does everything after the cap of the day', () => {
  const stays = (other: Partial<PolicyItem>, changedToday = 0) => {
    const answer = applyPolicy(policy, 33, { ...item, ...other }, { changedToday });
    return answer.verdict === 'stay' ? [answer.price, answer.binding] : answer.verdict;
  };
  assert.deepEqual(stays({ daysOnSale: 10 }), [30, 'newItem']);
  assert.deepEqual(stays({ daysOnSale: null }), [30, 'newItem']);
  assert.deepEqual(stays({ attributes: { regulated: 'yes' } }), [30, 'regulated']);
  assert.equal(stays({ attributes: { regulated: false } }), 'change');
  assert.deepEqual(stays({}, 5), [30, 'changesPerDay']);
  const risen = applyPolicy(policy, 20, { ...item, cost: 28 }, today);
  assert.ok(risen.verdict === 'refused' && risen.between.includes('minimumMargin'));
});

const money = fc.integer({ min: 100, max: 9000 }).map((cents) => cents / 100);

test('nothing leads under the floor: no order, exclusion, cap, limit or approval', () => {
  const rules: Guardrail[] = [...policy.rules, { rule: 'priceBand', lower: 5, upper: 80 }];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(rules, { minLength: 1 }),
      fc.record({ cost: money, current: fc.option(money), proposed: money }),
      fc.record({ young: fc.boolean(), changedToday: fc.integer({ min: 0, max: 9 }) }),
      (shuffled, { cost, current, proposed }, { young, changedToday }) => {
        const own = { cost, current, daysOnSale: young ? 3 : 99, attributes: {} };
        const answer = applyPolicy({ ...policy, rules: shuffled }, proposed, own, { changedToday });
        const floor = floorPrice(shuffled, cost);
        assert.ok(floor >= cost - 1e-9);
        if (answer.price !== null) assert.ok(answer.price >= floor - 1e-9);
        if (proposed < floor)
          assert.throws(() => approvePrice({ rules: shuffled }, proposed, own), /under the floor/);
        else assert.ok(approvePrice({ rules: shuffled }, proposed, own) >= floor - 0.005);
      },
    ),
    { numRuns: 500 },
  );
});

const recipes = [
  { product: 'moqueca', material: 'fish', quantity: 0.3, yield: 0.75 },
  { product: 'moqueca', material: 'dendê', quantity: 0.02 },
  { product: 'acarajé', material: 'dendê', quantity: 0.05 },
];
const prices = new Map([
  ['fish', { price: 40, lower: 34, upper: 48 }],
  ['dendê', { price: 25, lower: 20, upper: 30 }],
]);

test('a rising material moves the cost and the floor of every product that has it', () => {
  const [moqueca, acaraje] = productCosts(recipes, prices);
  assert.equal(moqueca!.cost, 0.4 * 40 + 0.02 * 25);
  assert.deepEqual(
    moqueca!.parts.map(({ material }) => material),
    ['fish', 'dendê'],
  );
  assert.ok(Math.abs(moqueca!.upper - (16.5 + Math.hypot(0.4 * 8, 0.02 * 5))) < 1e-12);
  const dear = new Map([...prices, ['dendê', { price: 50, lower: 40, upper: 60 }]]);
  const after = productCosts(recipes, dear);
  assert.equal(after[1]!.cost, 2 * acaraje!.cost);
  assert.ok(floorPrice(policy.rules, after[1]!.cost) > floorPrice(policy.rules, acaraje!.cost));
  const cautious = cautiousCost(moqueca!, { level: 0.9, probability: 0.95 });
  assert.ok(Math.abs(cautious - moqueca!.upper) < 1e-9);
  assert.equal(cautiousCost(moqueca!, { level: 0.9, probability: 0.5 }), moqueca!.cost);
  assert.throws(() => productCosts(recipes, new Map()), /material fish of moqueca has no price/);
  const wrong = [{ product: 'a', material: 'fish', quantity: 1, yield: 0 }];
  assert.throws(() => productCosts(wrong, prices), /yield of fish in a is 0/);
});
