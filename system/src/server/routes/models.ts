import { z } from 'zod';

import { describeModel, describeModels, requireModel } from '../../serving/catalog.js';
import { history, listVersions, readArtifact } from '../../registry/index.js';
import {
  modelSchema,
  modelsAnswerSchema,
  promoteRequestSchema,
  promotionSchema,
  rollbackRequestSchema,
  versionSchema,
} from '../../contract/index.js';
import { promoteVerb } from '../../verbs/promote.js';
import { rollbackVerb } from '../../verbs/rollback.js';
import type { Room } from '../room.js';

const modelParams = z.object({ model: z.string() });
const versionParams = modelParams.extend({ version: z.coerce.number().pipe(z.int32()) });

export function modelRoutes({ app, house, serving }: Room): void {
  app.get(
    '/v1/models',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'Models, their champions and the words of their pages',
        tags: ['models'],
        response: { 200: modelsAnswerSchema },
      },
    },
    async (request) => ({ items: await describeModels(serving, request.principal.scope) }),
  );
  app.get(
    '/v1/models/:model',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'One model',
        tags: ['models'],
        params: modelParams,
        response: { 200: modelSchema },
      },
    },
    async (request) =>
      describeModel(serving, requireModel(serving, request.params.model, request.principal.scope)),
  );
  app.get(
    '/v1/models/:model/versions',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'Versions, newest first',
        tags: ['models'],
        params: modelParams,
        response: { 200: z.object({ items: z.array(versionSchema) }) },
      },
    },
    async (request) => ({
      items: await listVersions(
        house,
        requireModel(serving, request.params.model, request.principal.scope).name,
      ),
    }),
  );
  app.get(
    '/v1/models/:model/history',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'Who served when, and why',
        tags: ['models'],
        params: modelParams,
        response: { 200: z.object({ items: z.array(promotionSchema) }) },
      },
    },
    async (request) => ({
      items: await history(
        house,
        requireModel(serving, request.params.model, request.principal.scope).name,
      ),
    }),
  );
  app.get(
    '/v1/models/:model/versions/:version/artifact',
    {
      config: { role: 'analyst', workspaceWide: true },
      schema: {
        summary: 'The file of a version',
        produces: ['application/octet-stream'],
        tags: ['models'],
        params: versionParams,
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const { model, version } = request.params;
      requireModel(serving, model, request.principal.scope);
      const bytes = await readArtifact(house, model, version);
      reply.header('content-disposition', `attachment; filename="${model}-${version}.tino"`);
      return reply.type('application/octet-stream').send(Buffer.from(bytes));
    },
  );
  app.post(
    '/v1/models/:model/promote',
    {
      config: { role: 'admin', workspaceWide: true },
      schema: {
        summary: 'Move the champion alias, with the reason',
        tags: ['models'],
        params: modelParams,
        body: promoteRequestSchema,
        response: { 200: promotionSchema },
      },
    },
    async (request) => {
      requireModel(serving, request.params.model, request.principal.scope);
      return promoteVerb(house, {
        model: request.params.model,
        ...request.body,
        by: request.principal.name,
      });
    },
  );
  app.post(
    '/v1/models/:model/rollback',
    {
      config: { role: 'admin', workspaceWide: true },
      schema: {
        summary: 'Back to the champion before',
        tags: ['models'],
        params: modelParams,
        body: rollbackRequestSchema,
        response: { 200: promotionSchema },
      },
    },
    async (request) => {
      requireModel(serving, request.params.model, request.principal.scope);
      return rollbackVerb(house, {
        model: request.params.model,
        ...request.body,
        by: request.principal.name,
      });
    },
  );
}
