import { createPosterior } from '@tino/learn';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { floorOf, hold } from '../../src/serving/price/policy.js';
import { propose } from '../../src/serving/price/propose.js';
import { learned } from '../../src/serving/price/learning.js';
import { band, ending, maximumChange, minimumMargin, price } from '../../src/workspace/declare.js';

const cents = (low: number, high: number) =>
  fc.integer({ min: low * 100, max: high * 100 }).map((value) => value / 100);
const policies = fc.shuffledSubarray(
  [
    maximumChange(12),
    band(0.7, 1.5),
    ending(90, 50),
    minimumMargin(25),
    maximumChange(30),
    minimumMargin(5),
  ],
  { minLength: 1 },
);

test('whatever the rules and their order, a price is never under the floor', () => {
  fc.assert(
    fc.property(
      policies,
      cents(0, 80),
      cents(1, 100),
      cents(0, 300),
      (policy, cost, current, wish) => {
        const held = hold(policy, wish, { cost, current, reference: current });
        if (held.price === null) return;
        assert.ok(
          held.price >= floorOf(policy, cost),
          `${held.price} under ${floorOf(policy, cost)}`,
        );
        assert.ok(held.price >= cost);
      },
    ),
    { seed: 7, numRuns: 500 },
  );
});

test('a proposal that moves a price keeps the floor, and its propensities sum to one', () => {
  const page = {
    title: { pt: '', en: '' },
    noun: { pt: ['', ''], en: ['', ''] },
    unit: 'money',
  } as const;
  fc.assert(
    fc.property(
      policies,
      cents(1, 60),
      cents(1, 60),
      fc.double({ min: -6, max: 0.5, noNaN: true }),
      fc.boolean(),
      (guardrails, cost, current, slope, identifiable) => {
        const posterior = createPosterior({
          referencePrice: current,
          units: 9,
          unitsError: 0.1,
          elasticity: slope,
          elasticityError: 0.4,
        });
        const proposal = propose({
          declaration: price({
            entity: 'item',
            key: ['id'],
            sales: '',
            items: '',
            guardrails,
            page: page as never,
          }),
          item: {
            text: 'a',
            key: { id: 'a' },
            name: 'a',
            category: null,
            price: current,
            cost,
            since: null,
            attributes: {},
          },
          demand: {
            text: 'a',
            elasticity: slope,
            lower: slope,
            upper: slope,
            identifiable,
            reason: null,
            from: 'item',
            prior: posterior,
            referencePrice: current,
            tried: [current],
          },
          posterior,
          holdOut: false,
          seed: 'x',
        });
        if (!proposal.kept) assert.ok(proposal.price >= proposal.floor && proposal.price >= cost);
        const sum = proposal.exploration.arms.reduce(
          (total, { propensity }) => total + propensity,
          0,
        );
        assert.ok(Math.abs(sum - 1) < 1e-9);
      },
    ),
    { seed: 11, numRuns: 60 },
  );
});

test('what is learned does not depend on the order in which outcomes came', () => {
  const prior = createPosterior({
    referencePrice: 10,
    units: 5,
    unitsError: 0.2,
    elasticity: -2,
    elasticityError: 0.5,
  });
  const outcome = fc.record({
    id: fc.uuid(),
    detail: fc.record({
      price: cents(5, 20),
      units: fc.integer({ min: 0, max: 90 }),
      days: fc.constantFrom(1, 7),
      day: fc.constantFrom('2026-01-05', '2026-01-12', '2025-12-01'),
    }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(outcome, { selector: ({ id }) => id, minLength: 1, maxLength: 12 }),
      (list) => {
        const start = { version: 1, prior, dataUntil: '2025-12-31' };
        const straight = learned(start, list);
        assert.deepEqual(learned(start, list.toReversed()), straight);
        const since = list.filter(({ detail }) => detail.day > '2025-12-31').length;
        assert.equal(straight.observations, since);
      },
    ),
    { seed: 3, numRuns: 100 },
  );
});
