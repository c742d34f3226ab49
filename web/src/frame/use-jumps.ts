import type { Run, SourceAnswer } from '@tino/system/contract';
import { moment } from '../dates.js';
import { useLanguage } from '../language.js';
import { useMayWhole } from '../session.js';
import { useGet } from '../use-get.js';
import { useModels } from '../use-models.js';
import { usePlaces } from './use-places.js';

interface Jump {
  href: string;
  title: string;
  kind: string;
}

const MOST = 12;

/** Where a few letters may lead, best first: pages, models and their levels, sources, runs. */
export function useJumps(text: string): Jump[] {
  const { t, language } = useLanguage();
  const models = useModels();
  const { decisions, workshop } = usePlaces();
  const asks = useMayWhole('analyst');
  const sources = useGet<{ items: SourceAnswer[] }>(asks ? '/v1/sources' : null).data?.items ?? [];
  const runs = useGet<{ items: Run[] }>(asks ? '/v1/runs' : null, { limit: 50 }).data?.items ?? [];
  const page = t({ pt: 'página', en: 'page' });
  const all: Jump[] = [
    ...[...decisions, ...workshop].map(({ href, title }) => ({
      href,
      title: t(title),
      kind: page,
    })),
    ...models.flatMap(({ name, page: { title, tab } }) => [
      {
        href: `/m/${name}`,
        title: tab ? `${t(title)}: ${t(tab)}` : t(title),
        kind: t({ pt: 'pergunta', en: 'question' }),
      },
      { href: `/models/${name}`, title: name, kind: t({ pt: 'modelo', en: 'model' }) },
    ]),
    ...models.flatMap(({ name, levels, page: { title } }) =>
      levels.map((level) => ({
        href: `/m/${name}/${level}`,
        title: `${t(title)}: ${level}`,
        kind: t({ pt: 'nível', en: 'level' }),
      })),
    ),
    ...sources.map(({ id }) => ({
      href: `/data/${id}`,
      title: id,
      kind: t({ pt: 'fonte', en: 'source' }),
    })),
    ...runs.map(({ id, model, startedAt }) => ({
      href: `/runs?run=${id}`,
      title: `${model}, ${moment(startedAt, language)}`,
      kind: t({ pt: 'execução', en: 'run' }),
    })),
  ];
  const asked = plain(text).split(' ').filter(Boolean);
  return all
    .filter(({ title }) => asked.every((word) => plain(title).includes(word)))
    .slice(0, MOST);
}

/** Lower case without accents: "execucoes" finds "Execuções". */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
