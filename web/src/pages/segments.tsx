import type { ModelAnswer, SegmentsAnswer } from '@tino/system/contract';
import { useLanguage } from '../language.js';
import { Answer } from '../parts/answer.js';
import { Failure } from '../parts/failure.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { ProvenanceLine } from '../parts/provenance-line.js';
import { useGet } from '../use-get.js';
import { CopyLink } from './kinds/copy-link.js';
import { useTaskTabs } from './kinds/task-tabs.js';
import { MembersView } from './segments/members.js';
import { useMay } from '../session.js';
import { Audiences } from './audiences/audiences.js';
import { CutPoints } from './segments/cut-points.js';
import { LookUp } from './segments/look-up.js';
import { SegmentFigures } from './segments/figures.js';
import { SegmentTable } from './segments/segment-table.js';
import { useOpenSegment } from './segments/use-open-segment.js';

/** Who are they, who moved? One segment open lists its members. */
export function SegmentsPage({ model }: { model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const tabs = useTaskTabs(model);
  const analyst = useMay('analyst');
  const { data, error } = useGet<SegmentsAnswer>(`/v1/models/${model.name}/segments`);
  const { open, setOpen } = useOpenSegment();
  const segment = data?.segments.find(({ id }) => id === open);
  return (
    <>
      <PageHead title={t(model.page.title)} tabs={tabs} actions={<CopyLink />} />
      {data && segment ? (
        <MembersView model={model} segment={segment} onClose={() => setOpen(null)} />
      ) : data ? (
        <>
          <Answer spans={data.sentence} />
          <ProvenanceLine provenance={data.provenance} />
          <SegmentTable model={model} answer={data} onOpen={setOpen} />
          <SegmentFigures model={model} answer={data} />
          {data.cuts && <CutPoints cuts={data.cuts} />}
          <p className="figure-note">
            {t({ pt: 'Por que tantos grupos: ', en: 'Why this many groups: ' })}
            {data.quality.reason[language]}
          </p>
          <LookUp model={model} />
          {analyst && <Audiences model={model} segments={data.segments} />}
        </>
      ) : error ? (
        <Failure error={error} />
      ) : (
        <Loading doing={t({ pt: 'Separando os grupos…', en: 'Parting the groups…' })} />
      )}
    </>
  );
}
