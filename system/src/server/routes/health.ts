import { z } from 'zod';
import { healthSchema, readySchema } from '../../contract/index.js';
import type { Room } from '../room.js';

export function healthRoutes({ app, ready, metrics, gauges, version, startedAt }: Room): void {
  app.get(
    '/v1/health',
    {
      config: { role: 'public' },
      schema: { summary: 'Alive', tags: ['operations'], response: { 200: healthSchema } },
    },
    async () => ({
      status: 'alive' as const,
      version,
      uptimeSeconds: (Date.now() - startedAt) / 1000,
    }),
  );
  app.get(
    '/v1/ready',
    {
      config: { role: 'public' },
      schema: {
        summary: 'Ready, or what is missing',
        tags: ['operations'],
        response: { 200: readySchema, 503: readySchema },
      },
    },
    async (_request, reply) => {
      const missing = await ready();
      return reply
        .status(missing.length === 0 ? 200 : 503)
        .send({ ready: missing.length === 0, missing });
    },
  );
  app.get(
    '/metrics',
    {
      config: { role: 'public' },
      schema: {
        summary: 'Prometheus metrics',
        produces: ['text/plain'],
        tags: ['operations'],
        response: { 200: z.string() },
      },
    },
    async (_request, reply) =>
      reply.type('text/plain; version=0.0.4').send(metrics.text(await gauges())),
  );
}
