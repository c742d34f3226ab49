import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '@tino/learn';
import { exp } from '../../src/kernel/exp.js';
import { nearest } from '../../src/kernel/nearest.js';

test('the exponential is right to the last digits, over all its range', () => {
  const rng = seeded('exp');
  for (const scale of [1e-9, 1e-3, 1, 30, 700])
    for (let i = 0; i < 2000; i++) {
      const x = (2 * rng.next() - 1) * scale;
      assert.ok(Math.abs(exp(x) / Math.exp(x) - 1) < 6e-16, `exp(${x}) is ${exp(x)}`);
    }
  assert.deepEqual([exp(0), exp(-Infinity), exp(Infinity)], [1, exp(-700), exp(700)]);
  assert.ok(Number.isNaN(exp(NaN)));
});

test('halves go to the even number', () => {
  const values = [0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 2 ** 51 + 0.5, 2 ** 60, -2.2];
  assert.deepEqual(values.map(nearest), [0, 2, 2, -0, -2, 0, 2 ** 51, 2 ** 60, -2]);
});
