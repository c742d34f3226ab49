import assert from 'node:assert/strict';
import test from 'node:test';
import {
  differenceInDifferences,
  seeded,
  switchback,
  type SwitchbackPeriod,
} from '../../src/index.js';
import { studentQuantile } from '../../src/price/student.js';

test('quantiles of Student against scipy', () => {
  const table: [number, number, number][] = [
    [0.95, 1, 6.313751514675037],
    [0.95, 2, 2.9199855803537242],
    [0.95, 3, 2.3533634348018233],
    [0.975, 5, 2.5705818356363146],
    [0.975, 10, 2.228138851986274],
    [0.05, 30, -1.697260886593957],
    [0.6, 5, 0.2671808657041451],
  ];
  for (const [probability, freedom, expected] of table)
    assert.ok(Math.abs(studentQuantile(probability, freedom) / expected - 1) < 1e-4);
  assert.equal(studentQuantile(0.5, 4), 0);
  assert.throws(() => studentQuantile(0.9, 0), /degrees of freedom are 0/);
});

test('the hold-out finds the uplift, with the interval that it promises', () => {
  const truth = 12;
  let inside = 0;
  let width = 0;
  let plainWidth = 0;
  for (let seed = 0; seed < 300; seed++) {
    const rng = seeded(seed);
    const units = Array.from({ length: 60 }, (_, i) => {
      const size = 200 + 60 * rng.normal();
      const treated = i % 3 > 0;
      const after = 0.8 * size + 30 + (treated ? truth : 0) + 10 * rng.normal();
      return { treated, before: size + 8 * rng.normal(), after };
    });
    const found = differenceInDifferences(units);
    const plain = differenceInDifferences(units.map((unit) => ({ ...unit, before: 0 })));
    assert.ok(found.value !== null && plain.value !== null);
    if (found.lower <= truth && truth <= found.upper) inside++;
    width += found.upper - found.lower;
    plainWidth += plain.upper - plain.lower;
  }
  assert.ok(inside / 300 > 0.85 && inside / 300 < 0.95, `${inside} of 300`);
  assert.ok(width < 0.5 * plainWidth);
});

test('a few units are not enough to claim anything', () => {
  const units = [true, true, false].map((treated) => ({ treated, before: 1, after: 2 }));
  const found = differenceInDifferences(units);
  assert.ok(found.value === null && /2 with the policy and 1 without/.test(found.reason));
  assert.throws(
    () => differenceInDifferences([{ treated: true, before: NaN, after: 2 }]),
    /unit 0 has NaN before/,
  );
});

/** Weeks of two days each; the first day of a block still sells as under the other price. */
function blocks(seed: number, truth: number): SwitchbackPeriod[] {
  const rng = seeded(seed);
  return Array.from({ length: 6 }, (_, u) => {
    const level = 100 + 40 * rng.normal();
    let previous = false;
    return Array.from({ length: 10 }, (_, block) => {
      const treated = rng.next() < 0.5;
      const shock = 5 * rng.normal();
      const days = [0, 1, 2].map((age) => ({
        unit: `restaurant ${u}`,
        block,
        treated,
        outcome: level + shock + ((age === 0 ? previous : treated) ? truth : 0) + rng.normal(),
        age,
      }));
      previous = treated;
      return days;
    }).flat();
  }).flat();
}

test('switching back and forth finds the uplift, once the carry-over is left out', () => {
  let inside = 0;
  let mean = 0;
  let hasty = 0;
  for (let seed = 0; seed < 200; seed++) {
    const periods = blocks(seed, 9);
    const found = switchback(periods, { burnIn: 1 });
    assert.ok(found.value !== null);
    mean += found.value / 200;
    hasty += switchback(periods).value! / 200;
    if (found.lower <= 9 && 9 <= found.upper) inside++;
  }
  assert.ok(Math.abs(mean - 9) < 0.4, `${mean}`);
  assert.ok(hasty < 7.5, 'days of the other price pull it down');
  assert.ok(inside / 200 > 0.84 && inside / 200 < 0.96, `${inside} of 200`);
});

test('units that never switched say nothing, and a block has one policy', () => {
  const periods = blocks(1, 9);
  const constant = periods.map((period) => ({ ...period, unit: 'other', treated: true }));
  assert.deepEqual(
    switchback([...periods, ...constant], { burnIn: 1 }),
    switchback(periods, { burnIn: 1 }),
  );
  assert.equal(switchback(constant).value, null);
  const torn = periods.map((period, i) => ({ ...period, treated: i % 2 === 0 }));
  assert.throws(() => switchback(torn), /has both policies/);
});
