import { loadForecastModel } from '@tino/learn';
import type { Provenance } from '../../contract/common.js';
import type { House } from '../../ports/house.js';
import { forecastCutoff } from '../../training/tasks/forecast/cutoff.js';
import { readSeries } from '../../training/tasks/forecast/data.js';
import type { Family } from '../../training/tasks/forecast/family.js';
import { unpackFamily, type FamilyMeta } from '../../training/tasks/forecast/package.js';
import type { ServingContext } from '../context.js';
import { viewOf, type View } from './view.js';
import { basisOf, provenanceAt, servedBy, type Served } from '../served.js';

export interface OpenedView {
  view: View;
  provenance: Provenance;
  /** It was made before, by the same version from the same data. */
  repeated: boolean;
}

/** Views kept for a house: the newest of each model, and a few of the past. */
const VIEWS_MAX = 24;
const views = new WeakMap<House, Map<string, Promise<View>>>();

/**
 * All forecasts of a model from the newest cut-off, or from one of the past; made once and kept.
 */
export async function openView(
  { house }: Pick<ServingContext, 'house'>,
  name: string,
  asOf?: string,
): Promise<OpenedView> {
  const { champions, generation } = await basisOf(house, [name]);
  const served = await servedBy(house, name, champions.get(name));
  const key = `${name} ${served.hash} ${generation} ${asOf ?? ''}`;
  const kept = views.get(house) ?? new Map<string, Promise<View>>();
  views.set(house, kept);
  const standing = kept.get(key);
  const making = standing ?? make(house, name, served, asOf);
  if (standing === undefined) {
    kept.set(key, making);
    // Only what was made is kept: a failure is tried again by the next question.
    making.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) if (kept.size > VIEWS_MAX) kept.delete(oldest);
  }
  const view = await making;
  return {
    view,
    provenance: provenanceAt(served, view.data.cutoff),
    repeated: standing !== undefined,
  };
}

async function make(house: House, name: string, served: Served, asOf?: string): Promise<View> {
  const model = house.workspace.models[name]!;
  const newest = await forecastCutoff(house, model);
  const cutoff = asOf !== undefined && asOf < newest ? asOf : newest;
  const data = await readSeries(house, model, cutoff);
  const family = await openFamily(house, name, served);
  return viewOf(model, {
    version: served.version,
    currency: house.workspace.currency,
    family,
    data,
  });
}

/**
 * A family from its package; a damaged local part is left out and its member answered by the global
 * model.
 */
async function openFamily(house: House, model: string, served: Served): Promise<Family> {
  const meta = served.package.meta.detail['family'] as FamilyMeta;
  const damaged = new Set<string>();
  for (const hash of new Set(meta.members.flatMap((member) => member.hash ?? [])))
    try {
      loadForecastModel(await house.artifacts.get(hash));
    } catch (error) {
      damaged.add(hash);
      const message = error instanceof Error ? error.message : String(error);
      house.log.error('a member cannot be read', { model, hash, message });
    }
  const members = meta.members.map((member) =>
    member.hash !== null && damaged.has(member.hash)
      ? { ...member, rule: 'global' as const, recipe: null, hash: null }
      : member,
  );
  const { sections } = served.package;
  return unpackFamily({ meta: { ...meta, members }, sections }, (hash) =>
    house.artifacts.get(hash),
  );
}
