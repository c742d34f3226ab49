import type { ModelAnswer, ScoresAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../../language.js';
import { Answer } from '../../parts/answer.js';
import { Failure } from '../../parts/failure.js';
import { Filters } from '../../parts/filters.js';
import { useGet } from '../../use-get.js';
import { useAnswerFilters, useFilterParams } from '../kinds/answer-filters.js';
import { WorkList } from '../scores/work-list.js';

const PAGE = 25;

/** Those of the last score, the highest first; absent where entities have no keys. */
export function ScoredList({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const chosen = useFilterParams(model);
  const [limit, setLimit] = useState(PAGE);
  const path = model.key.length > 0 ? `/v1/models/${model.name}/scores` : null;
  const { data, error } = useGet<ScoresAnswer>(path, { ...chosen, limit });
  const filters = useAnswerFilters(model, data?.filters);
  if (error && !data) return error.status === 404 ? null : <Failure error={error} />;
  if (!data || data.total === 0) return null;
  return (
    <section className="scored-list">
      <h2 className="heading">{t({ pt: 'Os que já temos', en: 'Those we already have' })}</h2>
      <Answer spans={data.sentence} />
      <Filters filters={filters} />
      <WorkList
        model={model}
        answer={data}
        isMarked={() => false}
        onMark={() => undefined}
        onMore={data.next === null ? null : () => setLimit(Math.min(1000, limit + PAGE))}
      />
    </section>
  );
}
