import { dayNumber, wallClock } from '../calendar/dates.js';
import { say } from '../contract/error.js';
import type { SourceAnswer } from '../contract/operations.js';
import type { House } from '../ports/house.js';
import type { Source } from '../workspace/types.js';
import { allSources } from './ingest.js';
import type { SourceManifest } from './manifest.js';
import { clockOf } from './moments.js';
import { currentTables, type CommittedTable } from './tables.js';

/** What is known of each source: rows, rejects with reasons, freshness. */
export async function sourceStatus(house: House): Promise<SourceAnswer[]> {
  const stored = await currentTables<SourceManifest>(house, 'source');
  const today = wallClock(house.now(), house.workspace.zone).slice(0, 10);
  return allSources(house).map((source) => statusOf(source, stored.get(source.id), today));
}

function statusOf(
  source: Source,
  table: CommittedTable<SourceManifest> | undefined,
  today: string,
): SourceAnswer {
  const manifest = table?.manifest;
  const newest = manifest?.newest ?? null;
  return {
    id: source.id,
    part: source.part,
    name: source.name,
    rows: table?.rows ?? null,
    rejects: manifest?.rejects ?? 0,
    newest,
    ingestedAt: table?.at.toISOString() ?? null,
    fresh: source.freshWithin && newest ? isFresh(newest, today, source.freshWithin.days) : null,
    columns: Object.entries(source.columns).map(([name, column]) => ({
      name,
      type: column.type,
      personal: column.personal === true,
      knownAt: clockOf(source, name) ?? null,
    })),
    reasons: (manifest?.reasons ?? []).map(({ code, count, example }) => ({
      code,
      count,
      says: { pt: say(code, example, 'pt').message, en: say(code, example, 'en').message },
      example: String(example['value'] ?? example['key'] ?? example['detail'] ?? ''),
    })),
  };
}

const isFresh = (newest: string, today: string, days: number): boolean =>
  dayNumber(today) - dayNumber(newest) <= days;
