import { addDays } from '../calendar/dates.js';
import { TinoError } from '../contract/error.js';
import { hashOf } from '../workspace/hash.js';
import type { FeatureView } from '../workspace/types.js';
import type { AbtPurpose } from './abt-types.js';
import { knownCutoffs, partitionOf, sourcesOf } from './cutoffs.js';
import { generationsAt, type Ground } from './ground.js';
import type { TabularModel } from './tabular.js';

/** What an ABT will be made of, before anything is read. */
export interface Plan {
  ground: Ground;
  tabular: TabularModel;
  purpose: AbtPurpose;
  until: string;
  /** Of a calendar spine; one, `until`, otherwise. */
  cutoffs: string[];
  labelled: boolean;
  sources: [string, string, string][];
  fingerprint: string;
}

export function planOf(ground: Ground, of: TabularModel, purpose: AbtPurpose, until: string): Plan {
  const { declaration, model, horizonDays } = of;
  const labelled = purpose === 'train' && of.label !== undefined;
  const closed = addDays(until, -horizonDays);
  let cutoffs = [until];
  if (declaration.spine.kind === 'calendar' && labelled) {
    cutoffs = knownCutoffs(ground, model, declaration.cutoffs!, closed);
    if (cutoffs.length === 0) {
      const params = { model: model.name, from: declaration.cutoffs!.from, until: closed };
      throw new TinoError('NO_CUTOFFS', params, { where: model.file });
    }
  }
  const sources = generationsAt(ground, sourcesOf(model, ground.part), until);
  const what = { layout: 1, declaration: model.hash, purpose, until, cutoffs, sources };
  return {
    ground,
    tabular: of,
    purpose,
    until,
    cutoffs,
    labelled,
    sources,
    fingerprint: hashOf(what),
  };
}

/** Cut-offs at which a view is wanted, for rows at `dates`. */
export const partitionDates = (
  { tabular }: Plan,
  build: FeatureView['build'],
  dates: string[],
): string[] =>
  tabular.declaration.spine.kind === 'event'
    ? [...new Set(dates.map((date) => partitionOf(build, date)))].sort()
    : dates;
