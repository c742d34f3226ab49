import type { OpenAPI } from 'openapi-types';
import type { Language } from '../contract/words.js';
import type { Room } from './room.js';

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean }[];
}

const words = {
  pt: {
    title: 'API do Tino',
    lead: 'Cada rota, como está em',
    key: 'Chave: Authorization: Bearer …',
  },
  en: { title: 'Tino API', lead: 'Every route, as in', key: 'Key: Authorization: Bearer …' },
};

export function docsRoutes({ app, languageOf }: Room): void {
  const hidden = { config: { role: 'public' as const }, schema: { hide: true } };
  app.get('/openapi.json', hidden, async () => app.swagger());
  app.get('/docs', hidden, async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(docsPage(app.swagger(), languageOf(request)) as never),
  );
}

/** The OpenAPI document as one page that needs no script. */
function docsPage(document: OpenAPI.Document, language: Language): string {
  const { title, lead, key } = words[language];
  const rows = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) =>
      row(path, method, operation),
    ),
  );
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>body{font:15px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#14201c}
table{border-collapse:collapse;width:100%}td{border-top:1px solid #e0e7e3;padding:.5rem;vertical-align:top}code{font-size:13px}small{color:#626f69}</style>
<h1>${title}</h1><p>${lead} <a href="/openapi.json">/openapi.json</a>. ${key}</p><table>${rows.join('')}</table></html>`;
}

function row(
  path: string,
  method: string,
  { summary = '', description = '', parameters = [] }: Operation,
): string {
  const names = parameters
    .map(({ name, in: place, required }) => `${name}${required ? '' : '?'} <small>${place}</small>`)
    .join(', ');
  return `<tr><td><code>${method.toUpperCase()}</code><td><code>${escape(path)}</code><td>${escape(summary)}<br><small>${escape(description)}</small><td>${names}</tr>`;
}

const escape = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
