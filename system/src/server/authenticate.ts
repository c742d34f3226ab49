import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticator } from '../access/authenticator.js';
import { atLeast, isScoped, type Principal } from '../access/principal.js';
import type { Role } from '../contract/common.js';
import { TinoError } from '../contract/error.js';

export const SESSION_COOKIE = 'tino_session';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
  }
  interface FastifyContextConfig {
    /** Least role that may call; `public` routes ask nobody. Absent is a mistake that stops the start. */
    role?: Role | 'public';
    /** Not narrowed by any key: a caller with a scope gets the 404 of a thing that does not exist. */
    workspaceWide?: boolean;
    /** Reads query parameters of any name after `key.`, `filter.`, `from.` or `to.`. */
    prefixed?: readonly ('key' | 'filter' | 'from' | 'to')[];
    /** May be asked any number of times, and its body is kept nowhere, not even as a hash. */
    forgets?: boolean;
  }
}

/** No route without a declared role: the hook that registers routes refuses one. */
export function authenticate(app: FastifyInstance, authenticator: Authenticator): void {
  app.decorateRequest('principal', null as unknown as Principal);
  app.addHook('onRoute', (route) => {
    // The bundle of the pages holds no data, and its plugin cannot say so itself.
    if (route.url.startsWith('/assets/')) route.config = { ...route.config, role: 'public' };
    if (route.config?.role === undefined && route.method !== 'HEAD')
      throw new Error(`route ${String(route.method)} ${route.url} declares no role`);
  });
  // By callback: who is known passes without a promise, of which each costs every request.
  app.addHook('onRequest', (request, reply, done) => {
    const needed = request.routeOptions.config.role;
    if (needed === undefined || needed === 'public') return done();
    // What is told to one caller stays in no cache, neither on the way nor in a browser.
    reply.header('cache-control', 'no-store');
    const principal = principalOf(request, authenticator);
    if (!(principal instanceof Promise)) return done(refusal(request, needed, principal));
    principal.then((found) => done(refusal(request, needed, found)), done);
  });
}

/** Lets the principal in, or says why not. */
function refusal(
  request: FastifyRequest,
  needed: Role,
  principal: Principal | undefined,
): TinoError | undefined {
  if (principal === undefined) return new TinoError('UNAUTHENTICATED');
  request.principal = principal;
  if (request.routeOptions.config.workspaceWide === true && isScoped(principal.scope))
    return new TinoError('NOT_FOUND', { kind: 'route', id: `${request.method} ${request.url}` });
  if (!atLeast(principal.role, needed))
    return new TinoError('FORBIDDEN', { needed, role: principal.role });
  return undefined;
}

function principalOf(
  request: FastifyRequest,
  authenticator: Authenticator,
): ReturnType<Authenticator['byKey']> {
  const header = request.headers.authorization;
  if (header?.startsWith('Bearer ')) return authenticator.byKey(header.slice(7).trim());
  const session = cookieOf(request, SESSION_COOKIE);
  if (session === undefined) return undefined;
  if (!sameOrigin(request))
    return Promise.reject(
      new TinoError('BAD_REQUEST', {
        path: 'origin',
        detail: 'another site may not use this session',
      }),
    );
  return authenticator.bySession(session);
}

export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of request.headers.cookie?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

/** A browser names the page that sends a change; one from elsewhere is refused (CSRF). */
function sameOrigin(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  const origin = request.headers.origin;
  return origin === undefined || hostOf(origin) === request.headers.host;
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
