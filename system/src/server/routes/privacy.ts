import { erasureRequestSchema, erasuresAnswerSchema, erasureSchema } from '../../contract/index.js';
import { listErasures } from '../../privacy/erase.js';
import { eraseVerb } from '../../verbs/erase.js';
import type { Room } from '../room.js';

export function privacyRoutes({ app, house }: Room): void {
  app.post(
    '/v1/erasures',
    {
      // Answered when it is done and never queued: a job would keep the key that is to be forgotten.
      config: { role: 'admin', workspaceWide: true },
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
}
