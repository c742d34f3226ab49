import {
  loadForecastModel,
  type Backtest,
  type ForecastModel,
  type ForecastRecipe,
} from '@tino/learn';
import type { VersionPackage } from '../package.js';
import type { Family, FamilyMember } from './forecast-family.js';

/**
 * What a version's package says of a family; the local parts lie beside it, by their content hash.
 */
export interface FamilyMeta {
  members: FamilyMember[];
  /** Recipe of the global model; null when none was declared. */
  globalRecipe: ForecastRecipe | null;
  test: {
    keys: string[];
    origins: number[];
    /** By origin: whether recipes were fitted there. */
    fits: boolean[];
    horizon: number;
  };
}

interface PackedFamily {
  meta: FamilyMeta;
  sections: VersionPackage['sections'];
}

export function packFamily({
  members,
  global,
  baseline,
  test,
  globalRecipe,
  fits,
}: {
  members: readonly FamilyMember[];
  /** Bytes of the models. */
  global: Uint8Array | null;
  baseline: Uint8Array;
  test: Backtest;
  globalRecipe: ForecastRecipe | null;
  fits: boolean[];
}): PackedFamily {
  return {
    meta: {
      members: members.map(({ key, rule, recipe, hash, reason, losses }) => ({
        key,
        rule,
        recipe,
        hash,
        reason,
        losses,
      })),
      globalRecipe,
      test: { keys: [...test.keys], origins: [...test.origins], fits, horizon: test.horizon },
    },
    sections: {
      ...(global && { global }),
      baseline,
      actual: bytesOf(test.actual),
      predicted: bytesOf(test.predicted),
      current: bytesOf(test.current),
      scales: bytesOf(test.scales),
    },
  };
}

/** Opens a family; throws when a part is damaged or missing. */
export async function unpackFamily(
  { meta, sections }: PackedFamily,
  readLocal: (hash: string) => Promise<Uint8Array>,
): Promise<Family> {
  const { global, baseline } = sections;
  const locals = new Map<string, ForecastModel>();
  for (const { hash } of meta.members)
    if (hash !== null && !locals.has(hash))
      locals.set(hash, loadForecastModel(await readLocal(hash)));
  return {
    members: meta.members,
    global: global ? loadForecastModel(global) : null,
    baseline: loadForecastModel(baseline!),
    locals,
    test: testOf(meta, sections),
  };
}

/** The chosen forecasts on the held-out windows, without opening a model. */
export function testOf({ test }: FamilyMeta, sections: PackedFamily['sections']): Backtest {
  const numbers = (name: string) => numbersOf(sections[name]!);
  return {
    keys: test.keys,
    horizon: test.horizon,
    origins: Int32Array.from(test.origins),
    actual: numbers('actual'),
    predicted: numbers('predicted'),
    current: numbers('current'),
    scales: numbers('scales'),
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** A view where the bytes are aligned, as in a file of ours; else a copy. */
function numbersOf(bytes: Uint8Array): Float64Array {
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  return new Float64Array(buffer, byteOffset, byteLength / 8);
}
