import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support.mjs';

const { marksOf } = await load('pages/jobs/day-marks.ts');
const line = (rhythm) => ({ name: 'score a', verb: 'score', model: 'a', rhythm });
// 06:00 in São Paulo.
const ran = {
  verb: 'score',
  requestedBy: 'schedule',
  args: { model: 'a' },
  createdAt: '2026-11-21T09:00:05.000Z',
};

test('a daily time that ran is done, one that nobody served is missed, a later one is to come', () => {
  assert.deepEqual(marksOf(line('daily 06:00'), [ran], 600), [{ minute: 360, state: 'done' }]);
  assert.deepEqual(marksOf(line('daily 06:00'), [], 600), [{ minute: 360, state: 'missed' }]);
  assert.deepEqual(marksOf(line('daily 18:00'), [ran], 600), [{ minute: 1080, state: 'next' }]);
});

test('a job of another model or asked by a person is not the schedule', () => {
  for (const other of [
    { ...ran, args: { model: 'b' } },
    { ...ran, requestedBy: 'me' },
  ])
    assert.equal(marksOf(line('daily 06:00'), [other], 600)[0].state, 'missed');
});

test('an hourly line has 24 marks, a weekly one has none of today', () => {
  assert.equal(marksOf(line('hourly 20'), [], 600).length, 24);
  assert.equal(marksOf(line('weekly 1 03:30'), [], 600), null);
});
