import { z } from 'zod';
import { alertSchema, runSchema, sourceSchema, todaySchema } from '../../contract/index.js';
import { pageOf, pageQuery } from '../../contract/common.js';
import { TinoError } from '../../contract/error.js';
import { listAlerts } from '../../monitoring/alerts.js';
import { sourceStatus } from '../../sources/index.js';
import { findRun, listRuns } from '../../tracking/index.js';
import type { Room } from '../room.js';

export function operationRoutes({ app, house, today, languageOf }: Room): void {
  app.get(
    '/v1/runs',
    {
      config: { role: 'analyst', workspaceWide: true },
      schema: {
        summary: 'Training runs, newest first',
        tags: ['operations'],
        querystring: z.looseObject({ ...pageQuery, model: z.string().optional() }),
        response: { 200: pageOf(runSchema) },
      },
    },
    async (request) => {
      const { model, cursor, limit } = request.query;
      return listRuns(house, {
        limit,
        ...(model !== undefined && { model }),
        ...(cursor !== undefined && { cursor }),
      });
    },
  );
  app.get(
    '/v1/runs/:id',
    {
      config: { role: 'analyst', workspaceWide: true },
      schema: {
        summary: 'One run with its leaderboard',
        tags: ['operations'],
        params: z.object({ id: z.string() }),
        response: { 200: runSchema },
      },
    },
    async (request) => {
      const run = await findRun(house, request.params.id);
      if (run === undefined)
        throw new TinoError('NOT_FOUND', { kind: 'run', id: request.params.id });
      return run;
    },
  );
  app.get(
    '/v1/sources',
    {
      config: { role: 'analyst', workspaceWide: true },
      schema: {
        summary: 'Sources: rows, rows set aside, freshness',
        tags: ['operations'],
        response: { 200: z.object({ items: z.array(sourceSchema) }) },
      },
    },
    async () => ({ items: await sourceStatus(house) }),
  );
  app.get(
    '/v1/today',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'What needs a decision, ordered by money',
        tags: ['operations'],
        response: { 200: todaySchema },
      },
    },
    async (request) =>
      today({
        language: languageOf(request),
        scope: request.principal.scope,
        role: request.principal.role,
      }),
  );
  app.get(
    '/v1/alerts',
    {
      config: { role: 'viewer', workspaceWide: true },
      schema: {
        summary: 'What went stale, drifted or broke its promise',
        tags: ['operations'],
        response: { 200: z.object({ items: z.array(alertSchema) }) },
      },
    },
    async () => ({ items: await listAlerts(house) }),
  );
}
