import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { judge } from '../../src/registry/gate.js';
import { check, type Evidence } from '../../src/training/evidence.js';

const gate = { minGain: 0.01 };
const evidence = (given: Partial<Evidence>): Evidence => ({
  metric: 'rocAuc',
  better: 'higher',
  challenger: [0.7],
  champion: [0.69],
  baseline: [0.5],
  sameRecipe: false,
  difference: { difference: 0.02, lower: 0.01, upper: 0.03 },
  checks: [],
  ...given,
});
const verdictOf = (given: Partial<Evidence>) => judge(evidence(given), gate);

const table: [string, Partial<Evidence>, string, string][] = [
  ['a first version over its baseline', { champion: null, difference: null }, 'first', 'PROMOTE'],
  ['a first version at its baseline', { champion: null, baseline: [0.7] }, 'first', 'REJECT'],
  [
    'a first version that is not calibrated serves, and says so',
    {
      champion: null,
      difference: null,
      checks: [check('calibration', false, 'difere', 'differs')],
    },
    'first',
    'PROMOTE',
  ],
  ['another recipe, better by the gain', {}, 'replace', 'PROMOTE'],
  [
    'another recipe, better by too little',
    { difference: { difference: 0.009, lower: 0.001, upper: 0.02 } },
    'replace',
    'HOLD',
  ],
  [
    'another recipe, better perhaps by chance',
    { difference: { difference: 0.02, lower: -0.001, upper: 0.04 } },
    'replace',
    'HOLD',
  ],
  [
    'the same recipe, as good',
    { sameRecipe: true, difference: { difference: 0, lower: 0, upper: 0 } },
    'refresh',
    'PROMOTE',
  ],
  [
    'the same recipe, worse by more than the margin',
    { sameRecipe: true, difference: { difference: -0.01, lower: -0.02, upper: 0 } },
    'refresh',
    'HOLD',
  ],
  [
    'the same recipe, but its predictions moved',
    {
      sameRecipe: true,
      difference: { difference: 0, lower: 0, upper: 0 },
      checks: [check('drift', false, 'PSI 0,9', 'PSI 0.9')],
    },
    'refresh',
    'HOLD',
  ],
  [
    'a lower error is better',
    { better: 'lower', challenger: [10], champion: [12], baseline: [20] },
    'replace',
    'PROMOTE',
  ],
  ['not a number is no proof', { challenger: [NaN] }, 'replace', 'REJECT'],
];
for (const [name, given, kind, verdict] of table)
  test(name, () => {
    const found = verdictOf(given);
    assert.equal(found.kind, kind);
    assert.equal(found.verdict, verdict);
    for (const { says } of found.checks) assert.ok(says.pt.length > 0 && says.en.length > 0);
  });

test('what does not beat its baseline is never promoted, whatever else holds', () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(score, { minLength: 1, maxLength: 6 }),
      fc.array(score, { minLength: 1, maxLength: 6 }),
      fc.option(fc.array(score, { minLength: 1, maxLength: 6 })),
      fc.constantFrom('higher' as const, 'lower' as const),
      fc.boolean(),
      (challenger, baseline, champion, better, sameRecipe) => {
        const found = verdictOf({ challenger, baseline, champion, better, sameRecipe });
        const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
        const gain = (better === 'higher' ? 1 : -1) * (mean(challenger) - mean(baseline));
        if (gain <= 0) assert.equal(found.verdict, 'REJECT');
        else assert.notEqual(found.verdict, 'REJECT');
      },
    ),
  );
});
