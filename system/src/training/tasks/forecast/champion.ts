import type { Backtest, ForecastRecipe } from '@tino/learn';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { familyTest, optionsOf } from './choose.js';
import type { SeriesData } from './data.js';
import type { SayingEffects } from './said.js';
import { bestByKind, fittedOf, recipeName, type Tried } from './search.js';
import { tryRecipes } from './try.js';
import type { Origin } from './series.js';

/** The parameters that won: of the global model, and of each local kind. */
export interface BestParameters {
  global: ForecastRecipe | null;
  local: ForecastRecipe[];
}

export const bestParameters = (tried: readonly Tried[]): BestParameters => ({
  global: bestByKind(tried, 'global')[0]?.recipe ?? null,
  local: bestByKind(tried, 'local')
    .map(({ recipe }) => recipe)
    .sort((a, b) => (a.kind < b.kind ? -1 : 1)),
});

/**
 * The champion's recipe on the challenger's windows: its parameters are fitted again at the same
 * origins, and its members chosen again in the same way, because its artifact may have seen those
 * rows.
 */
export async function championTest(
  { global, local }: BestParameters,
  tried: readonly Tried[],
  input: { now: SeriesData; origins: readonly Origin[]; declaration: ForecastDeclaration },
  effects: SayingEffects,
): Promise<Backtest> {
  const recipes = [...local, ...(global ? [global] : [])];
  const known = new Map(tried.map((one) => [one.name, one]));
  const missing = recipes.filter((one) => !known.has(recipeName(one)));
  const again = await tryRecipes(missing, input, { ...effects, progress: () => {} });
  for (const one of again) known.set(one.name, one);
  const own = recipes.map((one) => known.get(recipeName(one))!);
  return familyTest(optionsOf(own), input.declaration, fittedOf(input.origins));
}
