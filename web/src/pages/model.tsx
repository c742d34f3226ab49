import type { ModelAnswer } from '@tino/system/contract';
import { lazy } from 'react';
import { useLanguage } from '../language.js';
import { Loading } from '../parts/loading.js';
import { NoModelYet } from '../parts/no-model-yet.js';
import { PageHead } from '../parts/page-head.js';
import { useModels } from '../use-models.js';
import { useTaskTabs } from './kinds/task-tabs.js';
import { NotFoundPage } from './not-found.js';

const ForecastPage = lazy(() => import('./forecast.js').then((m) => ({ default: m.ForecastPage })));
const DirectionPage = lazy(() =>
  import('./direction.js').then((m) => ({ default: m.DirectionPage })),
);
const PricePage = lazy(() => import('./price.js').then((m) => ({ default: m.PricePage })));
const ScoresPage = lazy(() => import('./scores.js').then((m) => ({ default: m.ScoresPage })));
const SegmentsPage = lazy(() => import('./segments.js').then((m) => ({ default: m.SegmentsPage })));
const EstimatePage = lazy(() => import('./estimate.js').then((m) => ({ default: m.EstimatePage })));

/** One page per kind of task; the declaration brings the words. */
export function ModelPage({ name }: { name: string }) {
  const models = useModels();
  if (models.length === 0) return <Loading />;
  const model = models.find((one) => one.name === name);
  if (model === undefined) return <NotFoundPage />;
  if (model.state === 'untrained') return <Untrained model={model} />;
  return <TaskPage key={model.name} model={model} />;
}

function Untrained({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  return (
    <>
      <PageHead title={t(model.page.title)} tabs={useTaskTabs(model)} />
      <NoModelYet model={model} />
    </>
  );
}

/** Prices ask for a direction, amounts for a range. */
function TaskPage({ model }: { model: ModelAnswer }) {
  const { task, page, levels } = model;
  if (task === 'price') return <PricePage model={model} />;
  if (task === 'segment') return <SegmentsPage model={model} />;
  if (task === 'classify') return <ScoresPage model={model} />;
  if (task === 'regress') return <EstimatePage model={model} />;
  return page.unit === 'unitPrice' && levels.length === 0 ? (
    <DirectionPage model={model} />
  ) : (
    <ForecastPage model={model} />
  );
}
