import { z } from 'zod';
import { createKey, listKeys, revokeKey } from '../../access/keys.js';
import {
  closeSession,
  createSignInLink,
  openSession,
  SESSION_DAYS,
} from '../../access/sessions.js';
import {
  keyRequestSchema,
  keySchema,
  sessionRequestSchema,
  sessionSchema,
  type Session,
} from '../../contract/index.js';
import type { Principal } from '../../access/principal.js';
import { cookieOf, SESSION_COOKIE } from '../authenticate.js';
import type { Room } from '../room.js';

export function accessRoutes({ app, house, languageOf }: Room): void {
  const sessionOf = (principal: Principal, language: Session['language']): Session => {
    const { name, title, zone, currency } = house.workspace;
    const scope = Object.fromEntries(
      Object.entries(principal.scope).map(([column, values]) => [column, [...values]]),
    );
    return {
      role: principal.role,
      scope,
      name: principal.name,
      language,
      workspace: { name, title, zone, currency },
    };
  };
  app.post(
    '/v1/session',
    {
      config: { role: 'public' },
      schema: {
        summary: 'Sign in with a one-time link',
        tags: ['access'],
        body: sessionRequestSchema,
        response: { 200: sessionSchema },
      },
    },
    async (request, reply) => {
      const { secret, principal } = await openSession(house.state, request.body.token);
      const secure = request.protocol === 'https' ? '; Secure' : '';
      reply.header(
        'set-cookie',
        `${SESSION_COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${SESSION_DAYS * 86_400}${secure}`,
      );
      return sessionOf(principal, languageOf(request));
    },
  );
  app.get(
    '/v1/session',
    {
      config: { role: 'viewer' },
      schema: { summary: 'Who I am', tags: ['access'], response: { 200: sessionSchema } },
    },
    async (request) => sessionOf(request.principal, languageOf(request)),
  );
  app.delete(
    '/v1/session',
    {
      config: { role: 'viewer' },
      schema: { summary: 'Sign out', tags: ['access'], response: { 204: z.null() } },
    },
    async (request, reply) => {
      const secret = cookieOf(request, SESSION_COOKIE);
      if (secret !== undefined) await closeSession(house.state, secret);
      return reply
        .header('set-cookie', `${SESSION_COOKIE}=; Path=/; HttpOnly; Max-Age=0`)
        .status(204)
        .send(null);
    },
  );

  app.get(
    '/v1/keys',
    {
      config: { role: 'admin', workspaceWide: true },
      schema: {
        summary: 'API keys',
        tags: ['access'],
        response: { 200: z.object({ items: z.array(keySchema) }) },
      },
    },
    async () => ({ items: await listKeys(house.state) }),
  );
  app.post(
    '/v1/keys',
    {
      config: { role: 'admin', workspaceWide: true },
      schema: {
        summary: 'New API key; the secret is shown once',
        tags: ['access'],
        body: keyRequestSchema,
        response: { 201: z.object({ key: keySchema, secret: z.string() }) },
      },
    },
    async (request, reply) => reply.status(201).send(await createKey(house.state, request.body)),
  );
  app.post(
    '/v1/keys/link',
    {
      config: { role: 'admin', workspaceWide: true },
      schema: {
        summary: 'New one-time sign-in link',
        tags: ['access'],
        body: keyRequestSchema.omit({ name: true }),
        response: { 201: z.object({ path: z.string() }) },
      },
    },
    async (request, reply) =>
      reply
        .status(201)
        .send({ path: `/enter?token=${await createSignInLink(house.state, request.body)}` }),
  );
  app.delete(
    '/v1/keys/:id',
    {
      config: { role: 'admin', workspaceWide: true },
      schema: {
        summary: 'Revoke an API key',
        tags: ['access'],
        params: z.object({ id: z.string() }),
        response: { 200: keySchema },
      },
    },
    async (request) => revokeKey(house.state, request.params.id),
  );
}
