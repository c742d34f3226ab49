import { z } from 'zod';
import {
  comparisonSchema,
  entityAnswerSchema,
  memberSchema,
  segmentsAnswerSchema,
} from '../../contract/index.js';
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
import { compareSegments } from '../../serving/segment/compare.js';
import { members, membersTable } from '../../serving/segment/members.js';
import { entity, segments } from '../../serving/segment/segments.js';
import { conditionsOf } from '../keys-in-query.js';
import type { Room } from '../room.js';
import { PARQUET, sendTable } from '../send-table.js';

const params = z.object({ model: z.string() });
const CONDITIONS = ['filter', 'from', 'to'] as const;
const formats = z.enum(['json', 'csv', 'parquet']).default('json');

export function segmentRoutes(room: Room): void {
  const { app, serving, languageOf } = room;
  audienceRoutes(room);
  comparisonRoute(room);
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
      config: { role: 'analyst', prefixed: CONDITIONS },
      schema: {
        summary:
          'Members of a segment by page; format=csv or parquet exports all that are asked for',
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
      const asked = { role, scope, where: conditionsOf(request.query) };
      const subject = `${model.name}/${segment}`;
      if (format === 'json') {
        const page = await members(serving, model, segment, { cursor, limit, ...asked });
        await noteList(serving, model, { by, subject, rows: page.items.length });
        return page;
      }
      const table = await membersTable(serving, model, segment, asked);
      const file = { name: `${model.name}-${segment}`, subject, format };
      return sendTable(room, { request, reply }, table, file);
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

function comparisonRoute({ app, serving, languageOf }: Room): void {
  app.get(
    '/v1/models/:model/segments/compare',
    {
      config: { role: 'analyst', prefixed: CONDITIONS },
      schema: {
        summary: 'Segments side by side: what differs from the first named, with intervals',
        tags: ['segments'],
        params,
        querystring: z.looseObject({
          segment: z.union([z.string(), z.array(z.string())]).default([]),
        }),
        response: { 200: comparisonSchema },
      },
    },
    async (request) => {
      const { scope, role, name: by } = request.principal;
      const model = requireTask(serving, request.params.model, ['segment'], scope);
      const where = conditionsOf(request.query);
      const language = languageOf(request);
      const asked = { role, scope, where, language };
      const found = await compareSegments(serving, model, [request.query.segment].flat(), asked);
      // Conditions may leave one person in a group, of whom the means then tell.
      const rows = found.segments.reduce((sum, { size }) => sum + size, 0);
      if (where.length > 0)
        await noteList(serving, model, { by, subject: `${model.name}/compare`, rows });
      return found;
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
        summary: 'Audiences by rule, with their size in the last scoring, and what rules can ask',
        tags: ['segments'],
        params,
        response: { 200: audiencesAnswerSchema },
      },
    },
    async (request) => {
      const { scope, role } = request.principal;
      const model = requireTask(serving, request.params.model, tasks, scope);
      return listAudiences(serving, model, { role, scope });
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
      const saved = await saveAudience(serving, model, { ...request.body, by, role, scope });
      // The size and the money of a rule tell of whom it takes, also where that is one person.
      await noteList(serving, model, {
        by,
        subject: `${model.name}/${saved.id}`,
        rows: saved.size,
      });
      return reply.status(201).send(saved);
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
