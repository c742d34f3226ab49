import { forecastKinds, type Backtest, type ForecastRecipe } from '@tino/learn';
import { forecastersFor } from '../../../workspace/kinds.js';
import type { Candidate, ForecastDeclaration } from '../../../workspace/types.js';

import { meanOf, scoresOf } from './score.js';
import type { Origin } from './series.js';

/** What nothing may lose to. */
export const BASELINE = 'seasonalNaive';

/** One recipe tried by rolling origin. */
export interface Tried {
  /** Kind and what differs from its defaults: `theta`, `global rounds=100`. */
  name: string;
  recipe: ForecastRecipe;
  scope: 'local' | 'global';
  baseline: boolean;
  /** Null when it failed. */
  test: Backtest | null;
  /** The deciding metric at each fitted origin. */
  folds: number[];
  score: number;
  seconds: number;
  error: string | null;
}

/**
 * Every recipe of the candidates, grids unfolded, seasonal naive first; floor and horizon are given
 * to all that take them.
 */
export function recipesOf({ candidates, floor, horizon }: ForecastDeclaration): ForecastRecipe[] {
  const all = [{ kind: BASELINE, params: {} }, ...candidates.flatMap(unfold)];
  const seen = new Set<string>();
  return all
    .filter((recipe) => !seen.has(recipeName(recipe)) && seen.add(recipeName(recipe)))
    .map(({ kind, params }) => {
      const takes = (name: string) => forecastKinds[kind]?.params[name] !== undefined;
      const own = {
        ...(floor !== undefined && takes('floor') && { floor }),
        ...(takes('horizon') && { horizon }),
      };
      return { kind, params: { ...own, ...params } };
    });
}

function unfold({ kind, params, grid }: Candidate): ForecastRecipe[] {
  let recipes: Record<string, unknown>[] = [params];
  for (const [name, values] of Object.entries(grid))
    recipes = recipes.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  return forecastersFor(kind).flatMap((own) => recipes.map((one) => ({ kind: own, params: one })));
}

export const recipeName = ({ kind, params }: ForecastRecipe): string =>
  [
    kind,
    ...Object.entries(params)
      .filter(([name]) => name !== 'floor' && name !== 'horizon')
      .map(text),
  ].join(' ');
const text = ([name, value]: [string, unknown]) => `${name}=${JSON.stringify(value)}`;

export const fittedOf = (origins: readonly Origin[]): number[] =>
  origins.flatMap(({ fits }, o) => (fits ? [o] : []));

export function judge(
  test: Backtest,
  { metric }: ForecastDeclaration,
  fitted: readonly number[],
): { folds: number[]; score: number } {
  const folds = scoresOf(test, metric, fitted);
  return { folds, score: meanOf(folds) };
}

/** The best of each kind of one scope, best first; failed ones are out. */
export function bestByKind(tried: readonly Tried[], scope: 'local' | 'global'): Tried[] {
  const best = new Map<string, Tried>();
  for (const one of tried.filter((t) => t.scope === scope && t.test !== null)) {
    const standing = best.get(one.recipe.kind);
    if (standing === undefined || one.score < standing.score) best.set(one.recipe.kind, one);
  }
  return [...best.values()].sort((a, b) => a.score - b.score);
}
