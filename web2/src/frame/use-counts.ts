import type { Alert, JobsAnswer, Today } from '@tino/system/contract';
import { useMay, useSeesWhole } from '../session.js';
import { useGet } from '../use-get.js';

const MINUTE_MS = 60_000;

/** Open decisions by address of the page that holds them. */
export function useCounts(): Record<string, number> {
  const whole = useSeesWhole();
  const refresh = { refreshMs: MINUTE_MS };
  const today = useGet<Today>('/v1/today', {}, refresh).data;
  const jobs = useGet<JobsAnswer>(useMay('analyst') ? '/v1/jobs' : null, {}, refresh).data;
  const alerts = useGet<{ items: Alert[] }>(whole ? '/v1/alerts' : null, {}, refresh).data;
  const items = today?.items ?? [];
  const counts: Record<string, number> = { '/': items.length };
  for (const { model, amount, sentence } of items)
    counts[`/m/${model}`] = leading(sentence.find(({ kind }) => kind === 'strong')?.text ?? amount);
  counts['/jobs'] = (jobs?.items ?? []).filter(({ state }) => state === 'running').length;
  counts['/alerts'] = (alerts?.items ?? []).filter(({ severity }) => severity !== 'info').length;
  return counts;
}

// The list says how many in its sentence ("44 of 201 …"); one line without a count is one decision.
const leading = (text: string) => Number(/^\d+/.exec(text)?.[0] ?? 1);
