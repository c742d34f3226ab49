import { forecastKinds, seeded, type Backtest, type ForecastRecipe } from '@tino/learn';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { VersionMeta } from '../../package.js';
import { choose, familyTest, optionsOf } from './choose.js';
import type { SeriesData } from './data.js';
import { evidenceOf } from './evidence.js';
import { type FamilyMember } from './family.js';
import { fitMembers } from './fit.js';
import type { FamilyJob, FamilyResult, JobEffects } from './job.js';
import { openMemory } from './memory.js';
import { emptyBacktest } from './rolling.js';
import type { SayingEffects } from './said.js';
import { addUpTest } from './sums.js';
import type { FittedSums } from './package.js';
import { sanity } from './sanity.js';
import { fittedOf, judge, recipesOf, type Tried } from './search.js';
import { tryRecipes } from './try.js';
import { type Origin, takeSeries } from './series.js';

/** A family as it stands, and which of its members are to be fitted again. */
export interface Refit {
  /** Members by their place in the series as known now. */
  rows: readonly number[];
  members: readonly FamilyMember[];
  /** Its windows and what was forecast in them. */
  test: Backtest;
  global: Uint8Array | null;
  globalRecipe: ForecastRecipe | null;
  baseline: Uint8Array;
  recipe: VersionMeta['recipe'];
  sums: FittedSums | null;
}

/**
 * Fits and chooses again only some members, on the windows that the family was judged on, so that
 * one family has one set of windows. The global model and all other members stay as they are.
 */
export async function refitMembers(
  { declaration, now, origins, seed, code, memory: standing }: FamilyJob,
  before: Refit,
  effects: JobEffects,
): Promise<FamilyResult> {
  const { rows, test: stored, sums, global, globalRecipe, baseline, recipe } = before;
  const rng = seeded(seed);
  const fitted = fittedOf(origins);
  const input = { now, rows, origins, declaration };
  const memory = standing ? openMemory(standing.before, code) : undefined;
  const tried = await tryOwn(globalRecipe, input, { ...effects, rng, ...(memory && { memory }) });
  const options = optionsOf(tried.own);
  const members = await fitMembers(
    choose(options, declaration, fitted),
    { data: takeData(now, rows), seed, code, before: [] },
    {
      ...effects,
      rng: rng.fork('members'),
    },
  );
  const own = new Set(members.map((member) => member.key));
  const kept = before.members.filter((member) => !own.has(member.key));
  const base = merged(now.set.keys, familyTest(options, declaration, fitted), sums?.base ?? stored);
  const test = sums ? addUpTest(base, sums.test, { now, declaration, fitted }) : base;
  return {
    origins: origins.map(({ step, fits }) => ({ step, fits })),
    fitted,
    tried: tried.own,
    members: [...kept.map((member) => ({ ...member, bytes: null })), ...members],
    global,
    globalRecipe,
    baseline,
    test,
    naive: tried.baseline,
    agreement: null,
    sums: sums && { ...sums, base },
    recipe,
    evidence: evidenceOf(
      declaration,
      {
        challenger: test,
        champion: merged(now.set.keys, stored, stored),
        baseline: tried.baseline,
      },
      { fitted, sameRecipe: true, checks: sanity(declaration, test) },
    ),
    timings: {},
    memory: null,
    reuse: {
      series: kept.length,
      parts: {
        kept: kept.filter(({ hash }) => hash !== null).length,
        of: [...kept, ...members].filter(({ hash }) => hash !== null).length,
      },
      global: { ...(memory?.global ?? { reused: 0, made: 0 }) },
    },
  };
}

/**
 * Local recipes on the members alone; the global one and the baseline as the whole family sees
 * them.
 */
async function tryOwn(
  globalRecipe: ForecastRecipe | null,
  {
    now,
    rows,
    origins,
    declaration,
  }: {
    now: SeriesData;
    rows: readonly number[];
    origins: readonly Origin[];
    declaration: ForecastDeclaration;
  },
  effects: JobEffects & SayingEffects,
): Promise<{ own: Tried[]; baseline: Backtest }> {
  const whole = await tryRecipes(
    recipesOf({ ...declaration, candidates: [] }).concat(globalRecipe ?? []),
    { now, origins, declaration },
    effects,
  );
  const locals = recipesOf(declaration).filter(
    ({ kind }, i) => i > 0 && forecastKinds[kind]?.scope === 'local',
  );
  const keys = new Set(rows.map((row) => now.set.keys[row]!));
  const mine = takeData(now, rows);
  const alone = await tryRecipes(
    locals,
    { now: mine, origins: origins.map((origin) => onlyKeys(origin, keys)), declaration },
    effects,
  );
  const fitted = fittedOf(origins);
  const cut = whole.map((one) => {
    if (one.test === null) return one;
    const test = merged(mine.set.keys, one.test, one.test);
    return { ...one, test, ...judge(test, declaration, fitted) };
  });
  return { own: [...cut, ...alone], baseline: whole[0]!.test! };
}

function takeData(data: SeriesData, rows: readonly number[]): SeriesData {
  return {
    ...data,
    set: takeSeries(data.set, rows),
    keys: rows.map((row) => data.keys[row]!),
    attributes: rows.map((row) => data.attributes[row]!),
    cold: rows.map((row) => data.cold[row]!),
    hygieneOf: rows.map((row) => data.hygieneOf[row]),
  };
}

const onlyKeys = (origin: Origin, keys: ReadonlySet<string>): Origin => ({
  ...origin,
  data: takeData(
    origin.data,
    origin.data.set.keys.flatMap((key, i) => (keys.has(key) ? [i] : [])),
  ),
});

/** Rows of `first` where it has the key, else of `second`; unknown in both where neither has it. */
function merged(keys: readonly string[], first: Backtest, second: Backtest): Backtest {
  const out = emptyBacktest(keys, [...first.origins], first.horizon);
  const fill = (from: Backtest, key: string, k: number): boolean => {
    const row = from.keys.indexOf(key);
    if (row < 0) return false;
    for (const name of ['actual', 'predicted', 'current', 'scales', 'steps'] as const) {
      const width = out[name].length / keys.length;
      const own = from[name]?.subarray(row * width, (row + 1) * width);
      if (own) out[name].set(own, k * width);
    }
    return true;
  };
  keys.forEach((key, k) => fill(first, key, k) || fill(second, key, k));
  return out;
}
