import { z } from 'zod';
import {
  forecastAnswerSchema,
  whatIfAnswerSchema,
  whatIfRequestSchema,
} from '../../contract/index.js';
import { pageQuery } from '../../contract/common.js';
import { requireTask } from '../../serving/catalog.js';
import { forecast } from '../../serving/forecast/forecast.js';
import { forecastWhatIf } from '../../serving/forecast/what-if.js';
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

  app.post(
    '/v1/models/:model/forecast/what-if',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'The forecast beside the one with other values of columns known ahead',
        description:
          'Columns are those of `plan` in the forecast; a change without `at` is for every step.',
        tags: ['predictions'],
        params: z.object({ model: z.string() }),
        body: whatIfRequestSchema,
        response: { 200: whatIfAnswerSchema },
      },
    },
    async (request) => {
      const { scope } = request.principal;
      const model = requireTask(serving, request.params.model, ['forecast'], scope);
      const asked = { ...request.body, language: languageOf(request), scope };
      return forecastWhatIf(serving, model, asked);
    },
  );
}
