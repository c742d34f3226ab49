import type { Job, JobsAnswer, SentenceSpan } from '@tino/system/contract';
import { moment } from '../dates.js';
import { useLanguage } from '../language.js';
import { Answer } from '../parts/answer.js';
import { Failure } from '../parts/failure.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { useGet } from '../use-get.js';
import { DaySchedule } from './jobs/day-schedule.js';
import { JobHistory } from './jobs/job-history.js';
import { JobPanel } from './jobs/job-panel.js';
import { jobTitle, verbWords } from './jobs/job-words.js';
import { NewJob } from './jobs/new-job.js';

const REFRESH_MS = 5_000;

/** What runs, what stopped, what next? */
export function JobsPage({ job }: { job?: string | undefined }) {
  const { t } = useLanguage();
  const { data, error } = useGet<JobsAnswer>('/v1/jobs', { limit: 100 }, { refreshMs: REFRESH_MS });
  const running = data?.items.filter(({ state }) => state === 'running' || state === 'queued');
  const shown = data?.items.find(({ id }) => id === job);
  const live = shown ? [shown] : (running ?? []);
  return (
    <>
      <PageHead title={t({ pt: 'Tarefas', en: 'Jobs' })} actions={<NewJob />} />
      {!data && (error ? <Failure error={error} /> : <Loading />)}
      {data && (
        <>
          <WhatRuns jobs={data} />
          <div className="jobs">
            <section>
              {live.length === 0 && (
                <>
                  <h2 className="heading">{t({ pt: 'Agora', en: 'Now' })}</h2>
                  <p className="uplift">
                    {t({
                      pt: 'Nada corre. Um treino pedido aparece aqui, célula por célula.',
                      en: 'Nothing runs. A training that you ask for appears here, cell by cell.',
                    })}
                  </p>
                </>
              )}
              {live.map((one) => (
                <JobPanel key={one.id} job={one} />
              ))}
            </section>
            {data.schedule.length > 0 && <DaySchedule schedule={data.schedule} jobs={data.items} />}
          </div>
          <JobHistory jobs={data.items} chosen={job ?? null} />
        </>
      )}
    </>
  );
}

const WhatRuns = ({ jobs }: { jobs: JobsAnswer }) => <Answer spans={useSentence(jobs)} />;

function useSentence({ items, schedule }: JobsAnswer): SentenceSpan[] {
  const { t, language } = useLanguage();
  const running = items.filter(({ state }) => state === 'running').length;
  const queued = items.filter(({ state }) => state === 'queued').length;
  const failed = items.find(({ state }) => state === 'failed');
  const newestFailed = failed && !laterSuccess(failed, items) ? failed : undefined;
  const next = schedule.toSorted((a, b) => a.nextAt.localeCompare(b.nextAt))[0];
  const planned = ({ verb, name }: (typeof schedule)[number]) =>
    `${verbWords(verb, t)} ${name.split(' ').slice(1).join(' ')}`;
  const head = [
    running === 0
      ? t({ pt: 'Nada corre agora', en: 'Nothing runs now' })
      : running === 1
        ? t({ pt: 'Uma tarefa corre', en: 'One job runs' })
        : t({ pt: `${running} tarefas correm`, en: `${running} jobs run` }),
    queued > 0 && t({ pt: `${queued} na fila`, en: `${queued} queued` }),
  ].filter(Boolean);
  const rest = newestFailed
    ? t({
        pt: ` Parou e precisa de você: ${jobTitle(newestFailed, t)}.`,
        en: ` Stopped and needs you: ${jobTitle(newestFailed, t)}.`,
      })
    : next
      ? t({
          pt: ` Depois: ${planned(next)}, ${moment(next.nextAt, language)}.`,
          en: ` Next: ${planned(next)}, ${moment(next.nextAt, language)}.`,
        })
      : '';
  return [
    { kind: 'strong', text: `${head.join(', ')}.` },
    { kind: 'text', text: rest },
  ];
}

/** The same work done since then needs nobody any more. */
const laterSuccess = (failed: Job, items: Job[]) =>
  items.some(
    (job) =>
      job.state === 'done' &&
      job.verb === failed.verb &&
      JSON.stringify(job.args) === JSON.stringify(failed.args) &&
      job.createdAt > failed.createdAt,
  );
