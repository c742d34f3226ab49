import type { AudienceRule, Language, ModelAnswer, Segment } from '@tino/system/contract';
import { number } from '../../format.js';
import { columnLabel } from '../kinds/labels.js';

const LIMITS = {
  atLeast: { pt: 'a partir de', en: 'at least' },
  atMost: { pt: 'até', en: 'at most' },
} as const;

/** The rule as people say it: `Fiéis, Novos · receita a partir de 100 · os 500 de maior valor`. */
export function ruleWords(
  { segments: ids = [], where, top }: AudienceRule,
  model: ModelAnswer,
  segments: readonly Segment[],
  language: Language,
): string {
  const names = ids.map((id) => segments.find((one) => one.id === id)?.name[language] ?? id);
  const parts = names.length > 0 ? [names.join(', ')] : [];
  for (const { column, is, values } of where) {
    const shown = values.map((value) =>
      typeof value === 'number' ? number(value, language) : value,
    );
    const label = columnLabel(model, column, language).toLowerCase();
    parts.push(
      is === 'oneOf'
        ? `${label}: ${shown.join(', ')}`
        : `${label} ${LIMITS[is][language]} ${shown[0]}`,
    );
  }
  if (top !== undefined) {
    const count = number(top, language);
    parts.push(language === 'pt' ? `os ${count} de maior valor` : `the ${count} of most value`);
  }
  return parts.length > 0 ? parts.join(' · ') : language === 'pt' ? 'todos' : 'all';
}
