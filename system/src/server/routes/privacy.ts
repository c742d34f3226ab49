import { z } from 'zod';
import {
  decisionsAnswerSchema,
  entityDecisionsAnswerSchema,
  erasureRequestSchema,
  erasuresAnswerSchema,
  erasureSchema,
  lookUpsAnswerSchema,
  reviewRequestSchema,
  reviewResolveSchema,
  reviewSchema,
} from '../../contract/index.js';
import { requireModel } from '../../serving/catalog.js';
import { entityDecisions } from '../../serving/entity/decisions.js';
import { listLookUps } from '../../serving/look-ups.js';
import { askReview, decisions, listReviews, resolveReview } from '../../serving/reviews.js';
import { listErasures } from '../../privacy/report.js';
import { eraseVerb } from '../../verbs/erase.js';
import type { Room } from '../room.js';

export function privacyRoutes(room: Room): void {
  const { app, house } = room;
  reviewRoutes(room);
  entityDecisionsRoute(room);
  app.post(
    '/v1/erasures',
    {
      // Answered when it is done and never queued: a job would keep the key that is to be forgotten.
      config: { role: 'admin', workspaceWide: true, forgets: true },
      schema: {
        summary: 'Remove a person from everything derived; may be asked again at any time',
        tags: ['privacy'],
        body: erasureRequestSchema,
        response: { 200: erasureSchema },
      },
    },
    (request) =>
      eraseVerb(house, request.body, {
        progress: () => {},
        stop: { stopped: false },
        by: request.principal.id,
      }),
  );
  app.get(
    '/v1/erasures',
    {
      config: { role: 'admin', workspaceWide: true },
      schema: {
        summary: 'Erasures, newest first, without whose they were',
        tags: ['privacy'],
        response: { 200: erasuresAnswerSchema },
      },
    },
    async () => ({ items: await listErasures(house) }),
  );
  app.get(
    '/v1/look-ups',
    {
      config: { role: 'admin', workspaceWide: true },
      schema: {
        summary: 'Who looked at which person, newest first',
        tags: ['privacy'],
        querystring: z.looseObject({
          limit: z.coerce.number().int().min(1).max(1000).default(50),
          key: z.string().optional(),
        }),
        response: { 200: lookUpsAnswerSchema },
      },
    },
    async (request) => ({ items: await listLookUps(house, request.query) }),
  );
  app.get(
    '/v1/decisions',
    {
      config: { role: 'analyst', workspaceWide: true },
      schema: {
        summary: 'Register of automated decisions: versions that decide, and what they read',
        tags: ['privacy'],
        response: { 200: decisionsAnswerSchema },
      },
    },
    async () => ({ items: await decisions(room.serving) }),
  );
}

function entityDecisionsRoute({ app, serving, languageOf }: Room): void {
  app.get(
    '/v1/models/:model/entities/:key/decisions',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'What was decided about one entity by each kept scoring, with version and reasons',
        tags: ['privacy'],
        params: z.object({ model: z.string(), key: z.string() }),
        querystring: z.looseObject({
          cursor: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(100).default(20),
        }),
        response: { 200: entityDecisionsAnswerSchema },
      },
    },
    async (request) => {
      const { scope, name: by, role } = request.principal;
      const model = requireModel(serving, request.params.model, scope);
      const { cursor, limit } = request.query;
      const asked = { cursor, limit, by, role, scope, language: languageOf(request) };
      return entityDecisions(serving, model, request.params.key, asked);
    },
  );
}

function reviewRoutes({ app, serving, languageOf }: Room): void {
  app.post(
    '/v1/reviews',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'Ask a person to look at an automated decision',
        tags: ['privacy'],
        body: reviewRequestSchema,
        response: { 201: reviewSchema },
      },
    },
    async (request, reply) => {
      const { scope, role, name: by } = request.principal;
      const { model: name, key, reason } = request.body;
      const model = requireModel(serving, name, scope);
      const language = languageOf(request);
      const asked = { key, reason, by, role, scope, language };
      return reply.status(201).send(await askReview(serving, model, asked));
    },
  );
  app.get(
    '/v1/reviews',
    {
      config: { role: 'approver', workspaceWide: true },
      schema: {
        summary: 'Decisions that somebody asked to have looked at, newest first',
        tags: ['privacy'],
        querystring: z.looseObject({ state: reviewSchema.shape.state.optional() }),
        response: { 200: z.object({ items: z.array(reviewSchema) }) },
      },
    },
    async (request) => ({ items: await listReviews(serving, request.query.state) }),
  );
  app.post(
    '/v1/reviews/:review/resolve',
    {
      config: { role: 'approver', workspaceWide: true },
      schema: {
        summary: 'End a review: the decision is kept or changed, and why',
        tags: ['privacy'],
        params: z.object({ review: z.string() }),
        body: reviewResolveSchema,
        response: { 200: reviewSchema },
      },
    },
    (request) =>
      resolveReview(serving, request.params.review, {
        ...request.body,
        by: request.principal.name,
      }),
  );
}
