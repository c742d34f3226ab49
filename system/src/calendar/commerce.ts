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
