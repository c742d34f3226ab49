import { forecasterOf, seeded, type Backtest, type Rng } from '@tino/learn';
import { latestCutoff } from '../../features/cutoffs.js';
import type { ForecastDeclaration } from '../../workspace/types.js';
import type { Trained, TrainingContext } from '../task.js';
import { choose, familyTest, optionsOf } from './forecast-choose.js';
import { readSeries, type SeriesData } from './forecast-data.js';
import { bestParameters, championTest } from './forecast-champion.js';
import { evidenceOf } from './forecast-evidence.js';
import type { Family } from './forecast-family.js';
import { dataHash, sha256 } from './forecast-fingerprint.js';
import { fitMembers } from './forecast-fit.js';
import { readOrigins } from './forecast-origins.js';
import { finish, sanity, type FamilyTraining } from './forecast-finish.js';
import { retrainMembers } from './forecast-members.js';
import { BASELINE, fittedOf, recipesOf, type Tried } from './forecast-search.js';
import { tryRecipes } from './forecast-try.js';

/**
 * Trains a family: series as known now → rolling origin of every recipe → for each member the global model,
 * its own, or their mean → refit on all history → intervals from the held-out windows. With a key, only the
 * members that match it are fitted and chosen again, and the global model stays.
 */
export async function trainForecast(context: TrainingContext): Promise<Trained | 'unchanged'> {
  const { house, model, seed, effects } = context;
  const declaration = model.declaration as ForecastDeclaration;
  effects.progress({ done: 0, message: { pt: 'lendo as séries', en: 'reading the series' } });
  const cutoff = await latestCutoff(house, model);
  const now = await readSeries(house, model, cutoff);
  const hash = dataHash(now);
  const fingerprint = sha256(JSON.stringify([model.hash, hash, seed, context.key ?? null]));
  const run = await context.begin({
    fingerprint,
    metric: declaration.metric,
    better: 'lower',
    params: {
      horizon: declaration.horizon,
      origins: declaration.origins,
      ...(context.key && { key: context.key }),
    },
    rows: now.set.values.length,
    abt: { hash, cutoffs: [cutoff] },
  });
  if (run === undefined) return 'unchanged';
  const rng = seeded(seed);
  const training = context.key
    ? await retrainMembers(context, context.key, now, rng)
    : await trainAll(context, now, rng);
  return finish(context, run, fingerprint, training);
}

async function trainAll(
  context: TrainingContext,
  now: SeriesData,
  rng: Rng,
): Promise<FamilyTraining> {
  const { house, model, effects, champion } = context;
  const declaration = model.declaration as ForecastDeclaration;
  const seconds = stopwatch();
  const origins = await readOrigins(house, model, now, {
    onRead: (done) =>
      effects.progress({
        done: 0.2 * done,
        message: { pt: 'lendo o que se sabia antes', en: 'reading what was known before' },
      }),
  });
  const timings: Record<string, number> = { read: seconds() };
  const tried = await tryRecipes(
    recipesOf(declaration),
    { now, origins, declaration },
    {
      ...effects,
      rng,
      progress: (step) => effects.progress({ ...step, done: 0.2 + 0.6 * step.done }),
    },
  );
  timings['search'] = seconds();
  const fitted = fittedOf(origins);
  const options = optionsOf(tried);
  const choices = choose(options, declaration, fitted);
  const test = familyTest(options, declaration, fitted);
  effects.progress({
    done: 0.85,
    message: { pt: 'ajustando os membros', en: 'fitting the members' },
  });
  const members = await fitMembers(choices, now, sha256, { ...effects, rng: rng.fork('members') });
  const family = await fitFamily({ tried, options, members, test }, now, rng, effects);
  timings['fit'] = seconds();
  const before =
    champion &&
    (await championTest(context, champion, { tried, now, origins, rng: rng.fork('champion') }));
  const recipe = { kind: 'family', params: { ...bestParameters(tried) } };
  return {
    now,
    cutoff: now.cutoff,
    origins,
    fitted,
    tried,
    members,
    family,
    globalRecipe: options.global?.recipe ?? null,
    recipe,
    evidence: evidenceOf(
      declaration,
      { challenger: test, champion: before?.test ?? null, baseline: baselineTest(tried) },
      {
        fitted,
        sameRecipe:
          before !== undefined && JSON.stringify(before.recipe) === JSON.stringify(recipe),
        checks: sanity(declaration, test),
        rng: rng.fork('bootstrap'),
      },
    ),
    timings,
  };
}

async function fitFamily(
  {
    tried,
    options,
    members,
    test,
  }: {
    tried: readonly Tried[];
    options: ReturnType<typeof optionsOf>;
    members: Awaited<ReturnType<typeof fitMembers>>;
    test: Backtest;
  },
  now: SeriesData,
  rng: Rng,
  { stop }: Pick<TrainingContext['effects'], 'stop'>,
): Promise<Family> {
  const fit = (one: Tried) =>
    forecasterOf(one.recipe).fit(now.set, { rng: rng.fork(`all ${one.name}`), stop });
  return {
    members,
    global: options.global && (await fit(options.global)),
    baseline: await fit(tried.find(({ baseline }) => baseline)!),
    locals: new Map(members.flatMap(({ hash, model }) => (hash && model ? [[hash, model]] : []))),
    test,
  };
}

const baselineTest = (tried: readonly Tried[]): Backtest =>
  tried.find(({ recipe }) => recipe.kind === BASELINE)!.test!;

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
