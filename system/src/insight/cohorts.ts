import { categoryColumn, cohorts, rateDriverInsights, rateDrivers } from '@tino/learn';
import { addDays } from '../calendar/dates.js';
import type { LoadedInsight, SqlInsight } from '../workspace/types.js';
import type { CohortRow, Finding, Found } from './finding.js';
import type { Rows } from './read.js';

/** Name of the column by which a finding says its cohort: first day of the first purchase's period. */
const COHORT = 'cohort';

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
  };
}

/** Who came back, by the period of their first purchase; and which cohorts did so less or more. */
export function searchCohorts(
  { name, declaration }: LoadedInsight<SqlInsight>,
  rows: Rows,
  until: string,
): Found {
  if (declaration.look !== 'cohorts') throw new Error(`${name} looks for ${declaration.look}`);
  const { period, cohorts: shown } = declaration;
  const startOf = (when: number) => addDays(until, -period.days * (1 - when));
  const bought = purchasesOf(rows);
  const found = cohorts(bought, { agesMax: shown });
  const table = Array.from(found.periods, (when, i): CohortRow => {
    const [from, to] = [i * found.ages, (i + 1) * found.ages];
    return {
      start: startOf(when),
      size: found.sizes[i]!,
      retained: knownOf(found.retained.subarray(from, to)),
      value: knownOf(found.value.subarray(from, to)),
    };
  });
  const next = nextPeriodOf(bought, shown);
  const told = rateDrivers({
    x: { rows: next.came.length, columns: [categoryColumn(COHORT, next.started.map(startOf))] },
    happened: Float64Array.from(next.came),
  });
  const back = next.came.reduce((sum, came) => sum + came, 0);
  const moneyPerEvent = back === 0 ? 0 : next.value / back;
  const made = rateDriverInsights(told, { family: name, moneyPerEvent });
  const findings = made.map((insight, i): Finding => {
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
  { customers, periods, values }: ReturnType<typeof purchasesOf>,
  shown: number,
) {
  const first = new Map<number, number>();
  customers.forEach((customer, row) =>
    first.set(customer, Math.min(first.get(customer) ?? 0, periods[row]!)),
  );
  const came = new Map<number, number>();
  for (const [customer, when] of first) if (when < 0 && when > -shown) came.set(customer, 0);
  let value = 0;
  customers.forEach((customer, row) => {
    if (!came.has(customer) || periods[row] !== first.get(customer)! + 1) return;
    came.set(customer, 1);
    value += values[row]!;
  });
  const started = [...came.keys()].map((customer) => first.get(customer)!);
  return { started, came: [...came.values()], value };
}
