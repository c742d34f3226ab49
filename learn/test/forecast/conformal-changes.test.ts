import assert from 'node:assert/strict';
import test from 'node:test';
import { conformal, intervalsOf, seeded, type Backtest } from '../../src/index.js';

const ORIGINS = 6;

/**
 * Series that change by step alike and by season 6 times as much, or 1.5 times where they are short
 * and have a single window; errors have the size of the step times that to the power of `share`.
 */
function world(seed: number, share: number) {
  const rng = seeded(seed);
  const keys = Array.from({ length: 120 }, (_, k) => `key ${k}`);
  const isShort = keys.map((_, k) => k % 4 === 0);
  const steps = keys.map(() => Math.exp(rng.normal()));
  const seasons = keys.map((_, k) => (isShort[k] ? 1.5 : 6) * Math.exp(0.3 * rng.normal()));
  const error = (k: number) => steps[k]! * seasons[k]! ** share * rng.normal();
  const perCell = (of: (k: number) => number) =>
    Float64Array.from({ length: keys.length * ORIGINS }, (_, i) => of(Math.floor(i / ORIGINS)));
  const held: Backtest = {
    keys,
    horizon: 1,
    origins: Int32Array.from({ length: ORIGINS }, (_, o) => o),
    actual: perCell((k) => 100 + error(k)).map((value, i) =>
      isShort[Math.floor(i / ORIGINS)] && i % ORIGINS < ORIGINS - 1 ? NaN : value,
    ),
    predicted: perCell(() => 100),
    current: perCell(() => 100),
    scales: perCell((k) => steps[k]! * seasons[k]!),
    scalesNow: Float64Array.from(steps, (step, k) => step * seasons[k]!),
    steps: perCell((k) => steps[k]!),
    stepsNow: Float64Array.from(steps),
  };
  return { held, isShort, next: keys.map((_, k) => 100 + error(k)) };
}

function withoutSteps(held: Backtest): Backtest {
  const { steps: _, stepsNow: __, ...rest } = held;
  return rest;
}

function coverageOfShort(of: (held: Backtest) => Backtest): number {
  let [inside, count] = [0, 0];
  for (let seed = 0; seed < 40; seed++) {
    const { held, isShort, next } = world(seed, 0.4);
    const calibrated = conformal(of(held), { levels: [0.9] });
    next.forEach((value, k) => {
      if (!isShort[k]) return;
      const [interval] = intervalsOf(calibrated, `key ${k}`, Float64Array.of(100));
      assert.ok(interval !== undefined && 'lower' in interval);
      count++;
      if (interval.lower[0]! <= value && value <= interval.upper[0]!) inside++;
    });
  }
  return inside / count;
}

test('intervals of short series among long ones hold what they say', () => {
  const blended = coverageOfShort((held) => held);
  assert.ok(Math.abs(blended - 0.9) < 0.03, `${blended}`);
  const bySeason = coverageOfShort(withoutSteps);
  assert.ok(bySeason < 0.8, `${bySeason}`);
});

test('where errors follow the season, units are those of the season', () => {
  const { held } = world(7, 1);
  const [blended, bySeason] = [held, withoutSteps(held)].map((one) => conformal(one).scales);
  const ratios = blended!.map((scale, k) => scale / bySeason![k]!);
  const middle = ratios.toSorted((a, b) => a - b)[60]!;
  for (const ratio of ratios) assert.ok(Math.abs(ratio / middle - 1) < 0.35, `${ratio / middle}`);
});

test('a series without a season behind it is taken for a typical one', () => {
  const { held } = world(8, 1);
  const one = 4 * ORIGINS;
  const young = { ...held, scales: held.scales.slice(), scalesNow: held.scalesNow!.slice() };
  young.scales.set(held.steps!.subarray(one, one + ORIGINS), one);
  young.scalesNow[4] = held.stepsNow![4]!;
  const scaled = conformal(young).scales[4]! / held.stepsNow![4]!;
  const others = conformal(young).scales.map((scale, k) => scale / held.stepsNow![k]!);
  assert.ok(scaled > Math.min(...others) && scaled < Math.max(...others), `${scaled}`);
});

test('blended units scale with their series, and are the season where no step is known', () => {
  const { held } = world(9, 0.5);
  const times = (values: Float64Array, width: number) =>
    values.map((value, i) => (i < width ? 1000 * value : value));
  const scaled = conformal({
    ...held,
    actual: times(held.actual, ORIGINS),
    predicted: times(held.predicted, ORIGINS),
    scales: times(held.scales, ORIGINS),
    scalesNow: times(held.scalesNow!, 1),
    steps: times(held.steps!, ORIGINS),
    stepsNow: times(held.stepsNow!, 1),
  });
  const plain = conformal(held);
  plain.scales.forEach((scale, k) =>
    assert.ok(Math.abs(scaled.scales[k]! / scale / (k === 0 ? 1000 : 1) - 1) < 1e-9),
  );
  const alike = { ...held, steps: held.scales, stepsNow: held.scalesNow! };
  assert.deepEqual(conformal(alike).scales, conformal(withoutSteps(held)).scales);
});
