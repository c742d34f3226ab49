import type { House } from '../ports/house.js';
import type { LoadedModel } from '../workspace/types.js';
import type { AbtManifest, AbtPurpose } from './abt-types.js';
import { currentTable } from '../sources/tables.js';
import { sourcesOf, textsOf, viewsOf } from './cutoffs.js';

/**
 * Where a model's numbers come from: its SQL by file, what that reads, and the last table built.
 */
export interface AbtExplanation {
  model: string;
  sql: Record<string, string>;
  views: { name: string; entity: string; build: string; file: string; sql: string }[];
  sources: string[];
  abt: AbtManifest | null;
}

export async function explainAbt(
  house: House,
  model: LoadedModel,
  purpose: AbtPurpose = 'train',
): Promise<AbtExplanation> {
  const part = house.workspace.parts[model.part]!;
  const table = await currentTable<AbtManifest>(house, 'abt', `${model.name}/${purpose}`);
  return {
    model: model.name,
    sql: model.sql,
    views: viewsOf(model, part).map(({ name, entity, build, file, sql }) => ({
      name,
      entity,
      build,
      file,
      sql,
    })),
    sources: textsOf(model, part).length > 0 ? sourcesOf(model, part).map(({ id }) => id) : [],
    abt: table?.manifest ?? null,
  };
}
