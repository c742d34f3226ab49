import assert from 'node:assert/strict';
import test from 'node:test';
import { forecasterOf, seeded, seriesSet } from '../../src/index.js';
import { fitEts, fitForms } from '../../src/forecast/local/ets.js';
import { etsAverage } from '../../src/forecast/local/ets-average.js';
import { isAdmissible } from '../../src/forecast/local/ets-admissible.js';
import { continueEts, filterEts } from '../../src/forecast/local/ets-filter.js';
import { etsForms } from '../../src/forecast/local/ets-form.js';
import { etsVector } from '../../src/forecast/local/ets-likelihood.js';
import { startState } from '../../src/forecast/local/ets-start.js';
import { leastBetween } from '../../src/forecast/local/golden-section.js';
import { quasiNewton } from '../../src/forecast/local/quasi-newton.js';
import { fitTheta, linesOf } from '../../src/forecast/local/theta-filter.js';

/** About 1, with season, trend, noise and two gaps. */
function wavy(length: number, period: number, seed: number): Float64Array {
  const rng = seeded(seed);
  const values = Float64Array.from(
    { length },
    (_, t) => 1 + 0.002 * t + 0.2 * Math.sin((2 * Math.PI * t) / period) + 0.05 * rng.normal(),
  );
  values[length >> 1] = NaN;
  values[(length >> 1) + 3] = NaN;
  return values;
}

test('the search finds the bottom of a curved valley by slopes', () => {
  const { x, iterations } = quasiNewton(
    ([a, b], slope) => {
      slope[0] = -2 * (1 - a!) - 400 * a! * (b! - a! * a!);
      slope[1] = 200 * (b! - a! * a!);
      return (1 - a!) ** 2 + 100 * (b! - a! * a!) ** 2;
    },
    [-1, 2],
    { iterationsMax: 200, tolerance: 1e-14 },
  );
  assert.ok(Math.abs(x[0]! - 1) < 1e-5 && Math.abs(x[1]! - 1) < 1e-5, `${iterations}`);
});

test('golden sections find the deeper of two valleys', () => {
  const { x } = leastBetween((at) => Math.cos(at) - at / 20, 0, 12);
  assert.ok(Math.abs(x - (3 * Math.PI + Math.asin(1 / 20))) < 1e-3, `${x}`);
});

for (const form of etsForms)
  test(`ets ${form.name}: the sweep is the filter, its slopes are differences`, () => {
    for (const period of [4, 12]) {
      const values = wavy(60, period, 11);
      const vector = etsVector(values, period, form, 0.1, 3);
      const x = vector.encode(0.3, startState(values, period, form));
      for (let j = 0; j < x.length; j++) x[j]! += 0.03 * ((j % 3) - 1);
      const { smoothing, state } = vector.decode(x);
      const slow = filterEts(values, form, smoothing, state);
      const slope = new Float64Array(x.length);
      const plain = etsVector(values, period, form, 0.1, 0).objective(x, slope);
      assert.ok(Math.abs(plain - slow) < 1e-9 * Math.abs(slow), `${plain} ${slow}`);
      vector.objective(x, slope);
      const spare = new Float64Array(x.length);
      x.forEach((at, j) => {
        const side = (step: number) => {
          const moved = x.slice();
          moved[j] = at + step;
          return vector.objective(moved, spare);
        };
        const numeric = (side(1e-5) - side(-1e-5)) / 2e-5;
        assert.ok(
          Math.abs(slope[j]! - numeric) < 1e-5 * (1 + Math.abs(numeric)),
          `unknown ${j}: ${slope[j]} by the adjoint, ${numeric} by differences`,
        );
      });
    }
  });

test('a named form is never better than the chosen one, and the search ends at a bottom', () => {
  const values = wavy(80, 4, 5).map((value) => 300 * value);
  const chosen = fitEts(values, 4, 'auto', 0);
  for (const { name } of etsForms.filter(({ name }) => !/^A.*M$/.test(name)))
    assert.ok(fitEts(values, 4, name, 0).criterion >= chosen.criterion - 1e-9, name);
});

test('a spike at the end drives no index to nothing', () => {
  const y = Float64Array.from({ length: 26 }, (_, t) => (t === 25 ? 1e6 : 1));
  const { form, smoothing, state, scale } = fitEts(y, 7, 'auto', 8);
  filterEts(
    y.map((value) => value / scale),
    form,
    smoothing,
    state,
  );
  const out = new Float64Array(20);
  continueEts(form, smoothing.phi, state, 26, out);
  assert.ok(
    out.every((value) => Math.abs(value * scale) <= 1e7),
    [...out].join(),
  );
});

