import type { FastifyRequest } from 'fastify';
import type { Principal } from '../access/principal.js';
import type { SentenceSpan } from '../contract/common.js';
import type { Today } from '../contract/operations.js';
import { today, type TodayOptions } from '../monitoring/today.js';
import { describeModels } from '../serving/catalog.js';
import type { Room } from './room.js';

/** What a page would ask first, so that it paints before any request. */
export interface FirstAnswers {
  /** Answers by the address that would have been asked. */
  first: Record<string, unknown>;
  /** The sentence that answers, as text for whoever runs no script. */
  answer: SentenceSpan[];
}

type Ask = (request: FastifyRequest, principal: Principal) => Promise<FirstAnswers>;

export function firstAnswersOf({ serving, house, languageOf }: Room): Ask {
  const { name: workspace, title, zone, currency } = house.workspace;
  const todayOf = rememberToday((options) => today(serving, options), house.state);
  return async (request, { scope, role, name }) => {
    const language = languageOf(request);
    const session = {
      role,
      scope,
      name,
      language,
      workspace: { name: workspace, title, zone, currency },
    };
    const models = { items: await describeModels(serving, scope) };
    const first: Record<string, unknown> = { '/v1/session': session, '/v1/models': models };
    if (request.url.split('?')[0] !== '/') return { first, answer: [] };
    const list = await todayOf({ language, scope, role });
    first['/v1/today'] = list;
    return { first, answer: list.sentence };
  };
}

const KEPT_MAX = 200;
const KEPT_MS = 10_000;

/** The list costs a reading of every model: asked again within seconds, with nothing changed, it is the same. */
function rememberToday(
  compute: (options: TodayOptions) => Promise<Today>,
  state: Room['house']['state'],
): (options: TodayOptions) => Promise<Today> {
  const kept = new Map<string, { list: Promise<Today>; generation: string; until: number }>();
  return async (options) => {
    const id = JSON.stringify(options);
    const [row] = await state.query<{ generation: string }>(GENERATION);
    const generation = row!.generation;
    const hit = kept.get(id);
    if (hit?.generation === generation && hit.until > performance.now()) return hit.list;
    const list = compute(options);
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(id, { list, generation, until: performance.now() + KEPT_MS });
    // A failure is not kept: the next question tries again.
    list.catch(() => kept.delete(id));
    return list;
  };
}

/** Moves with everything that the list is made from. */
const GENERATION = `select concat_ws(' ',
  (select max(at) from tables), (select max(at) from promotions), (select count(*) from outcomes),
  (select concat(count(*), max(at), count(*) filter (where state = 'waiting')) from suggestions)
) as generation`;
