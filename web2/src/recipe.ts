import type { Language } from '@tino/system/contract';

export interface Recipe {
  kind: string;
  params: Record<string, unknown>;
}

/** `boosting · leaves 31 · learningRate 0,1`: names as the leaderboard writes them. */
export const recipeOf = ({ kind, params }: Recipe, language: Language): string =>
  [
    kind,
    ...Object.entries(params).map(([name, value]) => `${name} ${plainOf(value, language)}`),
  ].join(' · ');

/** A parameter as text; nothing is shown for one that a recipe does not have. */
export function plainOf(value: unknown, language: Language): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'number')
    return new Intl.NumberFormat(language, { maximumSignificantDigits: 6 }).format(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
