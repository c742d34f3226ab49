import { TinoError } from '../../contract/index.js';
import type { ForecastDeclaration } from '../../workspace/types.js';
import type { Trained, TrainingContext } from '../task.js';
import type { BestParameters } from './forecast/champion.js';
import { codeHash } from './forecast/code.js';
import { forecastCutoff } from './forecast/cutoff.js';
import { readSeries, type SeriesData } from './forecast/data.js';
import type { FamilyMember } from './forecast/family.js';
import { dataHash, sha256 } from './forecast/fingerprint.js';
import { finish } from './forecast/finish.js';
import { matches } from './forecast/keys.js';
import type { Refit } from './forecast/members.js';
import { readMemory, writeMemory } from './forecast/memory-file.js';
import { readOrigins } from './forecast/origins.js';
import { fittedSumsOf, testOf, type FamilyMeta } from './forecast/package.js';
import { cutoffAfter } from './forecast/steps.js';
import { runInThread } from './forecast/thread.js';
import type { Origin } from './forecast/series.js';

/**
 * Trains a family: series as known now → rolling origin of every recipe → for each member the
 * global model, its own, or their mean → refit on all history → intervals from the held-out
 * windows. With a key, only the members that match it are fitted and chosen again, and the global
 * model stays.
 */
export async function trainForecast(context: TrainingContext): Promise<Trained | 'unchanged'> {
  const { house, model, seed, effects, champion, key } = context;
  const declaration = model.declaration as ForecastDeclaration;
  effects.progress({ done: 0, message: { pt: 'lendo as séries', en: 'reading the series' } });
  const cutoff = await forecastCutoff(house, model);
  const now = await readSeries(house, model, cutoff);
  const hash = dataHash(now);
  const fingerprint = sha256(JSON.stringify([model.hash, hash, seed, key ?? null]));
  const run = await context.begin({
    fingerprint,
    metric: declaration.metric,
    better: 'lower',
    params: {
      horizon: declaration.horizon,
      origins: declaration.origins,
      ...(key && { key }),
    },
    rows: now.set.values.length,
    abt: { hash, cutoffs: [cutoff] },
  });
  if (run === undefined) return 'unchanged';
  const message = { pt: 'lendo o que se sabia antes', en: 'reading what was known before' };
  const onRead = (done: number) => effects.progress({ done: 0.2 * done, message });
  const refit = key ? refitOf(context, key, now) : null;
  const origins = refit
    ? await originsAgain(context, onRead)
    : await readOrigins(house, model, now, { onRead });
  const best = champion?.package.meta.recipe.params as unknown as BestParameters | undefined;
  const before = await standingMembers(context);
  const memory = await readMemory(house, model.name, { declaration, now, origins });
  const code = await codeHash();
  const result = await runInThread(
    { declaration, now, origins, seed, code, champion: best ?? null, before, refit, memory },
    {
      stop: effects.stop,
      progress: (step) => effects.progress({ ...step, done: 0.2 + 0.75 * step.done }),
    },
  );
  if (result.memory) await writeMemory(house, model.name, result.memory);
  return finish(context, run, fingerprint, { now, result });
}

/** Members of the champion whose local parts can still be read, so that they need no new fit. */
async function standingMembers({ house, champion }: TrainingContext): Promise<FamilyMember[]> {
  const family = champion?.package.meta.detail['family'] as FamilyMeta | undefined;
  const standing: FamilyMember[] = [];
  for (const member of family?.members ?? [])
    if (member.hash !== null && (await house.artifacts.has(member.hash))) standing.push(member);
  return standing;
}

/** The members that a key names, and the family that they are a part of. */
function refitOf(
  { model, champion }: TrainingContext,
  key: Record<string, string>,
  now: SeriesData,
): Refit {
  if (champion === undefined) throw new TinoError('NO_CHAMPION', { model: model.name });
  const { meta, sections } = champion.package;
  const rows = now.keys.flatMap((own, i) => (matches(own, key) ? [i] : []));
  if (rows.length === 0)
    throw new TinoError('UNKNOWN_KEY', { model: model.name, key: JSON.stringify(key) });
  if (meta.declarationHash !== model.hash)
    throw new TinoError('BAD_REQUEST', {
      path: 'key',
      detail: `the declaration changed after version ${champion.version}; train the whole model first`,
    });
  const { members, globalRecipe, ...family } = meta.detail['family'] as FamilyMeta;
  return {
    rows,
    members,
    globalRecipe,
    test: testOf({ members, globalRecipe, ...family }, sections),
    global: sections['global'] ?? null,
    baseline: sections['baseline']!,
    recipe: meta.recipe,
    sums: fittedSumsOf({ members, globalRecipe, ...family }, sections),
  };
}

/** The windows of the champion, read again as they were known then. */
async function originsAgain(
  { house, model, champion }: TrainingContext,
  onRead: (done: number) => void,
): Promise<Origin[]> {
  const declaration = model.declaration as ForecastDeclaration;
  const { test } = champion!.package.meta.detail['family'] as FamilyMeta;
  const origins: Origin[] = [];
  for (const [o, index] of test.origins.entries()) {
    const data = await readSeries(house, model, cutoffAfter(index, declaration));
    origins.push({ step: index, fits: test.fits[o]!, data });
    onRead((o + 1) / test.origins.length);
  }
  return origins;
}
