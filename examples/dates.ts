/*
 * Wall-clock time as a number of days since 1970-01-01, with hours as its fraction: no zone, no
 * clock. The simulated worlds count in it and write it as text.
 */

/** "YYYY-MM-DD" → day number. */
export function dayOf(text: string): number {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time)) throw new Error(`${text} is not a date; write it as YYYY-MM-DD`);
  return time / 86_400_000;
}

/** Day number → "YYYY-MM-DD". */
export const dateText = (day: number): string =>
  new Date(Math.floor(day) * 86_400_000).toISOString().slice(0, 10);

/** Day number with fraction → "YYYY-MM-DD HH:MM:SS". */
export const timeText = (time: number): string =>
  new Date(Math.floor(time * 86_400) * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (day: number): number => ((((Math.floor(day) + 3) % 7) + 7) % 7) + 1;

/** 1 to 12. */
export const monthOf = (day: number): number => Number(dateText(day).slice(5, 7));

export const dayOfMonth = (day: number): number => Number(dateText(day).slice(8, 10));

/** Position in the year, 0 to 1. */
export const yearPhase = (day: number): number => {
  const year = Number(dateText(day).slice(0, 4));
  const start = dayOf(`${year}-01-01`);
  return (day - start) / (dayOf(`${year + 1}-01-01`) - start);
};

const fixedHolidays = new Set('01-01 04-21 05-01 09-07 10-12 11-02 11-15 11-20 12-25'.split(' '));

/** Brazil's national holidays of fixed date. */
export const isHoliday = (day: number): boolean => fixedHolidays.has(dateText(day).slice(5));

/** The fourth Friday of November. */
export function blackFriday(year: number): number {
  const first = dayOf(`${year}-11-01`);
  return first + ((5 - weekdayOf(first) + 7) % 7) + 21;
}
