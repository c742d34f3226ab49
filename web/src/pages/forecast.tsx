import type { ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../language.js';
import { Answer } from '../parts/answer.js';
import { Failure } from '../parts/failure.js';
import { Filters, useFilters } from '../parts/filters.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { ProvenanceLine } from '../parts/provenance-line.js';
import { useGet } from '../use-get.js';
import { ExportMembers } from './forecast/export-members.js';
import { useForecastFilters } from './forecast/filters.js';
import { keyParams, useLevelTabs, usePlace } from './forecast/level.js';
import { LevelView } from './forecast/level-view.js';
import { MemberView } from './forecast/member-view.js';
import { useFilterParams } from './kinds/answer-filters.js';
import { CopyLink } from './kinds/copy-link.js';

const PAGE = 100;

/** How much, within what range: a level of the hierarchy, or one of its members. */
export function ForecastPage({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const place = usePlace(model);
  const tabs = useLevelTabs(model, place.level);
  const chosen = useFilterParams(model);
  const horizon = useFilters().value('h');
  const [limit, setLimit] = useState(PAGE);
  const { data, error } = useGet<ForecastAnswer>(`/v1/models/${model.name}/forecast`, {
    ...(place.level !== undefined && { level: place.level }),
    ...keyParams(model, place),
    ...chosen,
    horizon,
    limit,
  });
  const filters = useForecastFilters(model, data, { alone: place.key !== undefined });
  return (
    <>
      <PageHead
        title={t(model.page.title)}
        tabs={tabs}
        actions={
          <>
            <CopyLink />
            {data && <ExportMembers model={model} answer={data} />}
          </>
        }
      />
      <Filters filters={filters} />
      {data ? (
        <>
          <Answer spans={data.forecast.sentence} />
          <ProvenanceLine provenance={data.provenance} />
          {place.key === undefined ? (
            <LevelView model={model} answer={data} level={place.level} />
          ) : (
            <MemberView model={model} answer={data} />
          )}
          {data.next !== null && (
            <button
              type="button"
              className="button button-plain"
              onClick={() => setLimit(limit + PAGE)}
            >
              {t({ pt: 'Mostrar mais', en: 'Show more' })}
            </button>
          )}
        </>
      ) : error ? (
        <Failure error={error} />
      ) : (
        <Loading doing={t({ pt: 'Somando as séries…', en: 'Adding up the series…' })} />
      )}
    </>
  );
}
