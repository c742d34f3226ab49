import { addDays, dateIn } from './dates.js';

export interface Holiday {
  date: string;
  name: string;
  /** A public holiday by law; Carnival and Ash Wednesday are days off by custom only. */
  official: boolean;
}

/**
 * Gregorian Easter: Meeus, Jones and Butcher's method (Meeus, Astronomical Algorithms, 1991, ch.
 * 8).
 */
export function easter(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const solar = Math.floor((8 * century + 13) / 25);
  const epact = (19 * golden + century - Math.floor(century / 4) - solar + 15) % 30;
  const weekday =
    (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * correction + 114;
  return dateIn(year, Math.floor(sum / 31), (sum % 31) + 1);
}

/** Brazil's national holidays of a year, sorted. */
export function nationalHolidays(year: number): Holiday[] {
  const sunday = easter(year);
  const official = (date: string, name: string): Holiday => ({ date, name, official: true });
  const customary = (date: string, name: string): Holiday => ({ date, name, official: false });
  const holidays = [
    // Lei 662/1949, in the wording of Lei 10.607/2002.
    official(dateIn(year, 1, 1), 'Confraternização Universal'),
    official(dateIn(year, 4, 21), 'Tiradentes'),
    official(dateIn(year, 5, 1), 'Dia do Trabalho'),
    official(dateIn(year, 9, 7), 'Independência'),
    official(dateIn(year, 11, 2), 'Finados'),
    official(dateIn(year, 11, 15), 'Proclamação da República'),
    official(dateIn(year, 12, 25), 'Natal'),
    // Lei 6.802/1980.
    official(dateIn(year, 10, 12), 'Nossa Senhora Aparecida'),
    // Lei 9.093/1995, art. 2: Good Friday, by municipal law everywhere.
    official(addDays(sunday, -2), 'Sexta-feira Santa'),
    // Days off by custom (Portarias of the federal calendar): no law makes them holidays.
    customary(addDays(sunday, -48), 'Carnaval'),
    customary(addDays(sunday, -47), 'Carnaval'),
    customary(addDays(sunday, 60), 'Corpus Christi'),
  ];
  // Lei 14.759/2023, in force for the first time in November 2024.
  if (year >= 2024) holidays.push(official(dateIn(year, 11, 20), 'Consciência Negra'));
  return holidays.sort((a, b) => (a.date < b.date ? -1 : 1));
}
