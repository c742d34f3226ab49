import {
  loadForecastModel,
  type Backtest,
  type ForecastModel,
  type ForecastRecipe,
} from '@tino/learn';
import type { VersionPackage } from '../../package.js';
import type { Family, FamilyMember, Sums } from './family.js';
import type { FittedMember } from './fit.js';
import { emptyBacktest } from './rolling.js';
import { errorsOf } from './sums.js';

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
  /** Groups that are forecast by themselves; null where levels are sums of members. */
  sums: {
    groups: { name: string; recipe: ForecastRecipe; hash: string; reason: string }[];
    /** Names of the groups that the windows have. */
    judged: string[];
  } | null;
}

/** Fitted groups, and the windows of groups and members before they were made to add up. */
export interface FittedSums {
  members: readonly FittedMember[];
  test: Backtest;
  base: Backtest;
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
  naive,
  sums,
}: {
  members: readonly FamilyMember[];
  /** Bytes of the models. */
  global: Uint8Array | null;
  baseline: Uint8Array;
  test: Backtest;
  globalRecipe: ForecastRecipe | null;
  fits: boolean[];
  /** What repeating the last season said on the windows of `test`. */
  naive: Backtest;
  sums: FittedSums | null;
}): PackedFamily {
  return {
    meta: {
      members: members.map(({ key, rule, recipe, hash, seen, reason, losses }) => ({
        key,
        rule,
        recipe,
        hash,
        seen,
        reason,
        losses,
      })),
      sums: sums && sumsMeta(sums),
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
      ...(test.steps && { steps: bytesOf(test.steps) }),
      naive: bytesOf(naive.predicted),
      ...(sums && sectionsOf(sums)),
    },
  };
}

/** Groups lie in the package itself: there are few, and they change with every training. */
const sectionsOf = ({ members, test, base }: FittedSums): PackedFamily['sections'] => ({
  ...Object.fromEntries(
    members.flatMap(({ hash, bytes }) => (hash && bytes ? [[groupSection(hash), bytes]] : [])),
  ),
  groupsActual: bytesOf(test.actual),
  groupsPredicted: bytesOf(test.predicted),
  base: bytesOf(base.predicted),
});

const sumsMeta = ({ members, test }: FittedSums): FamilyMeta['sums'] => ({
  groups: members.flatMap(({ key, recipe, hash, reason }) =>
    recipe && hash ? [{ name: key, recipe, hash, reason }] : [],
  ),
  judged: [...test.keys],
});

const groupSection = (hash: string) => `group ${hash}`;

/** The groups of a version as they were fitted and tested; null where it has none. */
export function fittedSumsOf(
  meta: FamilyMeta,
  sections: PackedFamily['sections'],
): FittedSums | null {
  // Versions of before groups were forecast do not speak of them.
  if (!meta.sums) return null;
  const { groups, judged } = meta.sums;
  const { origins, horizon } = meta.test;
  return {
    members: groups.map(({ name, recipe, hash, reason }) => ({
      key: name,
      rule: 'local' as const,
      recipe,
      hash,
      seen: null,
      reason,
      losses: {},
      bytes: sections[groupSection(hash)]!,
    })),
    test: {
      ...emptyBacktest(judged, origins, horizon),
      actual: numbersOf(sections['groupsActual']!),
      predicted: numbersOf(sections['groupsPredicted']!),
    },
    base: { ...testOf(meta, sections), predicted: numbersOf(sections['base']!) },
  };
}

function sumsOf(meta: FamilyMeta, sections: PackedFamily['sections']): Sums | null {
  const fitted = fittedSumsOf(meta, sections);
  return (
    fitted && {
      groups: fitted.members.map(({ key, bytes }) => ({
        name: key,
        model: loadForecastModel(bytes!),
      })),
      residuals: errorsOf([fitted.test, fitted.base]),
    }
  );
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
    naive: sections['naive'] ? numbersOf(sections['naive']) : null,
    sums: sumsOf(meta, sections),
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
    // Versions of before intervals followed them do not say.
    ...(sections['steps'] && { steps: numbers('steps') }),
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** A view where the bytes are aligned, as in a file of ours; else a copy. */
function numbersOf(bytes: Uint8Array): Float64Array {
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  return new Float64Array(buffer, byteOffset, byteLength / 8);
}
