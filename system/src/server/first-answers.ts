import type { FastifyRequest } from 'fastify';
import type { Principal } from '../access/principal.js';
import type { SentenceSpan } from '../contract/common.js';
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

export function firstAnswersOf({ serving, house, today, languageOf }: Room): Ask {
  const { name: workspace, title, zone, currency } = house.workspace;
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
    const list = await today({ language, scope, role });
    first['/v1/today'] = list;
    return { first, answer: list.sentence };
  };
}