test('an average is the forms by their likelihood, and one form alone where the rest is hopeless', async () => {
  const rng = seeded(21);
  const season = [1.3, 0.7, 0.9, 1.1];
  const values = Array.from(
    { length: 64 },
    (_, t) => (50 + 3 * t) * season[t % 4]! * (1 + 0.002 * rng.normal()),
  );
  const set = seriesSet([{ key: 'a', start: 0, values }], 4);
  const ahead = async (kind: string) => {
    const model = await forecasterOf({ kind, params: {} }).fit(set, { rng: seeded(1) });
    const out = new Float64Array(4);
    model.forecast(set, 4, out);
    return out;
  };
  const one = await ahead('ets');
  (await ahead('etsAverage')).forEach((value, h) =>
    assert.ok(Math.abs(value / one[h]! - 1) < 0.01, `${value} ${one[h]}`),
  );
  const y = wavy(40, 4, 3);
  const fits = fitForms(y, 4, 'auto', 8);
  const least = Math.min(...fits.map(({ criterion }) => criterion));
  const weights = fits.map(({ criterion }) => Math.exp(-(criterion - least) / 2));
  const [code, first] = etsAverage({ trendPrior: 8 }).fit(y, 4, { start: 0, covariates: [] });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kept = weights.filter((weight) => weight >= 0.02 * total);
  const share = weights.find((weight) => weight >= 0.02 * total)!;
  assert.equal(code!.toString(2).replaceAll('0', '').length, kept.length);
  assert.ok(kept.length > 1);
  const sum = kept.reduce((all, weight) => all + weight, 0);
  assert.ok(Math.abs(first! - share / sum) < 1e-9);
});

test('admissible is what forgets: the step-down agrees with the powers of the discount', () => {
  const rng = seeded(4);
  const period = 4;
  const scratch = new Float64Array(period + 2);
  let admitted = 0;
  for (let i = 0; i < 300; i++) {
    const alpha = 2 * rng.next();
    const smoothing = {
      alpha,
      beta: rng.next() * 1.5 - 0.2,
      gamma: 2 * rng.next(),
      phi: 0.8 + 0.2 * rng.next(),
    };
    const size = discountSize(smoothing, period);
    if (Math.abs(size - 1) < 0.01) continue;
    const admissible = isAdmissible(smoothing, period, scratch);
    assert.equal(admissible, size < 1, JSON.stringify({ smoothing, size }));
    if (admissible) admitted++;
  }
  assert.ok(admitted > 20 && admitted < 280, `${admitted}`);
});

/** Growth a step of the additive filter's states under errors of its own, the part that forgets. */
function discountSize(
  s: { alpha: number; beta: number; gamma: number; phi: number },
  period: number,
): number {
  const rng = seeded(9);
  let level = rng.normal();
  let trend = rng.normal();
  const season = Array.from({ length: period }, () => rng.normal());
  let logs = 0;
  const steps = 900;
  for (let t = 0; t < steps; t++) {
    const base = level + s.phi * trend;
    const error = -(base + season[t % period]!);
    level = base + s.alpha * error;
    trend = s.phi * trend + s.beta * error;
    season[t % period]! += s.gamma * error;
    // A level against all indices is no state of its own: it is taken out.
    const mean = season.reduce((sum, index) => sum + index, 0) / period;
    level += mean;
    for (let j = 0; j < period; j++) season[j]! -= mean;
    const size = Math.hypot(level, trend, ...season);
    if (t >= 100) logs += Math.log(size);
    level /= size;
    trend /= size;
    for (let j = 0; j < period; j++) season[j]! /= size;
  }
  return Math.exp(logs / (steps - 100));
}

test('theta: least squares by hand on a grid is no better, and lines are those of the prefix', () => {
  const values = wavy(40, 1, 8).map((value) => (Number.isNaN(value) ? 1 : value));
  const lines = linesOf(values, true);
  for (const t of [2, 5, 39]) {
    const prefix = linesOf(values.slice(0, t), false);
    assert.ok(Math.abs(lines.intercepts[t]! - prefix.intercepts[0]!) < 1e-9);
    assert.ok(Math.abs(lines.slopes[t]! - prefix.slopes[0]!) < 1e-9);
  }
  const squaresOf = ({ alpha, weight, level }: ReturnType<typeof fitTheta>) => {
    let smoothed = level;
    let decay = 1;
    let squares = 0;
    values.forEach((value, t) => {
      const line =
        decay * lines.intercepts[t]! + ((1 - decay * (1 - alpha)) / alpha) * lines.slopes[t]!;
      if (t >= 2) squares += (value - smoothed - weight * line) ** 2;
      smoothed += alpha * (value - smoothed);
      decay *= 1 - alpha;
    });
    return squares;
  };
  const fitted = fitTheta(values, true, null);
  const least = squaresOf(fitted);
  for (let alpha = 0.1; alpha < 1; alpha += 0.08)
    for (let weight = 0; weight <= 1; weight += 0.1)
      for (let level = -1; level < 2; level += 0.1)
        assert.ok(squaresOf({ alpha, weight, level }) >= least - 1e-9);
});
