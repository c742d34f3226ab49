import assert from 'node:assert/strict';
import test from 'node:test';
import {
  guardrails,
  optimise,
  priceGrid,
  seeded,
  type Demand,
  type Guardrail,
  type Risk,
} from '../../src/index.js';

const demand = (elasticity: number, elasticityError = 0): Demand => ({
  referencePrice: 20,
  units: 100,
  unitsError: 0.05,
  elasticity,
  elasticityError,
});

test('without uncertainty the margin is best at cost × e ÷ (1 + e)', () => {
  const [found] = optimise([{ id: 'a', price: 20, cost: 10, demand: demand(-2.5) }], {
    grid: { steps: 401, span: 0.5 },
  });
  assert.ok(Math.abs(found!.price - (10 * 2.5) / 1.5) < 0.06, `${found!.price}`);
  assert.ok(found!.gain.expected > 0 && found!.gain.lower <= found!.gain.upper);
  assert.equal(found!.binding, null);
});

test('the choice equals brute force over the allowed prices', () => {
  const rng = seeded(1);
  const policy: Guardrail[] = [
    { rule: 'maximumChange', percent: 15 },
    { rule: 'ending', ending: 0.9 },
    { rule: 'minimumMargin', percent: 30 },
  ];
  for (let trial = 0; trial < 60; trial++) {
    const item = {
      id: 'a',
      price: 15 + 20 * rng.next(),
      cost: 4 + 8 * rng.next(),
      demand: demand(-0.5 - 3 * rng.next()),
    };
    const [found] = optimise([item], { guardrails: policy });
    const grid = priceGrid({ cost: item.cost, current: item.price, guardrails: policy });
    if (grid.length === 0) {
      assert.ok(found!.reason !== undefined && found!.price === item.price);
      continue;
    }
    const profit = (price: number) =>
      100 * (price / 20) ** item.demand.elasticity * (price - item.cost);
    const best = [...grid].reduce((top, price) => (profit(price) > profit(top) ? price : top));
    assert.ok(Math.abs(profit(found!.price) - profit(best)) < 1e-9 * profit(best));
    assert.equal(
      guardrails(policy, found!.price, { cost: item.cost, current: item.price }).price,
      found!.price,
    );
    assert.equal(found!.trail.at(-1)?.to ?? found!.price, found!.price);
  }
});

test('an inelastic dish is held by its guardrail, which is named', () => {
  const [found] = optimise([{ id: 'a', price: 20, cost: 5, demand: demand(-0.4, 0.1) }], {
    guardrails: [{ rule: 'maximumChange', percent: 10 }],
  });
  assert.equal(found!.price, 22);
  assert.equal(found!.binding, 'maximumChange');
});

test('objectives differ, and caution stays nearer to what is known', () => {
  const price = (elasticity: number, options: Parameters<typeof optimise>[1]) =>
    optimise([{ id: 'a', price: 20, cost: 12, demand: demand(elasticity, 0.5) }], options)[0]!
      .price;
  assert.ok(price(-0.9, { objective: 'units' }) < price(-0.9, { objective: 'revenue' }));
  assert.ok(price(-1.8, { objective: 'revenue' }) < price(-1.8, { objective: 'margin' }));
  const away = (risk: Risk) => Math.abs(price(-1.8, { risk }) - 20);
  assert.ok(away({ kind: 'deviation', lambda: 2 }) < away({ kind: 'mean' }));
  assert.ok(away({ kind: 'tail', share: 0.2 }) < away({ kind: 'mean' }));
  assert.ok(away({ kind: 'worst' }) <= away({ kind: 'tail', share: 0.2 }));
  assert.equal(away({ kind: 'tail', share: 1 }), away({ kind: 'mean' }));
  assert.throws(() => price(-1, { risk: { kind: 'tail', share: 0 } }), /share of risk is 0/);
  assert.throws(() => price(-1, { risk: { kind: 'deviation', lambda: -1 } }), /lambda of risk/);
});

test('without a demand, or without an allowed price, the price stays and says why', () => {
  const [unknown, stuck] = optimise(
    [
      { id: 'a', price: 20, cost: 5 },
      { id: 'b', price: 20, cost: 30, demand: demand(-2) },
    ],
    { guardrails: [{ rule: 'maximumChange', percent: 10 }] },
  );
  assert.deepEqual([unknown!.price, unknown!.reason], [20, 'elasticity is not identifiable']);
  assert.match(stuck!.reason!, /minimumMargin asks for at least 30/);
});

test('the curve is of the allowed prices, with the profit between its ends', () => {
  const [found] = optimise([{ id: 'a', price: 20, cost: 10, demand: demand(-2, 0.3) }]);
  assert.ok(found!.curve.length > 15);
  for (const point of found!.curve) {
    assert.ok(point.lower <= point.margin && point.margin <= point.upper);
    assert.ok(Math.abs(point.revenue - point.units * point.price) < 1e-9);
  }
});
