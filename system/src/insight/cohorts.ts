import { categoryColumn, cohorts, rateDriverInsights, rateDrivers } from '@tino/learn';
import { addDays, dateOf, dayNumber } from '../calendar/dates.js';
import type { LoadedInsight, SqlInsight } from '../workspace/types.js';
import type { CohortRow, Found, Unlisted } from './finding.js';
import type { Rows } from './read.js';

/** Name of the column by which a finding says its cohort: first day of the first purchase's period. */
const COHORT = 'cohort';

/** A Monday, so that weeks begin as they do elsewhere. */
const FIRST_BOUNDARY = dayNumber('1970-01-05');

/**
 * The last day at which a period ends, at or before a date: periods lie where they lay yesterday, so
 * that a cohort is not another one, and news, every day.
 */
export const lastBoundary = (date: string, days: number): string =>
  dateOf(FIRST_BOUNDARY + Math.floor((dayNumber(date) - FIRST_BOUNDARY) / days) * days);

/** Purchases of those known: whose, in which period (0 the last, −1 the one before), for how much. */
export function purchasesOf(rows: Rows) {
  const amounts = rows.numbers('value');
  const { codes } = rows.unit;
  const customers = new Int32Array(rows.rows);
  const periods = new Int32Array(rows.rows);
  const values = new Float64Array(rows.rows);
  let count = 0;
  for (let row = 0; row < rows.rows; row++) {
    if (codes[row]! < 0 || !(amounts[row]! > 0)) continue;
    customers[count] = codes[row]!;
    periods[count] = -rows.age[row]!;
    values[count++] = amounts[row]!;
  }
  return {
    customers: customers.subarray(0, count),
    periods: periods.subarray(0, count),
    values: values.subarray(0, count),
    /** Days before the cut-off of the oldest row. */
    oldest: rows.daysAgo.reduce((most, ago) => Math.max(most, ago), 0),
  };
}

/**
 * Whether a first purchase is known to be one: whoever is seen for the first time when the data
 * begin, or within a period of it, may be an old customer.
 */
const isKnownFirst = (when: number, oldest: number, days: number): boolean =>
  (1 - when) * days - 1 <= oldest - days;

/** Who came back, by the period of their first purchase; and which cohorts did so less or more. */
export function searchCohorts(
  { name, declaration }: LoadedInsight<SqlInsight>,
  rows: Rows,
  until: string,
): Found<Unlisted> {
  if (declaration.look !== 'cohorts') throw new Error(`${name} looks for ${declaration.look}`);
  const { period, cohorts: shown } = declaration;
  const startOf = (when: number) => addDays(until, -period.days * (1 - when));
  const bought = purchasesOf(rows);
  const found = cohorts(bought, { agesMax: shown });
  const table = Array.from(found.periods).flatMap((when, i): CohortRow[] => {
    if (!isKnownFirst(when, bought.oldest, period.days)) return [];
    const [from, to] = [i * found.ages, (i + 1) * found.ages];
    const retained = knownOf(found.retained.subarray(from, to));
    const value = knownOf(found.value.subarray(from, to));
    return [{ start: startOf(when), size: found.sizes[i]!, retained, value }];
  });
  const next = nextPeriodOf(bought, { shown, days: period.days });
  const told = rateDrivers({
    x: { rows: next.came.length, columns: [categoryColumn(COHORT, next.started.map(startOf))] },
    happened: Float64Array.from(next.came),
  });
  const back = next.came.reduce((sum, came) => sum + came, 0);
  const moneyPerEvent = back === 0 ? 0 : next.value / back;
  const made = rateDriverInsights(told, { family: name, moneyPerEvent });
  const findings = made.map((insight, i): Unlisted => {
    const { parts, rows: size, happened, rate, lower, upper } = told.drivers[i]!;
    // Of all the others, also of those whom a surer finding is about.
    const rateElsewhere = (back - happened) / (next.came.length - size);
    return {
      ...insight,
      what: insight.what === 'rateLower' ? 'stayedLess' : 'stayedMore',
      parts,
      people: size,
      figures: { size, back: happened, rate, rateElsewhere, lower, upper },
    };
  });
  const newcomers = next.came.length;
  return {
    findings,
    headline: { newcomers, back, ...(newcomers > 0 && { rate: back / newcomers }) },
    cohorts: table.slice(-shown),
    families: 1,
    looks: told.looks,
  };
}

/** Trailing periods that are still to come are left out. */
function knownOf(values: Float64Array): (number | null)[] {
  const known = [...values].map((value) => (Number.isNaN(value) ? null : value));
  while (known.length > 0 && known.at(-1) === null) known.pop();
  return known;
}

/**
 * Of those whose first purchase lies in one of the `shown` last periods but the last: whether they
 * bought in the period after it, and for how much all of them.
 */
function nextPeriodOf(
  { customers, periods, values, oldest }: ReturnType<typeof purchasesOf>,
  { shown, days }: { shown: number; days: number },
) {
  const first = new Map<number, number>();
  customers.forEach((customer, row) =>
    first.set(customer, Math.min(first.get(customer) ?? 0, periods[row]!)),
  );
  const came = new Map<number, number>();
  for (const [customer, when] of first)
    if (when < 0 && when > -shown && isKnownFirst(when, oldest, days)) came.set(customer, 0);
  let value = 0;
  customers.forEach((customer, row) => {
    if (!came.has(customer) || periods[row] !== first.get(customer)! + 1) return;
    came.set(customer, 1);
    value += values[row]!;
  });
  const started = [...came.keys()].map((customer) => first.get(customer)!);
  return { started, came: [...came.values()], value };
}
