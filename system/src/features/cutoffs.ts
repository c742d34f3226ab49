import { addDays, wallClock, weekdayOf } from '../calendar/dates.js';
import type { House } from '../ports/house.js';
import type { SourceManifest } from '../sources/manifest.js';
import { currentTables } from '../sources/tables.js';
import type { Cutoffs, FeatureView, LoadedModel, Part, Source } from '../workspace/types.js';
import { sourcesNamed, timed, type Ground } from './ground.js';

/** Cut-offs from `from` to the declared end or `until`, both included. */
export function cutoffsOf(cutoffs: Cutoffs, until: string): string[] {
  const last = cutoffs.to !== undefined && cutoffs.to < until ? cutoffs.to : until;
  const dates: string[] = [];
  let date = partitionOf(cutoffs.every, cutoffs.from);
  if (date < cutoffs.from) date = nextPartition(cutoffs.every, date);
  for (; date <= last; date = nextPartition(cutoffs.every, date)) dates.push(date);
  return dates;
}

/**
 * Cut-offs of a model from the first at which one of its timed sources knew something: a declaration
 * may begin long before the data of a shop do, and there is nothing to learn from years of nothing.
 */
export function knownCutoffs(
  { part, stored }: Ground,
  model: LoadedModel,
  cutoffs: Cutoffs,
  until: string,
): string[] {
  const oldest = timed(sourcesOf(model, part)).map(({ id }) => stored.get(id)?.manifest.oldest);
  const all = cutoffsOf(cutoffs, until);
  if (oldest.length === 0 || !oldest.every((moment) => typeof moment === 'string')) return all;
  const first = oldest.reduce((least, moment) => (moment < least ? moment : least));
  return all.filter((date) => first <= `${date} 00:00:00`);
}

/** The newest cut-off of a rhythm at or before a local date; weeks start on Monday. */
export function partitionOf(rhythm: FeatureView['build'], date: string): string {
  if (rhythm === 'month') return `${date.slice(0, 7)}-01`;
  return rhythm === 'week' ? addDays(date, 1 - weekdayOf(date)) : date;
}

function nextPartition(rhythm: Cutoffs['every'], date: string): string {
  if (rhythm === 'month') return partitionOf('month', addDays(date, 31));
  return addDays(date, rhythm === 'week' ? 7 : 1);
}

/** Views that a model reads. */
export const viewsOf = (model: LoadedModel, part: Part): FeatureView[] =>
  'features' in model.declaration
    ? model.declaration.features.map((name) => part.views[name]!)
    : [];

/** All SQL that a model's numbers come from. */
export const textsOf = (model: LoadedModel, part: Part): string[] => [
  ...Object.values(model.sql),
  ...viewsOf(model, part).map(({ sql }) => sql),
];

/** Sources that a model reads, its spine's among them. */
export function sourcesOf(model: LoadedModel, part: Part): Source[] {
  const { declaration } = model;
  const spine =
    'spine' in declaration && 'source' in declaration.spine ? declaration.spine.source : '';
  const named = sourcesNamed(part, textsOf(model, part));
  const own = part.sources[spine];
  return own && !named.includes(own) ? [own, ...named] : named;
}

/**
 * The local date at whose start the newest known row of the timed sources that a model reads is
 * known, and not after today: where it scores. The data are until the day before.
 */
export const latestCutoff = (house: House, model: LoadedModel): Promise<string> =>
  cutoffOf(house, sourcesOf(model, house.workspace.parts[model.part]!));

/** The same of any sources. */
export async function cutoffOf(house: House, sources: readonly Source[]): Promise<string> {
  const today = wallClock(house.now(), house.workspace.zone).slice(0, 10);
  const stored = await currentTables<SourceManifest>(house, 'source');
  const newest = timed(sources)
    .flatMap((source) => stored.get(source.id)?.manifest.newest ?? [])
    .sort()
    .at(-1);
  if (newest === undefined) return today;
  const seen = midnightAtOrAfter(newest);
  return seen < today ? seen : today;
}

/** `YYYY-MM-DD HH:MM:SS[.f]` → the first local date that starts at or after it. */
export const midnightAtOrAfter = (moment: string): string => {
  const date = moment.slice(0, 10);
  return / 00:00:00(\.0+)?$/.test(moment) ? date : addDays(date, 1);
};
