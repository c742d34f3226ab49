import type { FastifyRequest } from 'fastify';
import { cookieOf } from './authenticate.js';
import type { Language } from '../contract/words.js';

/** `?lang=` first, then the choice that the pages keep, then the browser's, then the workspace's own. */
export function languageOf(request: FastifyRequest, fallback: Language): Language {
  const asked = (request.query as { lang?: unknown } | undefined)?.lang;
  if (asked === 'pt' || asked === 'en') return asked;
  const chosen = cookieOf(request, 'tino_lang');
  if (chosen === 'pt' || chosen === 'en') return chosen;
  for (const part of request.headers['accept-language']?.split(',') ?? []) {
    const code = part.trim().slice(0, 2).toLowerCase();
    if (code === 'pt' || code === 'en') return code;
  }
  return fallback;
}
