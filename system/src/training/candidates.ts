import { recipeKinds, type Recipe } from '@tino/learn';
import { kindFor } from '../workspace/kinds.js';
import type { Candidate, Parameter, Scalar } from '../workspace/types.js';

/** A recipe with the name that the leaderboard shows. */
export interface Entry {
  name: string;
  recipe: Recipe;
  baseline: boolean;
}

/**
 * Every combination of every candidate's grid, in declared order. A list is a grid, but where the
 * parameter is itself a list; candidates within a parameter are unfolded to recipes.
 */
export const expand = (candidates: readonly Candidate[], task: 'classify' | 'regress'): Entry[] =>
  candidates.flatMap(({ kind: declared, params, grid }) => {
    const kind = kindFor(declared, task);
    const lists = { ...params, ...grid };
    const choices = Object.entries(lists).map(([name, value]): [string, unknown[]] => [
      name,
      isChoice(kind, name, value) ? value : [unfolded(value, task)],
    ]);
    const varied = choices.filter(([, values]) => values.length > 1).map(([name]) => name);
    return combinations(choices).map((chosen) => ({
      name: [kind, ...varied.map((name) => `${name} ${String(chosen[name])}`)].join(' '),
      recipe: { kind, params: chosen },
      baseline: false,
    }));
  });

const isChoice = (kind: string, name: string, value: Parameter): value is Scalar[] =>
  Array.isArray(value) && !Array.isArray(recipeKinds[kind]?.params[name]?.default);

const isCandidate = (value: unknown): value is Candidate =>
  typeof value === 'object' && value !== null && 'kind' in value && 'grid' in value;

const unfolded = (value: Parameter, task: 'classify' | 'regress'): unknown =>
  Array.isArray(value) && value.some(isCandidate)
    ? expand(value.filter(isCandidate), task).map(({ recipe }) => recipe)
    : value;

const combinations = (choices: readonly [string, unknown[]][]): Record<string, unknown>[] =>
  choices.reduce<Record<string, unknown>[]>(
    (made, [name, values]) =>
      made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );

/** Fewer degrees of freedom first: linear models, trees, larger trees, blends, and a search over all of them. */
export function complexity({ kind, params }: Recipe): number {
  if (kind === 'auto') return Number.MAX_SAFE_INTEGER;
  if (kind === 'ensemble' || kind === 'stacked') return Number.MAX_SAFE_INTEGER - 1;
  if (kind !== 'boosting') return kind === 'bgNbd' ? 0 : 1;
  const number = (name: string, otherwise: number) =>
    typeof params[name] === 'number' ? params[name] : otherwise;
  return 10 + number('leaves', 31) * number('rounds', 200);
}

/** Two recipes that would fit the same model on the same rows; a search is the same whatever it had time for. */
export const sameRecipe = (a: Recipe, b: Recipe): boolean =>
  a.kind === b.kind && sorted(a) === sorted(b);

const sorted = ({ kind, params }: Recipe) =>
  JSON.stringify(
    Object.entries(params)
      .filter(([name]) => kind !== 'auto' || name !== 'replay')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
