import type Holidays from 'date-holidays';
import { nationalHolidays } from './holidays.js';

/** One row of the built-in table `local_holidays`: a day off for a place and all within it. */
export interface LocalHoliday {
  date: string;
  /** Two letters, such as SP; null: the whole country. */
  state: string | null;
  /** As its people write it; null: the whole state. */
  city: string | null;
  holiday: string;
  kind: 'national' | 'state' | 'city';
}

/** Cities that `date-holidays` knows, by its codes. */
const cityNames: Record<string, string> = {
  'GO GOIANIA': 'Goiânia',
  'MG BH': 'Belo Horizonte',
  'PE RE': 'Recife',
  'PR CU': 'Curitiba',
  'RJ RJ': 'Rio de Janeiro',
  'SP SP': 'São Paulo',
};

/**
 * Days that the other state capitals keep by city law, of fixed dates: Lei 9.093/1995, art. 2,
 * leaves each city up to four religious ones, Good Friday among them; taken from the calendars that
 * the city halls publish.
 */
const capitalDays: readonly [state: string, city: string, day: string, holiday: string][] = [
  ['AC', 'Rio Branco', '12-28', 'Aniversário da cidade'],
  ['AL', 'Maceió', '08-27', 'Nossa Senhora dos Prazeres'],
  ['AM', 'Manaus', '10-24', 'Aniversário da cidade'],
  ['AM', 'Manaus', '12-08', 'Nossa Senhora da Conceição'],
  ['AP', 'Macapá', '02-04', 'Aniversário da cidade'],
  ['BA', 'Salvador', '06-24', 'São João'],
  ['BA', 'Salvador', '12-08', 'Nossa Senhora da Conceição da Praia'],
  ['CE', 'Fortaleza', '03-19', 'São José'],
  ['CE', 'Fortaleza', '08-15', 'Nossa Senhora da Assunção'],
  ['ES', 'Vitória', '09-08', 'Nossa Senhora da Vitória'],
  ['MA', 'São Luís', '09-08', 'Aniversário da cidade'],
  ['MA', 'São Luís', '12-08', 'Nossa Senhora da Conceição'],
  ['MS', 'Campo Grande', '06-13', 'Santo Antônio'],
  ['MS', 'Campo Grande', '08-26', 'Aniversário da cidade'],
  ['MT', 'Cuiabá', '04-08', 'Aniversário da cidade'],
  ['PA', 'Belém', '01-12', 'Aniversário da cidade'],
  ['PA', 'Belém', '12-08', 'Nossa Senhora da Conceição'],
  ['PB', 'João Pessoa', '06-24', 'São João'],
  ['PB', 'João Pessoa', '12-08', 'Nossa Senhora da Conceição'],
  ['PI', 'Teresina', '08-16', 'Aniversário da cidade'],
  ['PI', 'Teresina', '12-08', 'Nossa Senhora da Conceição'],
  ['RN', 'Natal', '01-06', 'Santos Reis'],
  ['RN', 'Natal', '11-21', 'Nossa Senhora da Apresentação'],
  ['RO', 'Porto Velho', '01-24', 'Instalação do município'],
  ['RO', 'Porto Velho', '10-02', 'Criação do município'],
  ['RR', 'Boa Vista', '07-09', 'Aniversário da cidade'],
  ['RS', 'Porto Alegre', '02-02', 'Nossa Senhora dos Navegantes'],
  ['SC', 'Florianópolis', '03-23', 'Aniversário da cidade'],
  ['SE', 'Aracaju', '03-17', 'Aniversário da cidade'],
  ['SE', 'Aracaju', '06-24', 'São João'],
  ['SE', 'Aracaju', '12-08', 'Nossa Senhora da Conceição'],
  ['TO', 'Palmas', '05-20', 'Aniversário da cidade'],
];

/**
 * Holidays by law of country, states and capitals, sorted: states and six cities as `date-holidays`
 * keeps them, the country and the other capitals as we do. The library is loaded when first asked.
 */
export async function localHolidays(fromYear: number, toYear: number): Promise<LocalHoliday[]> {
  const { default: Library } = await import('date-holidays');
  const years = Array.from({ length: toYear - fromYear + 1 }, (_, i) => fromYear + i);
  const rows = years.flatMap((year) => [...national(year), ...capitals(year)]);
  const known = new Set(rows.map(({ date }) => date));
  const states = Object.keys(new Library('BR').getStates('BR') ?? {});
  for (const state of states) {
    const days = lawful(new Library('BR', state), years);
    const own = days.filter(({ date, name }) => !isNational(known, rows, date, name));
    rows.push(
      ...own.map(({ date, name }) => ({
        date,
        state,
        city: null,
        holiday: name,
        kind: 'state' as const,
      })),
    );
    const ofState = new Set(days.map(({ date }) => date));
    for (const region of Object.keys(new Library('BR', state).getRegions('BR', state) ?? {})) {
      const city = cityNames[`${state} ${region}`];
      if (city === undefined) continue;
      const here = lawful(new Library('BR', state, region), years);
      rows.push(
        ...here
          .filter(({ date, name }) => !ofState.has(date) && !isNational(known, rows, date, name))
          .map(({ date, name }) => ({ date, state, city, holiday: name, kind: 'city' as const })),
      );
    }
  }
  const place = ({ date, state, city }: LocalHoliday) => `${date} ${state ?? ''} ${city ?? ''}`;
  return rows.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

const national = (year: number): LocalHoliday[] =>
  nationalHolidays(year)
    .filter(({ official }) => official)
    .map(({ date, name }) => ({ date, state: null, city: null, holiday: name, kind: 'national' }));

const capitals = (year: number): LocalHoliday[] =>
  capitalDays.map(([state, city, day, holiday]) => ({
    date: `${year}-${day}`,
    state,
    city,
    holiday,
    kind: 'city',
  }));

const lawful = (library: Holidays, years: readonly number[]) =>
  years.flatMap((year) =>
    (library.getHolidays(year) ?? [])
      .filter(({ type }) => type === 'public')
      .map(({ date, name }) => ({ date: date.slice(0, 10), name })),
  );

/** Days of the country are ours; the library's election days are the country's too, and Sundays. */
const isNational = (
  known: ReadonlySet<string>,
  rows: readonly LocalHoliday[],
  date: string,
  name: string,
): boolean =>
  /elei(ç|c)/i.test(name) ||
  (known.has(date) && rows.some((row) => row.date === date && row.kind === 'national'));

export const localTypes = {
  date: 'date',
  state: 'text',
  city: 'text',
  holiday: 'text',
  kind: 'text',
} as const satisfies Record<keyof LocalHoliday, 'date' | 'text'>;
