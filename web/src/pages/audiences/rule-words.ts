import type { AudienceRule, Language, ModelAnswer, Segment } from '@tino/system/contract';
import { number } from '../../format.js';
import { columnsAsked, conditionWords } from '../conditions/condition-words.js';

/** The rule as people say it: `Fiéis, Novos · Receita: a partir de R$ 100,00 · os 500 de maior valor`. */
export function ruleWords(
  { segments: ids = [], where, top }: AudienceRule,
  model: ModelAnswer,
  segments: readonly Segment[],
  language: Language,
): string {
  const names = ids.map((id) => segments.find((one) => one.id === id)?.name[language] ?? id);
  const parts = names.length > 0 ? [names.join('; ')] : [];
  for (const column of columnsAsked(where))
    parts.push(conditionWords(model, where, column, language));
  if (top !== undefined) {
    const count = number(top, language);
    parts.push(language === 'pt' ? `os ${count} de maior valor` : `the ${count} of most value`);
  }
  return parts.length > 0 ? parts.join(' · ') : language === 'pt' ? 'todos' : 'all';
}
