import type { AudiencesAnswer, ModelAnswer, SegmentsAnswer } from '@tino/system/contract';
import { useLanguage } from '../language.js';
import { Answer } from '../parts/answer.js';
import { Failure } from '../parts/failure.js';
import { Filters, useFilters } from '../parts/filters.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { ProvenanceLine } from '../parts/provenance-line.js';
import { useMay } from '../session.js';
import { useGet } from '../use-get.js';
import { Audiences } from './audiences/audiences.js';
import { AudienceView } from './audiences/audience-view.js';
import { CopyLink } from './kinds/copy-link.js';
import { useTaskTabs } from './kinds/task-tabs.js';
import { CompareView } from './segments/compare.js';
import { CutPoints } from './segments/cut-points.js';
import { SegmentFigures } from './segments/figures.js';
import { LookUp } from './segments/look-up.js';
import { MembersView } from './segments/members.js';
import { SegmentTable } from './segments/segment-table.js';

/** Who are they, who moved? One segment or audience open lists its members; two segments are compared. */
export function SegmentsPage({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const tabs = useTaskTabs(model);
  const path = `/v1/models/${model.name}`;
  const { data, error } = useGet<SegmentsAnswer>(`${path}/segments`);
  return (
    <>
      <PageHead title={t(model.page.title)} tabs={tabs} actions={<CopyLink />} />
      {data ? (
        <Segments model={model} answer={data} />
      ) : error ? (
        <Failure error={error} />
      ) : (
        <Loading doing={t({ pt: 'Separando os grupos…', en: 'Parting the groups…' })} />
      )}
    </>
  );
}

/** What is open lives in the address: `segment=`, `audience=`, or `vs=` twice. */
function Segments({ model, answer }: { model: ModelAnswer; answer: SegmentsAnswer }) {
  const { language, t } = useLanguage();
  const analyst = useMay('analyst');
  const filters = useFilters();
  const { segments } = answer;
  const audienceId = filters.value('audience');
  const rules = `/v1/models/${model.name}/audiences`;
  const asksRules = analyst && audienceId !== undefined;
  const { data, error } = useGet<AudiencesAnswer>(asksRules ? rules : null);
  const audience = data?.items.find(({ id }) => id === audienceId);
  const segment = segments.find(({ id }) => id === filters.value('segment'));
  const compared = filters.values('vs').filter((id) => segments.some((one) => one.id === id));
  const shared = { model, segments, onClose: () => filters.clear() };
  if (analyst && segment) return <MembersView {...shared} segment={segment} />;
  if (analyst && audience) return <AudienceView {...shared} audience={audience} />;
  if (asksRules && !data) return error ? <Failure error={error} /> : <Loading />;
  const vs = {
    name: 'vs',
    label: t({ pt: 'Comparar', en: 'Compare' }),
    none: t({ pt: 'grupos', en: 'groups' }),
    options: segments.map(({ id, name }) => ({ value: id, label: name[language] })),
    multiple: true,
  };
  return (
    <>
      {analyst && segments.length > 1 && <Filters filters={[vs]} />}
      {analyst && compared.length > 1 ? (
        <CompareView model={model} ids={compared} onClose={() => filters.clear()} />
      ) : (
        <>
          <Answer spans={answer.sentence} />
          <NotShown segments={segments} />
          <ProvenanceLine provenance={answer.provenance} />
          <SegmentTable model={model} answer={answer} onOpen={(id) => filters.set('segment', id)} />
          <SegmentFigures model={model} answer={answer} />
          {answer.cuts && <CutPoints cuts={answer.cuts} />}
          <p className="figure-note">
            {t({ pt: 'Por que tantos grupos: ', en: 'Why this many groups: ' })}
            {answer.quality.reason[language]}
          </p>
          <LookUp model={model} />
          {analyst && (
            <Audiences
              model={model}
              segments={segments}
              onOpen={(id) => filters.set('audience', id)}
            />
          )}
        </>
      )}
    </>
  );
}

/** An address that asks for a list is answered in words where there is none to show. */
function NotShown({ segments }: Pick<SegmentsAnswer, 'segments'>) {
  const { t } = useLanguage();
  const analyst = useMay('analyst');
  const filters = useFilters();
  const asked = ['segment', 'audience', 'vs'].flatMap((name) => filters.values(name));
  const missing = asked.filter((one) => !analyst || !segments.some(({ id }) => id === one));
  if (missing.length === 0) return null;
  return (
    <p className="figure-note" role="status">
      {analyst
        ? t({
            pt: `Na última conta não há “${missing.join('”, “')}”.`,
            en: `The last scoring has no “${missing.join('”, “')}”.`,
          })
        : t({
            pt: 'Listas e comparações exigem o papel de análise; peça a quem administra.',
            en: 'Lists and comparisons need the analyst role; ask who administers.',
          })}
    </p>
  );
}
