import assert from 'node:assert/strict';
import test from 'node:test';
import { falseDiscoveryRate, seeded } from '@tino/learn';
import {
  binomialUpper,
  fisherExact,
  fisherUpper,
  normalCdf,
  normalQuantile,
  studentTwoSided,
  twoSided,
  wilson,
} from '../../src/insight/probability.js';

const near = (found: number, expected: number, tolerance = 1e-9) =>
  assert.ok(
    Math.abs(found - expected) <= tolerance * Math.abs(expected),
    `${found}, expected ${expected}`,
  );

test('the normal distribution agrees with SciPy, also far out', () => {
  near(normalCdf(-1.3), 0.09680048458561036);
  near(normalCdf(-3.9), 4.809634401760271e-5);
  near(normalCdf(-4.1), 2.0657506912546714e-5);
  near(normalCdf(-8), 6.22096057427178e-16);
  near(normalCdf(2.2), 0.9860965524865014);
  assert.equal(normalCdf(0), 0.5);
  near(normalQuantile(0.975), 1.959963984540054);
  near(twoSided(1.959963984540054), 0.05);
  assert.throws(() => normalQuantile(1), /probability is 1/);
});

test('Student’s tails agree with SciPy within a few per cent', () => {
  near(studentTwoSided(1.2, 3), 0.31626211469810517, 0.03);
  near(studentTwoSided(4.032, 5), 0.010001412593599764, 0.05);
  near(studentTwoSided(-2.228, 10), 0.05001177181711132, 0.01);
  near(studentTwoSided(6, 12), 6.216738864858563e-5, 0.05);
  near(studentTwoSided(3.646, 30), 0.0009998888693383647, 0.01);
});

test('exact tests of counts agree with SciPy', () => {
  const cases = [
    {
      both: 8,
      rows: 20,
      marked: 30,
      all: 100,
      upper: 0.20463293283674586,
      lower: 0.9115435242062218,
    },
    {
      both: 3,
      rows: 20,
      marked: 30,
      all: 100,
      upper: 0.9773188336693431,
      lower: 0.08235541736910464,
    },
    {
      both: 40,
      rows: 500,
      marked: 900,
      all: 20000,
      upper: 0.0003280123337160391,
      lower: 0.999834515942951,
    },
  ];
  for (const { upper, lower, ...table } of cases) {
    near(fisherUpper(table), upper);
    near(fisherExact(table), Math.min(1, 2 * Math.min(upper, lower)));
  }
  near(binomialUpper(30, 40, 0.5), 0.0011107168866146822);
  near(binomialUpper(1300, 2000, 0.5), 8.146748513801326e-42);
  assert.equal(binomialUpper(0, 5, 0.5), 1);
});

test('the interval of a share agrees with statsmodels', () => {
  const { lower, upper } = wilson(7, 20, 0.95);
  near(lower, 0.18119182410108203);
  near(upper, 0.5671457233147638);
});

test('false discoveries: agrees with SciPy, and holds its share where nothing is there', () => {
  const q = falseDiscoveryRate([0.01, 0.04, 0.03, 0.005, 0.5]);
  assert.deepEqual(
    [...q].map((one) => Number(one.toFixed(10))),
    [0.025, 0.05, 0.05, 0.025, 0.5],
  );
  assert.deepEqual([...falseDiscoveryRate([0.01], { looks: 10 })], [0.1]);
  assert.deepEqual([...falseDiscoveryRate([NaN, 0.01])], [1, 0.02]);
  assert.throws(() => falseDiscoveryRate([2]), /p-value 0 is 2/);
  assert.throws(() => falseDiscoveryRate([0.1, 0.2], { looks: 1 }), /looks is 1/);
  const rng = seeded(1);
  // By the definition, among p-values of which many are equal.
  const some = Array.from({ length: 300 }, () => rng.below(40) / 200);
  const rank = (value: number) => some.filter((one) => one <= value).length;
  assert.deepEqual(
    [...falseDiscoveryRate(some, { looks: 400 })],
    some.map((own) =>
      some.reduce((q, one) => (one < own ? q : Math.min(q, (one * 400) / rank(one))), 1),
    ),
  );
  let runs = 0;
  for (let run = 0; run < 400; run++) {
    const p = Array.from({ length: 50 }, () => rng.next());
    if (falseDiscoveryRate(p).some((one) => one <= 0.1)) runs++;
  }
  assert.ok(runs / 400 < 0.15, `${runs} of 400 runs found something in noise`);
});
