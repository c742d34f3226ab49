import type { ModelAnswer, Words } from '@tino/system/contract';
import { useMay, useSeesWhole } from '../session.js';
import { siblingsOf, useModels } from '../use-models.js';

export interface Place {
  href: string;
  title: Words;
  /** Other addresses of the same page. */
  within?: string[];
  state?: ModelAnswer['state'];
}

const TODAY: Place = { href: '/', title: { pt: 'Hoje', en: 'Today' } };
const INSIGHTS: Place = { href: '/insights', title: { pt: 'Descobertas', en: 'Insights' } };
const MODELS: Place = { href: '/models', title: { pt: 'Modelos', en: 'Models' } };
const ANALYST: Place[] = [
  { href: '/runs', title: { pt: 'Execuções', en: 'Runs' } },
  { href: '/jobs', title: { pt: 'Tarefas', en: 'Jobs' } },
  { href: '/data', title: { pt: 'Dados', en: 'Data' } },
];
const ALERTS: Place = { href: '/alerts', title: { pt: 'Alertas', en: 'Alerts' } };

/** Where this reader may go: what the role or the scope cannot see is absent. */
export function usePlaces(): { decisions: Place[]; workshop: Place[] } {
  const models = useModels();
  const analyst = useMay('analyst');
  const whole = useSeesWhole();
  const jobs = ANALYST.filter(({ href }) => analyst && (whole || href === '/jobs'));
  return {
    decisions: [TODAY, ...(whole ? [INSIGHTS] : []), ...placesOf(models)],
    workshop: [MODELS, ...jobs, ...(whole ? [ALERTS] : [])],
  };
}

/** Models that share a title are tabs of one page: the rail names it once. */
function placesOf(models: ModelAnswer[]): Place[] {
  const first = models.filter((model) => siblingsOf(model, models)[0] === model);
  return first.map((model) => {
    const siblings = siblingsOf(model, models);
    const opens = siblings.find(({ state }) => state !== 'untrained') ?? model;
    return {
      href: `/m/${opens.name}`,
      within: siblings.map(({ name }) => `/m/${name}`),
      title: model.page.title,
      state: opens.state,
    };
  });
}
