const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a local date `YYYY-MM-DD`. */
export const dayNumber = (date: string): number =>
  Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY_MS;

/** The local date of a day number. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => dateOf(dayNumber(date) + days);

/** 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (date: string): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;

export const dateIn = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** The `nth` given weekday of a month. */
export function nthWeekday(year: number, month: number, weekday: number, nth: number): string {
  const first = dateIn(year, month, 1);
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Made once a zone: to make one takes longer than all that many answers ask of it. */
function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    clocks.set(zone, clock);
  }
  return clock;
}

/** Local date and time of an instant in a zone, as `YYYY-MM-DD HH:MM:SS`. */
export function wallClock(instant: Date, zone: string): string {
  const parts = clockOf(zone).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)!.value;
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}:${of('second')}`;
}
