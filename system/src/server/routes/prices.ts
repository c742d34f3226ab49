import { z } from 'zod';
import {
  decisionRequestSchema,
  outcomeAnswerSchema,
  outcomeRequestSchema,
  priceEvaluationSchema,
  priceHistorySchema,
  suggestionSchema,
  suggestionsAnswerSchema,
} from '../../contract/index.js';
import { pageQuery } from '../../contract/common.js';
import { TinoError } from '../../contract/error.js';
import { requireTask } from '../../serving/catalog.js';
import { evaluatePrices } from '../../serving/price/evaluation.js';
import { priceHistory } from '../../serving/price/history.js';
import { decide, outcomes, suggest, suggestions } from '../../serving/price/price.js';
import { keyOf } from '../keys-in-query.js';
import type { Room } from '../room.js';

const params = z.object({ model: z.string() });

export function priceRoutes({ app, serving, languageOf }: Room): void {
  app.get(
    '/v1/models/:model/suggestion',
    {
      config: { role: 'viewer', prefixed: ['key'] },
      schema: {
        summary: 'Price suggestion of one item (key.NAME=value); one per item and cycle',
        tags: ['prices'],
        params,
        querystring: z.looseObject({}),
        response: { 200: suggestionSchema },
      },
    },
    async (request) => {
      const { scope } = request.principal;
      const model = requireTask(serving, request.params.model, ['price'], scope);
      const key = keyOf(request.query);
      if (key === undefined)
        throw new TinoError('BAD_KEY', {
          expected: model.key.map((name) => `key.${name}`).join(', '),
          found: '∅',
        });
      return suggest(serving, model, { key, language: languageOf(request), scope });
    },
  );
  app.get(
    '/v1/models/:model/suggestion/history',
    {
      config: { role: 'viewer', prefixed: ['key'] },
      schema: {
        summary: 'What was suggested for one item (key.NAME=value), and what happened after it',
        tags: ['prices'],
        params,
        querystring: z.looseObject({}),
        response: { 200: priceHistorySchema },
      },
    },
    async (request) => {
      const { scope } = request.principal;
      const model = requireTask(serving, request.params.model, ['price'], scope);
      const key = keyOf(request.query) ?? {};
      return priceHistory(serving.house, model.name, { key, scope });
    },
  );
  app.get(
    '/v1/models/:model/suggestions',
    {
      config: { role: 'viewer', prefixed: ['key'] },
      schema: {
        summary: 'Suggestions of every item, the largest gain first',
        tags: ['prices'],
        params,
        querystring: z.looseObject(pageQuery),
        response: { 200: suggestionsAnswerSchema },
      },
    },
    async (request) => {
      const { scope } = request.principal;
      const model = requireTask(serving, request.params.model, ['price'], scope);
      const { cursor, limit } = request.query;
      return suggestions(serving, model, {
        cursor,
        limit,
        key: keyOf(request.query),
        language: languageOf(request),
        scope,
      });
    },
  );
  app.post(
    '/v1/models/:model/suggestions/:id/decision',
    {
      config: { role: 'approver' },
      schema: {
        summary: 'Approve, edit or refuse a suggestion',
        tags: ['prices'],
        params: params.extend({ id: z.string() }),
        body: decisionRequestSchema,
        response: { 200: suggestionSchema },
      },
    },
    async (request) => {
      const { scope, name } = request.principal;
      const model = requireTask(serving, request.params.model, ['price'], scope);
      return decide(serving, model, request.params.id, request.body, {
        by: name,
        language: languageOf(request),
        scope,
      });
    },
  );
  app.get(
    '/v1/models/:model/evaluation',
    {
      config: { role: 'viewer' },
      schema: {
        summary: 'What prices are worth: simulated, off-policy and measured',
        tags: ['prices'],
        params,
        response: { 200: priceEvaluationSchema },
      },
    },
    async (request) => {
      const { scope } = request.principal;
      const model = requireTask(serving, request.params.model, ['price'], scope);
      const asked = { language: languageOf(request), scope };
      return evaluatePrices(serving.house, model.name, asked);
    },
  );
  app.post(
    '/v1/models/:model/outcomes',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'What was sold at which price; the demand learns from it at once',
        tags: ['prices'],
        params,
        body: outcomeRequestSchema,
        response: { 200: outcomeAnswerSchema },
      },
    },
    async (request) => {
      const { scope } = request.principal;
      const model = requireTask(serving, request.params.model, ['price'], scope);
      return outcomes(serving, model, request.body, { scope });
    },
  );
}
