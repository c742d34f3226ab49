import type { ModelAnswer, Run } from '@tino/system/contract';
import { useMemo } from 'react';
import { date } from '../../format.js';
import { useLanguage } from '../../language.js';
import { metricDifference, metricName, metricValue } from '../../metrics.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { useMayWhole } from '../../session.js';
import { TASKS } from '../../tasks.js';
import { useGet } from '../../use-get.js';

interface Row {
  model: ModelAnswer;
  /** The run that made the champion, for those who may see runs. */
  run: Run | undefined;
}

interface ChampionsProps {
  models: ModelAnswer[];
  chosen: string | null;
  open(model: ModelAnswer): void;
}

/** A line per model: champion, how it did on what it had not seen, and against the plain baseline. */
export function Champions({ models, chosen, open }: ChampionsProps) {
  const { t } = useLanguage();
  const asks = useMayWhole('analyst');
  const runs = useGet<{ items: Run[] }>(asks ? '/v1/runs' : null, { limit: 200 }).data?.items;
  const rows = useMemo<Row[]>(
    () =>
      models.map((model) => ({
        model,
        run: runs?.find(
          (run) =>
            run.model === model.name && run.version !== null && run.version === model.champion,
        ),
      })),
    [models, runs],
  );
  return (
    <div className="champions">
      <DataTable
        caption={t({ pt: 'Modelos e suas campeãs', en: 'Models and their champions' })}
        columns={useColumns()}
        rows={rows}
        rowKey={({ model }) => model.name}
        selected={chosen}
        onOpen={({ model }) => open(model)}
      />
    </div>
  );
}

function useColumns(): Column<Row>[] {
  const { t, language } = useLanguage();
  return useMemo<Column<Row>[]>(() => {
    const gap = ({ run }: Row) =>
      run?.verdict ? run.verdict.challenger - run.verdict.baseline : null;
    return [
      {
        key: 'model',
        title: t({ pt: 'Modelo', en: 'Model' }),
        sortValue: ({ model }) => t(model.page.tab ?? model.page.title),
        render: ({ model }) => (
          <>
            <span className="name">{t(model.page.tab ?? model.page.title)}</span>
            <span className="name-note wide-only">{model.name}</span>
          </>
        ),
      },
      {
        key: 'task',
        title: t({ pt: 'Tarefa', en: 'Task' }),
        wide: true,
        render: ({ model }) => t(TASKS[model.task]),
      },
      {
        key: 'champion',
        title: t({ pt: 'Campeã', en: 'Champion' }),
        render: ({ model }) => (
          <span className="name">{model.champion === null ? '—' : `v${model.champion}`}</span>
        ),
      },
      {
        key: 'since',
        title: t({ pt: 'Treinada em', en: 'Trained on' }),
        wide: true,
        sortValue: ({ run }) => run?.endedAt ?? null,
        render: ({ run }) => (run?.endedAt ? date(run.endedAt, language) : '—'),
      },
      {
        key: 'metric',
        title: t({ pt: 'No teste', en: 'Held out' }),
        wide: true,
        render: ({ run }) =>
          run?.verdict
            ? `${metricName(run.metric, language)} ${metricValue(run.metric, run.verdict.challenger, language)}`
            : '—',
      },
      {
        key: 'gap',
        title: t({ pt: 'Contra a base', en: 'Against baseline' }),
        align: 'right',
        wide: true,
        render: (row) => {
          const difference = gap(row);
          return difference === null
            ? '—'
            : metricDifference(row.run!.metric, difference, language);
        },
      },
      {
        key: 'until',
        title: t({ pt: 'Dados até', en: 'Data until' }),
        wide: true,
        sortValue: ({ model }) => model.provenance?.dataUntil ?? null,
        render: ({ model }) =>
          model.provenance?.dataUntil ? date(model.provenance.dataUntil, language) : '—',
      },
      {
        key: 'state',
        title: t({ pt: 'Situação', en: 'State' }),
        render: ({ model }) => <State model={model} />,
      },
    ];
  }, [t, language]);
}

function State({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const look = { serving: 'dot-good', stale: 'dot-caution', untrained: 'dot-none' }[model.state];
  const words = {
    serving: { pt: 'em dia', en: 'in date' },
    stale: { pt: 'dados antigos', en: 'old data' },
    untrained: { pt: 'sem modelo', en: 'no model' },
  }[model.state];
  const waiting =
    model.challenger === null
      ? t(words)
      : t({ pt: `v${model.challenger} em espera`, en: `v${model.challenger} waiting` });
  return (
    <span className="nowrap">
      <i className={`dot ${look}`} />
      {waiting}
    </span>
  );
}
