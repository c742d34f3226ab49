import type { InsightMember } from '../contract/insights.js';
import { TinoError } from '../contract/error.js';
import type { House } from '../ports/house.js';
import { pageFrom } from '../serving/pages.js';
import type { ExportTable } from '../serving/export.js';
import { dayNumber } from '../calendar/dates.js';
import { readsSql } from '../workspace/insights.js';
import { purchasesOf } from './cohorts.js';
import { declared } from './feed.js';
import { holder, type Finding } from './finding.js';
import { moversOf } from './moves.js';
import type { Rows } from './read.js';
import { endOf, rowsFor } from './search.js';
import { findStored, listRuns } from './store.js';

/**
 * Whom a finding is about, made from the tables when asked for, so that no list outlives a person's
 * erasure: of a total those who moved most, of a rate those to whom it happened, of a pair those
 * who have the first and not yet the second.
 */
export async function insightMembers(
  house: House,
  id: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: InsightMember[]; next: string | null; total: number }> {
  const all = await allMembers(house, id);
  const { items, next } = pageFrom(all, { cursor, limit });
  return { items, next, total: all.length };
}

export async function insightTable(house: House, id: string): Promise<ExportTable> {
  const stored = await findStored(house, id);
  const all = await allMembers(house, id);
  const insight = stored && declared(house, stored);
  const unit = insight && readsSql(insight) ? insight.declaration.unit : 'key';
  const names = Object.keys(all[0]?.figures ?? {});
  return {
    columns: [
      { name: unit, type: 'text' },
      ...names.map((name) => ({ name, type: 'number' as const })),
    ],
    rows: all.map(({ key, figures }) => [key, ...names.map((name) => figures[name]!)]),
  };
}

async function allMembers(house: House, id: string): Promise<InsightMember[]> {
  const stored = await findStored(house, id);
  const insight = stored && declared(house, stored);
  const run = (await listRuns(house)).find(({ part }) => part === stored?.part);
  if (stored === undefined || insight === undefined || run === undefined)
    throw new TinoError('NOT_FOUND', { kind: 'insight', id });
  const { body } = stored;
  if (!readsSql(insight)) return moversOf(house, insight, body);
  const rows = await rowsFor(house, insight, run.dataUntil);
  switch (insight.declaration.look) {
    case 'total':
      return moved(rows, body);
    case 'rate':
      return happened(rows, body);
    case 'pairs':
      return halves(rows, body);
    case 'cohorts':
      return away(rows, body, endOf(insight, run.dataUntil), insight.declaration.period.days);
  }
}

/** Those who moved most in the finding's direction. */
function moved(rows: Rows, { parts, what }: Finding): InsightMember[] {
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

function happened(rows: Rows, { parts }: Finding): InsightMember[] {
  const times = rows.numbers('happened');
  const holds = holder(rows, parts);
  const sums = gather(
    rows,
    (row) => holds(row) && times[row] === 1,
    () => ({ times: 1 }),
  );
  return [...sums]
    .map(([key, figures]) => ({ key, figures }))
    .sort((a, b) => b.figures['times']! - a.figures['times']! || (a.key < b.key ? -1 : 1));
}

/** Who has the first and not the second; those who paid most for the first come first. */
function halves(rows: Rows, { parts }: Finding): InsightMember[] {
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
function away(rows: Rows, { parts }: Finding, until: string, days: number): InsightMember[] {
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
