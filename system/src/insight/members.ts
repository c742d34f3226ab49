import type { InsightMember } from '../contract/insights.js';
import { TinoError } from '../contract/error.js';
import type { House } from '../ports/house.js';
import { pageFrom } from '../serving/pages.js';
import type { ExportTable } from '../serving/export.js';
import { readsSql } from '../workspace/insights.js';
import { declared } from './feed.js';
import { listOf } from './lists.js';
import { moversOf } from './moves.js';
import { endOf, rowsFor } from './search.js';
import { findStored, listRuns } from './store.js';

/**
 * Whom a finding is about, made from the tables when asked for, so that no list outlives a person's
 * erasure.
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
    count: all.length,
    row(at) {
      const { key, figures } = all[at]!;
      return [key, ...names.map((name) => figures[name]!)];
    },
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
  return listOf(insight, rows, body, endOf(insight, run.dataUntil));
}
