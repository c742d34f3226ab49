import assert from 'node:assert/strict';
import test from 'node:test';
import { gather } from '../../src/training/tasks/forecast/gather.js';
import { stepIndex } from '../../src/training/tasks/forecast/steps.js';

const options = {
  step: 'day',
  how: 'sum',
  before: stepIndex('2026-01-09', { step: 'day' }),
} as const;

test('a day without rows sold nothing, a closed day is not known, and both are counted', () => {
  const { series, end, hygiene } = gather(
    [
      { key: 'a', at: '2026-01-01', value: 3, weight: 1 },
      { key: 'a', at: '2026-01-01', value: 3, weight: 1 },
      { key: 'a', at: '2026-01-03', value: NaN, weight: 1, available: 0 },
      { key: 'a', at: '2026-01-05', value: 2, weight: 1, available: 1 },
      { key: 'b', at: '2026-01-05', value: 1, weight: 1, available: 0.2 },
      { key: 'b', at: '2026-01-06', value: 4, weight: 1 },
      { key: 'b', at: '2026-01-09', value: 9, weight: 1 },
      { key: 'closed', at: '2026-01-04', value: NaN, weight: 1, available: 0 },
    ],
    options,
  );
  assert.equal(end, stepIndex('2026-01-06', { step: 'day' }));
  assert.deepEqual(
    series.map(({ key, start, values }) => [key, start, [...values]]),
    [
      ['a', stepIndex('2026-01-01', { step: 'day' }), [6, 0, NaN, 0, 2, 0]],
      ['b', stepIndex('2026-01-05', { step: 'day' }), [NaN, 4]],
    ],
  );
  assert.deepEqual(hygiene, {
    points: 7,
    unknown: 2,
    gaps: 4,
    duplicates: 1,
    leadingZeros: 0,
    censored: 2,
  });
});

test('hours are steps of their own', () => {
  const before = stepIndex('2026-01-02', { step: 'hour' });
  const { series } = gather(
    [
      { key: 'a', at: '2026-01-01 21:59:59', value: 1, weight: 1 },
      { key: 'a', at: '2026-01-01 23:00:00', value: 2, weight: 1 },
    ],
    { step: 'hour', how: 'sum', before },
  );
  assert.deepEqual([...series[0]!.values], [1, 0, 2]);
  assert.equal(series[0]!.start, before - 3);
});

test('zeros before the first sale and lines said twice are left out when asked, and counted', () => {
  const points = [
    { key: 'a', at: '2026-01-01', value: 0, weight: 1 },
    { key: 'a', at: '2026-01-03', value: 4, weight: 1 },
    { key: 'a', at: '2026-01-03', value: 4, weight: 1 },
  ];
  const { series, hygiene } = gather(points, {
    ...options,
    leadingZeros: 'missing',
    duplicates: 'drop',
  });
  assert.deepEqual([...series[0]!.values], [NaN, NaN, 4]);
  assert.equal(hygiene.duplicates, 1);
  assert.equal(hygiene.leadingZeros, 2);
  const kept = gather(points, options);
  assert.deepEqual([...kept.series[0]!.values], [0, 0, 8]);
});
