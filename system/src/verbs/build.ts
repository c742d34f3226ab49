import { TinoError } from '../contract/error.js';
import { buildViews } from '../features/index.js';
import type { InsightsReport } from '../insight/run.js';
import type { House, VerbEffects } from '../ports/house.js';
import { ingest, type IngestReport } from '../sources/index.js';
import { part } from './effects.js';
import { insights } from './insights.js';

export interface BuildReport {
  sources: IngestReport[];
  partitions: number;
  insights: InsightsReport[];
}

/**
 * Reads what changed in the sources, builds the partitions of feature views that are missing, and
 * looks for what is worth telling in what changed.
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
  const partitions = await buildViews(house, wanted, part(effects, 0.6, 0.9));
  const found = await insights(house, {}, part(effects, 0.9, 1));
  return { sources, partitions, insights: found };
}
