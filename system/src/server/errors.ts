import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { TinoError, TinoErrors } from '../contract/error.js';
import type { Language } from '../contract/words.js';
import type { Log } from '../ports/house.js';
import { newId } from '../store/ids.js';
import { UnfitRequest } from './validation.js';

type Failure = FastifyError | UnfitRequest | TinoError | TinoErrors;

/** Every failure leaves as `{ code, message, params, next }` in the asked language. */
export function answerErrors(
  app: FastifyInstance,
  log: Log,
  languageOf: (request: FastifyRequest) => Language,
): void {
  app.setErrorHandler((error: Failure, request, reply) => {
    const known = asTinoError(error, languageOf(request));
    if (known !== undefined)
      return reply.status(known.status).send(known.answer(languageOf(request)));
    const id = newId('log');
    log.error('request failed', {
      id,
      method: request.method,
      url: request.url,
      error: String(error.stack ?? error),
    });
    const internal = new TinoError('INTERNAL', { id });
    return reply.status(500).send(internal.answer(languageOf(request)));
  });
  app.setNotFoundHandler((request, reply) => {
    const missing = new TinoError('NOT_FOUND', {
      kind: 'route',
      id: `${request.method} ${request.url}`,
    });
    return reply.status(404).send(missing.answer(languageOf(request)));
  });
}

function asTinoError(error: Failure, language: Language): TinoError | undefined {
  if (error instanceof TinoError) return error;
  if (error instanceof TinoErrors) return error.errors[0];
  if (error instanceof UnfitRequest) return error.answer(language);
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new TinoError('BODY_TOO_LARGE', { max: BODY_MAX });
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new TinoError('BAD_REQUEST', { path: 'body', detail: error.message });
  return undefined;
}

export const BODY_MAX = 8 * 1024 * 1024;
