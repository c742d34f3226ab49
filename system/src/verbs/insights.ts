import { TinoError } from '../contract/error.js';
import { lookInto, type InsightsReport } from '../insight/run.js';
import type { House, VerbEffects } from '../ports/house.js';
import { part as share } from './effects.js';

/** Looks for what is worth telling in every part that declares where; what has not changed is kept. */
export async function insights(
  house: House,
  { part }: { part?: string },
  effects: VerbEffects,
): Promise<InsightsReport[]> {
  const all = Object.values(house.workspace.parts).filter(
    (each) => Object.keys(each.insights).length > 0,
  );
  const wanted = part === undefined ? all : all.filter(({ name }) => name === part);
  if (part !== undefined && wanted.length === 0)
    throw new TinoError('NOT_FOUND', { kind: 'part', id: part });
  const reports: InsightsReport[] = [];
  for (const [i, each] of wanted.entries())
    reports.push(
      await lookInto(house, each, share(effects, i / wanted.length, (i + 1) / wanted.length)),
    );
  return reports;
}
