import type { Job } from '@tino/system/contract';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { duration, moment } from '../../dates.js';
import { useLanguage } from '../../language.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { jobTitle, outcomeOf, STATES } from './job-words.js';

/** What was done, newest first; a failure says what, which value, where, what next. */
export function JobHistory({ jobs, chosen }: { jobs: Job[]; chosen: string | null }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const columns = useColumns();
  const ended = jobs.filter(({ state }) => state !== 'running' && state !== 'queued');
  return (
    <section className="job-history">
      <h2 className="heading">{t({ pt: 'Últimas', en: 'Latest' })}</h2>
      {ended.length === 0 ? (
        <p className="uplift">{t({ pt: 'Nada terminou ainda.', en: 'Nothing has ended yet.' })}</p>
      ) : (
        <DataTable
          caption={t({ pt: 'Tarefas que terminaram', en: 'Jobs that ended' })}
          columns={columns}
          rows={ended}
          rowKey={({ id }) => id}
          selected={chosen}
          onOpen={({ id }) => navigate(id === chosen ? '/jobs' : `/jobs/${id}`)}
        />
      )}
    </section>
  );
}

const secondsOf = ({ startedAt, endedAt }: Job) =>
  startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 : null;

function useColumns(): Column<Job>[] {
  const { t, language } = useLanguage();
  return useMemo<Column<Job>[]>(
    () => [
      {
        key: 'state',
        title: t({ pt: 'Situação', en: 'State' }),
        render: ({ state }) => (
          <span className={`chip ${STATES[state].look}`}>{t(STATES[state].words)}</span>
        ),
      },
      {
        key: 'job',
        title: t({ pt: 'Tarefa', en: 'Job' }),
        sortValue: (job) => jobTitle(job, t),
        render: (job) => <span className="name">{jobTitle(job, t)}</span>,
      },
      {
        key: 'started',
        title: t({ pt: 'Começou', en: 'Started' }),
        align: 'right',
        sortValue: ({ startedAt }) => startedAt,
        render: ({ startedAt }) => (startedAt ? moment(startedAt, language) : '—'),
      },
      {
        key: 'took',
        title: t({ pt: 'Levou', en: 'Took' }),
        align: 'right',
        wide: true,
        sortValue: secondsOf,
        render: (job) => {
          const seconds = secondsOf(job);
          return seconds === null ? '—' : duration(seconds);
        },
      },
      {
        key: 'result',
        title: t({ pt: 'Resultado', en: 'Result' }),
        wide: true,
        width: '50%',
        render: (job) => <span className="clip">{outcomeOf(job, t)}</span>,
      },
    ],
    [t, language],
  );
}
