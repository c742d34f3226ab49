import { forecastKinds, type Backtest, type ForecastRecipe } from '@tino/learn';
import type { VerbEffects } from '../../../ports/house.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { choose, familyTest, optionsOf } from './choose.js';
import type { SeriesData } from './data.js';
import { fitMembers, type FittedMember } from './fit.js';
import { groupData } from './grouping.js';
import type { SayingEffects } from './said.js';
import { BASELINE, fittedOf, recipesOf } from './search.js';
import { tryRecipes } from './try.js';
import type { Origin } from './series.js';

/** Groups forecast by themselves, as series of their own. */
export interface GroupForecasts {
  members: readonly FittedMember[];
  /** Chosen forecasts of the groups on the held-out windows, before anything is made to add up. */
  test: Backtest;
}

/** Tries the local candidates on every group and fits the best of each; null where none is asked. */
export async function forecastGroups(
  {
    declaration,
    now,
    origins,
    seed,
    code,
  }: {
    declaration: ForecastDeclaration;
    now: SeriesData;
    origins: readonly Origin[];
    seed: number;
    code: string;
  },
  effects: Pick<VerbEffects, 'progress'> & SayingEffects,
): Promise<GroupForecasts | null> {
  const { reconcile = 'bottomUp' } = declaration;
  if (reconcile === 'bottomUp') return null;
  const input = {
    declaration,
    now: groupData(now, declaration),
    origins: origins.map((origin) => ({ ...origin, data: groupData(origin.data, declaration) })),
  };
  const recipes = localRecipes(declaration);
  const tried = await tryRecipes(recipes, input, effects);
  const options = optionsOf(tried);
  const fitted = fittedOf(origins);
  const members = await fitMembers(
    choose(options, declaration, fitted),
    { data: input.now, seed, code, before: [] },
    { ...effects, rng: effects.rng.fork('groups') },
  );
  return { members, test: familyTest(options, declaration, fitted) };
}

/** The declared recipes that fit one series by itself; where there are none, those of `local()`. */
function localRecipes(declaration: ForecastDeclaration): ForecastRecipe[] {
  const locals = recipesOf(declaration).filter(
    ({ kind }) => forecastKinds[kind]?.scope === 'local',
  );
  if (locals.some(({ kind }) => kind !== BASELINE)) return locals;
  return recipesOf({ ...declaration, candidates: [{ kind: 'local', params: {}, grid: {} }] });
}
