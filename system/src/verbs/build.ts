import { TinoError } from '../contract/error.js';
import { buildViews } from '../features/index.js';
import type { House, VerbEffects } from '../ports/house.js';
import { ingest, type IngestReport } from '../sources/index.js';
import { part } from './effects.js';

export interface BuildReport {
  sources: IngestReport[];
  partitions: number;
}

/** Reads what changed in the sources, then builds the partitions of feature views that are missing. */
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
  const partitions = await buildViews(house, wanted, part(effects, 0.6, 1));
  return { sources, partitions };
}
