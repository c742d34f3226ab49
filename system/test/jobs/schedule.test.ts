import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openQueue } from '../../src/jobs/queue.js';
import { nextAt } from '../../src/jobs/rhythm.js';
import { listSchedule, setSchedules, tickSchedules } from '../../src/jobs/schedule.js';
import type { Rhythm } from '../../src/workspace/types.js';
import { onBoth } from '../store/both.js';

const SAO_PAULO = 'America/Sao_Paulo';

const cases: [name: string, rhythm: Rhythm, after: string, next: string, zone?: string][] = [
  [
    'daily later today',
    { kind: 'daily', at: '02:00' },
    '2026-01-10T04:59:00Z',
    '2026-01-10T05:00:00Z',
  ],
  [
    'daily is strictly after',
    { kind: 'daily', at: '02:00' },
    '2026-01-10T05:00:00Z',
    '2026-01-11T05:00:00Z',
  ],
  [
    'midnight that does not exist',
    { kind: 'daily', at: '00:00' },
    '2017-10-14T12:00:00Z',
    '2017-10-15T03:00:00Z',
  ],
  ['half past it', { kind: 'daily', at: '00:30' }, '2017-10-14T12:00:00Z', '2017-10-15T03:30:00Z'],
  [
    'the day after the gap',
    { kind: 'daily', at: '00:00' },
    '2017-10-15T03:00:00Z',
    '2017-10-16T02:00:00Z',
  ],
  [
    'an hour that comes twice is the first',
    { kind: 'daily', at: '23:30' },
    '2018-02-17T12:00:00Z',
    '2018-02-18T01:30:00Z',
  ],
  [
    'and comes once',
    { kind: 'daily', at: '23:30' },
    '2018-02-18T01:30:00Z',
    '2018-02-19T02:30:00Z',
  ],
  [
    'weekly on Monday',
    { kind: 'weekly', weekday: 1, at: '06:00' },
    '2026-01-10T12:00:00Z',
    '2026-01-12T09:00:00Z',
  ],
  [
    'weekly on Sunday',
    { kind: 'weekly', weekday: 7, at: '06:00' },
    '2026-01-11T10:00:00Z',
    '2026-01-18T09:00:00Z',
  ],
  [
    'monthly over the new year',
    { kind: 'monthly', day: 1, at: '03:00' },
    '2025-12-02T00:00:00Z',
    '2026-01-01T06:00:00Z',
  ],
  [
    'monthly on a day that February lacks',
    { kind: 'monthly', day: 31, at: '03:00' },
    '2026-02-02T00:00:00Z',
    '2026-02-28T06:00:00Z',
  ],
  ['hourly', { kind: 'hourly', minute: 15 }, '2026-01-10T04:15:00Z', '2026-01-10T05:15:00Z'],
  [
    'hourly where zones are half an hour off',
    { kind: 'hourly', minute: 0 },
    '2026-01-10T04:00:00Z',
    '2026-01-10T04:30:00Z',
    'Asia/Kolkata',
  ],
  [
    'every 30 minutes',
    { kind: 'every', minutes: 30 },
    '2026-01-10T04:30:00Z',
    '2026-01-10T05:00:00Z',
  ],
];

for (const [name, rhythm, after, next, zone = SAO_PAULO] of cases) {
  test(`next: ${name}`, () => {
    assert.equal(nextAt(rhythm, new Date(after), zone).toISOString(), new Date(next).toISOString());
  });
}

test('a daily rhythm comes once on each day of a year whose clock changed twice', () => {
  const days = new Set<string>();
  let at = new Date('2017-06-01T03:00:00Z');
  for (let day = 0; day < 365; day++) {
    at = nextAt({ kind: 'daily', at: '00:00' }, at, SAO_PAULO);
    days.add(at.toLocaleDateString('sv', { timeZone: SAO_PAULO }));
  }
  assert.equal(days.size, 365);
});

const train = { name: 'train m', verb: 'train', args: { model: 'm' } };
const at = (text: string) => ({ now: new Date(text), zone: SAO_PAULO });

onBoth(
  'what is due is sent once, also after days of silence and by many at once',
  async ({ state, another }) => {
    const rhythm: Rhythm = { kind: 'daily', at: '02:00' };
    await setSchedules(state, [{ ...train, rhythm }], at('2026-01-10T00:00:00Z'));
    assert.deepEqual(await tickSchedules(state, at('2026-01-10T04:59:00Z')), []);
    const states = [state, await another(), await another()];
    const sent = await Promise.all(
      states.map((one) => tickSchedules(one, at('2026-01-14T12:00:00Z'))),
    );
    assert.deepEqual(sent.flat(), ['train m']);
    assert.equal((await openQueue(state).list({ limit: 10 })).total, 1);
    assert.deepEqual(await listSchedule(state), [
      {
        name: 'train m',
        verb: 'train',
        model: 'm',
        rhythm: 'daily 02:00',
        nextAt: '2026-01-15T05:00:00.000Z',
        lastAt: '2026-01-14T12:00:00.000Z',
      },
    ]);
  },
);

onBoth(
  'a job still waiting is not sent again, and what is no longer declared goes',
  async ({ state }) => {
    const rhythm: Rhythm = { kind: 'every', minutes: 10 };
    await setSchedules(state, [{ ...train, rhythm }], at('2026-01-10T00:00:00Z'));
    for (const now of ['2026-01-10T00:10:00Z', '2026-01-10T00:20:00Z', '2026-01-10T00:30:00Z']) {
      assert.deepEqual(await tickSchedules(state, at(now)), ['train m']);
    }
    assert.equal((await openQueue(state).list({ limit: 10 })).total, 1);
    // Declared again with the same rhythm it keeps its time; with another it gets a new one.
    await setSchedules(state, [{ ...train, rhythm }], at('2026-01-10T05:00:00Z'));
    assert.equal((await listSchedule(state))[0]!.nextAt, '2026-01-10T00:40:00.000Z');
    const slower: Rhythm = { kind: 'every', minutes: 60 };
    await setSchedules(state, [{ ...train, rhythm: slower }], at('2026-01-10T05:00:00Z'));
    assert.equal((await listSchedule(state))[0]!.nextAt, '2026-01-10T06:00:00.000Z');
    await setSchedules(state, [], at('2026-01-10T05:00:00Z'));
    assert.deepEqual(await listSchedule(state), []);
  },
);
