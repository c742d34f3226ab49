import type { Run } from '@tino/system/contract';
import { moment } from '../dates.js';
import { useLanguage } from '../language.js';
import { Button } from '../parts/button.js';
import { Empty } from '../parts/empty.js';
import { exportCsv } from '../parts/export-csv.js';
import { Failure } from '../parts/failure.js';
import { Filters, useFilters } from '../parts/filters.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { TrainButton } from '../parts/train-button.js';
import { useGet } from '../use-get.js';
import { useModels } from '../use-models.js';
import { Comparison } from './runs/comparison.js';
import { Leaderboard } from './runs/leaderboard.js';
import { RunAnswer } from './runs/run-answer.js';
import { useCompared } from './runs/use-compared.js';

/** What was tried, does the difference hold? One run at a time, two of its candidates side by side. */
export function RunsPage() {
  const { t, language } = useLanguage();
  const filters = useFilters();
  const models = useModels();
  const model = filters.value('model');
  const { data, error } = useGet<{ items: Run[] }>('/v1/runs', { limit: 100, model });
  const asked = filters.value('run');
  const one = useGet<Run>(asked === undefined ? null : `/v1/runs/${asked}`);
  const runs = data?.items ?? [];
  const run = asked === undefined ? runs[0] : one.data;
  return (
    <>
      <PageHead
        title={t({ pt: 'Execuções', en: 'Runs' })}
        actions={
          run && (
            <>
              <Button data-export onClick={() => exportRun(run, language)}>
                {t({ pt: 'Exportar', en: 'Export' })}
              </Button>
              <TrainButton model={run.model} />
            </>
          )
        }
      />
      <Filters
        filters={[
          {
            name: 'model',
            label: t({ pt: 'Modelo', en: 'Model' }),
            options: models.map(({ name }) => ({ value: name, label: name })),
          },
          {
            name: 'run',
            label: t({ pt: 'Execução', en: 'Run' }),
            none: t({ pt: 'a mais nova', en: 'the newest' }),
            options: runs.map(({ id, model: name, startedAt }) => ({
              value: id,
              label: `${name}, ${moment(startedAt, language)}`,
            })),
          },
        ]}
      />
      {(error ?? one.error) && <Failure error={(error ?? one.error)!} />}
      {!data && !error && <Loading />}
      {data && !run && !one.isFetching && <NoRuns model={model} />}
      {run && <OneRun key={run.id} run={run} />}
    </>
  );
}

function OneRun({ run }: { run: Run }) {
  const compared = useCompared(run);
  return (
    <>
      <RunAnswer run={run} />
      <div className="run">
        <Leaderboard run={run} compared={compared} />
        <Comparison run={run} compared={compared} />
      </div>
    </>
  );
}

function NoRuns({ model }: { model: string | undefined }) {
  const { t } = useLanguage();
  const filters = useFilters();
  return (
    <Empty
      title={
        model === undefined
          ? t({ pt: 'Nada foi treinado ainda.', en: 'Nothing was trained yet.' })
          : t({ pt: `Nenhuma execução de ${model}.`, en: `No run of ${model}.` })
      }
    >
      {model !== undefined && (
        <Button look="main" onClick={() => filters.clear(['model'])}>
          {t({ pt: `Tirar “Modelo: ${model}”`, en: `Remove “Model: ${model}”` })}
        </Button>
      )}
    </Empty>
  );
}

function exportRun(run: Run, language: 'pt' | 'en'): void {
  const folds = run.leaderboard.reduce((most, { folds: own }) => Math.max(most, own.length), 0);
  exportCsv(
    `${run.model}-${run.id}`,
    [
      { title: 'candidate', value: ({ name }) => name },
      { title: run.metric, value: ({ metrics }) => metrics[run.metric] },
      ...Array.from({ length: folds }, (_, fold) => ({
        title: `fold ${fold + 1}`,
        value: (row: Run['leaderboard'][number]) => row.folds[fold],
      })),
      { title: 'seconds', value: ({ seconds }) => seconds },
      { title: 'baseline', value: ({ baseline }) => baseline },
      { title: 'winner', value: ({ winner }) => winner },
    ],
    run.leaderboard,
    language,
  );
}
