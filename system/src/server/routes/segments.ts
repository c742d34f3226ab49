import { z } from 'zod';
import { entityAnswerSchema, memberSchema, segmentsAnswerSchema } from '../../contract/index.js';
import { pageOf, pageQuery } from '../../contract/common.js';
import { requireModel, requireTask } from '../../serving/catalog.js';
import { entity, members, membersCsv, segments } from '../../serving/segments.js';
import type { Room } from '../room.js';

const params = z.object({ model: z.string() });

export function segmentRoutes({ app, serving, languageOf }: Room): void {
  app.get(
    '/v1/models/:model/segments',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'Segments in words',
        tags: ['segments'],
        params,
        response: { 200: segmentsAnswerSchema },
      },
    },
    async (request) => {
      const { scope, role } = request.principal;
      const model = requireTask(serving, request.params.model, ['segment'], scope);
      return segments(serving, model, { language: languageOf(request), role });
    },
  );
  app.get(
    '/v1/models/:model/segments/:segment/members',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Members of a segment by page; format=csv exports all of them',
        produces: ['application/json', 'text/csv'],
        tags: ['segments'],
        params: params.extend({ segment: z.string() }),
        querystring: z.looseObject({
          ...pageQuery,
          format: z.enum(['json', 'csv']).default('json'),
        }),
        response: { 200: pageOf(memberSchema) },
      },
    },
    async (request, reply) => {
      const { scope, name } = request.principal;
      const model = requireTask(serving, request.params.model, ['segment'], scope);
      const { cursor, limit, format } = request.query;
      const { segment } = request.params;
      if (format === 'json')
        return members(serving, model, segment, { cursor, limit, by: name, scope });
      reply.header('content-disposition', `attachment; filename="${model.name}-${segment}.csv"`);
      const csv = await membersCsv(serving, model, segment, {
        language: languageOf(request),
        by: name,
        scope,
      });
      return reply.type('text/csv; charset=utf-8').send(csv as never);
    },
  );
  app.get(
    '/v1/models/:model/entities/:key',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'One entity: segment or prediction, with its reasons',
        tags: ['segments'],
        params: params.extend({ key: z.string() }),
        response: { 200: entityAnswerSchema },
      },
    },
    async (request) => {
      const { scope, name } = request.principal;
      const model = requireModel(serving, request.params.model, scope);
      return entity(serving, model, request.params.key, {
        language: languageOf(request),
        by: name,
        scope,
      });
    },
  );
}
