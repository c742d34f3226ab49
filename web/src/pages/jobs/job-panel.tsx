import type { Job } from '@tino/system/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send, type ApiError } from '../../api.js';
import { time } from '../../dates.js';
import { share } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { jobTitle, outcomeOf, STATES } from './job-words.js';
import { ScoreGrid } from './score-grid.js';
import { useJobEvents } from './use-job-events.js';

/** One job, live: bar, words, the candidate × fold grid filling, and the way to stop it. */
export function JobPanel({ job }: { job: Job }) {
  const { t, language } = useLanguage();
  const live = useJobEvents(job.id);
  const open = !live.ended && (job.state === 'running' || job.state === 'queued');
  const progress = job.state === 'done' ? 1 : (live.progress ?? job.progress);
  const message = live.message ?? job.message;
  return (
    <article className="job">
      <div className="row-between">
        <h2 className="heading job-title">{jobTitle(job, t)}</h2>
        <span className="figures">
          <strong>{share(progress, language)}</strong> · {t(STATES[job.state].words)}
        </span>
      </div>
      <progress className="bar" value={progress} max="1" aria-label={jobTitle(job, t)} />
      <p className="job-says" aria-live="polite">
        {open ? message && t(message) : outcomeOf(job, t)}
      </p>
      {live.scores.size > 0 && <ScoreGrid scores={live.scores} open={open} />}
      <div className="row">
        {open && <Cancel job={job} />}
        {live.log.length > 0 && (
          <details className="events">
            <summary>{t({ pt: 'Ver eventos', en: 'See events' })}</summary>
            <ol>
              {live.log.map((event) => (
                <li key={event.seq} className="note">
                  <span className="figures">{time(event.at, language)}</span>{' '}
                  {event.message
                    ? t(event.message)
                    : (event.candidate ?? event.state ?? event.kind)}
                  {event.value !== undefined && ` ${Math.round(event.value * 10_000) / 10_000}`}
                </li>
              ))}
            </ol>
          </details>
        )}
      </div>
    </article>
  );
}

function Cancel({ job }: { job: Job }) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation<Job, ApiError>({
    mutationFn: () => send('DELETE', `/v1/jobs/${job.id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/jobs'] }),
  });
  return (
    <>
      <Button disabled={isPending} onClick={() => mutate()}>
        {t({ pt: 'Cancelar', en: 'Cancel' })}
      </Button>
      {error && <span role="alert">{error.message}</span>}
    </>
  );
}
