import { TinoError } from '../contract/error.js';
import type { House, VerbEffects } from '../ports/house.js';
import { erasuresSoFar } from '../sources/fence.js';
import { build } from '../verbs/build.js';
import { check } from '../verbs/check.js';
import { insights } from '../verbs/insights.js';
import { score } from '../verbs/score.js';
import { train, type TrainArguments } from '../verbs/train.js';

type Arguments = Record<string, unknown>;

/** The verbs that may run as jobs: the same functions that the command line calls. */
const verbs: Record<
  string,
  (house: House, args: Arguments, effects: VerbEffects) => Promise<unknown>
> = {
  build: (house, { view }, effects) =>
    build(house, typeof view === 'string' ? { view } : {}, effects),
  check: async (house, { language }, effects) => ({
    problems: (await check(house, effects)).map((problem) =>
      problem.answer(language === 'en' ? 'en' : 'pt'),
    ),
  }),
  train: (house, args, effects) => train(house, args as unknown as TrainArguments, effects),
  insights: (house, { part }, effects) =>
    insights(house, typeof part === 'string' ? { part } : {}, effects),
  score: (house, { model }, effects) => score(house, { model: String(model) }, effects),
};

export async function runVerb(
  house: House,
  verb: string,
  args: Arguments,
  effects: VerbEffects,
): Promise<unknown> {
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (run === undefined) throw new TinoError('NOT_FOUND', { kind: 'verb', id: verb });
  const erasures = await erasuresSoFar(house.state);
  try {
    return await run(house, args, effects);
  } catch (cause) {
    // The files that an erasure rewrites go while others read them.
    if (effects.stop.stopped || (await erasuresSoFar(house.state)) === erasures) throw cause;
    throw new TinoError('ERASED_MEANWHILE', {}, { retryable: true, cause });
  }
}
