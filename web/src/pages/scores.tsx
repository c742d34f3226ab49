import type { ModelAnswer, ScoresAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../language.js';
import { Answer } from '../parts/answer.js';
import { Failure } from '../parts/failure.js';
import { Filters } from '../parts/filters.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { ProvenanceLine } from '../parts/provenance-line.js';
import { useGet } from '../use-get.js';
import { useAnswerFilters, useFilterParams } from './kinds/answer-filters.js';
import { CopyLink } from './kinds/copy-link.js';
import { useTaskTabs } from './kinds/task-tabs.js';
import { ScoresBody } from './scores/body.js';

const PAGE = 200;

/** Whom do I contact, how many, why? */
export function ScoresPage({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const tabs = useTaskTabs(model);
  const chosen = useFilterParams(model);
  const [limit, setLimit] = useState(PAGE);
  const path = `/v1/models/${model.name}/scores`;
  const { data, error } = useGet<ScoresAnswer>(path, { ...chosen, limit });
  const filters = useAnswerFilters(model, data?.filters);
  return (
    <>
      <PageHead title={t(model.page.title)} tabs={tabs} actions={<CopyLink />} />
      <Filters filters={filters} />
      {data ? (
        <>
          <Answer spans={data.sentence} />
          <ProvenanceLine provenance={data.provenance} />
          <ScoresBody
            model={model}
            answer={data}
            onMore={data.next === null ? null : () => setLimit(Math.min(1000, limit + PAGE))}
          />
        </>
      ) : error ? (
        <Failure error={error} />
      ) : (
        <Loading doing={t({ pt: 'Ordenando a lista…', en: 'Ordering the list…' })} />
      )}
    </>
  );
}
