import type { Forecast, ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { useLanguage } from '../language.js';
import { Failure } from '../parts/failure.js';
import { Filters, useFilters } from '../parts/filters.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { ProvenanceLine } from '../parts/provenance-line.js';
import { useGet } from '../use-get.js';
import { DirectionAnswer } from './direction/answer.js';
import { DirectionPanel } from './direction/panel.js';
import { verdictsOf } from './direction/verdicts.js';
import { VerdictList } from './direction/verdict-list.js';
import { ExportMembers } from './forecast/export-members.js';
import { keyParams, keyPath } from './forecast/level.js';
import { useAnswerFilters, useFilterParams } from './kinds/answer-filters.js';
import { openPanel } from './kinds/open-panel.js';
import { CopyLink } from './kinds/copy-link.js';
import { useTaskTabs } from './kinds/task-tabs.js';

const MEMBERS_MAX = 200;

/** Up, flat, down, or no signal? Items by verdict at the left, the chosen one at the right. */
export function DirectionPage({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const tabs = useTaskTabs(model);
  const chosen = useFilterParams(model);
  const path = `/v1/models/${model.name}/forecast`;
  const { data, error } = useGet<ForecastAnswer>(path, { ...chosen, limit: MEMBERS_MAX });
  const filters = useAnswerFilters(model, data?.filters);
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
        <Body model={model} answer={data} />
      ) : error ? (
        <Failure error={error} />
      ) : (
        <Loading doing={t({ pt: 'Lendo as séries…', en: 'Reading the series…' })} />
      )}
    </>
  );
}

function Body({ model, answer }: { model: ModelAnswer; answer: ForecastAnswer }) {
  const verdicts = verdictsOf(answer.members);
  const filters = useFilters();
  const asked = filters.value('item');
  const first = verdicts[0]?.members[0];
  const open = asked ?? (first && keyPath(first.key));
  const known = answer.members.find(({ key }) => keyPath(key) === open);
  return (
    <>
      <DirectionAnswer model={model} verdicts={verdicts} total={answer.total} />
      <ProvenanceLine provenance={answer.provenance} />
      <div className="list-and-panel">
        <VerdictList
          model={model}
          verdicts={verdicts}
          open={open}
          onOpen={(key) => openPanel(filters, key)}
        />
        {known && (
          <OpenPanel model={model} answer={answer} member={known} asked={asked !== undefined} />
        )}
      </div>
    </>
  );
}

/** The member alone carries what a page of members leaves out: drivers and its full sentence. */
function OpenPanel({
  model,
  answer,
  member,
  asked,
}: {
  model: ModelAnswer;
  answer: ForecastAnswer;
  member: Forecast;
  asked: boolean;
}) {
  const { data } = useGet<ForecastAnswer>(
    `/v1/models/${model.name}/forecast`,
    keyParams(model, { level: undefined, key: new URLSearchParams(member.key).toString() }),
  );
  const same = data && keyPath(data.forecast.key) === keyPath(member.key);
  return (
    <DirectionPanel
      model={model}
      forecast={same ? data.forecast : member}
      dataUntil={answer.provenance.dataUntil}
      asked={asked}
    />
  );
}
