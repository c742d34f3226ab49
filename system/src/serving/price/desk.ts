import { latestCutoff } from '../../features/cutoffs.js';
import type { CrossEffect } from '@tino/learn';
import type { Provenance } from '../../contract/common.js';
import type { House } from '../../ports/house.js';
import { readItems, type Item } from '../../training/tasks/price/data.js';
import type { ItemDemand } from '../../training/tasks/price/demand.js';
import type { LoadedModel, PriceDeclaration } from '../../workspace/types.js';
import { cycleOf, localDate } from './cycle.js';
import type { Start } from './learning.js';
import { withForetoldCosts } from './materials.js';
import { newcomers } from './newcomers.js';
import { basisOf, provenanceAt, servedBy, type Served } from '../served.js';

/**
 * All that prices of a model are decided from: items as they are now, demand as the version knows
 * it.
 */
export interface Desk {
  model: LoadedModel;
  declaration: PriceDeclaration;
  version: number;
  cutoff: string;
  /** Number of the pricing cycle of today. */
  cycle: number;
  items: ReadonlyMap<string, Item>;
  demand: ReadonlyMap<string, ItemDemand>;
  /** How prices move the demand of other items, as far as the version is sure. */
  crossEffects: readonly CrossEffect[];
  /** Where learning starts for each item that has a belief. */
  starts: ReadonlyMap<string, Start>;
  provenance: Provenance;
}

type Tables = Pick<Desk, 'cutoff' | 'items' | 'demand' | 'crossEffects' | 'starts'>;
const kept = new WeakMap<House, Map<string, { key: string; tables: Promise<Tables> }>>();

/**
 * The desk of a model now; items and demand are read once for each version and state of the tables.
 */
export async function openDesk(house: House, name: string): Promise<Desk> {
  const model = house.workspace.models[name]!;
  const declaration = model.declaration as PriceDeclaration;
  const { materials } = declaration;
  const { champions, generation } = await basisOf(house, [
    name,
    ...(materials ? [materials.model] : []),
  ]);
  const served = await servedBy(house, name, champions.get(name));
  // A successor of the forecast of materials foretells other costs.
  const foretelling = materials && champions.get(materials.model)?.hash;
  const key = `${served.hash} ${foretelling} ${generation}`;
  const byModel = kept.get(house) ?? new Map<string, { key: string; tables: Promise<Tables> }>();
  kept.set(house, byModel);
  let standing = byModel.get(name);
  if (standing?.key !== key) {
    standing = { key, tables: readTables(house, model, served) };
    byModel.set(name, standing);
    // A failure is not kept: the next question tries again.
    standing.tables.catch(() => byModel.delete(name));
  }
  const tables = await standing.tables;
  return {
    model,
    declaration,
    version: served.version,
    cycle: cycleOf(localDate(house.now(), house.workspace.zone), declaration.cycle),
    ...tables,
    crossEffects: declaration.crossEffects ? tables.crossEffects : [],
    provenance: provenanceAt(served, tables.cutoff),
  };
}

async function readTables(house: House, model: LoadedModel, served: Served): Promise<Tables> {
  const cutoff = await latestCutoff(house, model);
  const items = await withForetoldCosts(
    house,
    model,
    await readItems(house, model, cutoff),
    cutoff,
  );
  const { dataUntil, detail } = served.package.meta;
  const demand = new Map((detail['demand'] as ItemDemand[]).map((one) => [one.text, one]));
  const starts = new Map<string, Start>();
  for (const one of newcomers(items, demand)) {
    demand.set(one.text, one);
    // The version saw none of their sales: all outcomes are new.
    starts.set(one.text, { version: served.version, prior: one.prior!, dataUntil: null });
  }
  for (const [text, { prior }] of demand)
    if (prior !== null && !starts.has(text))
      starts.set(text, { version: served.version, prior, dataUntil });
  // Versions of before prices were measured against each other have none.
  const crossEffects = (detail['crossEffects'] as CrossEffect[] | undefined) ?? [];
  const byText = new Map(items.map((item) => [item.text, item]));
  return { cutoff, items: byText, demand, crossEffects, starts };
}
