import type { ModelAnswer } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import type { Tab } from '../../parts/page-head.js';
import { siblingsOf, useModels } from '../../use-models.js';

/** The questions of one page: models that answer under the same title, a hollow dot before training. */
export function useTaskTabs(model: ModelAnswer): Tab[] {
  const { t } = useLanguage();
  const siblings = siblingsOf(model, useModels());
  if (siblings.length < 2) return [];
  return siblings.map(({ name, page, state }) => ({
    href: `/m/${name}`,
    label: `${t(page.tab ?? page.title)}${state === 'untrained' ? ' ○' : ''}`,
    current: name === model.name,
  }));
}
