import type { Backtest, ForecastRecipe, Rng } from '@tino/learn';
import type { ForecastDeclaration } from '../../workspace/types.js';
import type { VersionMeta } from '../package.js';
import type { Champion, TrainingContext } from '../task.js';
import type { SeriesData } from './forecast-data.js';
import type { FamilyMeta } from './forecast-package.js';
import type { Origin } from './forecast-rolling.js';
import { BASELINE, bestByKind, recipeName, type Tried } from './forecast-search.js';
import { tryRecipes } from './forecast-try.js';

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
 * The champion's rules on the challenger's windows: each recipe of its members is fitted again at the same
 * origins, because its artifact may have seen those rows.
 */
export async function championTest(
  context: TrainingContext,
  champion: Champion,
  {
    tried,
    now,
    origins,
    rng,
  }: {
    tried: readonly Tried[];
    now: SeriesData;
    origins: readonly Origin[];
    rng: Rng;
  },
): Promise<{ test: Backtest; recipe: VersionMeta['recipe'] }> {
  const { meta } = champion.package;
  const family = meta.detail['family'] as FamilyMeta;
  const declaration = context.model.declaration as ForecastDeclaration;
  const known = new Map(tried.flatMap((one) => (one.test ? [[one.name, one.test]] : [])));
  const missing = recipesIn(family).filter((recipe) => !known.has(recipeName(recipe)));
  const again = await tryRecipes(
    [{ kind: BASELINE, params: {} }, ...missing],
    { now, origins, declaration },
    {
      rng,
      stop: context.effects.stop,
      progress: () => {},
    },
  );
  for (const { name, test } of again) if (test) known.set(name, test);
  const standard = family.globalRecipe ?? { kind: BASELINE, params: {} };
  const testFor = (recipe: ForecastRecipe) => known.get(recipeName(recipe)) ?? baselineOf(known);
  const rules = new Map(family.members.map((member) => [member.key, member]));
  const common = testFor(standard);
  const test = { ...common, predicted: common.predicted.slice() };
  const width = test.horizon * test.origins.length;
  test.keys.forEach((key, k) => {
    const member = rules.get(key);
    if (!member?.recipe) return;
    const own = testFor(member.recipe).predicted;
    for (let i = k * width; i < (k + 1) * width; i++)
      test.predicted[i] = member.rule === 'both' ? (common.predicted[i]! + own[i]!) / 2 : own[i]!;
  });
  return { test, recipe: meta.recipe };
}

function recipesIn({ members, globalRecipe }: FamilyMeta): ForecastRecipe[] {
  const all = [globalRecipe, ...members.map(({ recipe }) => recipe)].filter((one) => one !== null);
  return [...new Map(all.map((recipe) => [recipeName(recipe), recipe])).values()];
}

const baselineOf = (known: ReadonlyMap<string, Backtest>): Backtest =>
  known.get(BASELINE) ?? [...known.values()][0]!;
