import { z } from 'zod';
import { forecastAnswerSchema } from '../../contract/index.js';
import { pageQuery } from '../../contract/common.js';
import { requireTask } from '../../serving/catalog.js';
import { forecast } from '../../serving/forecast.js';
import { filtersOf, keyOf } from '../keys-in-query.js';
import type { Room } from '../room.js';

export function forecastRoutes({ app, serving, languageOf }: Room): void {
  app.get(
    '/v1/models/:model/forecast',
    {
      config: { role: 'viewer', prefixed: ['key', 'filter'] },
      schema: {
        summary: 'Forecast of one member (key.NAME=value), of a level, or a page of members',
        description:
          'Parameters named key.NAME give the entity key, filter.NAME narrow a page of members.',
        tags: ['predictions'],
        params: z.object({ model: z.string() }),
        querystring: z.looseObject({
          ...pageQuery,
          horizon: z.coerce.number().int().positive().optional(),
          level: z.string().optional(),
          as_of: z.iso.date().optional(),
        }),
        response: { 200: forecastAnswerSchema },
      },
    },
    async (request) => {
      const { scope } = request.principal;
      const model = requireTask(serving, request.params.model, ['forecast'], scope);
      const { cursor, limit, horizon, level, as_of: asOf } = request.query;
      const asked = {
        key: keyOf(request.query),
        level,
        horizon,
        asOf,
        cursor,
        limit,
        filters: filtersOf(request.query),
      };
      return forecast(serving, model, { ...asked, language: languageOf(request), scope });
    },
  );
}
