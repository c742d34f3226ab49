import { forecasterOf, type Rng } from '@tino/learn';
import { TinoError } from '../../contract/index.js';
import type { VerbEffects } from '../../ports/house.js';
import { sha256 } from './forecast-fingerprint.js';
import type { MemberChoice } from './forecast-choose.js';
import type { SeriesData } from './forecast-data.js';
import { takeSeries, type FamilyMember } from './forecast-family.js';

export interface FittedMember extends FamilyMember {
  /**
   * Content of the local part; null when the global model speaks alone, or when it was kept as it
   * is.
   */
  bytes: Uint8Array | null;
}

/** Fits the local part of each member on all its history; members follow the order of `data`. */
export async function fitMembers(
  choices: readonly MemberChoice[],
  data: SeriesData,
  effects: Pick<VerbEffects, 'stop'> & { rng: Rng },
): Promise<FittedMember[]> {
  const rowOf = new Map(data.set.keys.map((key, i) => [key, i]));
  const members: FittedMember[] = [];
  for (const { key, rule, reason, losses } of choices) {
    if (effects.stop.stopped) throw new TinoError('CANCELLED');
    const row = rowOf.get(key)!;
    const common = { key, rule: rule.kind, reason, losses };
    if (rule.local === null || data.cold[row]!) {
      members.push({ ...common, rule: 'global', recipe: null, hash: null, bytes: null });
      continue;
    }
    const { recipe } = rule.local;
    const model = await forecasterOf(recipe).fit(takeSeries(data.set, [row]), {
      rng: effects.rng.fork(key),
      stop: effects.stop,
    });
    const bytes = model.bytes();
    members.push({ ...common, recipe, hash: sha256(bytes), bytes });
  }
  return members;
}
