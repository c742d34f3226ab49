import { z } from 'zod';
import {
  predictAnswerSchema,
  predictRequestSchema,
  scoresAnswerSchema,
} from '../../contract/index.js';
import { pageQuery } from '../../contract/common.js';
import { requireTask } from '../../serving/catalog.js';
import { noteList } from '../../serving/persons.js';
import { predict } from '../../serving/predict.js';
import { scores } from '../../serving/scores.js';
import { conditionsOf } from '../keys-in-query.js';
import type { Room } from '../room.js';

const params = z.object({ model: z.string() });
const yes = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

export function predictionRoutes({ app, serving, languageOf }: Room): void {
  app.post(
    '/v1/models/:model/predict',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'Predict rows of features or entities by key; ?explain=true adds reasons that sum',
        tags: ['predictions'],
        params,
        querystring: z.looseObject({ explain: yes }),
        body: predictRequestSchema,
        response: { 200: predictAnswerSchema },
      },
    },
    async (request) => {
      const { scope, role, name: by } = request.principal;
      const model = requireTask(serving, request.params.model, ['classify', 'regress'], scope);
      return predict(serving, model, request.body, {
        explain: request.query.explain,
        language: languageOf(request),
        role,
        by,
        scope,
      });
    },
  );
  app.get(
    '/v1/models/:model/scores',
    {
      config: { role: 'viewer', prefixed: ['filter', 'from', 'to'] },
      schema: {
        summary: 'The last batch score as a work list; filter, from and to narrow it by columns',
        tags: ['predictions'],
        params,
        querystring: z.looseObject({ ...pageQuery, sort: z.enum(['value', 'money']).optional() }),
        response: { 200: scoresAnswerSchema },
      },
    },
    async (request) => {
      const { scope, role, name: by } = request.principal;
      const model = requireTask(serving, request.params.model, ['classify', 'regress'], scope);
      const { cursor, limit, sort } = request.query;
      const page = await scores(serving, model, {
        cursor,
        limit,
        sort,
        where: conditionsOf(request.query),
        language: languageOf(request),
        role,
        scope,
      });
      await noteList(serving, model, { by, subject: model.name, rows: page.items.length });
      return page;
    },
  );
}
