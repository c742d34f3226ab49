import type { InsightMember } from '../contract/insights.js';
import { dayNumber } from '../calendar/dates.js';
import type { LoadedInsight, SqlInsight } from '../workspace/types.js';
import { purchasesOf } from './cohorts.js';
import { holder, type Finding } from './finding.js';
import type { Rows } from './read.js';

type Reason = Pick<Finding, 'what' | 'parts'>;

/**
 * Whom a finding is about: of a total those who moved in its direction, of a rate those to whom it
 * happened, of a pair those who have the first and not yet the second, of a cohort those who are away.
 */
export function listOf(
  { declaration }: LoadedInsight<SqlInsight>,
  rows: Rows,
  finding: Reason,
  until: string,
): InsightMember[] {
  switch (declaration.look) {
    case 'total':
      return moved(rows, finding);
    case 'rate':
      return happened(rows, finding);
    case 'pairs':
      return halves(rows, finding);
    case 'cohorts':
      return away(rows, finding, until, declaration.period.days);
  }
}

/** Those who moved most in the finding's direction. */
function moved(rows: Rows, { parts, what }: Reason): InsightMember[] {
  const values = rows.numbers('value');
  const sums = gather(rows, holder(rows, parts), (row) => {
    const value = Number.isNaN(values[row]!) ? 0 : values[row]!;
    return rows.age[row] === 0 ? { after: value } : { before: value };
  });
  const way = what === 'totalFell' ? 1 : -1;
  return [...sums]
    .map(([key, { before = 0, after = 0 }]) => ({
      key,
      figures: { before, after, change: after - before },
    }))
    .filter(({ figures }) => figures.change * way < 0)
    .sort((a, b) => way * (a.figures.change - b.figures.change) || (a.key < b.key ? -1 : 1));
}

/** Of what happens more often those to whom it did; of what is rarer everyone there. */
function happened(rows: Rows, { parts, what }: Reason): InsightMember[] {
  const yes = rows.numbers('happened');
  const holds = holder(rows, parts);
  const sums = gather(
    rows,
    (row) => holds(row) && (what === 'rateLower' ? !Number.isNaN(yes[row]!) : yes[row] === 1),
    (row) => ({ times: yes[row]!, ...(what === 'rateLower' && { of: 1 }) }),
  );
  return [...sums]
    .map(([key, figures]) => ({ key, figures }))
    .sort((a, b) => b.figures['times']! - a.figures['times']! || (a.key < b.key ? -1 : 1));
}

/** Who has the first and not the second; those who paid most for the first come first. */
function halves(rows: Rows, { parts }: Reason): InsightMember[] {
  const item = rows.categories('item');
  const values = rows.numbers('value');
  const [first, next] = parts.map(({ level }) => item.levels.indexOf(level));
  const of = (code: number | undefined) =>
    gather(
      rows,
      (row) => item.codes[row] === code && values[row]! > 0,
      (row) => ({ value: values[row]! }),
    );
  const both = of(next);
  return [...of(first)]
    .filter(([key]) => !both.has(key))
    .map(([key, figures]) => ({ key, figures }))
    .sort((a, b) => b.figures['value']! - a.figures['value']! || (a.key < b.key ? -1 : 1));
}

/** Of a cohort, who did not buy in the period after the first; who paid most comes first. */
function away(rows: Rows, { parts }: Reason, until: string, days: number): InsightMember[] {
  const { customers, periods, values } = purchasesOf(rows);
  const when = 1 - (dayNumber(until) - dayNumber(parts[0]!.level)) / days;
  const people = new Map<number, { first: number; back: boolean; value: number }>();
  customers.forEach((customer, row) => {
    const one = people.get(customer) ?? { first: 0, back: false, value: 0 };
    one.first = Math.min(one.first, periods[row]!);
    one.back ||= periods[row] === when + 1;
    one.value += values[row]!;
    people.set(customer, one);
  });
  return [...people]
    .filter(([, { first, back }]) => first === when && !back)
    .map(([code, { value }]) => ({ key: rows.unit.levels[code]!, figures: { value } }))
    .sort((a, b) => b.figures.value - a.figures.value || (a.key < b.key ? -1 : 1));
}

function gather(
  { rows, unit }: Rows,
  holds: (row: number) => boolean,
  figures: (row: number) => Record<string, number>,
): Map<string, Record<string, number>> {
  const sums = new Map<string, Record<string, number>>();
  for (let row = 0; row < rows; row++) {
    const code = unit.codes[row]!;
    if (code < 0 || !holds(row)) continue;
    const key = unit.levels[code]!;
    const own = sums.get(key) ?? {};
    sums.set(key, own);
    for (const [name, value] of Object.entries(figures(row))) own[name] = (own[name] ?? 0) + value;
  }
  return sums;
}
