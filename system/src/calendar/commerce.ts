import { addDays, dateIn, nthWeekday, weekdayOf } from './dates.js';

/** Dates that move shops without being holidays, by the custom of Brazilian retail. */
export function commercialDates(year: number): { date: string; name: string }[] {
  return [
    { date: dateIn(year, 3, 15), name: 'Dia do Consumidor' },
    // Decreto 21.366/1932: second Sunday of May.
    { date: nthWeekday(year, 5, 7, 2), name: 'Dia das Mães' },
    { date: dateIn(year, 6, 12), name: 'Dia dos Namorados' },
    { date: nthWeekday(year, 8, 7, 2), name: 'Dia dos Pais' },
    { date: dateIn(year, 10, 12), name: 'Dia das Crianças' },
    // The day after Thanksgiving, the fourth Thursday of November.
    { date: addDays(nthWeekday(year, 11, 4, 4), 1), name: 'Black Friday' },
    { date: dateIn(year, 12, 24), name: 'Véspera de Natal' },
  ];
}

/**
 * Fifth working day of a month, when wages are due at the latest (CLT art. 459, § 1). Saturdays
 * count as working days for it (Instrução Normativa SRT/MTE 1/1989, art. 1).
 */
export function payDay(year: number, month: number, holidays: ReadonlySet<string>): string {
  let date = dateIn(year, month, 1);
  for (let worked = 0; ; date = addDays(date, 1)) {
    if (weekdayOf(date) !== 7 && !holidays.has(date)) worked++;
    if (worked === 5) return date;
  }
}

/** The date, or the last working day before it: what is due on a day off is paid earlier. */
function workingDayUntil(date: string, holidays: ReadonlySet<string>): string {
  let day = date;
  while (weekdayOf(day) >= 6 || holidays.has(day)) day = addDays(day, -1);
  return day;
}

/** The 20th of each month, when the first part of wages is paid by custom or collective agreement. */
export const advanceDays = (year: number, holidays: ReadonlySet<string>): string[] =>
  Array.from({ length: 12 }, (_, month) => workingDayUntil(dateIn(year, month + 1, 20), holidays));

/** Last days of the two instalments of the thirteenth salary: Lei 4.749/1965, arts. 1 and 2. */
export const thirteenthDays = (year: number, holidays: ReadonlySet<string>): string[] =>
  [dateIn(year, 11, 30), dateIn(year, 12, 20)].map((date) => workingDayUntil(date, holidays));

/**
 * January and July, and December from the 20th: what the calendars of the state school networks have
 * in common. LDB (Lei 9.394/1996, art. 24) fixes 200 school days and leaves the dates to the states.
 */
export function isSchoolHoliday(date: string): boolean {
  const day = date.slice(5);
  return day <= '01-31' || (day >= '07-10' && day <= '07-25') || day >= '12-20';
}
