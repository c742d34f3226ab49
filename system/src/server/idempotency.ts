import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { TinoError } from '../contract/error.js';
import type { State } from '../store/state.js';

interface Kept {
  body_hash: string;
  status: number | null;
  response: unknown;
  age_seconds: number;
}

/** A request that died half-way may be tried again after this long. */
const ABANDONED_SECONDS = 60;

declare module 'fastify' {
  interface FastifyRequest {
    idempotent: { key: string; route: string; owner: string } | null;
  }
}

/**
 * A POST with an `Idempotency-Key` is done once for its route and caller: the same body again gets the
 * first answer, another body a refusal. The answer is kept before it is sent.
 */
export function honourIdempotencyKeys(app: FastifyInstance, state: State): void {
  app.decorateRequest('idempotent', null);
  app.addHook('preHandler', (request, reply, done) => {
    const key = request.headers['idempotency-key'];
    const { forgets } = request.routeOptions.config;
    if (
      request.method !== 'POST' ||
      typeof key !== 'string' ||
      request.principal === null ||
      forgets
    )
      return done();
    claim(state, request, key).then(
      (kept) => (kept ? reply.status(kept.status!).send(kept.response) : done()),
      done,
    );
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.idempotent === null) return done(null, payload);
    settle(state, request.idempotent, reply.statusCode, payload).then(
      () => done(null, payload),
      done,
    );
  });
}

/** Notes that this request does what its key stands for, or finds the answer that was given before. */
async function claim(
  state: State,
  request: FastifyRequest,
  key: string,
): Promise<Kept | undefined> {
  const route = request.url.split('?')[0]!;
  const owner = request.principal.id;
  const bodyHash = createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest('hex');
  const inserted = await state.query(
    `insert into idempotency (key, route, key_owner, body_hash, at) values ($1, $2, $3, $4, now())
     on conflict (key, route, key_owner) do nothing returning key`,
    [key, route, owner, bodyHash],
  );
  if (inserted.length === 0) {
    const [kept] = await state.query<Kept>(
      `select body_hash, status, response, extract(epoch from now() - at)::float8 as age_seconds
       from idempotency where key = $1 and route = $2 and key_owner = $3`,
      [key, route, owner],
    );
    if (kept === undefined || kept.body_hash !== bodyHash)
      throw new TinoError('IDEMPOTENCY_MISMATCH', { key });
    if (kept.status !== null) return kept;
    if (kept.age_seconds < ABANDONED_SECONDS) throw new TinoError('IDEMPOTENCY_RUNNING', { key });
  }
  request.idempotent = { key, route, owner };
  return undefined;
}

async function settle(
  state: State,
  { key, route, owner }: NonNullable<FastifyRequest['idempotent']>,
  status: number,
  payload: unknown,
): Promise<void> {
  const where = 'where key = $1 and route = $2 and key_owner = $3';
  // A refused request changed nothing, so the key is free for a mended body.
  if (status >= 400) await state.query(`delete from idempotency ${where}`, [key, route, owner]);
  else
    await state.query(`update idempotency set status = $4, response = $5::jsonb ${where}`, [
      key,
      route,
      owner,
      status,
      typeof payload === 'string' ? payload : 'null',
    ]);
}
