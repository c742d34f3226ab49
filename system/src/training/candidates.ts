import type { Recipe } from '@tino/learn';
import { kindFor } from '../workspace/kinds.js';
import type { Candidate } from '../workspace/types.js';

/** A recipe with the name that the leaderboard shows. */
export interface Entry {
  name: string;
  recipe: Recipe;
  baseline: boolean;
}

/** Every combination of every candidate's grid, in declared order. */
export const expand = (candidates: readonly Candidate[], task: 'classify' | 'regress'): Entry[] =>
  candidates.flatMap(({ kind: declared, params, grid }) => {
    const kind = kindFor(declared, task);
    const lists = { ...params, ...grid };
    const choices = Object.entries(lists).map(([name, value]): [string, unknown[]] => [
      name,
      Array.isArray(value) ? value : [value],
    ]);
    const varied = choices.filter(([, values]) => values.length > 1).map(([name]) => name);
    return combinations(choices).map((chosen) => ({
      name: [kind, ...varied.map((name) => `${name} ${String(chosen[name])}`)].join(' '),
      recipe: { kind, params: chosen },
      baseline: false,
    }));
  });

const combinations = (choices: readonly [string, unknown[]][]): Record<string, unknown>[] =>
  choices.reduce<Record<string, unknown>[]>(
    (made, [name, values]) =>
      made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );

/** Fewer degrees of freedom first: linear models, trees, larger trees, and a search over all of them. */
export function complexity({ kind, params }: Recipe): number {
  if (kind === 'auto') return Number.MAX_SAFE_INTEGER;
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
