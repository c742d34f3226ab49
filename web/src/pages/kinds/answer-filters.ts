import type { ModelAnswer } from '@tino/system/contract';
import type { Params } from '../../api.js';
import { useLanguage } from '../../language.js';
import { type Filter, useFilters } from '../../parts/filters.js';
import { columnLabel } from './labels.js';

/** The filters that an answer offers, named as the page declares them. */
export function useAnswerFilters(
  model: ModelAnswer,
  offered: Record<string, string[]> | undefined,
): Filter[] {
  const { language } = useLanguage();
  return Object.entries(offered ?? {})
    .filter(([, values]) => values.length > 1)
    .map(([name, values]) => ({
      name,
      label: columnLabel(model, name, language),
      options: values.map((value) => ({ value, label: value.replaceAll('_', ' ') })),
    }));
}

/** The address' filters as the API asks for them: `state=SP` → `filter.state=SP`. */
export function useFilterParams(model: ModelAnswer): Params {
  const filters = useFilters();
  const params: Params = {};
  for (const name of model.page.filters ?? []) {
    const values = filters.values(name);
    if (values.length > 0) params[`filter.${name}`] = values;
  }
  return params;
}
