import type { Today } from '../contract/operations.js';
import type { Language } from '../contract/words.js';
import { describeModel } from '../serving/catalog.js';
import type { ServingContext } from '../serving/context.js';
import type { LoadedModel } from '../workspace/types.js';

const LABELS = {
  good: { pt: 'em dia', en: 'up to date' },
  small: { pt: 'ganho pequeno', en: 'small gain' },
  stale: { pt: 'atrasado', en: 'stale' },
  none: { pt: 'sem modelo', en: 'no model' },
};

/** One line a model: may it be trusted, and how we know. */
export async function trustOf(
  context: ServingContext,
  model: LoadedModel,
  served: boolean,
  language: Language,
): Promise<Today['trust'][number]> {
  const title = model.declaration.page.tab ?? model.declaration.page.title;
  const described = served ? await describeModel(context, model) : undefined;
  if (described?.provenance == null) {
    const says = language === 'pt' ? 'falta o primeiro treino' : 'the first training is missing';
    return { model: model.name, title, state: 'none', label: LABELS.none[language], says };
  }
  const state =
    described.state === 'stale'
      ? 'stale'
      : described.provenance.rung === 'baseline'
        ? 'small'
        : 'good';
  return {
    model: model.name,
    title,
    state,
    label: LABELS[state][language],
    says: described.provenance.quality[language],
  };
}
