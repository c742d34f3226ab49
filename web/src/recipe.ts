import type { Language } from '@tino/system/contract';

export interface Recipe {
  kind: string;
  params: Record<string, unknown>;
}

/** `boosting · leaves 31 · learningRate 0,1`: names as the leaderboard writes them. */
export const recipeOf = ({ kind, params }: Recipe, language: Language): string =>
  [kind, ...named(params, language)].join(' · ');

/** A parameter as text; recipes within recipes (the members of a family) by their kinds. */
export function plainOf(value: unknown, language: Language): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'number')
    return new Intl.NumberFormat(language, { maximumSignificantDigits: 6 }).format(value);
  if (Array.isArray(value)) return value.map((one) => plainOf(one, language)).join(', ');
  if (isRecipe(value)) return [value.kind, ...named(value.params, language)].join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

// Zero is the floor of amounts, said of every series: naming it tells nothing.
const named = (params: Record<string, unknown>, language: Language) =>
  Object.entries(params)
    .filter(([name, value]) => !(name === 'floor' && value === 0))
    .map(([name, value]) => {
      const text = plainOf(value, language);
      return text.startsWith(`${name} `) ? text : `${name} ${text}`;
    });

const isRecipe = (value: unknown): value is Recipe =>
  typeof value === 'object' && value !== null && 'kind' in value && 'params' in value;
