import {
  forecasterOf,
  seeded,
  type Backtest,
  type ForecastRecipe,
  type Rng,
  type Stop,
} from '@tino/learn';
import type { VerbEffects } from '../../../ports/house.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { Evidence } from '../../evidence.js';
import type { VersionMeta } from '../../package.js';
import { bestParameters, championTest, type BestParameters } from './champion.js';
import { choose, familyTest, optionsOf } from './choose.js';
import type { SeriesData } from './data.js';
import type { FamilyMember } from './family.js';
import { agreementOf, type Agreement } from './agree.js';
import { forecastGroups } from './groups.js';
import type { FittedSums } from './package.js';
import { addUpTest } from './sums.js';
import { evidenceOf } from './evidence.js';
import { fitMembers, type FittedMember } from './fit.js';
import { refitMembers, type Refit } from './members.js';
import { openMemory, type SearchMemory } from './memory.js';
import { sanity } from './sanity.js';
import { BASELINE, fittedOf, recipesOf, type Tried } from './search.js';
import { tryRecipes } from './try.js';
import type { Origin } from './series.js';

/** One training of a family, after everything has been read and before anything is kept. */
export interface FamilyJob {
  declaration: ForecastDeclaration;
  now: SeriesData;
  origins: readonly Origin[];
  seed: number;
  /** Hash of the code that forecasts come from. */
  code: string;
  /** What the champion is made of; null before the first. */
  champion: BestParameters | null;
  /** Its members whose local parts are still there. */
  before: readonly FamilyMember[];
  /** Only some members are fitted again; the rest comes from the version before. */
  refit: Refit | null;
  /** What the search of the training before left; null for none, and to keep none. */
  memory: { before: Uint8Array | null } | null;
}

/** What comes of it: plain data, models as bytes. */
export interface FamilyResult {
  origins: readonly { step: number; fits: boolean }[];
  /** Places of the origins at which recipes were fitted. */
  fitted: readonly number[];
  tried: readonly Tried[];
  members: readonly FittedMember[];
  global: Uint8Array | null;
  globalRecipe: ForecastRecipe | null;
  baseline: Uint8Array;
  /** Chosen forecasts on the held-out windows. */
  test: Backtest;
  /** Repeating the last season on the same windows. */
  naive: Backtest;
  agreement: Agreement | null;
  /** Null where levels are sums of members. */
  sums: FittedSums | null;
  recipe: VersionMeta['recipe'];
  evidence: Evidence;
  timings: Record<string, number>;
  /** For the search of the next training; null where none was asked for. */
  memory: Uint8Array | null;
  reuse: Reuse;
}

/** What was taken over from trainings before, because nothing that it reads had changed. */
export interface Reuse {
  /** Series of which nothing was fitted again. */
  series: number;
  /** Their local parts, and all local parts. */
  parts: { kept: number; of: number };
  /** Fits of global models in the search. */
  global: { reused: number; made: number };
}

export type JobEffects = Pick<VerbEffects, 'progress' | 'stop'>;

/** Computes a family; reads nothing and keeps nothing, so that it runs in a thread of its own. */
export const runFamilyJob = (job: FamilyJob, effects: JobEffects): Promise<FamilyResult> =>
  job.refit ? refitMembers(job, job.refit, effects) : fitAll(job, effects);

async function fitAll(job: FamilyJob, effects: JobEffects): Promise<FamilyResult> {
  const { declaration, now, origins } = job;
  const rng = seeded(job.seed);
  const seconds = stopwatch();
  const memory = job.memory ? openMemory(job.memory.before, job.code) : undefined;
  const trying = { ...effects, rng, ...(memory && { memory }) };
  const tried = await tryRecipes(recipesOf(declaration), job, trying);
  const timings: Record<string, number> = { search: seconds() };
  const fitted = fittedOf(origins);
  const options = optionsOf(tried);
  const members = await fitMembers(
    choose(options, declaration, fitted),
    { data: now, seed: job.seed, code: job.code, before: job.before },
    { ...effects, rng: rng.fork('members') },
  );
  const { global } = options;
  const baseline = tried.find(({ recipe }) => recipe.kind === BASELINE)!;
  const models = {
    global: global && (await fitOn(now, global, rng, effects.stop)),
    baseline: await fitOn(now, baseline, rng, effects.stop),
  };
  timings['fit'] = seconds();
  const base = familyTest(options, declaration, fitted);
  const groups = await forecastGroups(job, trying);
  const seen = { now, declaration, fitted };
  const added = groups && addUpTest(base, groups.test, seen);
  const agreement = added && agreementOf(added, base, seen);
  const sums =
    agreement?.used === true ? { members: groups!.members, test: groups!.test, base } : null;
  const together = (of: Backtest) => (sums ? addUpTest(of, sums.test, seen) : of);
  const test = sums ? added! : base;
  if (groups) timings['reconcile'] = seconds();
  const best = bestParameters(tried);
  const before =
    job.champion &&
    together(
      await championTest(job.champion, tried, job, { ...trying, rng: rng.fork('champion') }),
    );
  return {
    origins: origins.map(({ step, fits }) => ({ step, fits })),
    fitted,
    tried,
    members,
    ...models,
    globalRecipe: global?.recipe ?? null,
    test,
    naive: baseline.test!,
    agreement,
    sums,
    recipe: { kind: 'family', params: { ...best } },
    evidence: evidenceOf(
      declaration,
      { challenger: test, champion: before, baseline: baseline.test! },
      {
        fitted,
        sameRecipe: JSON.stringify(job.champion) === JSON.stringify(best),
        checks: sanity(declaration, test),
      },
    ),
    timings,
    memory: memory?.bytes() ?? null,
    reuse: reuseOf(members, memory),
  };
}

function reuseOf(members: readonly FittedMember[], memory: SearchMemory | undefined): Reuse {
  const parts = members.filter(({ hash }) => hash !== null);
  const kept = parts.filter(({ bytes }) => bytes === null);
  const still = members.filter(
    ({ key, hash, bytes }) =>
      memory?.fitted.has(key) === false && (hash === null || bytes === null),
  );
  return {
    series: still.length,
    parts: { kept: kept.length, of: parts.length },
    global: { ...(memory?.global ?? { reused: 0, made: 0 }) },
  };
}

const fitOn = async (
  { set }: SeriesData,
  { name, recipe }: Tried,
  rng: Rng,
  stop: Stop,
): Promise<Uint8Array> =>
  (await forecasterOf(recipe).fit(set, { rng: rng.fork(`all ${name}`), stop })).bytes();

/** Seconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
