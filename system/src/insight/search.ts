import type { House } from '../ports/house.js';
import { readsSql } from '../workspace/insights.js';
import type { LoadedInsight, SqlInsight } from '../workspace/types.js';
import { lastBoundary, searchCohorts } from './cohorts.js';
import type { Found, Unlisted } from './finding.js';
import { listOf } from './lists.js';
import { searchMoves } from './moves.js';
import { searchPairs } from './pairs.js';
import { searchRate } from './rate.js';
import { readRows, type Rows } from './read.js';
import { searchTotal } from './total.js';

type Read = LoadedInsight<SqlInsight>;

const searches: Record<
  SqlInsight['look'],
  (insight: Read, rows: Rows, until: string) => Found<Unlisted>
> = {
  total: searchTotal,
  rate: searchRate,
  pairs: searchPairs,
  cohorts: searchCohorts,
};

/** More than a century of days: who bought for the first time is known from all purchases alone. */
const ALL = 1200;

/** A total is compared with the period before, a first purchase is looked for in all; others read one. */
const PERIODS = { total: 2, rate: 1, pairs: 1, cohorts: ALL };

/** A cohort is the same people whenever it is looked at; the other looks compare with now. */
export const endOf = ({ declaration: { look, period } }: Read, until: string): string =>
  look === 'cohorts' ? lastBoundary(until, period.days) : until;

/** Rows of a look, up to where it looks. */
export const rowsFor = (house: House, insight: Read, until: string): Promise<Rows> =>
  readRows(house, insight, {
    until: endOf(insight, until),
    periods: PERIODS[insight.declaration.look],
  });

export async function search(house: House, insight: LoadedInsight, until: string): Promise<Found> {
  if (!readsSql(insight)) return searchMoves(house, insight);
  const rows = await rowsFor(house, insight, until);
  const end = endOf(insight, until);
  const { findings, ...found } = searches[insight.declaration.look](insight, rows, end);
  const listed = (finding: Unlisted) => listOf(insight, rows, finding, end).length;
  return {
    ...found,
    findings: findings.map((finding) => ({ ...finding, listed: listed(finding) })),
  };
}
