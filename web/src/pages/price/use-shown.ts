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
  const names = model.page.filters?.length ? model.page.filters : ['category'];
  const state = filters.value('state');
  const items = all.filter(
    (item) =>
      (state === undefined || item.state === state) &&
      names.every((name) => [undefined, valueOf(item, name)].includes(filters.value(name))),
  );
  const states = [...new Set(all.map((item) => item.state))];
  const offered = [
    ...names.map((name) => ({
      name,
      label: columnLabel(model, name, language),
      options: [...new Set(all.flatMap((item) => valueOf(item, name) ?? []))]
        .toSorted((a, b) => a.localeCompare(b, language, { numeric: true }))
        .map((value) => ({ value, label: value })),
    })),
    {
      name: 'state',
      label: t({ pt: 'Situação', en: 'State' }),
      options: states.map((value) => ({ value, label: STATE_WORDS[value][language] })),
    },
  ];
  return { items, offered };
}

/** What an item says in a column, as its filter does. */
function valueOf({ key, category, attributes = {} }: Suggestion, name: string): string | undefined {
  const value = name === 'category' ? category : (attributes[name] ?? key[name]);
  return value === null || value === undefined ? undefined : String(value);
}
