import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { TinoError } from '../contract/error.js';
import type { Language } from '../contract/words.js';

type Issue = z.core.$ZodIssue;

/** A body, query or parameter that does not fit its schema; told in the language of whoever asked. */
export class UnfitRequest extends Error {
  /** Set by the server: body, querystring, params or headers. */
  validationContext = '';
  constructor(readonly issue: Issue) {
    super(issue.message);
  }

  answer(language: Language): TinoError {
    const place = this.validationContext === 'querystring' ? 'query' : this.validationContext;
    const path = [place, ...this.issue.path.map(String)].filter((name) => name !== '').join('.');
    return new TinoError('BAD_REQUEST', { path, detail: detailOf(this.issue, language) });
  }
}

/** Keeps what was given beside what was expected, for the sentence. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data) => {
    const read = schema.safeParse(data, { reportInput: true });
    return read.success ? { value: read.data } : { error: new UnfitRequest(read.error.issues[0]!) };
  };

/** PostgreSQL's text has no NUL, and no name of the house has one. */
export function refuseNul(app: FastifyInstance): void {
  const refusal = (path: string) =>
    new TinoError('BAD_REQUEST', { path, detail: 'U+0000 (\\u0000)' });
  app.addHook('onRequest', (request, _reply, done) =>
    done(request.url.includes('%00') ? refusal('url') : undefined),
  );
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.includes('\\u0000')) done(refusal('body'), undefined);
    else void parse(request, body as string, done);
  });
}

const MISSING = { pt: 'falta', en: 'is missing' };
const locales = { pt: z.locales.ptBR(), en: z.locales.en() };

function detailOf(issue: Issue, language: Language): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return MISSING[language];
  const said = locales[language].localeError(issue as never);
  const text = (typeof said === 'string' ? said : said?.message) ?? issue.message;
  const { input } = issue;
  if (issue.code !== 'invalid_type' || issue.expected !== 'number' || typeof input !== 'string')
    return text;
  // Amounts are pasted as people write them: 1.234,56.
  const plain = decimalComma.test(input) ? input.replaceAll('.', '').replace(',', '.') : '29.90';
  return `${text}: ${JSON.stringify(input.slice(0, 40))}; ${WRITE[language]} ${plain}`;
}
const decimalComma = /^\d[\d.]*,\d+$/;
const WRITE = { pt: 'escreva', en: 'write' };
