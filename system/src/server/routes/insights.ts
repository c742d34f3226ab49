import { z } from 'zod';
import { pageOf, pageQuery } from '../../contract/common.js';
import { insightMemberSchema, insightsAnswerSchema } from '../../contract/index.js';
import { insightFeed } from '../../insight/feed.js';
import { insightMembers, insightTable } from '../../insight/members.js';
import { csvOf, noteExport } from '../../serving/export.js';
import type { Room } from '../room.js';

export function insightRoutes({ app, house, languageOf }: Room): void {
  app.get(
    '/v1/insights',
    {
      config: { role: 'viewer', workspaceWide: true },
      schema: {
        summary: 'What stands out from chance in the last data, ranked by money',
        tags: ['insights'],
        response: { 200: insightsAnswerSchema },
      },
    },
    async (request) =>
      insightFeed(house, { language: languageOf(request), role: request.principal.role }),
  );
  app.get(
    '/v1/insights/:insight/members',
    {
      config: { role: 'analyst', workspaceWide: true },
      schema: {
        summary: 'Whom a finding is about, by page; format=csv exports all of them',
        produces: ['application/json', 'text/csv'],
        tags: ['insights'],
        params: z.object({ insight: z.string() }),
        querystring: z.looseObject({
          ...pageQuery,
          format: z.enum(['json', 'csv']).default('json'),
        }),
        response: { 200: pageOf(insightMemberSchema) },
      },
    },
    async (request, reply) => {
      const { insight } = request.params;
      const { cursor, limit, format } = request.query;
      if (format === 'json') return insightMembers(house, insight, { cursor, limit });
      const table = await insightTable(house, insight);
      await noteExport(house, {
        by: request.principal.name,
        subject: `insights/${insight}`,
        rows: table.rows.length,
      });
      reply.header('content-disposition', `attachment; filename="${insight}.csv"`);
      return reply
        .type('text/csv; charset=utf-8')
        .send(csvOf(table, languageOf(request)) as never) as never;
    },
  );
}
