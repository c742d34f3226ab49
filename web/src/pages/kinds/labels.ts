import type { Language, ModelAnswer } from '@tino/system/contract';

/** A declared name as words: `store_type` → `Store type`. */
export function wordsOf(name: string): string {
  const text = name.replace(/_id$/, '').replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a column is called: its declared phrase without the value, else its name as words. */
export function columnLabel(model: ModelAnswer, column: string, language: Language): string {
  const label = model.page.labels?.[column]?.[language];
  if (label !== undefined) return label;
  const phrase = model.features.find(({ name }) => name === column)?.phrase[language];
  if (phrase === undefined) return wordsOf(column);
  const text = phrase
    .replace('{value}', '')
    .replace(/[:\s]+$/, '')
    .trim();
  // A phrase of a unit alone does not say what is measured.
  if (text.length <= 3) return text === '' ? wordsOf(column) : `${wordsOf(column)} (${text})`;
  return wordsOf(text);
}

/** How numbers of a column are written: as declared, else shares by their name. */
export const unitOf = ({ page }: ModelAnswer, column: string) =>
  page.units?.[column] ?? (/(^|_)share(_|$)/.test(column) ? 'share' : undefined);

/** Singular or plural of the page's noun. */
export const nounOf = ({ page }: ModelAnswer, count: number, language: Language): string =>
  page.noun[language][count === 1 ? 0 : 1];

/** An entity's key with the names of its parts: `Store 20 · Product 101`. */
export const keyWords = (
  model: ModelAnswer,
  key: Record<string, string>,
  language: Language,
): string =>
  model.key.map((name) => `${columnLabel(model, name, language)} ${key[name] ?? '—'}`).join(' · ');

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
