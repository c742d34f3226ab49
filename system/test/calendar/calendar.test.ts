import assert from 'node:assert/strict';
import { test } from 'node:test';
import { payDay } from '../../src/calendar/commerce.js';
import { addDays, nthWeekday, wallClock, weekdayOf } from '../../src/calendar/dates.js';
import { easter, nationalHolidays } from '../../src/calendar/holidays.js';
import { localHolidays } from '../../src/calendar/local.js';
import { calendarRows } from '../../src/calendar/rows.js';

test('Easter falls where the almanac says', () => {
  const known = [
    '2000-04-23',
    '2008-03-23',
    '2017-04-16',
    '2024-03-31',
    '2025-04-20',
    '2038-04-25',
  ];
  for (const date of known) assert.equal(easter(Number(date.slice(0, 4))), date);
});

test('holidays of 2024: Carnival, Corpus Christi, and the first Black Awareness Day', () => {
  const dates = nationalHolidays(2024).map(({ date, name }) => `${date} ${name}`);
  assert.ok(dates.includes('2024-02-13 Carnaval'));
  assert.ok(dates.includes('2024-03-29 Sexta-feira Santa'));
  assert.ok(dates.includes('2024-05-30 Corpus Christi'));
  assert.ok(dates.includes('2024-11-20 Consciência Negra'));
  assert.ok(!nationalHolidays(2023).some(({ date }) => date === '2023-11-20'));
});

test('the fifth working day counts Saturdays and skips holidays', () => {
  // 2024-11-01 is a Friday, 02 a holiday, 03 a Sunday: 1, 4, 5, 6, 7.
  assert.equal(payDay(2024, 11, new Set(['2024-11-02'])), '2024-11-07');
  assert.equal(payDay(2024, 2, new Set()), '2024-02-06');
});

test('rows: one a day, Black Friday and Mother’s Day, bridges, days since pay day', () => {
  const rows = calendarRows('2024-01-01', '2024-12-31');
  assert.equal(rows.length, 366);
  const of = (date: string) => rows.find((row) => row.date === date)!;
  assert.equal(of('2024-11-29').event, 'Black Friday');
  assert.equal(of('2024-05-12').event, 'Dia das Mães');
  assert.equal(of('2024-05-10').days_to_event, 2);
  assert.equal(of('2024-05-31').is_bridge, true, 'Friday after Corpus Christi');
  assert.equal(of('2024-05-29').is_bridge, false);
  assert.equal(of('2024-11-07').is_pay_day, true);
  assert.equal(of('2024-11-10').days_since_pay_day, 3);
});

test('dates: weekdays, nth weekday, wall clock across daylight saving', () => {
  assert.equal(weekdayOf('2026-11-21'), 6);
  assert.equal(nthWeekday(2024, 5, 7, 2), '2024-05-12');
  assert.equal(addDays('2024-02-28', 2), '2024-03-01');
  assert.equal(
    wallClock(new Date('2017-10-15T03:00:00Z'), 'America/Sao_Paulo'),
    '2017-10-15 01:00:00',
  );
});

test('wages, advances, the thirteenth salary, banks and schools', () => {
  const rows = calendarRows('2025-01-01', '2025-12-31');
  const of = (date: string) => rows.find((row) => row.date === date)!;
  assert.equal(of('2025-09-19').is_advance_day, true, 'the 20th is a Saturday');
  assert.equal(of('2025-10-20').is_advance_day, true);
  assert.equal(rows.filter((row) => row.is_advance_day).length, 12);
  assert.equal(of('2025-11-28').is_thirteenth_salary, true, 'the 30th is a Sunday');
  assert.equal(of('2025-12-19').is_thirteenth_salary, true, 'the 20th is a Saturday');
  assert.equal(of('2025-03-04').is_optional, true, 'Carnival');
  assert.equal(of('2025-03-04').is_bank_holiday, true);
  assert.equal(of('2025-12-31').is_bank_holiday, true);
  assert.equal(of('2025-12-31').is_holiday, false);
  assert.equal(of('2025-12-22').days_to_holiday, 3);
  assert.equal(of('2025-12-25').days_to_holiday, 0);
  assert.equal(of('2025-01-15').is_school_holiday, true);
  assert.equal(of('2025-03-20').is_school_holiday, false);
});

test('holidays of states and capitals: each once, and none that the country has', async () => {
  const rows = await localHolidays(2024, 2026);
  const has = (date: string, state: string, city: string | null) =>
    rows.some((row) => row.date === date && row.state === state && row.city === city);
  assert.ok(has('2025-07-09', 'SP', null), 'Constitutionalist Revolution');
  assert.ok(has('2025-01-25', 'SP', 'São Paulo'));
  assert.ok(has('2025-01-20', 'RJ', 'Rio de Janeiro'));
  assert.ok(has('2026-07-02', 'BA', null), 'independence of Bahia');
  assert.ok(has('2026-12-08', 'BA', 'Salvador'));
  assert.equal(
    new Set(rows.filter(({ state }) => state !== null).map((row) => row.state)).size,
    27,
  );
  const national = new Set(rows.filter((row) => row.kind === 'national').map((row) => row.date));
  assert.equal(national.size, rows.filter((row) => row.kind === 'national').length);
  assert.ok(rows.every((row) => row.kind === 'national' || !national.has(row.date)));
  const places = rows.map(({ date, state, city }) => `${date} ${state ?? ''} ${city ?? ''}`);
  assert.deepEqual(places, [...places].sort());
});
