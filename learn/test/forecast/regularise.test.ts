import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import {
  findAnomalies,
  findStep,
  firstDay,
  regularise,
  seeded,
  stepIndex,
  type Step,
} from '../../src/index.js';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

test('calendar indices agree with the calendar of the machine, and have an inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: -40_000, max: 60_000 }), (number) => {
      const date = new Date(number * 86_400_000);
      const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
      assert.equal(stepIndex(number, 'month'), month);
      assert.equal(stepIndex(number, 'year'), date.getUTCFullYear() - 1970);
      for (const step of ['hour', 'day', 'week', 'month', 'quarter', 'year'] as Step[]) {
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
  assert.deepEqual(hygiene, {
    points: 5,
    unknown: 1,
    gaps: 2,
    duplicates: 1,
    leadingZeros: 0,
    censored: 0,
  });
});

test('sums, last values, zeros until a day, and spikes', () => {
  const points = Array.from({ length: 30 }, (_, t) => ({ time: t, value: t === 15 ? 900 : t % 5 }));
  const sold = regularise(points, { step: 'day', how: 'sum', empty: 'zero', until: 32 });
  assert.deepEqual([...sold.values.subarray(28)], [3, 4, 0, 0, 0]);
  assert.deepEqual(findAnomalies(sold.values.subarray(0, 30), 7).spikes, [15]);
  const last = regularise(points, { step: 'week', how: 'last' });
  assert.equal(last.start, 0);
  assert.equal(last.values[0], 3);
  assert.equal(regularise([], { step: 'day', how: 'sum' }).values.length, 0);
});

test('stock-outs and closed days are missing demand, and leading zeros no demand at all', () => {
  const points = Array.from({ length: 28 }, (_, t) => ({ time: t, value: t < 9 ? 0 : 10 }));
  const sold = regularise(points, {
    step: 'day',
    how: 'sum',
    empty: 'zero',
    until: 29,
    leadingZeros: 'missing',
    availability: [
      { time: 12, available: 0 },
      { time: 13, available: 0.4 },
      { time: 14, available: 0.6 },
      { time: 29, available: 0 },
      { time: 40, available: 0 },
    ],
  });
  const unknown = [...sold.values.keys()].filter((t) => Number.isNaN(sold.values[t]));
  assert.deepEqual(unknown, [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 29]);
  assert.equal(sold.values[28], 0);
  assert.deepEqual(sold.hygiene, {
    points: 28,
    unknown: 0,
    gaps: 2,
    duplicates: 0,
    leadingZeros: 9,
    censored: 3,
  });
  const week = regularise(points, {
    step: 'week',
    how: 'sum',
    availability: [
      { time: 10, available: 1 },
      ...[11, 12, 13].map((time) => ({ time, available: 0 })),
    ],
  });
  assert.equal(week.hygiene.censored, 1);
  assert.throws(
    () =>
      regularise(points, { step: 'day', how: 'sum', availability: [{ time: 3, available: 2 }] }),
    /availability at day 3 is 2/,
  );
});

test('a repeated line is dropped when asked, and weeks begin on any weekday', () => {
  const points = [3, 3, 8, 10].map((time) => ({ time, value: 5 }));
  const options = { step: 'week', how: 'sum', weekStart: 6 } as const;
  // Day 3 is a Sunday, day 10 the next one.
  assert.deepEqual([...regularise(points, options).values], [15, 5]);
  const dropped = regularise(points, { ...options, duplicates: 'drop' });
  assert.deepEqual([[...dropped.values], dropped.hygiene.duplicates], [[10, 5], 1]);
  assert.equal(firstDay(stepIndex(9, 'week', 6), 'week', 6), 3);
});

test('the frequency is found from the dates', () => {
  const every = (days: number, count = 40, first = day('2024-01-05')) =>
    Array.from({ length: count }, (_, i) => first + i * days);
  const monthly = (of: string) =>
    Array.from({ length: 30 }, (_, i) =>
      day(`${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-${of}`),
    );
  const friday = { step: 'week', weekStart: 4, regular: true };
  assert.deepEqual(findStep(every(7)), friday);
  // Gaps, order and repetition do not hide it.
  const gappy = every(7).filter((_, i) => i % 5 !== 3);
  assert.deepEqual(findStep([...gappy.toReversed(), ...gappy]), friday);
  const step = (times: number[]) => {
    const found = findStep(times);
    return `${found.regular ? 'every' : 'about'} ${found.step}`;
  };
  assert.equal(step(every(1)), 'every day');
  assert.equal(step(every(1 / 24)), 'every hour');
  assert.equal(step(monthly('01')), 'every month');
  const ends = Array.from({ length: 30 }, (_, i) => firstDay(601 + i, 'month') - 1);
  assert.equal(step(ends), 'every month');
  assert.equal(
    step(Array.from({ length: 12 }, (_, i) => firstDay(200 + i, 'quarter'))),
    'every quarter',
  );
  assert.equal(
    step(Array.from({ length: 9 }, (_, i) => firstDay(40 + i, 'year') + 30)),
    'every year',
  );
  const rng = seeded(3);
  const purchases = (gap: number) => {
    let at = 19_000;
    return Array.from({ length: 60 }, () => (at += Math.ceil(-gap * Math.log(1 - rng.next()))));
  };
  assert.equal(step(purchases(9)), 'about week');
  assert.equal(step(purchases(40)), 'about month');
  // Working days are days.
  assert.equal(step(every(1, 100).filter((d) => (d + 3) % 7 < 5)), 'every day');
  assert.throws(() => findStep([1, 1, 2]), /2 different moments/);
});

test('spikes and level shifts are found where they were put, and hardly ever elsewhere', () => {
  const rng = seeded(11);
  let mistaken = 0;
  let found = 0;
  for (let world = 0; world < 60; world++) {
    const season = (t: number) => 15 * Math.sin((2 * Math.PI * t) / 12);
    const calm = Float64Array.from(
      { length: 96 },
      (_, t) => 100 + 0.2 * t + season(t) + 4 * rng.normal(),
    );
    const nothing = findAnomalies(calm, 12);
    mistaken += nothing.spikes.length + nothing.shifts.length;
    const odd = calm.map((value, t) => (t === 30 ? 3 * value : t >= 60 ? 1.6 * value : value));
    const { spikes, shifts } = findAnomalies(odd, 12);
    if (spikes.includes(30)) found++;
    const [first] = shifts;
    if (first !== undefined && shifts.length === 1 && Math.abs(first.at - 60) <= 1) found++;
  }
  assert.ok(mistaken <= 6, `${mistaken} found in 60 calm series`);
  assert.ok(found >= 108, `${found} of 120 found`);
  let wandering = 0;
  for (let world = 0; world < 60; world++) {
    let level = 100;
    const walk = Float64Array.from({ length: 96 }, () => (level += rng.normal()));
    wandering += findAnomalies(walk, 12).shifts.length;
  }
  assert.ok(wandering <= 6, `${wandering} shifts in 60 random walks`);
  assert.deepEqual(findAnomalies(Float64Array.of(1, 1, 90), 12), { spikes: [], shifts: [] });
});
