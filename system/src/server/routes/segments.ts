import { z } from 'zod';
import { entityAnswerSchema, memberSchema, segmentsAnswerSchema } from '../../contract/index.js';
import { pageOf, pageQuery } from '../../contract/common.js';
import { requireModel, requireTask } from '../../serving/catalog.js';
import {
  audienceMemberSchema,
  audienceRequestSchema,
  audienceSchema,
  audiencesAnswerSchema,
} from '../../contract/audiences.js';
import {
  audienceMembers,
  audienceTable,
  deleteAudience,
  listAudiences,
  saveAudience,
} from '../../serving/segment/audiences.js';
import { noteList } from '../../serving/persons.js';
import { entity, members, membersTable, segments } from '../../serving/segment/segments.js';
import type { Room } from '../room.js';
import { PARQUET, sendTable } from '../send-table.js';

const params = z.object({ model: z.string() });
const formats = z.enum(['json', 'csv', 'parquet']).default('json');

export function segmentRoutes(room: Room): void {
  const { app, serving, languageOf } = room;
  audienceRoutes(room);
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
      return segments(serving, model, { language: languageOf(request), role, scope });
    },
  );
  app.get(
    '/v1/models/:model/segments/:segment/members',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Members of a segment by page; format=csv or parquet exports all of them',
        produces: ['application/json', 'text/csv', PARQUET],
        tags: ['segments'],
        params: params.extend({ segment: z.string() }),
        querystring: z.looseObject({
          ...pageQuery,
          format: formats,
        }),
        response: { 200: pageOf(memberSchema) },
      },
    },
    async (request, reply) => {
      const { scope, role, name: by } = request.principal;
      const model = requireTask(serving, request.params.model, ['segment'], scope);
      const { cursor, limit, format } = request.query;
      const { segment } = request.params;
      const subject = `${model.name}/${segment}`;
      if (format === 'json') {
        const page = await members(serving, model, segment, { cursor, limit, role, scope });
        await noteList(serving, model, { by, subject, rows: page.items.length });
        return page;
      }
      const table = await membersTable(serving, model, segment, { role, scope });
      const asked = { name: `${model.name}-${segment}`, subject, format };
      return sendTable(room, { request, reply }, table, asked);
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
      const { scope, name, role } = request.principal;
      const model = requireModel(serving, request.params.model, scope);
      return entity(serving, model, request.params.key, {
        language: languageOf(request),
        by: name,
        role,
        scope,
      });
    },
  );
}

function audienceRoutes(room: Room): void {
  const { app, serving } = room;
  const one = params.extend({ audience: z.string() });
  const tasks = ['segment', 'classify', 'regress'] as const;
  app.get(
    '/v1/models/:model/audiences',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Audiences by rule, with their size in the last scoring',
        tags: ['segments'],
        params,
        response: { 200: audiencesAnswerSchema },
      },
    },
    async (request) => {
      const { scope } = request.principal;
      const model = requireTask(serving, request.params.model, tasks, scope);
      return { items: await listAudiences(serving, model, scope) };
    },
  );
  app.post(
    '/v1/models/:model/audiences',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Save an audience',
        tags: ['segments'],
        params,
        body: audienceRequestSchema,
        response: { 201: audienceSchema },
      },
    },
    async (request, reply) => {
      const { scope, role, name: by } = request.principal;
      const model = requireTask(serving, request.params.model, tasks, scope);
      return reply
        .status(201)
        .send(await saveAudience(serving, model, { ...request.body, by, role, scope }));
    },
  );
  app.delete(
    '/v1/models/:model/audiences/:audience',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Delete an audience',
        tags: ['segments'],
        params: one,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const model = requireTask(serving, request.params.model, tasks, request.principal.scope);
      await deleteAudience(serving, model, request.params.audience);
      return reply.status(204).send(null);
    },
  );
  app.get(
    '/v1/models/:model/audiences/:audience/members',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Who belongs now, by page; format=csv or parquet exports all',
        produces: ['application/json', 'text/csv', PARQUET],
        tags: ['segments'],
        params: one,
        querystring: z.looseObject({ ...pageQuery, format: formats }),
        response: { 200: pageOf(audienceMemberSchema) },
      },
    },
    async (request, reply) => {
      const { scope, role, name: by } = request.principal;
      const model = requireTask(serving, request.params.model, tasks, scope);
      const { audience } = request.params;
      const { cursor, limit, format } = request.query;
      const subject = `${model.name}/${audience}`;
      if (format === 'json') {
        const page = await audienceMembers(serving, model, audience, {
          cursor,
          limit,
          role,
          scope,
        });
        await noteList(serving, model, { by, subject, rows: page.items.length });
        return page;
      }
      const table = await audienceTable(serving, model, audience, { role, scope });
      return sendTable(room, { request, reply }, table, {
        name: `${model.name}-${audience}`,
        subject,
        format,
      });
    },
  );
}
