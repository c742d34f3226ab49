import {
  advanceDays,
  commercialDates,
  isSchoolHoliday,
  payDay,
  thirteenthDays,
} from './commerce.js';
import { addDays, dateOf, dayNumber, weekdayOf } from './dates.js';
import { nationalHolidays } from './holidays.js';

/** One local date of the built-in table `calendar`. */
export interface CalendarRow {
  date: string;
  /** 1 (Monday) to 7 (Sunday). */
  weekday: number;
  is_weekend: boolean;
  /** A national holiday by law. */
  is_holiday: boolean;
  /** Holiday or day off by custom; null on other days. */
  holiday: string | null;
  /** A day off by custom: Carnival, Ash Wednesday's eve, Corpus Christi. */
  is_optional: boolean;
  /** Banks do not open. */
  is_bank_holiday: boolean;
  /** State schools are on holiday nearly everywhere. */
  is_school_holiday: boolean;
  /** A working day between a holiday and a weekend. */
  is_bridge: boolean;
  /** Fifth working day of the month. */
  is_pay_day: boolean;
  days_since_pay_day: number;
  /** Where wages are paid in two parts, the first comes on the 20th, or the working day before. */
  is_advance_day: boolean;
  /** Last day of an instalment of the thirteenth salary. */
  is_thirteenth_salary: boolean;
  /** To the next national holiday or day off by custom, 0 on it. */
  days_to_holiday: number;
  /** Mother's Day, Black Friday and the like; null on other days. */
  event: string | null;
  /** To the next commercial date. */
  days_to_event: number;
}

/** Rows of each local date from `from` to `to`, both included. */
export function calendarRows(from: string, to: string): CalendarRow[] {
  const first = Number(from.slice(0, 4)) - 1;
  const years = Array.from({ length: Number(to.slice(0, 4)) - first + 2 }, (_, i) => first + i);
  const holidays = new Map(years.flatMap(nationalHolidays).map((day) => [day.date, day]));
  const official = new Set([...holidays.values()].filter((day) => day.official).map((d) => d.date));
  const events = new Map(years.flatMap(commercialDates).map((day) => [day.date, day.name]));
  const payDays = new Set(
    years.flatMap((year) =>
      Array.from({ length: 12 }, (_, month) => payDay(year, month + 1, official)),
    ),
  );
  const eventDays = [...events.keys()].map(dayNumber).sort((a, b) => a - b);
  const daysOff = [...holidays.keys()].map(dayNumber).sort((a, b) => a - b);
  const advances = new Set(years.flatMap((year) => advanceDays(year, official)));
  const thirteenths = new Set(years.flatMap((year) => thirteenthDays(year, official)));

  const isOff = (date: string) => weekdayOf(date) >= 6 || holidays.has(date);
  const isBridge = (date: string) =>
    !isOff(date) &&
    isOff(addDays(date, -1)) &&
    isOff(addDays(date, 1)) &&
    (holidays.has(addDays(date, -1)) || holidays.has(addDays(date, 1)));

  const start = dayNumber(from);
  let lastPay = start;
  while (!payDays.has(dateOf(lastPay))) lastPay--;
  let nextEvent = 0;
  let nextOff = 0;
  return Array.from({ length: dayNumber(to) - start + 1 }, (_, i) => {
    const day = start + i;
    const date = dateOf(day);
    if (payDays.has(date)) lastPay = day;
    while (eventDays[nextEvent]! < day) nextEvent++;
    while (daysOff[nextOff]! < day) nextOff++;
    return {
      date,
      weekday: weekdayOf(date),
      is_weekend: weekdayOf(date) >= 6,
      is_holiday: official.has(date),
      holiday: holidays.get(date)?.name ?? null,
      is_optional: holidays.get(date)?.official === false,
      is_bank_holiday: holidays.has(date) || date.endsWith('-12-31'),
      is_school_holiday: isSchoolHoliday(date),
      is_bridge: isBridge(date),
      is_pay_day: payDays.has(date),
      days_since_pay_day: day - lastPay,
      is_advance_day: advances.has(date),
      is_thirteenth_salary: thirteenths.has(date),
      days_to_holiday: daysOff[nextOff]! - day,
      event: events.get(date) ?? null,
      days_to_event: eventDays[nextEvent]! - day,
    };
  });
}

export const calendarTypes = {
  date: 'date',
  weekday: 'integer',
  is_weekend: 'boolean',
  is_holiday: 'boolean',
  holiday: 'text',
  is_optional: 'boolean',
  is_bank_holiday: 'boolean',
  is_school_holiday: 'boolean',
  is_bridge: 'boolean',
  is_pay_day: 'boolean',
  days_since_pay_day: 'integer',
  is_advance_day: 'boolean',
  is_thirteenth_salary: 'boolean',
  days_to_holiday: 'integer',
  event: 'text',
  days_to_event: 'integer',
} as const satisfies Record<keyof CalendarRow, 'date' | 'integer' | 'boolean' | 'text'>;
