import { z } from 'zod';
import { pageOf, pageQuery } from '../../contract/common.js';
import { insightMemberSchema, insightsAnswerSchema } from '../../contract/index.js';
import { noteLeaving } from '../../serving/export.js';
import { insightFeed } from '../../insight/feed.js';
import { insightMembers, insightTable } from '../../insight/members.js';
import type { Room } from '../room.js';
import { PARQUET, sendTable } from '../send-table.js';

export function insightRoutes(room: Room): void {
  const { app, house, languageOf } = room;
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
        summary: 'Whom a finding is about, by page; format=csv or parquet exports all',
        produces: ['application/json', 'text/csv', PARQUET],
        tags: ['insights'],
        params: z.object({ insight: z.string() }),
        querystring: z.looseObject({
          ...pageQuery,
          format: z.enum(['json', 'csv', 'parquet']).default('json'),
        }),
        response: { 200: pageOf(insightMemberSchema) },
      },
    },
    async (request, reply) => {
      const { insight } = request.params;
      const { cursor, limit, format } = request.query;
      const subject = `insights/${insight}`;
      if (format === 'json') {
        const page = await insightMembers(house, insight, { cursor, limit });
        const { name: by } = request.principal;
        await noteLeaving(house, { by, action: 'list', subject, rows: page.items.length });
        return page;
      }
      const table = await insightTable(house, insight);
      return sendTable(room, { request, reply }, table, { name: insight, subject, format });
    },
  );
}
