import type { Language, ModelAnswer, Suggestion } from '@tino/system/contract';
import { keyWords } from '../kinds/labels.js';

/** Said of an item already: its name and its category. */
const SAID = new Set(['name', 'category']);

/** Whose item it is: the columns that the declaration shows, else its key. */
export function whereOf(
  model: ModelAnswer,
  { key, attributes = {} }: Suggestion,
  language: Language,
): string {
  const shown = (model.page.columns ?? []).flatMap((name) =>
    SAID.has(name) ? [] : (attributes[name] ?? []),
  );
  return shown.length > 0 ? shown.join(' · ') : keyWords(model, key, language);
}
