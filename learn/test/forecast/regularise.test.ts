import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { firstDay, regularise, stepIndex, type Step } from '../../src/index.js';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

test('calendar indices agree with the calendar of the machine, and have an inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: -40_000, max: 60_000 }), (number) => {
      const date = new Date(number * 86_400_000);
      const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
      assert.equal(stepIndex(number, 'month'), month);
      assert.equal(stepIndex(number, 'year'), date.getUTCFullYear() - 1970);
      for (const step of ['day', 'week', 'month', 'quarter', 'year'] as Step[]) {
        const index = stepIndex(number, step);
        assert.ok(firstDay(index, step) <= number && number < firstDay(index + 1, step));
        assert.equal(stepIndex(firstDay(index, step), step), index);
      }
      assert.equal(
        new Date(firstDay(stepIndex(number, 'week'), 'week') * 86_400_000).getUTCDay(),
        1,
      );
    }),
  );
});

test('irregular purchases become a monthly price, weighted by quantity, with gaps', () => {
  const { start, values, hygiene } = regularise(
    [
      { time: day('2024-04-02'), value: 12 },
      { time: day('2024-01-05'), value: 10, weight: 1 },
      { time: day('2024-01-20') + 0.5, value: 13, weight: 2 },
      { time: day('2024-01-20'), value: 13, weight: 2 },
      { time: day('2024-02-01'), value: NaN },
    ],
    { step: 'month', how: 'mean' },
  );
  assert.equal(start, 54 * 12);
  assert.deepEqual([...values], [12.4, NaN, NaN, 12]);
  assert.deepEqual(hygiene, { gaps: 2, duplicates: 1, spikes: [] });
});

test('sums, last values, zeros until a day, and spikes', () => {
  const points = Array.from({ length: 30 }, (_, t) => ({ time: t, value: t === 15 ? 900 : t % 5 }));
  const sold = regularise(points, { step: 'day', how: 'sum', empty: 'zero', until: 32 });
  assert.deepEqual([...sold.values.subarray(28)], [3, 4, 0, 0, 0]);
  assert.deepEqual(sold.hygiene.spikes, [15]);
  const last = regularise(points, { step: 'week', how: 'last' });
  assert.equal(last.start, 0);
  assert.equal(last.values[0], 3);
  assert.equal(regularise([], { step: 'day', how: 'sum' }).values.length, 0);
});
