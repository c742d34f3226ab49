import type { ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { type Filter, useFilters } from '../../parts/filters.js';
import { useAnswerFilters } from '../kinds/answer-filters.js';
import { stepsWords } from '../kinds/steps.js';

/** A member alone has nothing to narrow. Horizons are in steps; the declared one is the default and stays out of the address. */
export function useForecastFilters(
  model: ModelAnswer,
  answer: ForecastAnswer | undefined,
  { alone }: { alone: boolean },
): Filter[] {
  const { language, t } = useLanguage();
  const offered = useAnswerFilters(model, answer?.filters);
  const declared = model.horizon ?? 1;
  const shorter = [Math.ceil(declared / 4), Math.ceil(declared / 2)].filter(
    (steps, index, all) => steps < declared && all.indexOf(steps) === index,
  );
  return [
    ...(alone ? [] : offered),
    {
      name: 'h',
      label: t({ pt: 'Horizonte', en: 'Horizon' }),
      none: stepsWords(declared, model.step, language),
      options: shorter.map((steps) => ({
        value: String(steps),
        label: stepsWords(steps, model.step, language),
      })),
    },
    {
      name: 'vs',
      label: t({ pt: 'Comparar com', en: 'Compare with' }),
      none: t({ pt: 'ano passado', en: 'last year' }),
      options: [{ value: 'nothing', label: t({ pt: 'nada', en: 'nothing' }) }],
    },
  ];
}

/** Last year's dashed line is drawn unless the reader took it away. */
export const useCompares = (): boolean => useFilters().value('vs') !== 'nothing';
