import assert from 'node:assert/strict';
import test from 'node:test';
import { forecasterOf, seeded, seriesSet } from '../../src/index.js';
import { fromPartial, multiply, rootsBeyond, type Arma } from '../../src/forecast/local/arma.js';
import { armaScratch, continueArma, filterArma } from '../../src/forecast/local/arma-filter.js';
import { fitArma } from '../../src/forecast/local/arima-fit.js';
import { differencingOf, kpss } from '../../src/forecast/local/unit-root.js';

type Matrix = number[][];

const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
const turned = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));

/** The textbook's filter with whole matrices (Durbin and Koopman, 2012, section 4.3). */
function slowFilter(y: Float64Array, { phi, theta }: Arma) {
  const r = Math.max(phi.length, theta.length + 1);
  const whole = Array.from({ length: r }, (_, i) => i);
  const move = whole.map((i) =>
    whole.map((j) => (j === 0 ? (phi[i] ?? 0) : 0) + (j === i + 1 ? 1 : 0)),
  );
  const shock = whole.map((i) => (i === 0 ? 1 : (theta[i - 1] ?? 0)));
  const noise = shock.map((a) => shock.map((b) => a * b));
  const plus = (a: Matrix, b: Matrix) => a.map((row, i) => row.map((v, j) => v + b[i]![j]!));
  let cover = noise;
  let power = move;
  for (let doubled = 0; doubled < 30; doubled++) {
    cover = plus(cover, times(times(power, cover), turned(power)));
    power = times(power, power);
  }
  let state = shock.map(() => 0);
  let logs = 0;
  const innovations = Array.from(y, (value) => {
    const variance = cover[0]![0]!;
    const error = value - state[0]!;
    const gain = cover.map((row) => row[0]! / variance);
    logs += Math.log(variance);
    state = times(
      move,
      state.map((s, i) => [s + gain[i]! * error]),
    ).map((row) => row[0]!);
    const rest = cover.map((row, i) => row.map((v, j) => v - gain[i]! * gain[j]! * variance));
    cover = plus(times(times(move, rest), turned(move)), noise);
    return error / Math.sqrt(variance);
  });
  return { logs, innovations, ahead: state[0]! };
}

function someArma(seed: number, p: number, q: number, P: number, Q: number, period: number): Arma {
  const rng = seeded(seed);
  const part = (size: number) => {
    const partial = Float64Array.from({ length: size }, () => Math.tanh(0.8 * rng.normal()));
    fromPartial(partial, new Float64Array(size));
    return partial;
  };
  const phi = new Float64Array(p + P * period);
  const theta = new Float64Array(q + Q * period);
  multiply(part(p), part(P), period, phi);
  multiply(part(q), part(Q), period, theta);
  return { phi, theta: theta.map((value) => -value) };
}

test('the fast filter of a process is the filter with whole matrices', () => {
  for (let seed = 0; seed < 48; seed++) {
    const arma = someArma(seed, seed % 4, (seed >> 1) % 3, seed % 2, (seed >> 2) % 2, 4);
    const rng = seeded(100 + seed);
    const y = Float64Array.from({ length: 60 }, () => rng.normal());
    const scratch = armaScratch(arma.phi.length, arma.theta.length);
    const innovations = new Float64Array(60);
    const logs = filterArma([y], arma, scratch, [innovations]);
    const slow = slowFilter(y, arma);
    assert.ok(Math.abs(logs - slow.logs) < 1e-6, `${seed}: ${logs} ${slow.logs}`);
    slow.innovations.forEach((value, t) =>
      assert.ok(Math.abs(value - innovations[t]!) < 1e-6, `${seed} at ${t}`),
    );
    const out = new Float64Array(1);
    continueArma(arma, scratch.state, out);
    assert.ok(Math.abs(out[0]! - slow.ahead) < 1e-6);
  }
});

test('several columns through one filter are each through its own', () => {
  const arma = someArma(5, 2, 1, 1, 0, 4);
  const rng = seeded(6);
  const columns = [0, 1].map(() => Float64Array.from({ length: 50 }, () => rng.normal()));
  const scratch = armaScratch(arma.phi.length, arma.theta.length);
  const joint = columns.map(() => new Float64Array(50));
  filterArma(columns, arma, scratch, joint);
  const own = new Float64Array(50);
  filterArma([columns[1]!], arma, scratch, [own]);
  assert.deepEqual(joint[1], own);
});

test('partial autocorrelations within one make roots outside, and beyond a radius', () => {
  const inside = Float64Array.of(0.6, -0.5, 0.3);
  fromPartial(inside, new Float64Array(3));
  assert.ok(rootsBeyond(inside, 1));
  assert.ok(rootsBeyond(Float64Array.of(0.98), 1.01));
  assert.ok(!rootsBeyond(Float64Array.of(0.995), 1.01));
  assert.ok(!rootsBeyond(Float64Array.of(1.2, 0.1), 1));
});

test('a process is found again from its own values, and its mean with it', () => {
  const rng = seeded(12);
  const y = new Float64Array(600);
  let before = 0;
  for (let t = 0; t < 600; t++) {
    const shock = rng.normal();
    y[t] = 5 + (t > 0 ? 0.7 * (y[t - 1]! - 5) : 0) + shock + 0.4 * before;
    before = shock;
  }
  const order = { p: 1, d: 0, q: 1, P: 0, D: 0, Q: 0 };
  const problem = { values: y, regressors: [new Float64Array(600).fill(1)], period: 1 };
  const { arma, coefficients, variance } = fitArma(problem, order, new Float64Array(2), 1e-8);
  assert.ok(Math.abs(arma.phi[0]! - 0.7) < 0.08, `${arma.phi[0]}`);
  assert.ok(Math.abs(arma.theta[0]! - 0.4) < 0.1, `${arma.theta[0]}`);
  assert.ok(Math.abs(coefficients[0]! - 5) < 0.4 && Math.abs(variance - 1) < 0.12);
});

test('a walk is differenced, noise is not, a season is differenced over its period', () => {
  const rng = seeded(8);
  const noise = Float64Array.from({ length: 120 }, () => rng.normal());
  let sum = 0;
  const walk = noise.map((value) => (sum += value));
  const wave = noise.map((value, t) => 10 * Math.sin((Math.PI * t) / 6) + value);
  assert.deepEqual(differencingOf(noise, 12), { d: 0, D: 0 });
  assert.deepEqual(differencingOf(walk, 1), { d: 1, D: 0 });
  assert.deepEqual(differencingOf(wave, 12), { d: 0, D: 1 });
  assert.ok(kpss(walk) > 0.463 && kpss(noise) < 0.463);
});

test('a given order is served as given, and a wrong one is refused', async () => {
  const values = Array.from({ length: 40 }, (_, t) => 3 + 2 * t);
  const set = seriesSet([{ key: 'a', start: 0, values }], 4);
  const forecast = async (order: number[]) => {
    const model = await forecasterOf({ kind: 'arima', params: { order } }).fit(set, {
      rng: seeded(1),
    });
    const out = new Float64Array(6);
    model.forecast(set, 6, out);
    return Array.from(out, (value) => Number(value.toFixed(6)));
  };
  const line = [83, 85, 87, 89, 91, 93];
  assert.deepEqual(await forecast([0, 1, 0]), line);
  assert.deepEqual(await forecast([0, 2, 0]), line);
  assert.deepEqual(await forecast([0, 0, 0, 0, 1, 0]), line);
  assert.deepEqual(await forecast([0, 1, 0, 0, 1, 0]), line);
  await assert.rejects(async () => forecast([1, 0]), /expected \[p, d, q\]/);
});
