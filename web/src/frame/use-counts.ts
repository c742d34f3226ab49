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
  for (const item of items) counts[`/m/${item.model}`] = openCases(item);
  counts['/jobs'] = (jobs?.items ?? []).filter(({ state }) => state === 'running').length;
  counts['/alerts'] = (alerts?.items ?? []).filter(({ severity }) => severity !== 'info').length;
  return counts;
}

/** Open cases behind a line of today: its sentence or amount says how many; otherwise it is one. */
export const openCases = ({ amount, sentence }: Today['items'][number]): number =>
  leading(sentence.find(({ kind }) => kind === 'strong')?.text) ?? leading(amount) ?? 1;

const leading = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d/.test(text) ? Number.parseInt(text, 10) : undefined;
