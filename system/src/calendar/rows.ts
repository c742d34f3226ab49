import { commercialDates, payDay } from './commerce.js';
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
  /** A working day between a holiday and a weekend. */
  is_bridge: boolean;
  /** Fifth working day of the month. */
  is_pay_day: boolean;
  days_since_pay_day: number;
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
  return Array.from({ length: dayNumber(to) - start + 1 }, (_, i) => {
    const day = start + i;
    const date = dateOf(day);
    if (payDays.has(date)) lastPay = day;
    while (eventDays[nextEvent]! < day) nextEvent++;
    return {
      date,
      weekday: weekdayOf(date),
      is_weekend: weekdayOf(date) >= 6,
      is_holiday: official.has(date),
      holiday: holidays.get(date)?.name ?? null,
      is_bridge: isBridge(date),
      is_pay_day: payDays.has(date),
      days_since_pay_day: day - lastPay,
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
  is_bridge: 'boolean',
  is_pay_day: 'boolean',
  days_since_pay_day: 'integer',
  event: 'text',
  days_to_event: 'integer',
} as const satisfies Record<keyof CalendarRow, 'date' | 'integer' | 'boolean' | 'text'>;
