import type { ModelAnswer } from '@tino/system/contract';
import { useGet } from './use-get.js';

/** Models in declared order; empty until they are known. */
export const useModels = (): ModelAnswer[] =>
  useGet<{ items: ModelAnswer[] }>('/v1/models').data?.items ?? [];

/** Models that answer under the same title are tabs of one page. */
export const siblingsOf = (model: ModelAnswer, models: ModelAnswer[]): ModelAnswer[] =>
  models.filter((other) => other.page.title.pt === model.page.title.pt);
