import type { ModelAnswer, Suggestion } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { type Filter, useFilters } from '../../parts/filters.js';
import { columnLabel } from '../kinds/labels.js';
import { STATE_WORDS } from './states.js';

/** The suggestions that pass the filters of the address, and the filters themselves. */
export function useShown(
  model: ModelAnswer,
  all: readonly Suggestion[],
): { items: Suggestion[]; offered: Filter[] } {
  const { language, t } = useLanguage();
  const filters = useFilters();
  const category = filters.value('category');
  const state = filters.value('state');
  const items = all.filter(
    (item) =>
      (category === undefined || item.category === category) &&
      (state === undefined || item.state === state),
  );
  const categories = [...new Set(all.flatMap((item) => item.category ?? []))];
  const states = [...new Set(all.map((item) => item.state))];
  const offered = [
    {
      name: 'category',
      label: columnLabel(model, 'category', language),
      options: categories.map((value) => ({ value, label: value })),
    },
    {
      name: 'state',
      label: t({ pt: 'Situação', en: 'State' }),
      options: states.map((value) => ({ value, label: STATE_WORDS[value][language] })),
    },
  ];
  return { items, offered };
}
