import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authenticator } from '../access/authenticator.js';
import { cookieOf, SESSION_COOKIE } from './authenticate.js';
import { firstAnswersOf } from './first-answers.js';
import type { Room } from './room.js';

/** The single page for every address of the pages, with its first answers inside the HTML. */
export async function servePages(
  room: Room,
  authenticator: Authenticator,
  folder: string,
): Promise<void> {
  const { app } = room;
  const firstAnswers = firstAnswersOf(room);
  // Read each time: pages that are built anew are served without a restart.
  const readTemplate = () => readFileSync(join(folder, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    schemaHide: true,
    // The routes of files are public: they hold no data.
    decorateReply: false,
  } as never);
  const config = { role: 'public' as const };
  const schema = { hide: true };
  for (const url of [
    '/',
    '/enter',
    '/m/*',
    '/models',
    '/models/*',
    '/runs',
    '/runs/*',
    '/jobs',
    '/jobs/*',
    '/data',
    '/data/*',
    '/alerts',
    '/insights',
  ])
    app.get(url, { config, schema }, async (request, reply) => {
      const html = await pageOf(request);
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-security-policy', POLICY)
        .send(html);
    });

  async function pageOf(request: FastifyRequest): Promise<string> {
    const secret = cookieOf(request, SESSION_COOKIE);
    const principal = secret === undefined ? undefined : await authenticator.bySession(secret);
    const template = readTemplate();
    if (principal === undefined) return template;
    const { first, answer } = await firstAnswers(request, principal);
    return template
      .replace(
        '<!--first-->',
        () =>
          `<script type="application/json" id="tino-first">${JSON.stringify(first).replaceAll('<', '\\u003c')}</script>`,
      )
      .replace('<!--answer-->', () =>
        answer.map(({ kind, text }) => `<span class="${kind}">${escape(text)}</span>`).join(''),
      );
  }
}

const POLICY =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
const escape = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
