import { forecasterOf, type ForecastRecipe, type Rng, type SeriesSet } from '@tino/learn';
import { TinoError } from '../../../contract/index.js';
import type { VerbEffects } from '../../../ports/house.js';
import { seriesHash, sha256 } from './fingerprint.js';
import type { MemberChoice } from './choose.js';
import type { SeriesData } from './data.js';
import { type FamilyMember } from './family.js';
import { takeSeries } from './series.js';

export interface FittedMember extends FamilyMember {
  /**
   * Content of the local part; null when the global model speaks alone, or when it was kept as it
   * is.
   */
  bytes: Uint8Array | null;
}

interface FitInput {
  data: SeriesData;
  seed: number;
  /** Hash of what the parts come from. */
  code: string;
  /** Members of the version before whose local parts are still there. */
  before: readonly FamilyMember[];
}

/**
 * Fits the local part of each member on all its history; members follow the order of `data`. One
 * whose recipe, history, seed and code are those of the version before keeps the part that it had, which
 * a new fit would give again.
 */
export async function fitMembers(
  choices: readonly MemberChoice[],
  { data, seed, code, before }: FitInput,
  effects: Pick<VerbEffects, 'stop'> & { rng: Rng },
): Promise<FittedMember[]> {
  const rowOf = new Map(data.set.keys.map((key, i) => [key, i]));
  const standing = new Map(before.map((member) => [member.key, member]));
  const members: FittedMember[] = [];
  for (const { key, rule, reason, losses } of choices) {
    if (effects.stop.stopped) throw new TinoError('CANCELLED');
    const row = rowOf.get(key)!;
    const common = { key, rule: rule.kind, reason, losses };
    if (rule.local === null || data.cold[row]!) {
      members.push({
        ...common,
        rule: 'global',
        recipe: null,
        hash: null,
        seen: null,
        bytes: null,
      });
      continue;
    }
    const { recipe } = rule.local;
    const seen = seenBy(recipe, data, row, [seed, code]);
    const kept = standing.get(key);
    if (kept?.hash && kept.seen === seen) {
      members.push({ ...common, recipe, hash: kept.hash, seen, bytes: null });
      continue;
    }
    const model = await forecasterOf(recipe).fit(untilKnown(data.set, row), {
      rng: effects.rng.fork(key),
      stop: effects.stop,
    });
    const bytes = model.bytes();
    members.push({ ...common, recipe, hash: sha256(bytes), seen, bytes });
  }
  return members;
}

/**
 * One series until its last value: steps since then say nothing, so that one without new values is
 * the series that it was, however much later it is.
 */
function untilKnown(set: SeriesSet, row: number): SeriesSet {
  const alone = takeSeries(set, [row]);
  const length = alone.values.findLastIndex((value) => !Number.isNaN(value)) + 1;
  return { ...alone, values: alone.values.slice(0, length), offsets: Int32Array.of(0, length) };
}

function seenBy(
  recipe: ForecastRecipe,
  data: SeriesData,
  row: number,
  by: readonly unknown[],
): string {
  const set = untilKnown(data.set, row);
  const last = set.starts[0]! + set.values.length - 1;
  const hash = seriesHash({ set, attributes: [data.attributes[row]!] }, 0, last);
  return sha256(JSON.stringify([recipe, hash, ...by]));
}
