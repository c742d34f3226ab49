import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addDays } from '../../src/calendar/dates.js';
import { ingest } from '../../src/sources/ingest.js';
import { forecastCutoff, newestStep } from '../../src/training/tasks/forecast/cutoff.js';
import { readSeries } from '../../src/training/tasks/forecast/data.js';
import { stepStart } from '../../src/training/tasks/forecast/steps.js';
import type { ForecastDeclaration } from '../../src/workspace/types.js';
import { effects, openHouse, writeWorkspace, type TestHouse } from '../features/house.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** A Monday; sources are dated by it and the six days after it. */
const MONDAY = '2026-08-31';
const MONTHS = ['2026-05', '2026-06', '2026-07', '2026-08'];

/** Dates of the rows of each source, oldest first. */
const dates: Record<string, string[]> = {
  ...Object.fromEntries(
    WEEKDAYS.map((name, d) => [
      name,
      Array.from({ length: 20 }, (_, w) => addDays(MONDAY, d + 7 * (w - 19))),
    ]),
  ),
  month_begins: MONTHS.map((month) => `${month}-01`),
  month_ends: ['2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31'],
  days: Array.from({ length: 30 }, (_, d) => addDays(MONDAY, d - 29)),
  // Events of a shop that is open on weekdays only, one line each.
  events: Array.from({ length: 200 }, (_, d) => addDays(MONDAY, d - 199)).filter(
    (_, d) => d % 7 < 5,
  ),
};

const model = (name: string, step: string, options = '') => `
import { forecast, theta } from '@tino/system';
export default forecast({
  entity: 'shop', series: '${name}.sql', key: ['shop'], step: '${step}', how: 'sum', horizon: 2, levels: {},
  candidates: [theta()], metric: 'wape', origins: 2, gate: { minGain: 0 }, ${options}
  page: { title: { pt: 'a', en: 'a' }, noun: { pt: ['a', 'a'], en: ['a', 'a'] }, unit: 'money' },
});`;

const stepOf = (name: string) =>
  name.startsWith('month') ? 'month' : name === 'days' ? 'day' : 'week';

const world = (): Record<string, string> => ({
  'tino.config.ts': `
import { date, defineWorkspace, entity, number, source, text } from '@tino/system';
const of = (name: string) => source({ files: 'data/' + name + '.csv', key: ['shop', 'stands_for'],
  columns: { shop: text(), stands_for: date(), value: number() }, eventTime: 'stands_for' });
export default defineWorkspace({ name: 'steps', entities: { shop: entity(['shop']) },
  sources: Object.fromEntries(${JSON.stringify(Object.keys(dates))}.map((name) => [name, of(name)])),
});`,
  ...Object.fromEntries(
    Object.entries(dates).flatMap(([name, days]) => [
      [
        `data/${name}.csv`,
        ['shop,stands_for,value', ...days.map((day) => `a,${day},1`)].join('\n'),
      ],
      [`${name}.sql`, `SELECT shop, stands_for AS at, value FROM "${name}"`],
      [`models/${name}.ts`, model(name, stepOf(name))],
    ]),
  ),
  // The week that a shop declares ends on the day that its rows are dated by.
  'models/named-by-last.ts': model('friday', 'week', "weekStarts: 'saturday',"),
  'truncated.sql': `SELECT shop, date_trunc('week', stands_for) AS at, value FROM events`,
  'models/truncated.ts': model('truncated', 'week'),
});

let house: TestHouse;
before(async () => {
  house = await openHouse(await writeWorkspace(world()));
});
after(() => house.close());

/** All files, as if they were read for the first time on a date. */
async function readOn(date: string): Promise<void> {
  house.clock.now = new Date(`${date}T12:00:00Z`);
  await house.state.query('DELETE FROM tables');
  await ingest(house, 'all', effects);
}

/** First day of the newest step that a model uses. */
async function newest(name: string): Promise<string> {
  const loaded = house.workspace.models[name]!;
  const data = await readSeries(house, loaded, await forecastCutoff(house, loaded));
  return stepStart(data.end, loaded.declaration as ForecastDeclaration);
}

const mondayOf = (day: string) => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

test('the newest week is used once it was over when it was read, whatever day it is dated by', async () => {
  for (const days of [4, 7, 10]) {
    const read = addDays(MONDAY, days);
    await readOn(read);
    for (const name of WEEKDAYS) {
      // Rows after the day of reading are plans, which are never a step that is over.
      const known = dates[name]!.filter((day) => day <= read);
      const over = known.filter((day) => addDays(day, 7) <= read).at(-1)!;
      assert.equal(await newest(name), mondayOf(over), `${name} read ${read}`);
    }
  }
});

test('a week dated by its last day is used the day after where the declaration says so', async () => {
  for (const [read, expected] of [
    ['2026-09-04', '2026-08-22'],
    ['2026-09-05', '2026-08-29'],
  ] as const) {
    await readOn(read);
    assert.equal(await newest('named-by-last'), expected, read);
  }
});

test('months, days and single events count when they are over', async () => {
  await readOn('2026-08-31');
  assert.equal(await newest('month_begins'), '2026-07-01');
  assert.equal(await newest('month_ends'), '2026-07-01');
  assert.equal(await newest('days'), '2026-08-30');
  await readOn('2026-09-01');
  assert.equal(await newest('month_begins'), '2026-08-01');
  assert.equal(await newest('month_ends'), '2026-08-01');
  assert.equal(await newest('days'), '2026-08-31');
});

test('a week that events stop in the middle of is never used, also when SQL names it whole', async () => {
  await readOn('2026-10-01');
  const events = dates['events']!.at(-1)!;
  const complete = mondayOf(addDays(mondayOf(addDays(events, 1)), -1));
  assert.equal(await newest('events'), complete);
  assert.equal(await newest('truncated'), complete);
});

test('rows with a time of day stand for themselves alone', () => {
  const hours = ['2026-08-29 10:00:00', '2026-08-30 10:00:00', '2026-08-31 10:00:00'];
  assert.equal(newestStep(hours, { step: 'day' }), null);
  assert.equal(newestStep([], { step: 'day' }), null);
  assert.deepEqual(newestStep(['2026-08-31'], { step: 'week' }), {
    cutoff: '2026-09-01',
    overOn: '2026-09-01',
    begins: '2026-08-31',
  });
});
