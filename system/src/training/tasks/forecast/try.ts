import { forecastKinds, type ForecastRecipe } from '@tino/learn';
import { TinoError } from '../../../contract/index.js';
import type { VerbEffects } from '../../../ports/house.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { SeriesData } from './data.js';
import { roll } from './rolling.js';
import type { SayingEffects } from './said.js';
import { BASELINE, fittedOf, judge, recipeName, type Tried } from './search.js';
import type { Origin } from './series.js';

/**
 * Tries every recipe on the same windows. A recipe that fails is recorded with its error and the
 * others go on, unless it is the baseline: without it nothing can be judged.
 */
export async function tryRecipes(
  recipes: readonly ForecastRecipe[],
  input: { now: SeriesData; origins: readonly Origin[]; declaration: ForecastDeclaration },
  effects: Pick<VerbEffects, 'progress'> & SayingEffects,
): Promise<Tried[]> {
  const fitted = fittedOf(input.origins);
  const { minutesMax = Infinity } = input.declaration;
  const until = performance.now() + minutesMax * 60_000;
  const tried: Tried[] = [];
  for (const [i, recipe] of recipes.entries()) {
    if (effects.stop.stopped) throw new TinoError('CANCELLED');
    const name = recipeName(recipe);
    const started = performance.now();
    const one: Tried = {
      name,
      recipe,
      scope: forecastKinds[recipe.kind]?.scope ?? 'local',
      baseline: recipe.kind === BASELINE,
      test: null,
      folds: [],
      score: NaN,
      seconds: 0,
      error: null,
    };
    try {
      if (!one.baseline && started >= until)
        throw new Error(`not tried: the ${minutesMax} minutes of the search were over`);
      one.test = await roll(
        thinned(recipe),
        { ...input, horizon: input.declaration.horizon },
        { ...effects, rng: effects.rng.fork(name) },
      );
      Object.assign(one, judge(one.test, input.declaration, fitted));
      if (Number.isNaN(one.score)) throw new Error('no held-out window holds a value to judge by');
    } catch (cause) {
      if (one.baseline) throw cause;
      one.test = null;
      one.error = cause instanceof Error ? cause.message : String(cause);
    }
    one.seconds = (performance.now() - started) / 1000;
    tried.push(one);
    const done = (i + 1) / recipes.length;
    const message = { pt: `testando ${name}`, en: `trying ${name}` };
    if (one.folds.length === 0) effects.progress({ done, message });
    one.folds.forEach((value, fold) =>
      effects.progress({ done, message, score: { candidate: name, fold, value } }),
    );
  }
  return tried;
}

/**
 * Rows that a global model learns from in the search: the windows compare recipes, the last fit
 * reads all.
 */
const SEARCH_ROWS_MAX = 12_000;

const thinned = ({ kind, params }: ForecastRecipe): ForecastRecipe =>
  forecastKinds[kind]?.params['rowsMax'] === undefined
    ? { kind, params }
    : { kind, params: { rowsMax: SEARCH_ROWS_MAX, ...params } };
