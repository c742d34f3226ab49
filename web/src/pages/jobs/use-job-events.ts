import type { JobEvent } from '@tino/system/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { eventsOf } from '../../api.js';

export interface LiveJob {
  progress: number | null;
  message: JobEvent['message'] | null;
  /** Scores of the grid: candidate, then fold. */
  scores: Map<string, Map<number, number>>;
  log: JobEvent[];
  ended: boolean;
}

const NOTHING: LiveJob = {
  progress: null,
  message: null,
  scores: new Map(),
  log: [],
  ended: false,
};

/** Follows a job by server-sent events until it ends; reconnecting resumes after the last one. */
export function useJobEvents(job: string): LiveJob {
  const [live, setLive] = useState(NOTHING);
  const queries = useQueryClient();
  useEffect(() => {
    const stream = new EventSource(eventsOf(job));
    stream.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as JobEvent;
      setLive((now) => withEvent(now, event));
    });
    stream.addEventListener('end', () => {
      stream.close();
      setLive((now) => ({ ...now, ended: true }));
      void queries.invalidateQueries();
    });
    return () => stream.close();
  }, [job, queries]);
  return live;
}

function withEvent(live: LiveJob, event: JobEvent): LiveJob {
  const next = {
    ...live,
    progress: event.progress ?? live.progress,
    message: event.message ?? live.message,
    log: [...live.log.slice(-199), event],
  };
  if (event.candidate === undefined || event.fold === undefined || event.value === undefined)
    return next;
  const scores = new Map(live.scores);
  const folds = new Map(scores.get(event.candidate));
  scores.set(event.candidate, folds.set(event.fold, event.value));
  return { ...next, scores };
}
