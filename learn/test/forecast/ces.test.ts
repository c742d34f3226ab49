import assert from 'node:assert/strict';
import test from 'node:test';
import { forecasterOf, seeded, seriesSet } from '../../src/index.js';
import { continueCes, filterCes, isStable, newState } from '../../src/forecast/local/ces-filter.js';

type Complex = [real: number, imaginary: number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const plus = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];

/** The definition: complex weights on the value and its error, and on the forecast before. */
function slowStep(forecast: Complex, value: number, alpha: Complex): Complex {
  const actual: Complex = [value, value - forecast[0]];
  const rest: Complex = [1 - alpha[0], 1 - alpha[1]];
  return plus(times(alpha, actual), times(rest, forecast));
}

const rng = seeded(2);
const values = Float64Array.from({ length: 36 }, (_, t) => 10 + 0.2 * t + rng.normal());

test('the filter is the complex recursion, forward, backward and forward', () => {
  const alpha: Complex = [1.2, 0.9];
  let pair: Complex = [10, 9];
  for (const value of values) pair = slowStep(pair, value, alpha);
  for (const value of values.toReversed()) pair = slowStep(pair, value, alpha);
  let squares = 0;
  for (const value of values) {
    squares += (value - pair[0]) ** 2;
    pair = slowStep(pair, value, alpha);
  }
  const none = new Float64Array(0);
  const begin = {
    level: Float64Array.of(10),
    potential: Float64Array.of(9),
    index: none,
    indexPotential: none,
  };
  const state = newState(begin);
  const found = filterCes(values, 'none', Float64Array.from(alpha), begin, state);
  assert.ok(Math.abs(found - squares) < 1e-9 * squares);
  assert.ok(Math.abs(state.level[0]! - pair[0]) < 1e-9);
  assert.ok(Math.abs(state.potential[0]! - pair[1]) < 1e-9);
  const out = new Float64Array(3);
  continueCes('none', Float64Array.from(alpha), state, 36, out, out.slice());
  for (const ahead of out) {
    assert.ok(Math.abs(ahead - pair[0]) < 1e-9);
    pair = slowStep(pair, pair[0], alpha);
  }
});

test('a simple season is one such recursion for each phase', () => {
  const alpha: Complex = [1.1, 1];
  const period = 4;
  const pairs = Array.from({ length: period }, (_, j): Complex => [9 + j, 8 + j]);
  const step = (t: number) => {
    pairs[t % period] = slowStep(pairs[t % period]!, values[t]!, alpha);
  };
  for (let t = 0; t < 36; t++) step(t);
  for (let t = 35; t >= 0; t--) step(t);
  for (let t = 0; t < 36; t++) step(t);
  const begin = {
    level: Float64Array.of(9, 10, 11, 12),
    potential: Float64Array.of(8, 9, 10, 11),
    index: new Float64Array(0),
    indexPotential: new Float64Array(0),
  };
  const state = newState(begin);
  filterCes(values, 'simple', Float64Array.from(alpha), begin, state);
  pairs.forEach(([level], j) => assert.ok(Math.abs(state.level[j]! - level) < 1e-9));
});

test('within the stable region errors die out, beyond it they grow', () => {
  const random = seeded(5);
  let inside = 0;
  for (let i = 0; i < 400; i++) {
    const alpha: Complex = [3 * random.next(), 2 * random.next()];
    let pair: Complex = [1, 0.3];
    let logs = 0;
    for (let t = 0; t < 400; t++) {
      pair = slowStep(pair, 0, alpha);
      const size = Math.hypot(...pair);
      logs += Math.log(size);
      pair = [pair[0] / size, pair[1] / size];
    }
    const rate = logs / 400;
    if (Math.abs(rate) < 0.02) continue;
    assert.equal(isStable(...alpha), rate < 0, `${alpha.join(' + i')}: ${rate}`);
    if (rate < 0) inside++;
  }
  assert.ok(inside > 40 && inside < 360, `${inside}`);
});

test('each season can be asked for by name; a stranger is refused', async () => {
  const set = seriesSet([{ key: 'a', start: 0, values }], 4);
  const forecast = async (season: string) => {
    const model = await forecasterOf({ kind: 'ces', params: { season } }).fit(set, {
      rng: seeded(1),
    });
    const out = new Float64Array(4);
    model.forecast(set, 4, out);
    return out;
  };
  for (const season of ['none', 'simple', 'partial', 'full'])
    assert.ok(
      (await forecast(season)).every((value) => value > 10 && value < 25),
      season,
    );
  await assert.rejects(async () => forecast('weekly'), /auto, none, simple, partial, full/);
});
