import { TinoError } from '../contract/error.js';
import { buildViews } from '../features/index.js';
import type { InsightsReport } from '../insight/run.js';
import type { House, VerbEffects } from '../ports/house.js';
import { ingest, sweepTables, type IngestReport } from '../sources/index.js';
import { part, sideBySide } from './effects.js';
import { insights } from './insights.js';

export interface BuildReport {
  sources: IngestReport[];
  partitions: number;
  insights: InsightsReport[];
  /** Files that were removed: of tables replaced longer ago than they are kept. */
  swept: number;
}

/**
 * Reads what changed in the sources, builds the partitions of feature views that are missing, and at
 * the same time looks for what is worth telling in what changed. What builds replaced long ago goes.
 */
export async function build(
  house: House,
  { view }: { view?: string },
  effects: VerbEffects,
): Promise<BuildReport> {
  const known = Object.values(house.workspace.parts).flatMap(({ views }) => Object.values(views));
  const wanted =
    view === undefined ? known : known.filter(({ id, name }) => id === view || name === view);
  if (view !== undefined && wanted.length === 0)
    throw new TinoError('NOT_FOUND', { kind: 'view', id: view });
  const sources = await ingest(house, 'all', part(effects, 0, 0.6));
  // Neither waits for the other: the one is the engine's work, the other for the most part ours.
  const [views, found] = sideBySide(part(effects, 0.6, 1), [0.7, 0.3]);
  const [partitions, looked] = await Promise.allSettled([
    buildViews(house, wanted, views!),
    insights(house, {}, found!),
  ]);
  if (partitions.status === 'rejected') throw partitions.reason;
  if (looked.status === 'rejected') throw looked.reason;
  const swept = await sweepTables(house);
  return { sources, partitions: partitions.value, insights: looked.value, swept };
}
